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
import type { WriteTransaction } from '../storage/database.ts';
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

/** Judges this device's pending blocks and writes what they change over the state; gives the keys that all this stands on. */
export async function layPending(transaction: WriteTransaction, ground: PendingGround, rules: Rules): Promise<Set<string>> {
  const { hash, author, founding } = ground;
  const chain = founding && chainKey(toHex(founding.chain));
  const admitted = !chain || (await loadState(transaction, [chain])).get(chain) !== undefined;
  const base = new Map<string, Uint8Array | undefined>(admitted ? [] : foundingRows(founding));
  const stored = await unsettledBlocks(transaction);
  const opened = stored.map(({ hash: name, bytes }) => openSealed(hash, rules, bytes, name));
  const keys = new Set(opened.flatMap((block) => block.reads));
  const rows = await loadState(transaction, [...keys]);
  for (const [key, value] of base) rows.set(key, value);
  // What a retired epoch still has waiting counts nowhere.
  const epochs = rows.get(epochsKey(toHex(author.device)));
  const counting = opened.filter(({ block }) => !epochs || !isRetired(decode(epochsRow, epochs), block.epoch));
  const { judgements, changes } = judgePending(hash, rows, counting);
  await replacePendingRows(transaction, new Map([...base, ...changes]));
  for (const [at, { hash: name }] of counting.entries())
    await settleOwnBlock(transaction, name, null, reasonsOf(judgements[at] ?? []));
  return chain ? keys.add(chain) : keys;
}

/** Why each act of a block was not accepted, as it is stored. */
export const reasonsOf = (judgements: readonly Judgement[]): string =>
  JSON.stringify(judgements.map((judgement) => judgement.reason ?? ''));
