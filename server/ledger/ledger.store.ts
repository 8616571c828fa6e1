/**
 * The ledger on disk, the same tables at the hub and in a replica, and how a page enters all of them in one transaction. What is read
 * of each table lies beside: `blocks`, `tree-nodes`, `state-rows`, `verdicts`, `policy-acts`. The head says how far they all have got.
 */
import { CompactRange, type Hash } from '../../shared/ledger/merkle.ts';
import type { StoredAct } from '../../shared/ledger/policy-book.ts';
import { bulkInsert } from '../storage/bulk-insert.ts';
import type { Queryable, WriteTransaction } from '../storage/database.ts';
import type { Migration } from '../storage/migrations.ts';
import { writeActs } from './policy-acts.store.ts';
import { writeState } from './state-rows.store.ts';
import { split32, type TreeNode, writeNodes } from './tree-nodes.store.ts';
import { type BlockVerdicts, writeVerdicts } from './verdicts.store.ts';

export const ledgerMigration: Migration = {
  id: 10,
  name: 'ledger',
  sql: `
    CREATE TABLE block (position INTEGER PRIMARY KEY, hash BLOB NOT NULL, bytes BLOB NOT NULL) STRICT;
    CREATE TABLE block_verdict (position INTEGER PRIMARY KEY, verdicts TEXT NOT NULL) STRICT;
    CREATE TABLE tree_node (level INTEGER NOT NULL, place INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (level, place)) STRICT, WITHOUT ROWID;
    CREATE TABLE state_row (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE ledger_head (
      id INTEGER PRIMARY KEY CHECK (id = 1), size INTEGER NOT NULL, effects BLOB NOT NULL, nodes BLOB NOT NULL,
      state_size INTEGER NOT NULL, state_root BLOB NOT NULL
    ) STRICT;
    CREATE TABLE policy_act (
      position INTEGER NOT NULL, event INTEGER NOT NULL, chain TEXT NOT NULL, type TEXT NOT NULL, body BLOB NOT NULL,
      PRIMARY KEY (position, event)
    ) STRICT, WITHOUT ROWID;
  `,
};

/** How far the tables have got. `state` is the newest state root, computed every 65,536 blocks. */
export interface LedgerHead {
  readonly size: number;
  readonly effects: Uint8Array;
  readonly range: CompactRange;
  readonly state?: { readonly size: number; readonly root: Uint8Array } | undefined;
}

export interface StoredBlock {
  readonly position: number;
  readonly hash: Uint8Array;
  readonly bytes: Uint8Array;
}

/** Blocks that follow each other, as a download brought them: in one piece of memory, which the database takes apart. */
export interface BlockRun {
  /** Position of the first. */
  readonly from: number;
  readonly bytes: Uint8Array;
  /** 32 bytes for each block. */
  readonly hashes: Uint8Array;
  /** JSON: a list of one `placeOf` for each block. */
  readonly places: string;
}

/** Where a block starts in its run and how long it is, in one number: its length is below 2^19. */
export const placeOf = (start: number, length: number): number => start * 2 ** 19 + length;

/** What one page adds: all of it is written in one transaction, or nothing. */
export interface LedgerPage {
  readonly blocks: readonly StoredBlock[];
  /** Further blocks. */
  readonly runs?: readonly BlockRun[] | undefined;
  readonly nodes: readonly TreeNode[];
  readonly changes: ReadonlyMap<string, Uint8Array | undefined>;
  readonly head: LedgerHead;
  /** Blocks of which not every event was accepted. */
  readonly disputes?: readonly BlockVerdicts[] | undefined;
  /** Accepted acts that bear on the region's policy. */
  readonly acts?: readonly StoredAct[] | undefined;
}

interface HeadRow {
  size: number;
  effects: Buffer;
  nodes: Buffer;
  state_size: number;
  state_root: Buffer;
}

/** The head, or undefined before a region exists. */
export async function readHead(connection: Queryable, hash: Hash): Promise<LedgerHead | undefined> {
  const row = await connection.get<HeadRow>('SELECT size, effects, nodes, state_size, state_root FROM ledger_head WHERE id = 1');
  if (!row) return undefined;
  const state = row.state_size > 0 ? { size: row.state_size, root: row.state_root } : undefined;
  return { size: row.size, effects: row.effects, range: new CompactRange(hash, row.size, split32(row.nodes)), state };
}

/** How far the tables have got, as they say. */
export async function ledgerSize(connection: Queryable): Promise<number> {
  return (await connection.get<{ size: number }>('SELECT size FROM ledger_head WHERE id = 1'))?.size ?? 0;
}

export async function writeHead(transaction: WriteTransaction, head: LedgerHead): Promise<void> {
  await transaction.run(
    `INSERT INTO ledger_head (id, size, effects, nodes, state_size, state_root) VALUES (1, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET size = excluded.size, effects = excluded.effects, nodes = excluded.nodes,
       state_size = excluded.state_size, state_root = excluded.state_root`,
    [
      head.size,
      head.effects,
      Buffer.concat(head.range.nodes as Uint8Array[]),
      head.state?.size ?? 0,
      head.state?.root ?? new Uint8Array(0),
    ],
  );
}

const BLOCK_COLUMNS = [
  { name: 'position', kind: 'integer' },
  { name: 'hash', kind: 'blob' },
  { name: 'bytes', kind: 'blob' },
] as const;
/** Writes a page's blocks, nodes, state rows and head. */
export async function writePage(transaction: WriteTransaction, page: LedgerPage): Promise<void> {
  await bulkInsert(
    transaction,
    'block',
    BLOCK_COLUMNS,
    page.blocks.map((block) => [block.position, block.hash, block.bytes]),
  );
  for (const { from, bytes, hashes, places } of page.runs ?? [])
    await transaction.run(
      `INSERT INTO block (position, hash, bytes)
       SELECT ?1 + key, substr(?2, 32 * key + 1, 32), substr(?3, (value >> 19) + 1, value & 524287) FROM json_each(?4)`,
      [from, hashes, bytes, places],
    );
  await writeNodes(transaction, page.nodes);
  await writeVerdicts(transaction, page.disputes ?? []);
  await writeActs(transaction, page.acts ?? []);
  await writeState(transaction, page.changes);
  await writeHead(transaction, page.head);
}
