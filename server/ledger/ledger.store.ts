/**
 * The ledger on disk, the same tables at the hub and in a replica: blocks by position, the roots of complete subtrees of
 * 256 leaves (the rest is recomputed), state rows by key, and the head that says how far they all have got.
 */
import { CompactRange, type Hash, leafHash, type NodeSource, nodeHash } from '../../shared/ledger/merkle.ts';
import type { StoredAct } from '../../shared/ledger/policy-book.ts';
import { StateTree } from '../../shared/ledger/state-tree.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { bulkDelete, bulkGet, bulkInsert } from '../storage/bulk-insert.ts';
import type { Queryable, WriteTransaction } from '../storage/database.ts';
import type { Migration } from '../storage/migrations.ts';
import { isSealed, openRow, rowAltered, sealRow, sumOf } from './row-seal.ts';
import { readNodes } from './tiles.store.ts';

/** Nodes are kept for levels that are multiples of this: one row for 256 leaves. */
export const NODE_STEP = 8;

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

/** Verdicts with a sum of their own; those that were written before have none. */
export const verdictSumMigration: Migration = {
  id: 3850,
  name: 'verdict sums',
  sql: 'ALTER TABLE block_verdict ADD COLUMN sum INTEGER;',
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
  readonly nodes: ReadonlyArray<readonly [level: number, place: number, hash: Uint8Array]>;
  readonly changes: ReadonlyMap<string, Uint8Array | undefined>;
  readonly head: LedgerHead;
  /** Blocks of which not every event was accepted. */
  readonly disputes?: readonly BlockVerdicts[] | undefined;
  /** Accepted acts that bear on the region's policy. */
  readonly acts?: readonly StoredAct[] | undefined;
}

/** For each event of a block its verdict and the reason for it. */
export interface BlockVerdicts {
  readonly position: number;
  readonly verdicts: ReadonlyArray<{ readonly verdict: string; readonly reason: string }>;
}

interface HeadRow {
  size: number;
  effects: Buffer;
  nodes: Buffer;
  state_size: number;
  state_root: Buffer;
}

const split32 = (bytes: Uint8Array): Uint8Array[] =>
  Array.from({ length: bytes.length / 32 }, (_, at) => bytes.subarray(32 * at, 32 * at + 32));

/** The head, or undefined before a region exists. */
export async function readHead(connection: Queryable, hash: Hash): Promise<LedgerHead | undefined> {
  const row = await connection.get<HeadRow>('SELECT size, effects, nodes, state_size, state_root FROM ledger_head WHERE id = 1');
  if (!row) return undefined;
  const state = row.state_size > 0 ? { size: row.state_size, root: row.state_root } : undefined;
  return { size: row.size, effects: row.effects, range: new CompactRange(hash, row.size, split32(row.nodes)), state };
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
const NODE_COLUMNS = [
  { name: 'level', kind: 'integer' },
  { name: 'place', kind: 'integer' },
  { name: 'hash', kind: 'blob' },
] as const;
const VERDICT_COLUMNS = [
  { name: 'position', kind: 'integer' },
  { name: 'verdicts', kind: 'text' },
  { name: 'sum', kind: 'integer' },
] as const;
const KEY_COLUMN = { name: 'key', kind: 'text' } as const;
const VALUE_COLUMN = { name: 'value', kind: 'blob' } as const;
const STATE_COLUMNS = [KEY_COLUMN, VALUE_COLUMN] as const;

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
  if (page.nodes.length > 0) await bulkInsert(transaction, 'tree_node', NODE_COLUMNS, page.nodes);
  await writeVerdicts(transaction, page.disputes ?? []);
  for (const { position, event, chain, type, body } of page.acts ?? []) {
    await transaction.run('INSERT INTO policy_act (position, event, chain, type, body) VALUES (?, ?, ?, ?, ?)', [
      position,
      event,
      chain,
      type,
      body,
    ]);
  }
  await writeState(transaction, page.changes);
  await writeHead(transaction, page.head);
}

/** Nodes that are complete, by level and place. */
export async function writeNodes(transaction: WriteTransaction, nodes: LedgerPage['nodes']): Promise<void> {
  await bulkInsert(transaction, 'tree_node', NODE_COLUMNS, nodes);
}

/** What `bearsOnPolicy` leaves out: the body begins with both earlier keys, then both new ones. */
const ROLLS_ENCRYPTION_ALONE = "type = 'clinic.rotated' AND substr(body, 1, 32) = substr(body, 65, 32)";

/** Accepted changes of a clinic's keys, in order. @param chain hexadecimal */
export function readKeyRolls(connection: Queryable, chain: string): Promise<StoredAct[]> {
  return connection.all<StoredAct & { body: Buffer }>(
    "SELECT position, event, chain, type, body FROM policy_act WHERE type = 'clinic.rotated' AND chain = ? ORDER BY position, event",
    [chain],
  );
}

/** Acts that bear on the policy, from the block at `from` on, in order. */
export function readActs(connection: Queryable, from = 0): Promise<StoredAct[]> {
  return connection.all<{ position: number; event: number; chain: string; type: string; body: Buffer }>(
    `SELECT position, event, chain, type, body FROM policy_act WHERE position >= ? AND NOT (${ROLLS_ENCRYPTION_ALONE}) ORDER BY position, event`,
    [from],
  );
}

export async function writeVerdicts(transaction: WriteTransaction, disputes: readonly BlockVerdicts[]): Promise<void> {
  if (disputes.length === 0) return;
  const rows = disputes.map(({ position, verdicts }) => {
    const text = JSON.stringify(verdicts);
    return [position, text, sumOf(String(position), text)] as const;
  });
  await bulkInsert(transaction, 'block_verdict', VERDICT_COLUMNS, rows);
}

interface VerdictRow {
  readonly position: number;
  readonly verdicts: string;
  readonly sum: number | null;
}

const isAsWritten = ({ position, verdicts, sum }: VerdictRow): boolean =>
  sum === null || sum === sumOf(String(position), verdicts);

/**
 * Verdicts of the blocks from `from` up to `end` in which not every event was accepted.
 * @throws {Failure} `storage.row-altered`.
 */
export async function readVerdicts(
  connection: Queryable,
  from: number,
  end: number,
): Promise<Map<number, BlockVerdicts['verdicts']>> {
  const rows = await connection.all<VerdictRow>(
    'SELECT position, verdicts, sum FROM block_verdict WHERE position >= ? AND position < ?',
    [from, end],
  );
  const altered = rows.find((row) => !isAsWritten(row));
  if (altered) throw rowAltered(`verdicts of block ${altered.position}`);
  return new Map(rows.map(({ position, verdicts }) => [position, JSON.parse(verdicts) as BlockVerdicts['verdicts']]));
}

export async function writeState(
  transaction: WriteTransaction,
  changes: ReadonlyMap<string, Uint8Array | undefined>,
): Promise<void> {
  const puts: [string, Uint8Array][] = [];
  const removes: [string][] = [];
  for (const [key, value] of changes) {
    if (value === undefined) removes.push([key]);
    else puts.push([key, sealRow(key, value)]);
  }
  // Keys end in random ids.
  const onConflict = { key: ['key'], action: 'update', sorted: true } as const;
  if (puts.length > 0) await bulkInsert(transaction, 'state_row', STATE_COLUMNS, puts, onConflict);
  if (removes.length > 0) await bulkDelete(transaction, 'state_row', [KEY_COLUMN], removes);
}

/** The rows with these keys, those that do not exist as undefined. @throws {Failure} `storage.row-altered`. */
export async function loadState(connection: Queryable, keys: readonly string[]): Promise<Map<string, Uint8Array | undefined>> {
  const stored = await bulkGet<Buffer>(connection, 'state_row', KEY_COLUMN, VALUE_COLUMN, keys);
  return new Map(
    keys.map((key, at) => {
      const row = stored[at];
      return [key, row && openRow(key, row)];
    }),
  );
}

/** State rows whose key begins with `prefix`, in byte order. @throws {Failure} `storage.row-altered`. */
export async function listState(connection: Queryable, prefix: string): Promise<StateRow[]> {
  const rows = await connection.all<StateRow>('SELECT key, value FROM state_row WHERE key >= ? AND key < ? ORDER BY key', [
    prefix,
    `${prefix}\u{10ffff}`,
  ]);
  return rows.map(openStored);
}

interface StateRow {
  readonly key: string;
  readonly value: Buffer;
}

const openStored = ({ key, value }: StateRow): StateRow => ({ key, value: openRow(key, value) });

/** Rows behind `after` that were altered where they lie, and how far this has looked: undefined when there are no more. */
export async function alteredRows(
  connection: Queryable,
  after: string,
  limit: number,
): Promise<{ altered: string[]; last: string | undefined }> {
  const rows = await readStatePage(connection, after, limit);
  const altered = rows.filter(({ key, value }) => !isSealed(key, value)).map(({ key }) => key);
  return { altered, last: rows.length < limit ? undefined : rows.at(-1)?.key };
}

/** Positions from `from` on whose verdicts were altered where they lie, and the last that was looked at: undefined at the end. */
export async function alteredVerdicts(
  connection: Queryable,
  from: number,
  limit: number,
): Promise<{ altered: number[]; last: number | undefined }> {
  const rows = await connection.all<VerdictRow>(
    'SELECT position, verdicts, sum FROM block_verdict WHERE position >= ? ORDER BY position LIMIT ?',
    [from, limit],
  );
  const altered = rows.filter((row) => !isAsWritten(row)).map(({ position }) => position);
  return { altered, last: rows.length < limit ? undefined : rows.at(-1)?.position };
}

const readStatePage = (connection: Queryable, after: string, limit: number): Promise<StateRow[]> =>
  connection.all('SELECT key, value FROM state_row WHERE key > ? ORDER BY key LIMIT ?', [after, limit]);

/** Every key of a state of at most `most` rows; undefined when there are more. */
export async function keysOfFew(connection: Queryable, most: number): Promise<string[] | undefined> {
  const rows = await connection.all<{ key: string }>('SELECT key FROM state_row LIMIT ?', [most + 1]);
  return rows.length > most ? undefined : rows.map(({ key }) => key);
}

const STATE_PAGE = 10_000;

export async function countState(connection: Queryable): Promise<number> {
  const row = await connection.get<{ rows: number }>('SELECT count(*) AS rows FROM state_row');
  return row?.rows ?? 0;
}

/** The same root over rows in memory. */
export function stateRootOf(hash: Hash, rows: ReadonlyMap<string, Uint8Array | undefined>): Uint8Array {
  const tree = new StateTree(hash);
  for (const key of [...rows.keys()].sort()) {
    const value = rows.get(key);
    if (value) tree.add({ key, value });
  }
  return tree.root();
}

/** All state rows in byte order of their keys, some thousands at a time. @throws {Failure} `storage.row-altered`. */
export async function* statePages(connection: Queryable): AsyncGenerator<StateRow[], void, undefined> {
  for (let after = ''; ; ) {
    const rows = await readStatePage(connection, after, STATE_PAGE);
    if (rows.length > 0) yield rows.map(openStored);
    const last = rows.at(-1);
    if (!last || rows.length < STATE_PAGE) return;
    after = last.key;
  }
}

/** The RFC 9162 root over all state rows in byte order of their keys (docs/protocol.md, state root). */
export async function stateRoot(connection: Queryable, hash: Hash): Promise<Uint8Array> {
  const tree = new StateTree(hash);
  for await (const rows of statePages(connection)) for (const row of rows) tree.add(row);
  return tree.root();
}

/** Blocks from `from` on, at most `limit`, in order. */
export async function readBlocks(
  connection: Queryable,
  from: number,
  limit: number,
): Promise<Array<{ position: number; hash: Buffer; bytes: Buffer }>> {
  return connection.all('SELECT position, hash, bytes FROM block WHERE position >= ? ORDER BY position LIMIT ?', [from, limit]);
}

/** Sealed blocks of a device below a position that have these bytes in them, the newest first: a device's id stands at byte 33. */
export function blocksOfDevice(
  connection: Queryable,
  device: Uint8Array,
  containing: string,
  below: number,
  limit: number,
): Promise<Array<{ position: number; bytes: Buffer }>> {
  return connection.all(
    `SELECT position, bytes FROM block WHERE position < ? AND substr(bytes, 34, 32) = ? AND instr(bytes, CAST(? AS BLOB)) > 0
     ORDER BY position DESC LIMIT ?`,
    [below, device, containing, limit],
  );
}

/** Sealed blocks below a position that have these bytes in them, the newest first. Reads through all of them. */
export function blocksNaming(
  connection: Queryable,
  naming: Uint8Array,
  below: number,
  limit: number,
): Promise<Array<{ position: number; bytes: Buffer }>> {
  return connection.all(
    'SELECT position, bytes FROM block WHERE position < ? AND instr(bytes, ?) > 0 ORDER BY position DESC LIMIT ?',
    [below, naming, limit],
  );
}

/** Bytes of sealed blocks in one answer: few enough that a replica folds one page while the next is on its way. */
const PACKED_BYTES = 2 * 1024 * 1024;

/** Sealed blocks as base64 text, for the wire: `limit` of them, or fewer when they are large, and at least one. */
export async function readPackedBlocks(connection: Queryable, from: number, limit: number): Promise<string[]> {
  const rows = await connection.all<{ bytes: Buffer }>(
    `SELECT bytes FROM (
       SELECT position, bytes, sum(length(bytes)) OVER (ORDER BY position) AS total
       FROM block WHERE position >= ?1 AND position < ?1 + ?2
     ) AS page WHERE total <= ?3 OR position = ?1 ORDER BY position`,
    [from, limit, PACKED_BYTES],
  );
  return rows.map((row) => row.bytes.toString('base64'));
}

/** The same as one text: for each block three bytes of length, big-endian, and its bytes. */
export async function readBlockRun(connection: Queryable, from: number, limit: number): Promise<string> {
  const { threeBytes, joined } = connection.dialect;
  const row = await connection.get<{ run: Buffer | null }>(
    `SELECT ${joined(`${threeBytes('length(bytes)')} || bytes`, 'position')} AS run FROM (
       SELECT position, bytes, sum(length(bytes)) OVER (ORDER BY position) AS total
       FROM block WHERE position >= ?1 AND position < ?1 + ?2
     ) AS page WHERE total <= ?3 OR position = ?1`,
    [from, limit, PACKED_BYTES],
  );
  return row?.run?.toString('base64') ?? '';
}

/** The newest block from position `from` on of each device and epoch. */
export function newestBlocks(connection: Queryable, from: number): Promise<Array<{ hash: Buffer; bytes: Buffer }>> {
  // In a block, suite[1] and chain[32] come before device[32] and epoch[8].
  return connection.all(
    `SELECT hash, bytes FROM block WHERE position IN (
       SELECT max(position) FROM block WHERE position >= ? GROUP BY substr(bytes, 34, 40)
     )`,
    [from],
  );
}

/** What is read together of one height: the leaves under one kept node, or the kept nodes under another. */
const GROUP = 2 ** NODE_STEP;

/** Hashes that lie beside each other, from place `first` on. */
interface HashRun {
  readonly first: number;
  readonly hashes: readonly Uint8Array[];
}

const LEAVES = 'SELECT position AS place, hash FROM block WHERE position >= ?1 AND position < ?2';
const NODES = 'SELECT place, hash FROM tree_node WHERE place >= ?1 AND place < ?2 AND level = ?3';

/** Of rows of `place` and `hash`, in one value, which costs a fifth of as many rows. Empty where there are none, or some between them are missing. */
async function readRun(connection: Queryable, rows: string, parameters: readonly number[]): Promise<HashRun> {
  const hashed = connection.dialect.joined('hash', 'place');
  const row = await connection.get<{ first: number | null; last: number; hashes: Buffer }>(
    `SELECT min(place) AS first, max(place) AS last, ${hashed} AS hashes FROM (${rows}) AS run`,
    parameters,
  );
  if (!row || row.first === null) return { first: 0, hashes: [] };
  const hashes = split32(row.hashes);
  return { first: row.first, hashes: hashes.length === row.last - row.first + 1 ? hashes : [] };
}

/** Nodes of complete subtrees, for proofs: from kept nodes, else from at most 256 block hashes. */
export function nodeSource(connection: Queryable, hash: Hash): NodeSource {
  // A proof asks for subtrees of every height beside one leaf, and of the right edge: each group of 256 is read once.
  const groups = new Map<string, Promise<HashRun>>();
  /** Kept nodes of `level`, or for level 0 leaves, from `place` on: all `width` of them, which lie in one group, or nothing. */
  const kept = async (level: number, place: number, width: number): Promise<readonly Uint8Array[] | undefined> => {
    const start = place - (place % GROUP);
    const name = `${level}/${start}`;
    const known =
      groups.get(name) ?? (level === 0 ? leavesFrom(start) : readRun(connection, NODES, [start, start + GROUP, level]));
    groups.set(name, known);
    const { first, hashes } = await known;
    return place >= first && place - first + width <= hashes.length
      ? hashes.slice(place - first, place - first + width)
      : undefined;
  };
  const leavesFrom = async (start: number): Promise<HashRun> => {
    const { first, hashes } = await readRun(connection, LEAVES, [start, start + GROUP]);
    return { first, hashes: hashes.map((each) => leafHash(hash, each)) };
  };
  const node: NodeSource = async (level, place) => {
    const above = level % NODE_STEP;
    const width = 2 ** above;
    const under = await kept(level - above, place * width, width);
    if (under) return rootOver(hash, under);
    if (level < NODE_STEP)
      throw new Failure(
        'ledger.node-missing',
        `Blocks under the tree node ${level}/${place} are missing: run "careledger verify".`,
      );
    if (above === 0)
      throw new Failure('ledger.node-missing', `The tree node ${level}/${place} is missing: run "careledger verify".`);
    // Of other levels there are only those with which a snapshot began.
    const [begun] = await readNodes(connection, level, place, place + 1);
    return begun ?? nodeHash(hash, await node(level - 1, 2 * place), await node(level - 1, 2 * place + 1));
  };
  return node;
}

/** The root over nodes of one height that lie beside each other. */
function rootOver(hash: Hash, nodes: readonly Uint8Array[]): Uint8Array {
  const range = new CompactRange(hash);
  for (const each of nodes) range.append(each);
  return range.root();
}
