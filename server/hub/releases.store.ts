/** Releases of the workstation's program that this hub has, and how far each is offered. */
import type { Queryable, WriteTransaction } from '../storage/database.ts';
import type { Migration } from '../storage/migrations.ts';

export const releasesMigration: Migration = {
  id: 4010,
  name: 'releases',
  sql: `
    -- ring: up to which ring of clinics it is offered; 0 for none. withdrawn: 1 once it is offered to nobody any more.
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
  readonly ring: number;
  readonly withdrawn: number;
}

export const listReleases = (connection: Queryable): Promise<ReleaseRow[]> =>
  connection.all('SELECT version, bytes, ring, withdrawn FROM program_release');

/** In the place of an earlier one of the same version, which is offered to nobody before it is said again. */
export async function writeRelease(transaction: WriteTransaction, version: string, bytes: Uint8Array): Promise<void> {
  await transaction.run(
    `INSERT INTO program_release (version, bytes, ring, withdrawn) VALUES (?, ?, 0, 0)
     ON CONFLICT (version) DO UPDATE SET bytes = excluded.bytes, ring = 0, withdrawn = 0`,
    [version, bytes],
  );
}

/** Answers whether there is such a release. */
export async function setRelease(
  transaction: WriteTransaction,
  version: string,
  { ring, withdrawn }: Pick<ReleaseRow, 'ring' | 'withdrawn'>,
): Promise<boolean> {
  const sql = 'UPDATE program_release SET ring = ?, withdrawn = ? WHERE version = ?';
  return (await transaction.run(sql, [ring, withdrawn, version])) > 0;
}
