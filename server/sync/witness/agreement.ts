/**
 * Which checkpoint a witness signs, so that a quorum comes together on one though the ledger goes on: what another has signed before what
 * is newest, and nothing newer while the others are still to sign its own. The word of each holds for a beginning of the ledger in any
 * case; receipts, snapshots and anchors need all of them on one checkpoint (docs/protocol.md, section 5).
 */
import type { Checkpoint } from '../../../shared/ledger/checkpoint.ts';

/** A checkpoint of the ledger here, who has signed it, and how many make a quorum of its witnesses. */
export interface SignedCheckpoint {
  readonly checkpoint: Checkpoint;
  /** As in `Witnessing`. */
  readonly by: readonly string[];
  readonly needed: number;
}

interface Standing {
  readonly newest: Checkpoint;
  /** What the hub has shown, and is recomputed here. */
  readonly shown: readonly SignedCheckpoint[];
  /** This witness, hexadecimal. */
  readonly own: string;
  /** What it signed last, in blocks. */
  readonly last: number;
  /** Whether it waits for the others no longer. */
  readonly hasWaited: boolean;
}

/** The one to sign; undefined while it waits for the others. It is never of fewer blocks than what this witness signed last. */
export function toSign({ newest, shown, own, last, hasWaited }: Standing): Checkpoint | undefined {
  const open = shown.filter(({ by, needed, checkpoint: { size } }) => by.length < needed && size >= last && size < newest.size);
  // The largest, as who has signed that can sign no smaller one.
  const [largest] = open.sort((a, b) => b.checkpoint.size - a.checkpoint.size);
  if (!largest) return newest;
  if (!largest.by.includes(own)) return largest.checkpoint;
  return hasWaited ? newest : undefined;
}
