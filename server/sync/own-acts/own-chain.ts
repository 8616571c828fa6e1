/**
 * This device's chain as the ledger moves it on: blocks that were taken settle; where the ledger has others at their heights, or
 * an epoch was closed, what waits goes on behind them or in a new epoch.
 */
import { fromUtf8, toHex, utf8 } from '../../../shared/encoding/bytes.ts';
import { type ChainPosition, startEpoch } from '../../../shared/ledger/admission.ts';
import type { FoldedBlock } from '../../ledger/fold.ts';
import type { StoredBlock } from '../../ledger/ledger.store.ts';
import type { Database, WriteTransaction } from '../../storage/database.ts';
import { readSetting } from '../clinic.store.ts';
import { settleOwnBlock, writeSetting } from '../clinic-writes.store.ts';
import { addLearnedBlock, displacedBlocks, isShared, newestKnown, type WaitingBlock } from './continuity.store.ts';
import type { EpochBreak } from './continuity.ts';
import { reasonsOf } from './lay-pending.ts';
import { type Resealing, reseal } from './reseal.ts';

/** That this device goes on in a new epoch, since when and why. */
export interface NewEpoch {
  readonly why: EpochBreak;
  /** Milliseconds. */
  readonly at: number;
}

/** Name of the setting that holds the newest `NewEpoch`. */
const NEW_EPOCH = 'new-epoch';

export const writeNewEpoch = (transaction: WriteTransaction, begun: NewEpoch): Promise<void> =>
  writeSetting(transaction, NEW_EPOCH, utf8(JSON.stringify(begun)));

export async function readNewEpoch(database: Database): Promise<NewEpoch | undefined> {
  const text = await readSetting(database.read, NEW_EPOCH);
  return text && (JSON.parse(fromUtf8(text)) as NewEpoch);
}

/** Gives how many of `blocks` are of this device: those that the folder wrote, and those that it did not know. */
export async function settleOwn(
  transaction: WriteTransaction,
  device: Uint8Array,
  blocks: ReadonlyArray<StoredBlock | FoldedBlock>,
): Promise<{ settled: number; learned: number }> {
  const name = toHex(device);
  let settled = 0;
  let learned = 0;
  for (const block of blocks) {
    if (!('opened' in block) || block.opened.writer.device !== name) continue;
    const { position, hash, opened } = block;
    const reasons = reasonsOf(block.judgements);
    if ((await settleOwnBlock(transaction, hash, position, reasons)) > 0) settled += 1;
    else {
      const { epoch, height } = opened.block;
      await addLearnedBlock(transaction, { hash, epoch, height, position, reasons });
      learned += 1;
    }
  }
  return { settled, learned };
}

export interface ChainOptions extends Resealing {
  /** 64 random bits for a new epoch. */
  readonly epoch: () => Uint8Array;
  readonly clock: () => number;
}

/** The ledger holds blocks of this device that the folder did not know: what waits at their heights moves on, and so does the device. */
export async function giveWay(transaction: WriteTransaction, options: ChainOptions, at: ChainPosition): Promise<ChainPosition> {
  const displaced = await displacedBlocks(transaction);
  // What was written behind displaced acts goes along, and its heights in the present epoch are signed.
  const isLeft = (await isShared(transaction, at.epoch)) || (displaced.length > 0 && at.height > 0);
  if (isLeft) return moveOn(transaction, options, displaced, 'ledger-ahead');
  const previous = at.height === 0 ? await newestKnown(transaction) : undefined;
  return reseal(transaction, options, displaced, { ...at, ...(previous && { previous }) });
}

/** `displaced` moves into a new epoch, in which the device goes on. */
export async function moveOn(
  transaction: WriteTransaction,
  options: ChainOptions,
  displaced: readonly WaitingBlock[],
  why: EpochBreak,
): Promise<ChainPosition> {
  await writeNewEpoch(transaction, { why, at: options.clock() });
  return reseal(transaction, options, displaced, startEpoch(options.epoch(), await newestKnown(transaction, displaced)));
}
