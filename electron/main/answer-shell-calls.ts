import type { IpcMain, WebContents, WebFrameMain } from 'electron';
import { asFailure, Failure } from '../../shared/outcome/failure.ts';
import { callChannel, type Outcome, requestChecks, type ShellCall, type ShellCalls, shellCalls } from '../shell-calls.ts';
import { isOwnPage } from './page-scheme.ts';

/** What each call does, once its sender and its request have been found good. */
export type ShellHandlers = {
  readonly [Call in ShellCall]: (
    request: ShellCalls[Call]['request'],
    sender: WebContents,
  ) => ShellCalls[Call]['answer'] | Promise<ShellCalls[Call]['answer']>;
};

/** The parts of a frame that tell whether it may call; null when it went away, or never was. */
export type SenderFrame = Pick<WebFrameMain, 'url' | 'parent'> | null;

/** @throws {Failure} `shell.unknown-sender` unless the frame is the top one of our own page. */
function checkSender(frame: SenderFrame): void {
  if (frame === null || frame.parent !== null || !isOwnPage(frame.url)) {
    throw new Failure('shell.unknown-sender', 'The shell answers only pages of this program.');
  }
}

/** One call from a page, from frame and payload to an outcome; never throws. */
export async function answerCall<Call extends ShellCall>(
  call: Call,
  handler: ShellHandlers[Call],
  event: { senderFrame: SenderFrame; sender: WebContents },
  payloads: readonly unknown[],
): Promise<Outcome<ShellCalls[Call]['answer']>> {
  try {
    checkSender(event.senderFrame);
    if (payloads.length > 1) throw new Failure('shell.bad-call', `The shell refused the call "${call}": it takes one request.`);
    const request: ShellCalls[Call]['request'] = requestChecks[call](payloads[0]);
    return { ok: true, value: await handler(request, event.sender) };
  } catch (error) {
    const { code, message, retry } = asFailure(error);
    return { ok: false, failure: { code, message, retry } };
  }
}

export function answerShellCalls(ipc: IpcMain, handlers: ShellHandlers): void {
  for (const call of shellCalls) {
    ipc.handle(callChannel(call), (event, ...payloads: unknown[]) => answerCall(call, handlers[call], event, payloads));
  }
}
