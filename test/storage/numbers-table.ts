/** The one table that the storage tests write to. */
import type { Migration } from '../../server/storage/migrations.ts';

export const NUMBERS: readonly Migration[] = [
  { id: 10, name: 'numbers', sql: 'CREATE TABLE number (value INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT' },
];
