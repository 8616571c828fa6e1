/** At which size of the ledger a device was last enrolled or revoked: what another process of this hub has to learn anew. */
import type { Queryable, WriteTransaction } from '../storage/database.ts';
import type { Migration } from '../storage/migrations.ts';

export const deviceChangesMigration: Migration = {
  id: 3000,
  name: 'device-changes',
  sql: `
    CREATE TABLE device_change (key TEXT PRIMARY KEY, size INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE INDEX device_change_size ON device_change (size);
  `,
};

/** @param keys of state rows @param size of the ledger with the blocks that changed them */
export async function noteDeviceChanges(transaction: WriteTransaction, keys: readonly string[], size: number): Promise<void> {
  for (const key of keys)
    await transaction.run(
      'INSERT INTO device_change (key, size) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET size = excluded.size',
      [key, size],
    );
}

/** Keys of the state rows of devices that changed since the ledger had `size` blocks. */
export async function deviceChangesSince(connection: Queryable, size: number): Promise<string[]> {
  const rows = await connection.all<{ key: string }>('SELECT key FROM device_change WHERE size > ? ORDER BY size, key', [size]);
  return rows.map(({ key }) => key);
}
