/**
 * How far a quorum of the witnesses has come in a ledger that goes on while they sign, each another checkpoint of it. A witness never signs
 * what its next signature does not extend, so that its word on a checkpoint holds for every beginning of it (docs/protocol.md, section 5).
 */
import { toHex } from '../encoding/bytes.ts';
import { type Checkpoint, type Cosigned, type Cosigner, cosignerName, quorumOf } from './checkpoint.ts';
import type { Verify } from './founding.ts';
import type { Hash } from './merkle.ts';
import { cosignedAt, parseNote } from './note.ts';

/** The witness set in force for a checkpoint of that size. */
export type WitnessesAt = (size: number) => readonly Cosigner[];

/** A cosignature that holds. */
export interface WitnessWord extends Cosigned {
  /** In hexadecimal: who has changed keys in between speaks with each for its own time. */
  readonly key: string;
  /** Of the checkpoint that it is on, in blocks. */
  readonly size: number;
}

/** The cosignatures on `checkpoints` that hold, each by the witness set in force at the size of its checkpoint. */
export function wordsOn(
  hash: Hash,
  verify: Verify,
  checkpoints: readonly Pick<Checkpoint, 'note' | 'size'>[],
  witnessesAt: WitnessesAt,
): WitnessWord[] {
  return checkpoints.flatMap(({ note, size }) => {
    const parsed = parseNote(note);
    return witnessesAt(size).flatMap((witness): WitnessWord[] => {
      const time = cosignedAt(hash, verify, parsed, cosignerName(witness), witness.cosignKey);
      return time === undefined ? [] : [{ ...nameOf(witness), size, time }];
    });
  });
}

/**
 * Who of the witness set in force at `size` vouches for the ledger's first `size` blocks: each once, with its latest time.
 * @param words on checkpoints of one ledger, as whoever asks has seen for itself
 */
export function vouchingFor(size: number, words: readonly WitnessWord[], witnessesAt: WitnessesAt): Cosigned[] {
  return witnessesAt(size).flatMap((witness) => {
    const { who, key } = nameOf(witness);
    const times = words.filter((word) => word.size >= size && word.who === who && word.key === key).map(({ time }) => time);
    return times.length === 0 ? [] : [{ who, time: Math.max(...times) }];
  });
}

/**
 * The largest size for which a quorum vouches, in blocks, and the time that it vouches for, in seconds since 1970; undefined without one.
 * @param words as in `vouchingFor`
 */
export function newestWitnessed(
  words: readonly WitnessWord[],
  witnessesAt: WitnessesAt,
): { readonly size: number; readonly time: number } | undefined {
  const sizes = [...new Set(words.map(({ size }) => size))].sort((a, b) => b - a);
  for (const size of sizes) {
    const times = vouchingFor(size, words, witnessesAt).map(({ time }) => time);
    const time = times.sort((a, b) => b - a)[quorumOf(witnessesAt(size).length) - 1];
    if (time !== undefined) return { size, time };
  }
  return undefined;
}

const nameOf = (witness: Cosigner): Pick<WitnessWord, 'key' | 'who'> => ({
  who: witness.kind === 'outside' ? cosignerName(witness) : toHex(witness.chain),
  key: toHex(witness.cosignKey),
});
