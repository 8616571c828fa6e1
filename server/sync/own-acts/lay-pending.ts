/**
 * What this device has written and the ledger does not have yet, and what the clinic's other devices have brought to the clinic host,
 * judged anew over the state and laid on top of it.
 */
import { toHex } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import { admitBlock, bodySignatures, type ChainPosition } from '../../../shared/ledger/admission.ts';
import { foundingRows } from '../../../shared/ledger/enrolment-rules.ts';
import { epochsKey, epochsRow, isRetired, withBegun } from '../../../shared/ledger/epochs.ts';
import type { Founding } from '../../../shared/ledger/founding.ts';
import type { Hash } from '../../../shared/ledger/merkle.ts';
import { headRow } from '../../../shared/ledger/rows.ts';
import {
  chainKey,
  headKey,
  type Judgement,
  judgeBlock,
  type OpenedBlock,
  PageView,
  putRow,
  type Rules,
  readRow,
} from '../../../shared/ledger/rules.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { openSealed } from '../../ledger/fold.ts';
import { loadState } from '../../ledger/state-rows.store.ts';
import type { Queryable, WriteTransaction } from '../../storage/database.ts';
import { verifySignature } from '../../vault/primitives.ts';
import {
  forgetSettledPlaces,
  removeClinicBlocks,
  type WaitingInOrder,
  waitingInOrder,
} from '../clinic-host/clinic-blocks.store.ts';
import { replacePendingRows, settleOwnBlock } from '../clinic-writes.store.ts';
import { type BlockAuthor, checkWhole } from './pending.ts';

export interface PendingGround {
  readonly hash: Hash;
  readonly author: BlockAuthor;
  /**
   * This clinic's founding: its rows stand under what is pending until the region has admitted the clinic. A further device
   * has none before it is let in, and its clinic is in the region.
   */
  readonly founding: Founding | undefined;
}

interface JudgedWaiting {
  /** Rows over the state; undefined hides one. */
  readonly rows: ReadonlyMap<string, Uint8Array | undefined>;
  /** For each block of this device that counts, in order, why its events were not accepted. */
  readonly blocks: ReadonlyArray<{ readonly hash: Uint8Array; readonly reasons: string }>;
  /** State keys that all this stands on. */
  readonly ground: Set<string>;
  /** Blocks of other devices that the ledger has by now. */
  readonly settled: readonly Uint8Array[];
}

interface OpenedWaiting extends Pick<WaitingInOrder, 'hash' | 'isOwn'> {
  readonly opened: OpenedBlock;
}

/** An own block that the disk has altered: it has a name and a place. */
interface AlteredWaiting extends Pick<ChainPosition, 'epoch' | 'height'> {
  readonly hash: Uint8Array;
  readonly headKey: string;
}

type JudgingGround = Pick<PendingGround, 'hash' | 'founding'> & { readonly device: Uint8Array };

/**
 * Judges what waits of this device and of its clinic over the state as it stands. Writes nothing.
 * @throws {Failure} `storage.act-altered` when an own act is not as it was written.
 */
export async function judgeWaiting(connection: Queryable, ground: JudgingGround, rules: Rules): Promise<JudgedWaiting> {
  const waiting = await waitingInOrder(connection);
  try {
    return await judge(connection, ground, rules, waiting);
  } catch (error) {
    for (const block of waiting) if (block.isOwn && !block.altered) checkWhole(ground.hash, block);
    throw error;
  }
}

async function judge(
  connection: Queryable,
  { hash, device, founding }: JudgingGround,
  rules: Rules,
  inOrder: readonly WaitingInOrder[],
): Promise<JudgedWaiting> {
  const chain = founding && chainKey(toHex(founding.chain));
  const admitted = !chain || (await loadState(connection, [chain])).get(chain) !== undefined;
  const base = new Map<string, Uint8Array | undefined>(admitted ? [] : foundingRows(founding));
  const owner = toHex(device);
  const waiting = inOrder.flatMap((block): Array<OpenedWaiting | AlteredWaiting> => {
    const { altered } = block;
    return altered ? [{ ...altered, hash: block.hash, headKey: headKey(owner, altered) }] : openWaiting(hash, rules, block);
  });
  const ground = new Set(
    waiting.flatMap((block) => ('opened' in block ? block.opened.reads : [block.headKey, epochsKey(owner)])),
  );
  const rows = await loadState(connection, [...ground]);
  for (const [key, value] of base) rows.set(key, value);
  // What a retired epoch still has waiting counts nowhere.
  const epochs = rows.get(epochsKey(owner));
  const retired = (epoch: Uint8Array): boolean => !!epochs && isRetired(decode(epochsRow, epochs), epoch);
  if (chain) ground.add(chain);
  const isSettled = (block: OpenedWaiting | AlteredWaiting): boolean =>
    'opened' in block && !block.isOwn && isInLedger(rows, block.opened);
  const settled = waiting.filter(isSettled).map((block) => block.hash);
  const counting = waiting.filter((block) => {
    if (!('opened' in block)) return !retired(block.epoch);
    return block.isOwn ? !retired(block.opened.block.epoch) : !isSettled(block);
  });
  const isAlone = counting.every((block) => !('opened' in block) || block.isOwn);
  const view = new PageView(rows);
  const blocks: Array<{ hash: Uint8Array; reasons: string }> = [];
  for (const block of counting) {
    if (!('opened' in block)) {
      standByName(view, owner, block);
      continue;
    }
    const { hash: name, isOwn, opened } = block;
    const judgements = isAlone ? judgeOwn(view, opened) : judgeAmongOthers(view, opened, isOwn);
    if (isOwn && judgements) blocks.push({ hash: name, reasons: reasonsOf(judgements) });
  }
  const { changes } = view;
  return { rows: new Map([...base, ...changes]), blocks, ground, settled };
}

/** This device's own block opens, or this folder is damaged; what others brought may be of rules that are not known here. */
function openWaiting(hash: Hash, rules: Rules, { hash: name, bytes, isOwn }: WaitingInOrder): OpenedWaiting[] {
  try {
    return [{ hash: name, isOwn, opened: openSealed(hash, rules, bytes, name) }];
  } catch (error) {
    if (isOwn || !(error instanceof Failure)) throw error;
    return [];
  }
}

/** An altered act keeps its place in the chain, without effects, so that what stands behind it is judged. */
function standByName(view: PageView, device: string, { headKey, hash, height, epoch }: AlteredWaiting): void {
  if (height === 0)
    view.put(...putRow(epochsKey(device), epochsRow, withBegun(readRow(view, epochsKey(device), epochsRow), epoch)));
  view.put(...putRow(headKey, headRow, { height, hash }));
}

/** Whether the ledger is at the place of a block or beyond it. */
export function isInLedger(rows: ReadonlyMap<string, Uint8Array | undefined>, { block, keys }: OpenedBlock): boolean {
  const head = rows.get(keys.head);
  return head !== undefined && decode(headRow, head).height >= block.height;
}

function judgeOwn(view: PageView, opened: OpenedBlock): readonly Judgement[] {
  admitBlock(view, opened);
  return judgeBlock(view, opened);
}

/**
 * A block in a clinic's common order. One that the hub would not take as things stand counts nowhere for now, and is tried again when
 * they change: a desk that another one has revoked, a signature by a key that is replaced.
 */
function judgeAmongOthers(view: PageView, opened: OpenedBlock, isOwn: boolean): readonly Judgement[] | undefined {
  try {
    if (!isOwn && !bodySignatures(view, opened).every(({ key, message, signature }) => verifySignature(key, message, signature)))
      return undefined;
    return judgeOwn(view, opened);
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

/**
 * Judges blocks of the clinic's other devices over what lies here already, when they come behind all of it.
 * @param rows as they stand with what is pending on top
 */
export function judgeBehind(
  rows: Map<string, Uint8Array | undefined>,
  blocks: readonly OpenedBlock[],
): ReadonlyMap<string, Uint8Array | undefined> {
  const view = new PageView(rows);
  for (const opened of blocks) judgeAmongOthers(view, opened, false);
  return view.changes;
}

/** Judges what waits and writes what it changes over the state; gives the keys that all this stands on. */
export async function layPending(transaction: WriteTransaction, ground: PendingGround, rules: Rules): Promise<Set<string>> {
  await forgetSettledPlaces(transaction);
  const judged = await judgeWaiting(transaction, { ...ground, device: ground.author.device }, rules);
  if (judged.settled.length > 0) await removeClinicBlocks(transaction, judged.settled);
  await replacePendingRows(transaction, judged.rows);
  for (const { hash, reasons } of judged.blocks) await settleOwnBlock(transaction, hash, null, reasons);
  return judged.ground;
}

/** Why each act of a block was not accepted, as it is stored. */
export const reasonsOf = (judgements: readonly Judgement[]): string =>
  JSON.stringify(judgements.map((judgement) => judgement.reason ?? ''));
