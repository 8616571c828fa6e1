/** Keys of backups in escrow: sealed to the clinics' recovery keys, and erased when they are asked to be or expire. */
import { fromHex } from '../../../shared/encoding/bytes.ts';
import type { Queryable, WriteTransaction } from '../../storage/database.ts';
import type { Migration } from '../../storage/migrations.ts';

export const escrowMigration: Migration = {
  id: 500,
  name: 'escrow',
  sql: `
    CREATE TABLE escrow (
      chain BLOB NOT NULL, backup BLOB NOT NULL, expires INTEGER NOT NULL, reader BLOB NOT NULL, body BLOB NOT NULL, PRIMARY KEY (chain, backup)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX escrow_backup ON escrow (backup);
    CREATE INDEX escrow_expires ON escrow (expires);
  `,
};

interface EscrowRow {
  readonly backup: Uint8Array;
  /** Milliseconds since 1970. */
  readonly expires: number;
  /** Ed25519. */
  readonly reader: Uint8Array;
  readonly body: Uint8Array;
}

export async function writeEscrow(transaction: WriteTransaction, chain: Uint8Array, row: EscrowRow): Promise<void> {
  await transaction.run(
    `INSERT INTO escrow (chain, backup, expires, reader, body) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (chain, backup) DO UPDATE SET expires = excluded.expires, reader = excluded.reader, body = excluded.body`,
    [chain, row.backup, row.expires, row.reader, row.body],
  );
}

export async function escrowOf(from: Queryable, chain: Uint8Array): Promise<Buffer[]> {
  const rows = await from.all<{ backup: Buffer }>('SELECT backup FROM escrow WHERE chain = ? ORDER BY backup', [chain]);
  return rows.map(({ backup }) => backup);
}

/** Every clinic's entries for a backup of this id: ids are random, so there is one, unless somebody else put another under it. */
export function escrowEntries(
  from: Queryable,
  backup: Uint8Array,
  now: number,
): Promise<Array<{ reader: Buffer; body: Buffer }>> {
  return from.all('SELECT reader, body FROM escrow WHERE backup = ? AND expires > ?', [backup, now]);
}

export async function deleteEscrow(
  transaction: WriteTransaction,
  chain: Uint8Array,
  backups: readonly string[],
): Promise<number> {
  let gone = 0;
  for (const backup of backups)
    gone += await transaction.run('DELETE FROM escrow WHERE chain = ? AND backup = ?', [chain, fromHex(backup)]);
  return gone;
}

export function deleteExpiredEscrow(transaction: WriteTransaction, now: number): Promise<number> {
  return transaction.run('DELETE FROM escrow WHERE expires <= ?', [now]);
}
