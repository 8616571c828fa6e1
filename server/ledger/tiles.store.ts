/** What the writer of tiles reads of the ledger's tables. */
import type { Queryable } from '../storage/database.ts';

/** Kept nodes of `level`, a multiple of 8, from place `from` up to `end`, in order. */
export async function readNodes(connection: Queryable, level: number, from: number, end: number): Promise<Buffer[]> {
  const rows = await connection.all<{ hash: Buffer }>(
    'SELECT hash FROM tree_node WHERE level = ? AND place >= ? AND place < ? ORDER BY place',
    [level, from, end],
  );
  return rows.map(({ hash }) => hash);
}
