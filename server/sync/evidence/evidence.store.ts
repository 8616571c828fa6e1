/** What this device has caught others at: alarms, the files that prove them, and who has seen them. Nothing is ever deleted. */
import type { Queryable, WriteTransaction } from '../../storage/database.ts';
import type { Migration } from '../../storage/migrations.ts';

export const evidenceMigration: Migration = {
  id: 200,
  name: 'evidence',
  sql: `
    CREATE TABLE evidence (
      id INTEGER PRIMARY KEY, code TEXT NOT NULL, about TEXT NOT NULL, message TEXT NOT NULL, since INTEGER NOT NULL,
      stops INTEGER NOT NULL, file TEXT,
      acknowledged_at INTEGER, acknowledged_by TEXT, resolved_at INTEGER, resolved_by TEXT
    ) STRICT;
    CREATE UNIQUE INDEX evidence_open ON evidence (code, about) WHERE resolved_at IS NULL;
  `,
};

/** One thing that somebody did, or seems to do, that they must not. Times in milliseconds; people by their staff id. */
export interface EvidenceRow {
  readonly id: number;
  /** What it is called on screens and in docs: the code of the failure that noticed it. */
  readonly code: string;
  /** Whom or what it is about; one thing is kept once as long as it is open. */
  readonly about: string;
  /** The sentence of the failure that noticed it. */
  readonly message: string;
  readonly since: number;
  /** Whether syncing stops until a person resolves it. */
  readonly stops: boolean;
  /** Whether a file proves it to others. */
  readonly provable: boolean;
  readonly acknowledgedAt: number | null;
  readonly acknowledgedBy: string | null;
  readonly resolvedAt: number | null;
  /** Empty when it ended by itself. */
  readonly resolvedBy: string | null;
}

export interface NewEvidence {
  readonly code: string;
  readonly about: string;
  readonly message: string;
  readonly since: number;
  readonly stops: boolean;
  /** As `writeEvidence` gives it. */
  readonly file: string | undefined;
}

/** Keeps it, unless it is open already: then only a file that was missing is added. */
export async function writeEvidenceRow(transaction: WriteTransaction, row: NewEvidence): Promise<void> {
  await transaction.run(
    `INSERT INTO evidence (code, about, message, since, stops, file) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (code, about) WHERE resolved_at IS NULL DO UPDATE SET file = coalesce(evidence.file, excluded.file)`,
    [row.code, row.about, row.message, row.since, row.stops ? 1 : 0, row.file ?? null],
  );
}

/** The newest first: all that is open, and the last hundred that are not. */
export async function listEvidence(connection: Queryable): Promise<EvidenceRow[]> {
  const rows = await connection.all<Omit<EvidenceRow, 'stops' | 'provable'> & { stops: number; provable: number }>(
    `SELECT id, code, about, message, since, stops, file IS NOT NULL AS provable, acknowledged_at AS acknowledgedAt,
       acknowledged_by AS acknowledgedBy, resolved_at AS resolvedAt, resolved_by AS resolvedBy
     FROM evidence WHERE resolved_at IS NULL OR id IN (SELECT id FROM evidence WHERE resolved_at IS NOT NULL ORDER BY id DESC LIMIT 100)
     ORDER BY resolved_at IS NOT NULL, id DESC LIMIT 1000`,
  );
  return rows.map((row) => ({ ...row, stops: row.stops === 1, provable: row.provable === 1 }));
}

export async function readEvidenceFile(connection: Queryable, id: number): Promise<string | undefined> {
  const row = await connection.get<{ file: string | null }>('SELECT file FROM evidence WHERE id = ?', [id]);
  return row?.file ?? undefined;
}

/** Notes who has seen it; the first one counts. */
export async function acknowledgeEvidence(transaction: WriteTransaction, id: number, staff: string, now: number): Promise<void> {
  await transaction.run('UPDATE evidence SET acknowledged_at = ?, acknowledged_by = ? WHERE id = ? AND acknowledged_at IS NULL', [
    now,
    staff,
    id,
  ]);
}

/** Closes what is open and stops syncing: a person answers for going on. */
export async function resolveStopping(transaction: WriteTransaction, staff: string, now: number): Promise<void> {
  await transaction.run('UPDATE evidence SET resolved_at = ?, resolved_by = ? WHERE stops = 1 AND resolved_at IS NULL', [
    now,
    staff,
  ]);
}

/** Closes what ended by itself. */
export async function resolveByItself(transaction: WriteTransaction, code: string, about: string, now: number): Promise<void> {
  await transaction.run(
    "UPDATE evidence SET resolved_at = ?, resolved_by = '' WHERE code = ? AND about = ? AND resolved_at IS NULL",
    [now, code, about],
  );
}
