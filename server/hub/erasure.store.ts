/** Erased compartments at the hub: what is there goes with the tombstone, and nothing comes back under the same handle. */
import type { Queryable, WriteTransaction } from '../storage/database.ts';
import type { Migration } from '../storage/migrations.ts';

export const hubErasureMigration: Migration = {
  id: 601,
  name: 'hub-erasure',
  sql: `
    CREATE TABLE erased_handle (handle BLOB PRIMARY KEY, documents INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    -- Documents that their clinic erased before the hub had them: a block that names one does not wait for it.
    CREATE TABLE erased_document (name BLOB PRIMARY KEY, handle BLOB NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TRIGGER document_of_erased BEFORE INSERT ON document WHEN EXISTS (SELECT 1 FROM erased_handle WHERE handle = new.handle)
      BEGIN SELECT RAISE(IGNORE); END;
  `,
};

/** Removes documents, and the messages that carried keys of grants on these compartments (hexadecimal handles) or proposals in them. */
export async function eraseAtHub(transaction: WriteTransaction, handles: readonly string[]): Promise<void> {
  const list = [JSON.stringify(handles)];
  const wanted = '(SELECT unhex(value) FROM json_each(?))';
  await transaction.run(
    `INSERT OR IGNORE INTO erased_handle (handle, documents)
       SELECT unhex(value), (SELECT count(*) FROM document WHERE handle = unhex(value)) FROM json_each(?)`,
    list,
  );
  await transaction.run(`DELETE FROM document WHERE handle IN ${wanted}`, list);
  await transaction.run(`DELETE FROM erased_document WHERE handle IN ${wanted}`, list);
  await transaction.run(`DELETE FROM message WHERE id IN (SELECT wrap FROM held_grant WHERE handle IN ${wanted})`, list);
  // A proposal's row ends with the name of its message.
  await transaction.run(
    `DELETE FROM message WHERE id IN (SELECT unhex(substr(state_row.key, -64)) FROM json_each(?) AS wanted
       JOIN state_row ON state_row.key > 'conflict/' || wanted.value || '/' AND state_row.key < 'conflict/' || wanted.value || '0')`,
    list,
  );
  await transaction.run(`UPDATE held_grant SET withdrawn = 1 WHERE handle IN ${wanted}`, list);
}

/** For each handle how many documents were removed; undefined where there is no tombstone. */
export async function erasedCounts(connection: Queryable, handles: readonly string[]): Promise<Array<number | undefined>> {
  const rows = await connection.all<{ documents: number | null }>(
    `SELECT kept.documents FROM json_each(?) AS wanted LEFT JOIN erased_handle AS kept ON kept.handle = unhex(wanted.value) ORDER BY wanted.key`,
    [JSON.stringify(handles)],
  );
  return rows.map(({ documents }) => documents ?? undefined);
}

export interface NamedDocument {
  readonly name: Uint8Array;
  readonly handle: Uint8Array;
}

const pairs = (documents: readonly NamedDocument[]): string =>
  JSON.stringify(documents.map(({ name, handle }) => [Buffer.from(name).toString('hex'), Buffer.from(handle).toString('hex')]));

export async function excuseDocuments(transaction: WriteTransaction, documents: readonly NamedDocument[]): Promise<void> {
  await transaction.run(
    `INSERT OR IGNORE INTO erased_document (name, handle)
       SELECT unhex(value ->> 0), unhex(value ->> 1) FROM json_each(?)
       WHERE NOT EXISTS (SELECT 1 FROM document WHERE document.name = unhex(value ->> 0))`,
    [pairs(documents)],
  );
}

/** Which of these documents no block has to wait for, by their place in the list. */
export async function excusedDocuments(connection: Queryable, documents: readonly NamedDocument[]): Promise<boolean[]> {
  if (documents.length === 0) return [];
  const rows = await connection.all<{ excused: number }>(
    `SELECT EXISTS (SELECT 1 FROM erased_handle WHERE handle = unhex(value ->> 1))
         OR EXISTS (SELECT 1 FROM erased_document WHERE name = unhex(value ->> 0) AND handle = unhex(value ->> 1)) AS excused
     FROM json_each(?) ORDER BY key`,
    [pairs(documents)],
  );
  return rows.map(({ excused }) => excused === 1);
}
