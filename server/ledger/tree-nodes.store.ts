/** The roots of complete subtrees, of which every eighth level is kept; the rest is recomputed. */
import { CompactRange, type Hash, leafHash, type NodeSource, nodeHash } from '../../shared/ledger/merkle.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { bulkInsert } from '../storage/bulk-insert.ts';
import type { Queryable, WriteTransaction } from '../storage/database.ts';

/** Nodes are kept for levels that are multiples of this: one row for 256 leaves. */
export const NODE_STEP = 8;

const NODE_COLUMNS = [
  { name: 'level', kind: 'integer' },
  { name: 'place', kind: 'integer' },
  { name: 'hash', kind: 'blob' },
] as const;

export const split32 = (bytes: Uint8Array): Uint8Array[] =>
  Array.from({ length: bytes.length / 32 }, (_, at) => bytes.subarray(32 * at, 32 * at + 32));

/** A complete node and where it stands. */
export type TreeNode = readonly [level: number, place: number, hash: Uint8Array];

/** Nodes that are complete, by level and place. */
export async function writeNodes(transaction: WriteTransaction, nodes: readonly TreeNode[]): Promise<void> {
  await bulkInsert(transaction, 'tree_node', NODE_COLUMNS, nodes);
}

/** Kept nodes of `level`, a multiple of 8, from place `from` up to `end`, in order. */
export async function readNodes(connection: Queryable, level: number, from: number, end: number): Promise<Buffer[]> {
  const rows = await connection.all<{ hash: Buffer }>(
    'SELECT hash FROM tree_node WHERE level = ? AND place >= ? AND place < ? ORDER BY place',
    [level, from, end],
  );
  return rows.map(({ hash }) => hash);
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
