/** Devices that sealed two blocks at one height, in the order in which they were noticed, for every clinic to hear of. */
import type { Queryable } from '../storage/database.ts';
import type { Migration } from '../storage/migrations.ts';
import { findPlaced } from './hub.store.ts';

export const equivocationMigration: Migration = {
  id: 201,
  name: 'equivocation-notices',
  sql: `
    CREATE TABLE equivocation_notice (
      sequence INTEGER PRIMARY KEY, device BLOB NOT NULL, epoch BLOB NOT NULL, UNIQUE (device, epoch)
    ) STRICT;
    INSERT INTO equivocation_notice (device, epoch) SELECT device, epoch FROM equivocation ORDER BY time, device, epoch;
    CREATE TRIGGER equivocation_noticed AFTER INSERT ON equivocation BEGIN
      INSERT OR IGNORE INTO equivocation_notice (device, epoch) VALUES (new.device, new.epoch);
    END;
  `,
};

export interface EquivocationNotice {
  readonly sequence: number;
  /** The block that stands in the ledger, and the other one. */
  readonly blocks: readonly [Uint8Array, Uint8Array];
}

interface NoticeRow {
  sequence: number;
  device: Buffer;
  epoch: Buffer;
  height: number;
  bytes: Buffer;
}

/** At most `limit` of those after `after`. */
export async function readEquivocations(connection: Queryable, after: number, limit: number): Promise<EquivocationNotice[]> {
  const rows = await connection.all<NoticeRow>(
    `SELECT sequence, device, epoch, height, bytes FROM equivocation_notice JOIN equivocation USING (device, epoch)
     WHERE sequence > ? ORDER BY sequence LIMIT ?`,
    [after, limit],
  );
  const notices: EquivocationNotice[] = [];
  for (const { sequence, device, epoch, height, bytes } of rows) {
    const placed = await findPlaced(connection, device, epoch, height);
    const first =
      placed && (await connection.get<{ bytes: Buffer }>('SELECT bytes FROM block WHERE position = ?', [placed.position]));
    if (first) notices.push({ sequence, blocks: [first.bytes, bytes] });
  }
  return notices;
}
