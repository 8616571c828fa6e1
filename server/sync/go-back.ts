/**
 * Puts this replica back to its first `size` blocks, because an administrator accepts that the region's ledger goes on from there:
 * state and tree are folded anew from the blocks that are here, and this device's own blocks behind them wait to be sent again,
 * byte for byte. One transaction.
 */
import type { Region } from '../../shared/ledger/founding.ts';
import type { Hash } from '../../shared/ledger/merkle.ts';
import { PolicyBook } from '../../shared/ledger/policy-book.ts';
import type { Rules } from '../../shared/ledger/rules.ts';
import { STATE_INTERVAL } from '../../shared/ledger/state-interval.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { foldPage, genesisPage, openSealed, readsOf, roomInPage } from '../ledger/fold.ts';
import { loadState, readActs, readBlocks, stateRoot, writeHead, writeNodes, writeState } from '../ledger/ledger.store.ts';
import type { WriteTransaction } from '../storage/database.ts';
import { cutLedger, reopenOwnBlocks } from './restored-hub.store.ts';

const PAGE = 500;

/** @throws {Failure} `sync.history-missing` when this replica began with a snapshot behind `size`. */
export async function goBack(
  transaction: WriteTransaction,
  { hash, rules, region }: { readonly hash: Hash; readonly rules: Rules; readonly region: Region },
  size: number,
): Promise<void> {
  await reopenOwnBlocks(transaction, size);
  await cutLedger(transaction, size);
  const policies = new PolicyBook(region);
  const acts = await readActs(transaction);
  const genesis = genesisPage(hash, region);
  await writeState(transaction, genesis.changes);
  let { head } = genesis;
  while (head.size < size) {
    const room = Math.min(PAGE, size - head.size, roomInPage(head.size));
    const stored = await readBlocks(transaction, head.size, room);
    if (stored[0]?.position !== head.size) throw HISTORY_MISSING;
    for (const act of acts) if (act.position < head.size) policies.apply(act);
    const active = rules.at(policies.current.rules);
    const blocks = stored.map(({ hash: name, bytes }) => ({ sealed: bytes, opened: openSealed(hash, active, bytes, name) }));
    const page = foldPage(hash, head, await loadState(transaction, readsOf(blocks)), blocks);
    await writeNodes(transaction, page.nodes);
    await writeState(transaction, page.changes);
    head = page.head;
    if (head.size % STATE_INTERVAL === 0)
      head = { ...head, state: { size: head.size, root: await stateRoot(transaction, hash) } };
  }
  await writeHead(transaction, head);
}

const HISTORY_MISSING = new Failure(
  'sync.history-missing',
  'This computer began with a snapshot and does not hold the blocks from which its replica could be made anew. Restore it from a backup, or let another desk of the clinic go first.',
);
