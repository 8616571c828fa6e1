/** The pages of the snapshot from which this replica began: kept, so that what followed can be checked from there on. */
import type { Queryable, WriteTransaction } from '../../storage/database.ts';
import type { Migration } from '../../storage/migrations.ts';

export const snapshotMigration: Migration = {
  id: 300,
  name: 'snapshot',
  sql: 'CREATE TABLE snapshot_page (page INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;',
};

export async function writeSnapshotPage(transaction: WriteTransaction, page: number, bytes: Uint8Array): Promise<void> {
  await transaction.run('INSERT INTO snapshot_page (page, bytes) VALUES (?, ?)', [page, bytes]);
}

export async function readSnapshotPage(connection: Queryable, page: number): Promise<Buffer | undefined> {
  const row = await connection.get<{ bytes: Buffer }>('SELECT bytes FROM snapshot_page WHERE page = ?', [page]);
  return row?.bytes;
}

/** Pages from the first on that are here. */
export async function countSnapshotPages(connection: Queryable): Promise<number> {
  const row = await connection.get<{ pages: number }>('SELECT count(*) AS pages FROM snapshot_page');
  return row?.pages ?? 0;
}

export async function removeSnapshotPages(transaction: WriteTransaction): Promise<void> {
  await transaction.run('DELETE FROM snapshot_page');
}

/** Takes every state row away, for others to come in their place. */
export async function clearState(transaction: WriteTransaction): Promise<void> {
  await transaction.run('DELETE FROM state_row');
}

/** The same for the verdicts on blocks. */
export async function clearVerdicts(transaction: WriteTransaction): Promise<void> {
  await transaction.run('DELETE FROM block_verdict');
}

/** The same for the tree's kept nodes. */
export async function clearNodes(transaction: WriteTransaction): Promise<void> {
  await transaction.run('DELETE FROM tree_node');
}
