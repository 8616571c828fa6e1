/**
 * State and tree folded anew from the blocks that are here, in one transaction: for a replica that goes back to its first blocks, because
 * an administrator accepts that the region's ledger goes on from there, and for one whose rows were altered on the disk.
 */
import { equalBytes } from '../../shared/encoding/bytes.ts';
import type { Region, Verify } from '../../shared/ledger/founding.ts';
import type { Hash } from '../../shared/ledger/merkle.ts';
import { PolicyBook } from '../../shared/ledger/policy-book.ts';
import type { Rules } from '../../shared/ledger/rules.ts';
import { STATE_INTERVAL } from '../../shared/ledger/state-interval.ts';
import { asFailure, Failure } from '../../shared/outcome/failure.ts';
import { readBlocks } from '../ledger/blocks.store.ts';
import { foldPage, genesisPage, openSealed, readsOf, roomInPage } from '../ledger/fold.ts';
import { type LedgerHead, readHead, writeHead } from '../ledger/ledger.store.ts';
import { readActs } from '../ledger/policy-acts.store.ts';
import { loadState, stateRoot, writeState } from '../ledger/state-rows.store.ts';
import { writeNodes } from '../ledger/tree-nodes.store.ts';
import { writeVerdicts } from '../ledger/verdicts.store.ts';
import type { WriteTransaction } from '../storage/database.ts';
import { cutLedger, reopenOwnBlocks } from './restored-hub.store.ts';
import { clearNodes, clearState, clearVerdicts } from './snapshot.store.ts';
import { beginningOf, beginningPage, snapshotRows } from './snapshot.ts';

const PAGE = 500;

interface Ground {
  readonly hash: Hash;
  readonly rules: Rules;
  readonly region: Region;
}

/**
 * Puts this replica back to its first `size` blocks; this device's own blocks behind them wait to be sent again, byte for byte.
 * @throws {Failure} `sync.history-missing` when this replica began with a snapshot behind `size`.
 */
export async function goBack(transaction: WriteTransaction, ground: Ground, size: number): Promise<void> {
  await reopenOwnBlocks(transaction, size);
  await cutLedger(transaction, size);
  const genesis = genesisPage(ground.hash, ground.region);
  await writeState(transaction, genesis.changes);
  await writeHead(transaction, await foldOn(transaction, ground, genesis.head, size));
}

/**
 * Makes state rows, verdicts and tree nodes anew, which must lead to the head that is here.
 * @throws {Failure} `ledger.blocks-altered` when they do not: then the blocks themselves, or the head, are not as they were.
 */
export async function makeAnew(transaction: WriteTransaction, ground: Ground & { readonly verify: Verify }): Promise<void> {
  const { hash, region } = ground;
  const head = await readHead(transaction, hash);
  if (!head) return;
  const beginning = await beginningOf(transaction, ground);
  await clearState(transaction);
  await clearNodes(transaction);
  await clearVerdicts(transaction);
  const first = beginning ? beginningPage(beginning.head, beginning.checkpoint, hash) : genesisPage(hash, region);
  if (beginning) for await (const rows of snapshotRows(transaction, beginning.head, hash)) await writeState(transaction, rows);
  else await writeState(transaction, first.changes);
  await writeNodes(transaction, first.nodes);
  const made = await foldOn(transaction, ground, first.head, head.size).catch((error: unknown) => {
    throw asFailure(error).code.startsWith('storage.') ? error : BLOCKS_ALTERED;
  });
  if (!equalBytes(made.effects, head.effects) || !equalBytes(made.range.root(), head.range.root())) throw BLOCKS_ALTERED;
}

/** Folds the blocks from `head` up to `size`, and writes the nodes, verdicts and rows that they come to. */
async function foldOn(transaction: WriteTransaction, { hash, rules, region }: Ground, from: LedgerHead, size: number) {
  const policies = new PolicyBook(region);
  const acts = await readActs(transaction);
  let head = from;
  while (head.size < size) {
    const room = Math.min(PAGE, size - head.size, roomInPage(head.size));
    const stored = await readBlocks(transaction, head.size, room);
    if (stored[0]?.position !== head.size) throw HISTORY_MISSING;
    for (const act of acts) if (act.position < head.size) policies.apply(act);
    const active = rules.at(policies.current.rules);
    const blocks = stored.map(({ bytes }) => ({ sealed: bytes, opened: openSealed(hash, active, bytes) }));
    const page = foldPage(hash, head, await loadState(transaction, readsOf(blocks)), blocks);
    await writeNodes(transaction, page.nodes);
    await writeVerdicts(transaction, page.disputes ?? []);
    await writeState(transaction, page.changes);
    head = page.head;
    if (head.size % STATE_INTERVAL === 0)
      head = { ...head, state: { size: head.size, root: await stateRoot(transaction, hash) } };
  }
  return head;
}

const BLOCKS_ALTERED = new Failure(
  'ledger.blocks-altered',
  'The blocks of the ledger on this computer are not as they were, so nothing can be made from them anew. The disk is failing: restore the newest backup on another one.',
);

const HISTORY_MISSING = new Failure(
  'sync.history-missing',
  'This computer began with a snapshot and does not hold the blocks from which its replica could be made anew. Restore it from a backup, or let another desk of the clinic go first.',
);
