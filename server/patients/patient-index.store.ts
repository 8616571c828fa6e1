/** The search index of the patient directory: FTS5 in a database that lives in memory only and goes with the vault process. */
import { bulkDelete, bulkInsert } from '../storage/bulk-insert.ts';
import { type Database, openDatabase } from '../storage/database.ts';

/**
 * Terms are not kept, only in which rows they occur: `contentless_delete` lets single rows be taken out again. `detail=none`, since
 * one column has nothing more to tell and nobody asks for phrases: a third less work than with columns.
 */
const migration = {
  id: 10,
  name: 'patient search',
  sql: `CREATE VIRTUAL TABLE patient_word USING fts5(
    words, content='', contentless_delete=1, detail=none, prefix='1 2 3', tokenize='unicode61 remove_diacritics 0'
  );`,
};

const COLUMNS = [
  { name: 'rowid', kind: 'integer' },
  { name: 'words', kind: 'text' },
] as const;

export function openIndex(): Promise<Database> {
  return openDatabase({ path: '', migrations: [migration], mode: 'memory' });
}

export type IndexRow = readonly [place: number, words: string];

export async function addRows(database: Database, rows: readonly IndexRow[]): Promise<void> {
  if (rows.length === 0) return;
  await database.write((transaction) => bulkInsert(transaction, 'patient_word', COLUMNS, rows));
}

export async function removeRows(database: Database, places: readonly number[]): Promise<void> {
  const keys = places.map((place) => [place]);
  await database.write((transaction) => bulkDelete(transaction, 'patient_word', [COLUMNS[0]], keys));
}

/** Places after `after` that `match` finds, in their order. */
export async function findPlaces(database: Database, match: string, after: number, limit: number): Promise<number[]> {
  const sql = 'SELECT rowid AS place FROM patient_word WHERE patient_word MATCH ? AND rowid > ? ORDER BY rowid LIMIT ?';
  const rows = await database.read.all<{ place: number }>(sql, [match, after, limit]);
  return rows.map(({ place }) => place);
}

export async function countPlaces(database: Database, match: string): Promise<number> {
  const row = await database.read.get<{ count: number }>(
    'SELECT count(*) AS count FROM patient_word WHERE patient_word MATCH ?',
    [match],
  );
  return row?.count ?? 0;
}
