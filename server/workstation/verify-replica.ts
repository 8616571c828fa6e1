/**
 * Checks a replica as if nothing in it were believed: every block's hash, link, signatures and verdict from the genesis on,
 * every tree node, the state rows that come out, and every sealed document's name. Opens nothing, needs no passphrase.
 */
import { equalBytes, toHex } from '../../shared/encoding/bytes.ts';
import { blockHash } from '../../shared/ledger/block.ts';
import type { Region } from '../../shared/ledger/founding.ts';
import { CompactRange, rootAt } from '../../shared/ledger/merkle.ts';
import type { PolicyBook } from '../../shared/ledger/policy-book.ts';
import { openRows } from '../../shared/ledger/snapshot.ts';
import { StateTree } from '../../shared/ledger/state-tree.ts';
import { asFailure, Failure } from '../../shared/outcome/failure.ts';
import {
  countState,
  type LedgerHead,
  nodeSource,
  readBlocks,
  readHead,
  type StoredBlock,
  stateRoot,
  stateRootOf,
} from '../ledger/ledger.store.ts';
import type { Database } from '../storage/database.ts';
import { documentPages, readSetting } from '../sync/clinic.store.ts';
import { CHECKPOINT } from '../sync/replica.ts';
import { readSnapshotPage } from '../sync/snapshot.store.ts';
import { beginningOf } from '../sync/snapshot.ts';
import { hashParts } from '../vault/hash-parts.ts';
import { sha256, verifySignature } from '../vault/primitives.ts';
import { VerifyPool } from '../vault/verify-pool.ts';
import { fromGenesis, HistoryCheck, type HistoryStart } from './history-check.ts';
import type { Installation } from './installation.ts';

export interface ReplicaReport {
  readonly blocks: number;
  /** The first block that is here: what is before it stands under a snapshot that the region's quorum has signed. */
  readonly historyFrom: number;
  readonly signatures: number;
  readonly documents: number;
  readonly stateRows: number;
  /** What is wrong; empty when all of it holds. */
  readonly faults: readonly string[];
}

const PAGE = 2000;

export async function verifyReplica({ database, region }: Installation): Promise<ReplicaReport> {
  const faults: string[] = [];
  const documents = await verifyDocuments(database, faults);
  if (!region) return { blocks: 0, historyFrom: 0, signatures: 0, documents, stateRows: 0, faults };
  const pool = new VerifyPool();
  try {
    const ledger = await verifyLedger(database, region, pool, faults);
    return { ...ledger, documents, faults };
  } finally {
    await pool.close();
  }
}

async function verifyLedger(
  database: Database,
  region: NonNullable<Installation['region']>,
  pool: VerifyPool,
  faults: string[],
): Promise<Omit<ReplicaReport, 'documents' | 'faults'>> {
  let start = fromGenesis(region);
  try {
    start = (await startOfSnapshot(database, region)) ?? start;
  } catch (error) {
    faults.push(asFailure(error).message);
  }
  const history = new HistoryCheck(region, pool, new Set(), start);
  try {
    for (;;) {
      const from = history.head.size;
      const stored = await readBlocks(database.read, from, PAGE);
      if (stored.length === 0) break;
      await history.add(stored.map((block, at) => asStored(block, from + at)));
    }
  } catch (error) {
    faults.push(asFailure(error).message);
  }
  await history.end().catch((error: unknown) => faults.push(asFailure(error).message));
  const { head, rows, signatures } = history;
  await verifyEnd(database, history.policies, head, rows, faults);
  return { blocks: head.size, historyFrom: start.head.size, signatures, stateRows: rows.size };
}

/** Where a replica begins that has not the whole ledger: its snapshot, checked again against the checkpoint that vouched for it. */
async function startOfSnapshot(database: Database, region: Region): Promise<HistoryStart | undefined> {
  const options = { region, hash: hashParts, verify: verifySignature };
  const beginning = await beginningOf(database.read, options);
  if (!beginning) return undefined;
  const { head, checkpoint } = beginning;
  const tree = new StateTree(hashParts);
  const rows = new Map<string, Uint8Array>();
  for (let page = 0; page < head.pages.length; page++) {
    for (const row of openRows((await readSnapshotPage(database.read, page)) ?? new Uint8Array(0))) {
      tree.add(row);
      rows.set(row.key, Uint8Array.from(row.value));
    }
  }
  const { state } = checkpoint;
  if (!state || state.size !== head.size || !equalBytes(state.root, tree.root()))
    throw new Failure(
      'verify.snapshot-altered',
      'The snapshot from which this replica began is not the one that was vouched for.',
    );
  const range = new CompactRange(hashParts, head.size, head.nodes);
  return { head: { size: head.size, effects: head.effects, range, state }, rows, acts: head.acts };
}

/** A block as it lies in the database: at its place, under its own hash. */
function asStored({ position, hash, bytes }: StoredBlock, expected: number): { bytes: Uint8Array; hash: Uint8Array } {
  if (position !== expected) throw new Failure('verify.block-missing', `The block at position ${expected} is missing.`);
  if (!equalBytes(blockHash(hashParts, bytes), hash))
    throw new Failure('verify.block-altered', `The block at position ${position} does not have the hash it is stored under.`);
  return { bytes, hash };
}

async function verifyEnd(
  database: Database,
  policies: PolicyBook,
  head: LedgerHead,
  rows: ReadonlyMap<string, Uint8Array>,
  faults: string[],
): Promise<void> {
  const stored = await readHead(database.read, hashParts);
  if (!stored || stored.size !== head.size)
    faults.push(`The replica says it holds ${stored?.size ?? 0} blocks; ${head.size} hold.`);
  else if (!equalBytes(stored.effects, head.effects)) faults.push('The stored effects chain is not what the rules come to.');
  try {
    const root = await rootAt(hashParts, head.size, nodeSource(database.read, hashParts));
    if (!equalBytes(root, head.range.root())) faults.push('The stored tree nodes do not lead to the root of the blocks.');
  } catch (error) {
    faults.push(asFailure(error).message);
  }
  if ((await countState(database.read)) !== rows.size)
    faults.push('The replica has state rows that no event put, or lacks some.');
  else await compareState(database, rows, faults);
  const note = await readSetting(database.read, CHECKPOINT);
  if (!note) return;
  try {
    const checkpoint = policies.open(hashParts, verifySignature, note.toString('utf8'));
    if (checkpoint.size === head.size && !equalBytes(checkpoint.root, head.range.root()))
      faults.push("The blocks do not lie under the hub's signed checkpoint.");
  } catch (error) {
    faults.push(asFailure(error).message);
  }
}

async function compareState(database: Database, rows: ReadonlyMap<string, Uint8Array>, faults: string[]): Promise<void> {
  const stored = await stateRoot(database.read, hashParts);
  const recomputed = stateRootOf(hashParts, rows);
  if (!equalBytes(stored, recomputed)) faults.push('A stored state row is not what the events come to.');
}

async function verifyDocuments(database: Database, faults: string[]): Promise<number> {
  let count = 0;
  for await (const page of documentPages(database.read)) {
    for (const { name, sealed } of page) {
      count += 1;
      if (!equalBytes(sha256(sealed), name)) faults.push(`The sealed document ${toHex(name).slice(0, 16)} was altered on disk.`);
    }
  }
  return count;
}
