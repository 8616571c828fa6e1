/** Blocks that were proved to be the region's but are not applied: they wait for a program that knows the active rules. */
import type { Hash } from '../../../shared/ledger/merkle.ts';
import { CompactRange } from '../../../shared/ledger/merkle.ts';
import { bulkInsert } from '../../storage/bulk-insert.ts';
import type { Queryable, WriteTransaction } from '../../storage/database.ts';

const COLUMNS = [
  { name: 'position', kind: 'integer' },
  { name: 'bytes', kind: 'blob' },
] as const;

/** How far the ledger is proved; undefined when nothing waits. */
export async function readUnappliedHead(connection: Queryable, hash: Hash): Promise<CompactRange | undefined> {
  const row = await connection.get<{ size: number; nodes: Buffer }>('SELECT size, nodes FROM unapplied_head WHERE id = 1');
  if (!row) return undefined;
  const nodes = Array.from({ length: row.nodes.length / 32 }, (_, at) => row.nodes.subarray(32 * at, 32 * at + 32));
  return new CompactRange(hash, row.size, nodes);
}

export async function writeUnapplied(
  transaction: WriteTransaction,
  from: number,
  blocks: readonly Uint8Array[],
  range: CompactRange,
): Promise<void> {
  const rows = blocks.map((bytes, at) => [from + at, bytes] as const);
  await bulkInsert(transaction, 'unapplied_block', COLUMNS, rows);
  await transaction.run(
    `INSERT INTO unapplied_head (id, size, nodes) VALUES (1, ?, ?)
     ON CONFLICT (id) DO UPDATE SET size = excluded.size, nodes = excluded.nodes`,
    [range.size, Buffer.concat(range.nodes as Uint8Array[])],
  );
}

export async function readUnapplied(connection: Queryable, from: number, limit: number): Promise<Uint8Array[]> {
  const rows = await connection.all<{ bytes: Buffer }>(
    'SELECT bytes FROM unapplied_block WHERE position >= ? ORDER BY position LIMIT ?',
    [from, limit],
  );
  return rows.map(({ bytes }) => bytes);
}

/** Forgets all that waited: it is applied. */
export async function forgetUnapplied(transaction: WriteTransaction): Promise<void> {
  await transaction.run('DELETE FROM unapplied_block', []);
  await transaction.run('DELETE FROM unapplied_head', []);
}
