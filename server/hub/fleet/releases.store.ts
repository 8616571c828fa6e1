/** Releases of the workstation's program that this hub has. */
import type { Queryable, WriteTransaction } from '../../storage/database.ts';
import type { Migration } from '../../storage/migrations.ts';

export const releasesMigration: Migration = {
  id: 4010,
  name: 'releases',
  sql: `
    -- How far it is offered stands among the acts of administrators; ring and withdrawn are not read.
    CREATE TABLE program_release (
      version TEXT PRIMARY KEY, bytes BLOB NOT NULL, ring INTEGER NOT NULL, withdrawn INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    -- In which ring a clinic is stands among the acts of administrators; nothing is read from this table.
    CREATE TABLE clinic_ring (chain BLOB PRIMARY KEY, ring INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  `,
};

interface ReleaseRow {
  readonly version: string;
  /** Signed. */
  readonly bytes: Uint8Array;
}

export const listReleases = (connection: Queryable): Promise<ReleaseRow[]> =>
  connection.all('SELECT version, bytes FROM program_release');

/** In the place of an earlier one of the same version. */
export async function writeRelease(transaction: WriteTransaction, version: string, bytes: Uint8Array): Promise<void> {
  await transaction.run(
    `INSERT INTO program_release (version, bytes, ring, withdrawn) VALUES (?, ?, 0, 0)
     ON CONFLICT (version) DO UPDATE SET bytes = excluded.bytes`,
    [version, bytes],
  );
}
