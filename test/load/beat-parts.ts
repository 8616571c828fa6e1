/**
 * Where the time of a beat goes. The hub's process notes when it has read the head of a request and when it has the answer, in an answer's
 * header; both processes read one clock of the machine, so what is left on either side belongs to the way there and back, in which whoever
 * has to read waits for a processor.
 */
import { subscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';

const TIMES_HEADER = 'x-hub-times';

/** Milliseconds of the machine's own clock, the same in every process. */
export const machineMs = (): number => Number(process.hrtime.bigint()) / 1e6;

/** Milliseconds of one beat, from when it was due to its receipt. */
export interface BeatParts {
  /** It was due while the desk still wrote or read back what came before. */
  readonly behind: number;
  /** The bench's process began it late though the desk was free: its event loop or its turn on a processor. */
  readonly late: number;
  /** The bench's process wrote and signed the block. */
  readonly sign: number;
  /** Tries before the last one, with the pauses between them: a process that was killed, a hub that said that it is busy. */
  readonly tries: number;
  /** From the bench's process to the hub, until that has read the head: the hub's event loop or its turn on a processor. */
  readonly there: number;
  /** In the hub: the turn among others, parsing, signatures, the commit, the answer. */
  readonly hub: number;
  /** From the hub's answer until the bench's process has read it: that process's event loop or its turn on a processor. */
  readonly back: number;
}

export const PARTS = ['behind', 'late', 'sign', 'tries', 'there', 'hub', 'back'] as const satisfies ReadonlyArray<
  keyof BeatParts
>;

/** Has each answer of this process say when its request's head was read and when the answer was there. */
export function tellTimes(): void {
  subscribe('http.server.request.start', (message) => {
    const { response } = message as { response: ServerResponse };
    const came = machineMs();
    const writeHead = response.writeHead.bind(response) as (...head: unknown[]) => ServerResponse;
    response.writeHead = (...head: unknown[]) => {
      response.setHeader(TIMES_HEADER, `${came} ${machineMs()}`);
      return writeHead(...head);
    };
  });
}

/** What an answer says of it: when the head was read and when the answer was there. */
export function timesIn(
  headers: NodeJS.Dict<string | string[]>,
): { readonly came: number; readonly answered: number } | undefined {
  const [came, answered] = String(headers[TIMES_HEADER] ?? '')
    .split(' ')
    .map(Number);
  return came && answered ? { came, answered } : undefined;
}

/** The mean of each part of the beats that took longest. @param share of all, 0.01 for the slowest hundredth */
export function slowest(beats: readonly BeatParts[], share: number): BeatParts {
  const whole = (beat: BeatParts): number => PARTS.reduce((sum, part) => sum + beat[part], 0);
  const sorted = beats.toSorted((a, b) => whole(b) - whole(a)).slice(0, Math.max(1, Math.ceil(beats.length * share)));
  const mean = (part: keyof BeatParts): number => sorted.reduce((sum, beat) => sum + beat[part], 0) / sorted.length;
  return {
    behind: mean('behind'),
    late: mean('late'),
    sign: mean('sign'),
    tries: mean('tries'),
    there: mean('there'),
    hub: mean('hub'),
    back: mean('back'),
  };
}
