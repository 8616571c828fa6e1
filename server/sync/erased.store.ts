/**
 * Compartments that the ledger says are erased. Their sealed documents go in the transaction that brings the tombstone, and
 * none comes back into this database by any way: not from a hub with an older copy, not from a message that was late.
 */
import { ERASED } from '../../shared/ledger/rows.ts';
import type { Queryable, WriteTransaction } from '../storage/database.ts';
import type { Migration } from '../storage/migrations.ts';

export const erasureMigration: Migration = {
  id: 600,
  name: 'erasure',
  sql: `
    CREATE TABLE erased_handle (handle BLOB PRIMARY KEY, documents INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    -- Own documents that were erased before the hub had them: it must not wait for them.
    CREATE TABLE erased_document (name BLOB PRIMARY KEY, handle BLOB NOT NULL, told INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
    CREATE TRIGGER document_of_erased BEFORE INSERT ON document WHEN EXISTS (SELECT 1 FROM erased_handle WHERE handle = new.handle)
      BEGIN SELECT RAISE(IGNORE); END;
  `,
};

/** After a start from a snapshot: the state has tombstones that no page brought. */
export async function takeUpTombstones(transaction: WriteTransaction): Promise<void> {
  await transaction.run(
    `INSERT OR IGNORE INTO erased_handle (handle, documents)
       SELECT unhex(substr(key, length(?1) + 1)), 0 FROM state_row WHERE key >= ?1 AND key < ?1 || 'g'`,
    [ERASED],
  );
}

/** Removes what is here of these compartments (hexadecimal) and remembers how much it was. Doing it again changes nothing. */
export async function eraseHandles(transaction: WriteTransaction, handles: readonly string[]): Promise<void> {
  const list = [JSON.stringify(handles)];
  const wanted = '(SELECT unhex(value) FROM json_each(?))';
  await transaction.run(
    `INSERT INTO erased_handle (handle, documents)
       SELECT unhex(value), (SELECT count(*) FROM document WHERE handle = unhex(value)) FROM json_each(?) WHERE true
     ON CONFLICT (handle) DO NOTHING`,
    list,
  );
  await transaction.run(
    `INSERT OR IGNORE INTO erased_document (name, handle)
       SELECT name, handle FROM document WHERE handle IN ${wanted} AND uploaded = 0 AND block IS NOT NULL`,
    list,
  );
  await transaction.run(`DELETE FROM document WHERE handle IN ${wanted}`, list);
  await transaction.run(`DELETE FROM followed_handle WHERE handle IN ${wanted}`, list);
}

/** How many sealed documents of a compartment are here, or were when it was erased. */
export async function documentCount(connection: Queryable, handle: Uint8Array): Promise<number> {
  const row = await connection.get<{ count: number }>(
    `SELECT coalesce((SELECT documents FROM erased_handle WHERE handle = ?1), (SELECT count(*) FROM document WHERE handle = ?1)) AS count`,
    [handle],
  );
  return row?.count ?? 0;
}

/** Blocks that hold these bytes somewhere. Goes through every block. */
export function blocksWith(connection: Queryable, bytes: Uint8Array): Promise<Array<{ bytes: Buffer }>> {
  return connection.all('SELECT bytes FROM block WHERE instr(bytes, ?) > 0', [bytes]);
}

export async function hasErased(connection: Queryable): Promise<boolean> {
  return (await connection.get('SELECT 1 FROM erased_handle LIMIT 1')) !== undefined;
}

interface UnsentErased {
  readonly name: Buffer;
  readonly handle: Buffer;
}

/** Own documents that the hub is still to be told not to wait for. */
export function erasedToTell(connection: Queryable, limit: number): Promise<UnsentErased[]> {
  return connection.all('SELECT name, handle FROM erased_document WHERE told = 0 LIMIT ?', [limit]);
}

export async function markErasedTold(transaction: WriteTransaction, names: readonly Uint8Array[]): Promise<void> {
  await transaction.run('UPDATE erased_document SET told = 1 WHERE name IN (SELECT unhex(value) FROM json_each(?))', [
    JSON.stringify(names.map((name) => Buffer.from(name).toString('hex'))),
  ]);
}
