/**
 * The epochs of one device, as the ledger's order shows them. A device that goes on from a copy of its data begins a new epoch;
 * when an older one grows after that, its data is in use twice: a clone. Both stay until their clinic retires one.
 */
import { equalBytes } from '../encoding/bytes.ts';
import { type Decoded, fixed, list, struct, u64 } from '../encoding/codec.ts';
import { keysOf } from './known-ids.ts';

/** Epochs that may grow beside the newest one before the ledger takes no more of them. */
export const MOST_BESIDE = 15;
/** A device of more retired epochs than this has to be revoked. */
export const MOST_RETIRED = 255;

/**
 * Key `epochs/<device>`. `newest` began last; `beside` have grown after it began, in that order; of a retired epoch nothing
 * enters above `height`.
 */
export const epochsRow = struct({
  newest: fixed(8),
  beside: list(fixed(8), MOST_BESIDE),
  retired: list(struct({ epoch: fixed(8), height: u64 }), MOST_RETIRED),
});
export type EpochsRow = Decoded<typeof epochsRow>;

/** @param device hexadecimal */
export const epochsKey = keysOf('epochs/');

const has = (epochs: readonly Uint8Array[], epoch: Uint8Array): boolean => epochs.some((each) => equalBytes(each, epoch));
const without = (epochs: readonly Uint8Array[], epoch: Uint8Array): Uint8Array[] =>
  epochs.filter((each) => !equalBytes(each, epoch));

/** Whether an encoded row says no more than that `epoch` is the newest, as almost every row does: told without taking it apart. */
export function isTheOnly(row: Uint8Array, epoch: Uint8Array): boolean {
  if (row.length !== epoch.length + 2) return false;
  for (let at = 0; at < epoch.length; at++) if (row[at] !== epoch[at]) return false;
  return true;
}

/** Whether nothing more of `epoch` enters. */
export const isRetired = (row: EpochsRow | undefined, epoch: Uint8Array): boolean =>
  row?.retired.some((each) => equalBytes(each.epoch, epoch)) ?? false;

/** The row once a block at height 0 of `epoch` has entered. */
export const withBegun = (row: EpochsRow | undefined, epoch: Uint8Array): EpochsRow => ({
  newest: epoch,
  beside: row?.beside ?? [],
  retired: row?.retired ?? [],
});

/** The row once a later block of `epoch` has entered; undefined when nothing about it changes. */
export function withGrown(row: EpochsRow | undefined, epoch: Uint8Array): EpochsRow | undefined {
  if (!row || equalBytes(row.newest, epoch) || has(row.beside, epoch)) return undefined;
  return { ...row, beside: [...row.beside, epoch] };
}

/** The row once `epoch`, whose newest block stands at `height`, is retired. What grew beside it last takes its place. */
export function withRetired(row: EpochsRow, epoch: Uint8Array, height: number): EpochsRow {
  const beside = without(row.beside, epoch);
  const successor = equalBytes(row.newest, epoch) ? beside.pop() : undefined;
  return { newest: successor ?? row.newest, beside, retired: [...row.retired, { epoch, height }] };
}
