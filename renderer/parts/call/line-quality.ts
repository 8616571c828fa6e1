/** Whether a line carries pictures: judged from what the browser counts, so that sound never breaks off for the sake of a picture. */

/** Of the last two seconds. */
export interface LineSample {
  /** Packets that the other end missed, of all that were sent: 0 to 1. */
  readonly lost: number;
  /** Bits a second that the browser thinks it can send; undefined while it does not know. */
  readonly room: number | undefined;
  /** Seconds to the other end and back. */
  readonly roundTrip: number | undefined;
}

/** Below it a face is a smear, and its packets crowd out the voice. */
const LEAST_ROOM = 120_000;
const MOST_LOST = 0.12;
const MOST_ROUND_TRIP = 1.2;
/** Samples in a row before pictures stop. */
const PATIENCE = 4;

const isPoor = ({ lost, room, roundTrip }: LineSample): boolean =>
  lost > MOST_LOST || (room !== undefined && room < LEAST_ROOM) || (roundTrip !== undefined && roundTrip > MOST_ROUND_TRIP);

/** How many poor samples there were in a row, after this one. */
export const poorInARow = (before: number, sample: LineSample): number => (isPoor(sample) ? before + 1 : 0);

/** Pictures stop now; they come back when a person asks for them, since without them nobody can tell how the line would bear them. */
export const isSoundOnly = (poor: number): boolean => poor >= PATIENCE;
