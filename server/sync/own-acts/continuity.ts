/**
 * Whether a data folder goes on where its device stopped. A copy of the folder is as good as the folder itself, so only a mark
 * that lies outside of it can tell. Where there is none, or it says something else, the device goes on in a new epoch: what the
 * other copy may have signed is then never contradicted.
 */
import { equalBytes } from '../../../shared/encoding/bytes.ts';

/** The newest block that a device may have signed. */
export interface ChainMark {
  readonly device: Uint8Array;
  readonly epoch: Uint8Array;
  readonly height: number;
}

/** A mark as it is found again. */
export interface KnownMark extends ChainMark {
  /** Not so when the machine stopped while the program ran: newer blocks may have been signed than the disk still tells. */
  readonly isNewest: boolean;
}

/** The mark of one data folder, kept outside of it. */
export interface Continuity {
  /** Undefined where this machine knows nothing of the folder. */
  last(): Promise<KnownMark | undefined>;
  /** When it resolves `last` gives this mark or says that it may not be the newest; asked for before the block that it names can leave the process. */
  advance(mark: ChainMark): Promise<void>;
}

/**
 * Why a device goes on in a new epoch. `unknown-here`: this machine has no mark of the folder, which was copied or restored here.
 * `out-of-step`: the mark names another block than the folder, which was put back to an earlier state. `ledger-ahead`: the ledger
 * holds blocks of this epoch that the folder does not know. `closed`: the hub or a person has closed the epoch.
 * `keys-changed`: acts in it were signed with a key that the clinic has replaced. `machine-stopped`: the machine lost its power or was
 * reset while the program ran, so the mark may be older than what was signed. `act-altered`: the disk altered an act that waited, so that what stood behind it could not be sent as it was signed.
 */
export type EpochBreak =
  | 'machine-stopped'
  | 'unknown-here'
  | 'out-of-step'
  | 'ledger-ahead'
  | 'closed'
  | 'keys-changed'
  | 'act-altered';

/** Whether the device goes on in a new epoch because its data is a copy, or was put back. */
export const isCopied = (why: EpochBreak | undefined): boolean =>
  why === 'unknown-here' || why === 'out-of-step' || why === 'ledger-ahead';

/** @param written the newest block that this folder has signed, if any. Undefined when the folder proves that it goes on. */
export function breakOf(
  device: Uint8Array,
  written: Omit<ChainMark, 'device'> | undefined,
  mark: KnownMark | undefined,
): EpochBreak | undefined {
  const known = mark && equalBytes(mark.device, device) ? mark : undefined;
  if (!written) return known ? 'out-of-step' : undefined;
  if (!known) return 'unknown-here';
  const isSameEpoch = equalBytes(known.epoch, written.epoch);
  if (!known.isNewest) return isSameEpoch && known.height <= written.height ? 'machine-stopped' : 'out-of-step';
  return isSameEpoch && known.height === written.height ? undefined : 'out-of-step';
}
