/** What this device has written and the ledger does not have yet, judged anew over the state and laid on top of it. */
import { toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { foundingRows } from '../../shared/ledger/enrolment-rules.ts';
import { epochsKey, epochsRow, isRetired } from '../../shared/ledger/epochs.ts';
import type { Founding } from '../../shared/ledger/founding.ts';
import type { Hash } from '../../shared/ledger/merkle.ts';
import { chainKey, type Judgement, type Rules } from '../../shared/ledger/rules.ts';
import { openSealed } from '../ledger/fold.ts';
import { loadState } from '../ledger/ledger.store.ts';
import type { Queryable, WriteTransaction } from '../storage/database.ts';
import { replacePendingRows, settleOwnBlock, unsettledBlocks } from './clinic-writes.store.ts';
import { type BlockAuthor, judgePending } from './pending.ts';

export interface PendingGround {
  readonly hash: Hash;
  readonly author: BlockAuthor;
  /**
   * This clinic's founding: its rows stand under what is pending until the region has admitted the clinic. A further device
   * has none before it is let in, and its clinic is in the region.
   */
  readonly founding: Founding | undefined;
}

export interface JudgedWaiting {
  /** Rows over the state; undefined hides one. */
  readonly rows: ReadonlyMap<string, Uint8Array | undefined>;
  /** For each block that counts, in order, why its events were not accepted. */
  readonly blocks: ReadonlyArray<{ readonly hash: Uint8Array; readonly reasons: string }>;
  /** State keys that all this stands on. */
  readonly ground: Set<string>;
}

/** Judges this device's pending blocks over the state as it stands. Writes nothing. */
export async function judgeWaiting(
  connection: Queryable,
  { hash, device, founding }: Pick<PendingGround, 'hash' | 'founding'> & { readonly device: Uint8Array },
  rules: Rules,
): Promise<JudgedWaiting> {
  const chain = founding && chainKey(toHex(founding.chain));
  const admitted = !chain || (await loadState(connection, [chain])).get(chain) !== undefined;
  const base = new Map<string, Uint8Array | undefined>(admitted ? [] : foundingRows(founding));
  const stored = await unsettledBlocks(connection);
  const opened = stored.map(({ hash: name, bytes }) => openSealed(hash, rules, bytes, name));
  const ground = new Set(opened.flatMap((block) => block.reads));
  const rows = await loadState(connection, [...ground]);
  for (const [key, value] of base) rows.set(key, value);
  // What a retired epoch still has waiting counts nowhere.
  const epochs = rows.get(epochsKey(toHex(device)));
  const counting = opened.filter(({ block }) => !epochs || !isRetired(decode(epochsRow, epochs), block.epoch));
  const { judgements, changes } = judgePending(rows, counting);
  if (chain) ground.add(chain);
  const blocks = counting.map(({ hash: name }, at) => ({ hash: name, reasons: reasonsOf(judgements[at] ?? []) }));
  return { rows: new Map([...base, ...changes]), blocks, ground };
}

/** Judges this device's pending blocks and writes what they change over the state; gives the keys that all this stands on. */
export async function layPending(transaction: WriteTransaction, ground: PendingGround, rules: Rules): Promise<Set<string>> {
  const judged = await judgeWaiting(transaction, { ...ground, device: ground.author.device }, rules);
  await replacePendingRows(transaction, judged.rows);
  for (const { hash, reasons } of judged.blocks) await settleOwnBlock(transaction, hash, null, reasons);
  return judged.ground;
}

/** Why each act of a block was not accepted, as it is stored. */
export const reasonsOf = (judgements: readonly Judgement[]): string =>
  JSON.stringify(judgements.map((judgement) => judgement.reason ?? ''));
