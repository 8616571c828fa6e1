/** Erased compartments at the hub: what is there goes with the tombstone, and nothing comes back under the same handle. */
import { equalBytes, fromHex } from '../../../shared/encoding/bytes.ts';
import { bulkGet, bulkInsert } from '../../storage/bulk-insert.ts';
import type { Queryable, WriteTransaction } from '../../storage/database.ts';
import type { Migration } from '../../storage/migrations.ts';

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
  postgresql: `
    CREATE TABLE erased_handle (handle BYTEA PRIMARY KEY, documents BIGINT NOT NULL);
    CREATE TABLE erased_document (name BYTEA PRIMARY KEY, handle BYTEA NOT NULL);
    CREATE FUNCTION document_of_erased() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF EXISTS (SELECT 1 FROM erased_handle WHERE handle = new.handle) THEN RETURN NULL; END IF;
      RETURN new;
    END $$;
    CREATE TRIGGER document_of_erased BEFORE INSERT ON document FOR EACH ROW EXECUTE FUNCTION document_of_erased();
  `,
};

/** Removes documents, and the messages that carried keys of grants on these compartments (hexadecimal handles) or proposals in them. */
export async function eraseAtHub(transaction: WriteTransaction, handles: readonly string[]): Promise<void> {
  for (const name of handles) {
    const handle = [fromHex(name)];
    await transaction.run(
      `INSERT INTO erased_handle (handle, documents) VALUES (?1, (SELECT count(*) FROM document WHERE handle = ?1))
       ON CONFLICT (handle) DO NOTHING`,
      handle,
    );
    // What lies outside of the database is cleared after this transaction (outside-documents.ts).
    await transaction.run(
      `INSERT INTO leaving_document (place, due) SELECT place, 0 FROM document WHERE handle = ? AND place <> ''
       ON CONFLICT (place) DO UPDATE SET due = 0`,
      handle,
    );
    await transaction.run('DELETE FROM document WHERE handle = ?', handle);
    await transaction.run('DELETE FROM erased_document WHERE handle = ?', handle);
    await transaction.run('DELETE FROM message WHERE id IN (SELECT wrap FROM held_grant WHERE handle = ?)', handle);
    const proposals = await transaction.all<{ key: string }>('SELECT key FROM state_row WHERE key > ? AND key < ?', [
      `conflict/${name}/`,
      `conflict/${name}0`,
    ]);
    // A proposal's row ends with the name of its message.
    for (const { key } of proposals) await transaction.run('DELETE FROM message WHERE id = ?', [fromHex(key.slice(-64))]);
  }
}

const NAME = { name: 'name', kind: 'blob' } as const;
const HANDLE = { name: 'handle', kind: 'blob' } as const;

/** For each handle how many documents were removed; undefined where there is no tombstone. */
export function erasedCounts(connection: Queryable, handles: readonly Uint8Array[]): Promise<Array<number | undefined>> {
  return bulkGet<number>(connection, 'erased_handle', HANDLE, { name: 'documents', kind: 'integer' }, handles);
}

interface NamedDocument {
  readonly name: Uint8Array;
  readonly handle: Uint8Array;
}

export async function excuseDocuments(transaction: WriteTransaction, documents: readonly NamedDocument[]): Promise<void> {
  const stored = await bulkGet<Buffer>(transaction, 'document', NAME, HANDLE, names(documents));
  const rows = documents.filter((_, at) => stored[at] === undefined).map(({ name, handle }) => [name, handle]);
  await bulkInsert(transaction, 'erased_document', [NAME, HANDLE], rows, { key: ['name'], action: 'ignore' });
}

/** Which of these documents no block has to wait for, by their place in the list. */
export async function excusedDocuments(connection: Queryable, documents: readonly NamedDocument[]): Promise<boolean[]> {
  if (documents.length === 0) return [];
  const [tombstones, excused] = await Promise.all([
    erasedCounts(
      connection,
      documents.map(({ handle }) => handle),
    ),
    bulkGet<Buffer>(connection, 'erased_document', NAME, HANDLE, names(documents)),
  ]);
  return documents.map(({ handle }, at) => tombstones[at] !== undefined || equalBytes(excused[at] ?? NO_BYTES, handle));
}

const names = (documents: readonly NamedDocument[]): Uint8Array[] => documents.map(({ name }) => name);
const NO_BYTES = new Uint8Array(0);
