/**
 * Devices of the clinic that were revoked, once all mail and all documents are here that the hub has of them. What they sent before counts
 * like the blocks that the ledger has of them; nothing counts that comes later, from whomever.
 */
import type { Queryable, WriteTransaction } from '../../storage/database.ts';
import type { Migration } from '../../storage/migrations.ts';

export const closedSendersMigration: Migration = {
  id: 4960,
  name: 'closed senders',
  sql: `
    CREATE TABLE closed_sender (device BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
    CREATE TRIGGER message_of_closed_sender AFTER INSERT ON incoming_message
      WHEN EXISTS (SELECT 1 FROM closed_sender WHERE device = new.sender_device)
      BEGIN UPDATE incoming_message SET handled = 1, body = x'' WHERE sequence = new.sequence; END;
  `,
};

/** Those of `devices` from whom mail counts still. */
export async function openSenders(connection: Queryable, devices: readonly Uint8Array[]): Promise<Uint8Array[]> {
  if (devices.length === 0) return [];
  const rows = await connection.all<{ device: Buffer }>('SELECT device FROM closed_sender');
  return devices.filter((device) => !rows.some((row) => row.device.equals(device)));
}

export async function closeSenders(transaction: WriteTransaction, devices: readonly Uint8Array[]): Promise<void> {
  for (const device of devices) await transaction.run('INSERT OR IGNORE INTO closed_sender (device) VALUES (?)', [device]);
}
