/**
 * Acts whose blocks can never enter the ledger, because a copy of this folder has written there or the epoch was closed: they go
 * into new blocks, each act's signed bytes as they are. An act that the copy has already brought to the ledger is not written again.
 */
import { toHex } from '../../../shared/encoding/bytes.ts';
import type { ChainPosition } from '../../../shared/ledger/admission.ts';
import { openBlock } from '../../../shared/ledger/block.ts';
import type { Hash } from '../../../shared/ledger/merkle.ts';
import type { Rules } from '../../../shared/ledger/rules.ts';
import type { WriteTransaction } from '../../storage/database.ts';
import { addOwnBlock, learnedBytes, moveDocuments, removeOwnBlock, type WaitingBlock } from './continuity.store.ts';
import type { Continuity } from './continuity.ts';
import { type BlockAuthor, following, sealBlock } from './pending.ts';

export interface Resealing {
  readonly hash: Hash;
  readonly rules: Rules;
  readonly author: BlockAuthor;
  readonly continuity: Continuity;
  /** Acts that do not go along, by their bytes. */
  readonly leaveOut?: ReadonlySet<string> | undefined;
}

interface Place {
  readonly block: Uint8Array;
  readonly event: number;
}

/** Gives the position that comes next. One new block for each old one, without acts that are in the ledger or are left out. */
export async function reseal(
  transaction: WriteTransaction,
  { hash, rules, author, continuity, leaveOut }: Resealing,
  displaced: readonly WaitingBlock[],
  start: ChainPosition,
): Promise<ChainPosition> {
  const entered = await enteredActs(transaction, hash);
  const blocks = displaced.map((old) => {
    const { block } = openBlock(old.bytes);
    const acts = block.events.map((act, place) => ({ ...act, place, entered: entered.get(toHex(hash(act.event))) }));
    return { old, time: block.time, acts, fresh: acts.filter((act) => !act.entered && !leaveOut?.has(toHex(act.event))) };
  });
  const needed = blocks.filter(({ fresh }) => fresh.length > 0).length;
  if (needed > 0) await continuity.advance({ device: author.device, epoch: start.epoch, height: start.height + needed - 1 });
  let at = start;
  for (const { old, time, acts, fresh } of blocks) {
    let block: Uint8Array | undefined;
    if (fresh.length > 0) {
      const { sealed, opened } = sealBlock({ hash, rules, author }, at, time, fresh);
      await addOwnBlock(transaction, { hash: opened.hash, epoch: at.epoch, height: at.height, bytes: sealed });
      block = opened.hash;
      at = following(at, opened.hash);
    }
    for (const act of acts) {
      const to = act.entered ?? (block && fresh.includes(act) ? { block, event: fresh.indexOf(act) } : undefined);
      if (to) await moveDocuments(transaction, { block: old.hash, event: act.place }, to);
    }
    await removeOwnBlock(transaction, old.sequence);
  }
  return at;
}

/** Where acts stand that a copy of this folder has brought to the ledger, by the hash of their bytes. */
async function enteredActs(transaction: WriteTransaction, hash: Hash): Promise<Map<string, Place>> {
  const places = new Map<string, Place>();
  for (const learned of await learnedBytes(transaction)) {
    const { block } = openBlock(learned.bytes);
    for (const [event, act] of block.events.entries()) places.set(toHex(hash(act.event)), { block: learned.hash, event });
  }
  return places;
}
