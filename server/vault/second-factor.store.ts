/** The table of second factors in `keys.db`: a sealed secret a person, which code counted last, and the tries since. */
import type { Queryable, WriteTransaction } from '../storage/database.ts';
import type { Migration } from '../storage/migrations.ts';

export const SECOND_FACTOR_MIGRATION: Migration = {
  id: 1500,
  name: 'second factors',
  sql: `
    CREATE TABLE second_factor (
      staff BLOB PRIMARY KEY,
      box BLOB NOT NULL,
      last_step INTEGER NOT NULL,
      failures INTEGER NOT NULL DEFAULT 0,
      not_before INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID;`,
};

export interface SecondFactorRow {
  readonly staff: Uint8Array;
  readonly box: Uint8Array;
  /** The half minute of the last code that counted. */
  readonly lastStep: number;
  readonly failures: number;
  readonly notBefore: number;
}

export function readSecondFactor(from: Queryable, staff: Uint8Array): Promise<SecondFactorRow | undefined> {
  return from.get<SecondFactorRow>(
    'SELECT staff, box, last_step AS lastStep, failures, not_before AS notBefore FROM second_factor WHERE staff = ?',
    [staff],
  );
}

/** Who has one on this desk. */
export async function readSecondFactorHolders(from: Queryable): Promise<Uint8Array[]> {
  const rows = await from.all<{ staff: Uint8Array }>('SELECT staff FROM second_factor ORDER BY staff');
  return rows.map(({ staff }) => new Uint8Array(staff));
}

export async function writeSecondFactor(transaction: WriteTransaction, row: SecondFactorRow): Promise<void> {
  await transaction.run(
    'INSERT OR REPLACE INTO second_factor (staff, box, last_step, failures, not_before) VALUES (?, ?, ?, ?, ?)',
    [row.staff, row.box, row.lastStep, row.failures, row.notBefore],
  );
}

export function removeSecondFactor(transaction: WriteTransaction, staff: Uint8Array): Promise<number> {
  return transaction.run('DELETE FROM second_factor WHERE staff = ?', [staff]);
}
