/** The newest report of each device, and where its newest block stands. */
import type { Queryable, WriteTransaction } from '../../storage/database.ts';
import type { Migration } from '../../storage/migrations.ts';

export const fleetMigration: Migration = {
  id: 3101,
  name: 'device-reports',
  sql: `
    CREATE TABLE device_report (
      device BLOB PRIMARY KEY, bytes BLOB NOT NULL, received_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};

export async function writeReport(
  transaction: WriteTransaction,
  report: { readonly device: Uint8Array; readonly bytes: Uint8Array; readonly receivedAt: number },
): Promise<void> {
  await transaction.run(
    `INSERT INTO device_report (device, bytes, received_at) VALUES (?, ?, ?)
     ON CONFLICT (device) DO UPDATE SET bytes = excluded.bytes, received_at = excluded.received_at`,
    [report.device, report.bytes, report.receivedAt],
  );
}

export function listReports(connection: Queryable): Promise<Array<{ device: Buffer; bytes: Buffer; received_at: number }>> {
  return connection.all('SELECT device, bytes, received_at FROM device_report');
}

/** The newest block of a device's epoch: its position, and the hub's clock when it was placed. */
export function newestPlaced(
  connection: Queryable,
  device: Uint8Array,
  epoch: Uint8Array,
): Promise<{ position: number; time: number } | undefined> {
  return connection.get(
    `SELECT position + count - 1 AS position, time FROM placed_run WHERE device = ? AND epoch = ?
     ORDER BY height DESC LIMIT 1`,
    [device, epoch],
  );
}
