/** The table of passkeys in `keys.db`: one sealed box a key, by whose it is. */
import type { Queryable, WriteTransaction } from '../storage/database.ts';
import type { Migration } from '../storage/migrations.ts';

export const PASSKEY_MIGRATION: Migration = {
  id: 2800,
  name: 'passkeys',
  sql: `
    CREATE TABLE passkey (
      staff BLOB NOT NULL,
      id BLOB NOT NULL,
      box BLOB NOT NULL,
      PRIMARY KEY (staff, id)
    ) STRICT, WITHOUT ROWID;`,
};

export interface PasskeyRow {
  readonly staff: Uint8Array;
  /** 16 random bytes. */
  readonly id: Uint8Array;
  readonly box: Uint8Array;
}

export function readPasskeys(from: Queryable, staff: Uint8Array): Promise<PasskeyRow[]> {
  return from.all<PasskeyRow>('SELECT staff, id, box FROM passkey WHERE staff = ? ORDER BY id', [staff]);
}

/** Who has at least one on this desk. */
export async function readPasskeyHolders(from: Queryable): Promise<Uint8Array[]> {
  const rows = await from.all<{ staff: Uint8Array }>('SELECT DISTINCT staff FROM passkey ORDER BY staff');
  return rows.map(({ staff }) => new Uint8Array(staff));
}

export async function writePasskey(transaction: WriteTransaction, { staff, id, box }: PasskeyRow): Promise<void> {
  await transaction.run('INSERT OR REPLACE INTO passkey (staff, id, box) VALUES (?, ?, ?)', [staff, id, box]);
}

export function removePasskey(transaction: WriteTransaction, staff: Uint8Array, id: Uint8Array): Promise<number> {
  return transaction.run('DELETE FROM passkey WHERE staff = ? AND id = ?', [staff, id]);
}

export function removePasskeys(transaction: WriteTransaction, staff: Uint8Array): Promise<number> {
  return transaction.run('DELETE FROM passkey WHERE staff = ?', [staff]);
}
