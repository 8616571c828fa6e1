/** The blocks of which not every event was accepted, with a sum of their own by which a row that was altered is seen. */
import { bulkInsert } from '../storage/bulk-insert.ts';
import type { Queryable, WriteTransaction } from '../storage/database.ts';
import type { Migration } from '../storage/migrations.ts';
import { rowAltered, sumOf } from './row-seal.ts';

/** Verdicts with a sum of their own; those that were written before have none. */
export const verdictSumMigration: Migration = {
  id: 3850,
  name: 'verdict sums',
  sql: 'ALTER TABLE block_verdict ADD COLUMN sum INTEGER;',
};

/** For each event of a block its verdict and the reason for it. */
export interface BlockVerdicts {
  readonly position: number;
  readonly verdicts: ReadonlyArray<{ readonly verdict: string; readonly reason: string }>;
}

const VERDICT_COLUMNS = [
  { name: 'position', kind: 'integer' },
  { name: 'verdicts', kind: 'text' },
  { name: 'sum', kind: 'integer' },
] as const;

export async function writeVerdicts(transaction: WriteTransaction, disputes: readonly BlockVerdicts[]): Promise<void> {
  if (disputes.length === 0) return;
  const rows = disputes.map(({ position, verdicts }) => {
    const text = JSON.stringify(verdicts);
    return [position, text, sumOf(String(position), text)] as const;
  });
  await bulkInsert(transaction, 'block_verdict', VERDICT_COLUMNS, rows);
}

interface VerdictRow {
  readonly position: number;
  readonly verdicts: string;
  readonly sum: number | null;
}

const isAsWritten = ({ position, verdicts, sum }: VerdictRow): boolean =>
  sum === null || sum === sumOf(String(position), verdicts);

/**
 * Verdicts of the blocks from `from` up to `end` in which not every event was accepted.
 * @throws {Failure} `storage.row-altered`.
 */
export async function readVerdicts(
  connection: Queryable,
  from: number,
  end: number,
): Promise<Map<number, BlockVerdicts['verdicts']>> {
  const rows = await connection.all<VerdictRow>(
    'SELECT position, verdicts, sum FROM block_verdict WHERE position >= ? AND position < ?',
    [from, end],
  );
  const altered = rows.find((row) => !isAsWritten(row));
  if (altered) throw rowAltered(`verdicts of block ${altered.position}`);
  return new Map(rows.map(({ position, verdicts }) => [position, JSON.parse(verdicts) as BlockVerdicts['verdicts']]));
}

/** Positions from `from` on whose verdicts were altered where they lie, and the last that was looked at: undefined at the end. */
export async function alteredVerdicts(
  connection: Queryable,
  from: number,
  limit: number,
): Promise<{ altered: number[]; last: number | undefined }> {
  const rows = await connection.all<VerdictRow>(
    'SELECT position, verdicts, sum FROM block_verdict WHERE position >= ? ORDER BY position LIMIT ?',
    [from, limit],
  );
  const altered = rows.filter((row) => !isAsWritten(row)).map(({ position }) => position);
  return { altered, last: rows.length < limit ? undefined : rows.at(-1)?.position };
}
