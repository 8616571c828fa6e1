/**
 * State and tree folded anew from the blocks that are here, in one transaction: for a replica that goes back to its first blocks, because
 * an administrator accepts that the region's ledger goes on from there, and for one whose rows were altered on the disk.
 */
import { equalBytes } from '../../../shared/encoding/bytes.ts';
import { claimedHead, type TreeHead } from '../../../shared/ledger/checkpoint.ts';
import type { Region, Verify } from '../../../shared/ledger/founding.ts';
import type { CompactRange, Hash } from '../../../shared/ledger/merkle.ts';
import { PolicyBook } from '../../../shared/ledger/policy-book.ts';
import type { Rules } from '../../../shared/ledger/rules.ts';
import { STATE_INTERVAL } from '../../../shared/ledger/state-interval.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import { countBlocks, readBlocks, renameBlock } from '../../ledger/blocks.store.ts';
import { foldPage, genesisPage, openSealed, readsOf, roomInPage } from '../../ledger/fold.ts';
import { type LedgerHead, readHead, writeHead } from '../../ledger/ledger.store.ts';
import { clearActs, writeActs } from '../../ledger/policy-acts.store.ts';
import { loadState, stateRoot, writeState } from '../../ledger/state-rows.store.ts';
import { writeNodes } from '../../ledger/tree-nodes.store.ts';
import { writeVerdicts } from '../../ledger/verdicts.store.ts';
import type { WriteTransaction } from '../../storage/database.ts';
import { CHECKPOINT, readSetting } from '../clinic.store.ts';
import { removeSetting } from '../clinic-writes.store.ts';
import { cutLedger, reopenOwnBlocks } from '../evidence/restored-hub.store.ts';
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
  await writeHead(
    transaction,
    await foldOn(transaction, ground, { head: genesis.head, policies: new PolicyBook(ground.region) }, size),
  );
}

/**
 * Makes everything anew that the blocks lead to: state rows, verdicts, tree nodes, the policy's acts and the head, which must be as it
 * stands here or as the hub signed it. What is kept of a checkpoint that does not open is no checkpoint: it goes.
 * @throws {Failure} `ledger.blocks-altered` when they lead elsewhere: then the blocks themselves are not as they were.
 */
export async function makeAnew(transaction: WriteTransaction, ground: Ground & { readonly verify: Verify }): Promise<void> {
  const { hash, region } = ground;
  const head = await readHead(transaction, hash).catch(() => 'altered' as const);
  if (!head) return;
  const beginning = await beginningOf(transaction, ground);
  await clearState(transaction);
  await clearNodes(transaction);
  await clearVerdicts(transaction);
  await clearActs(transaction);
  const first = beginning ? beginningPage(beginning.head, beginning.checkpoint, hash) : genesisPage(hash, region);
  if (beginning) for await (const rows of snapshotRows(transaction, beginning.head, hash)) await writeState(transaction, rows);
  else await writeState(transaction, first.changes);
  await writeNodes(transaction, first.nodes);
  await writeActs(transaction, first.acts ?? []);
  const note = (await readSetting(transaction, CHECKPOINT))?.toString('utf8');
  const signed = note === undefined ? undefined : claimed(note);
  const policies = new PolicyBook(region);
  for (const act of first.acts ?? []) policies.apply(act);
  const size = Math.max(first.head.size, await countBlocks(transaction));
  const atSigned = Math.min(signed?.size ?? 0, size);
  const there = await foldAnew(transaction, ground, { head: first.head, policies }, atSigned);
  const made = await foldAnew(transaction, ground, { head: there, policies }, size);
  const isSigned = note !== undefined && opens(policies, ground, note);
  const agrees = isSigned && signed?.size === there.size && isSame(signed, there);
  if (!agrees && (head === 'altered' || head.size !== made.size || !isSame(head, made))) throw BLOCKS_ALTERED;
  await writeHead(transaction, made);
  if (note !== undefined && !isSigned) await removeSetting(transaction, CHECKPOINT);
}

type Head = Pick<LedgerHead, 'effects'> & ({ readonly range: CompactRange } | { readonly root: Uint8Array });
const rootOf = (head: Head): Uint8Array => ('range' in head ? head.range.root() : head.root);
const isSame = (one: Head, other: Head): boolean =>
  equalBytes(one.effects, other.effects) && equalBytes(rootOf(one), rootOf(other));

/** What a note claims, unless it is none. */
function claimed(note: string): TreeHead | undefined {
  try {
    return claimedHead(note);
  } catch {
    return undefined;
  }
}

function opens(policies: PolicyBook, { hash, verify }: Ground & { readonly verify: Verify }, note: string): boolean {
  try {
    policies.open(hash, verify, note);
    return true;
  } catch {
    return false;
  }
}

/** As `foldOn`; what does not fold was altered. */
async function foldAnew(...on: Parameters<typeof foldOn>): Promise<LedgerHead> {
  try {
    return await foldOn(...on);
  } catch (error) {
    throw asFailure(error).code.startsWith('storage.') ? error : BLOCKS_ALTERED;
  }
}

interface Start {
  readonly head: LedgerHead;
  /** Takes in the acts of the blocks that are folded. */
  readonly policies: PolicyBook;
}

/** Folds the blocks from a head up to `size`, and writes the nodes, verdicts, acts and rows that they come to, and their own names. */
async function foldOn(transaction: WriteTransaction, { hash, rules }: Ground, from: Start, size: number): Promise<LedgerHead> {
  const { policies } = from;
  let { head } = from;
  while (head.size < size) {
    const room = Math.min(PAGE, size - head.size, roomInPage(head.size));
    const stored = await readBlocks(transaction, head.size, room);
    if (stored[0]?.position !== head.size) throw HISTORY_MISSING;
    const active = rules.at(policies.current.rules);
    const blocks = stored.map(({ bytes }) => ({ sealed: bytes, opened: openSealed(hash, active, bytes) }));
    const page = foldPage(hash, head, await loadState(transaction, readsOf(blocks)), blocks);
    for (const [at, block] of page.blocks.entries())
      if (!equalBytes(block.hash, stored[at]?.hash ?? block.hash)) await renameBlock(transaction, block);
    await writeNodes(transaction, page.nodes);
    await writeVerdicts(transaction, page.disputes ?? []);
    await writeActs(transaction, page.acts ?? []);
    await writeState(transaction, page.changes);
    for (const act of page.acts ?? []) policies.apply(act);
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
