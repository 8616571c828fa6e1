/** The one table that the storage tests write to. */
import type { Migration } from '../../server/storage/migrations.ts';

export const NUMBERS: readonly Migration[] = [
  { id: 10, name: 'numbers', sql: 'CREATE TABLE number (value INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT' },
];

/** The same, with a column that is filled a few rows at a time: counting is not the same done twice. */
export const COUNTED: readonly Migration[] = [
  ...NUMBERS,
  { id: 20, name: 'times', sql: 'ALTER TABLE number ADD COLUMN times INTEGER NOT NULL DEFAULT 0' },
  {
    id: 30,
    name: 'count',
    repeat: 'UPDATE number SET times = times + 1 WHERE value IN (SELECT value FROM number WHERE times = 0 LIMIT 5)',
    sql: 'CREATE INDEX number_by_times ON number (times)',
  },
];
