/**
 * Everything that the page and the shell can say to each other, on one page. Records do not travel here: they go over the
 * port that `connect` brokers, which the shell never reads. Every request is checked at run time in the main process.
 */
import { Failure } from '../shared/outcome/failure.ts';

/** Each call's request and answer. */
export interface ShellCalls {
  /** Asks for a new port to the device service; it follows as a window message of the kind `portMessage`. */
  connect: { request: undefined; answer: undefined };
  /** Lets the person choose files, or folders, to read. No paths when the person chose nothing. */
  chooseFiles: { request: { folders?: boolean }; answer: { paths: string[] } };
  /** Lets the person choose where a file of this name is to be written. No path when the person chose nothing. */
  chooseTarget: { request: { name: string }; answer: { path?: string } };
  /** The page wants the camera, or no more. Wanted, it has half a minute and a little to begin; with `sound`, a desk for a video visit. */
  useCamera: { request: { wanted: boolean; sound?: boolean }; answer: undefined };
  /** Tells whoever looks elsewhere that something waits: the system's notice, whose click brings the window, and its mark in the bar. */
  callAttention: { request: { title: string; text: string }; answer: undefined };
  /** Opens the page on which a key is asked in the system's browser: nothing but a port of this computer and its ticket can be named. */
  openPasskeyPage: { request: { port: number; ticket: string }; answer: undefined };
  /** Whether this kiosk was given a printer. */
  kioskPrinter: { request: undefined; answer: { offered: boolean } };
  /** Prints a kiosk's page as it stands, on that printer, without a dialog; answered when the system has taken the job. */
  printPage: { request: undefined; answer: undefined };
}

export type ShellCall = keyof ShellCalls;

type RequestChecks = { readonly [Call in ShellCall]: (payload: unknown) => ShellCalls[Call]['request'] };

/** One check for each call: the request that the payload is, or a Failure. */
export const requestChecks: RequestChecks = {
  connect: (payload) => nothing('connect', payload),
  chooseFiles: (payload) => {
    const { folders, ...rest } = fields('chooseFiles', payload);
    if (folders !== undefined && typeof folders !== 'boolean')
      throw badCall('chooseFiles', '"folders" is neither true nor false');
    refuseMore('chooseFiles', rest);
    return folders === undefined ? {} : { folders };
  },
  chooseTarget: (payload) => {
    const { name, ...rest } = fields('chooseTarget', payload);
    if (typeof name !== 'string' || !/^[\p{L}\p{N}][\p{L}\p{N} ._()-]{0,119}$/u.test(name)) {
      throw badCall('chooseTarget', '"name" is not a plain file name of at most 120 characters');
    }
    refuseMore('chooseTarget', rest);
    return { name };
  },
  useCamera: (payload) => {
    const { wanted, sound, ...rest } = fields('useCamera', payload);
    if (sound !== undefined && typeof sound !== 'boolean') throw badCall('useCamera', '"sound" is neither true nor false');
    if (typeof wanted !== 'boolean') throw badCall('useCamera', '"wanted" is neither true nor false');
    refuseMore('useCamera', rest);
    return sound === undefined ? { wanted } : { wanted, sound };
  },
  callAttention: (payload) => {
    const { title, text, ...rest } = fields('callAttention', payload);
    if (!isShortText(title, 80)) throw badCall('callAttention', '"title" is not a text of at most 80 characters');
    if (!isShortText(text, 300)) throw badCall('callAttention', '"text" is not a text of at most 300 characters');
    refuseMore('callAttention', rest);
    return { title, text };
  },
  openPasskeyPage: (payload) => {
    const { port, ticket, ...rest } = fields('openPasskeyPage', payload);
    if (!Number.isInteger(port) || Number(port) < 1_024 || Number(port) > 65_535)
      throw badCall('openPasskeyPage', '"port" is not a port');
    if (typeof ticket !== 'string' || !/^[0-9a-f]{32}$/.test(ticket))
      throw badCall('openPasskeyPage', '"ticket" is not a ticket');
    refuseMore('openPasskeyPage', rest);
    return { port: Number(port), ticket };
  },
  kioskPrinter: (payload) => nothing('kioskPrinter', payload),
  printPage: (payload) => nothing('printPage', payload),
};

export const shellCalls = Object.keys(requestChecks) as readonly ShellCall[];

/** What the page is told without having asked. */
export interface ShellNotices {
  /** The machine is locked or goes to sleep: cover the screen; the vault is being closed. */
  lock: { reason: LockReason };
  /** The device service was started again: ask for a new port. */
  restarted: Record<string, never>;
}

export type ShellNotice = keyof ShellNotices;

export type LockReason = 'screen-locked' | 'sleep' | 'session-left';

/** The channels' names between preload and main process. */
export const callChannel = (call: ShellCall): string => `shell:call:${call}`;
export const noticeChannel = (notice: ShellNotice): string => `shell:notice:${notice}`;
export const portChannel = 'shell:port';

/** `data.kind` of the window message, sent by the page's own window, that carries the port. */
export const portMessage = 'careledger:port';

/** The answer to a call: a value, or a refusal with the stable code and sentence of a Failure. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: { code: string; message: string; retry: boolean } };

type CallFunctions = {
  readonly [Call in ShellCall]: ShellCalls[Call]['request'] extends undefined
    ? () => Promise<Outcome<ShellCalls[Call]['answer']>>
    : (request: ShellCalls[Call]['request']) => Promise<Outcome<ShellCalls[Call]['answer']>>;
};

/** `window.careledger`: what the preload gives the page. Each subscription returns its own end. */
export interface Shell extends CallFunctions {
  readonly platform: string;
  readonly onLock: (listener: (notice: ShellNotices['lock']) => void) => () => void;
  readonly onRestarted: (listener: (notice: ShellNotices['restarted']) => void) => () => void;
}

function badCall(call: ShellCall, why: string): Failure {
  return new Failure('shell.bad-call', `The shell refused the call "${call}": ${why}.`);
}

function nothing(call: ShellCall, payload: unknown): undefined {
  if (payload !== undefined) throw badCall(call, 'it takes no request');
  return undefined;
}

const isShortText = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value !== '' && value.length <= most;

function fields(call: ShellCall, payload: unknown): Record<string, unknown> {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload))
    throw badCall(call, 'its request is not an object');
  return { ...payload };
}

function refuseMore(call: ShellCall, rest: object): void {
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw badCall(call, `it knows no "${unknown.slice(0, 40)}"`);
}
