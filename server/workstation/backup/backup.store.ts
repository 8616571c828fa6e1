/** What a backup counts in the databases that it holds, and what its check reads of them. */
import type { Queryable, ReadConnection } from '../../storage/database.ts';
import { readCopy } from '../../storage/database-copy.ts';
import type { BackupCounts } from './backup-files.ts';

const CLINIC_COUNTS = `SELECT (SELECT count(*) FROM block) AS blocks, (SELECT count(*) FROM own_block) AS ownBlocks,
  (SELECT count(*) FROM document) AS documents, (SELECT count(*) FROM vault_row) AS vaultRows`;
const KEY_COUNTS = 'SELECT (SELECT count(*) FROM key_entry) AS keys, (SELECT count(*) FROM slot) AS people';

/** @param clinic path of clinic.db @param keys path of keys.db */
export async function countAll(clinic: string, keys: string): Promise<BackupCounts> {
  const [ofClinic, ofKeys] = await Promise.all([
    readCopy(clinic, (from) => from.get<Omit<BackupCounts, 'keys' | 'people'>>(CLINIC_COUNTS)),
    readCopy(keys, (from) => from.get<Pick<BackupCounts, 'keys' | 'people'>>(KEY_COUNTS)),
  ]);
  return { ...(ofClinic as Omit<BackupCounts, 'keys' | 'people'>), ...(ofKeys as Pick<BackupCounts, 'keys' | 'people'>) };
}

/** Id of the keychain secret that a key file is under; empty without one. */
export async function secretIdOf(keys: string): Promise<Uint8Array> {
  const row = await readCopy(keys, (from) => from.get<{ id: Uint8Array | null }>('SELECT secret_id AS id FROM key_store'));
  return row?.id ?? new Uint8Array(0);
}

interface StoredDocument {
  readonly name: Buffer;
  readonly handle: Buffer;
  readonly sealed: Buffer;
  readonly wrap: Buffer;
}

/** Every sealed document, a page at a time. */
export function everyDocument(from: ReadConnection): AsyncGenerator<StoredDocument[], void, undefined> {
  return from.scanPages(
    'SELECT rowid AS place, name, handle, sealed, wrap FROM document WHERE rowid > ?1 ORDER BY rowid LIMIT ?2',
    [0],
    200,
  );
}

/** Compartments (hexadecimal handles) that were erased here: they stay erased in what is restored from an older backup. */
export async function erasedHandles(from: Queryable): Promise<string[]> {
  const rows = await from.all<{ handle: string }>('SELECT lower(hex(handle)) AS handle FROM erased_handle');
  return rows.map(({ handle }) => handle);
}
