/** How far the check of the hub's disk has got and what it found: one note for all processes of the hub. */
import type { Queryable, WriteTransaction } from '../../storage/database.ts';
import type { Migration } from '../../storage/migrations.ts';

export const diskMigration: Migration = {
  id: 4250,
  name: 'hub-disk',
  sql: 'CREATE TABLE disk_note (id INTEGER PRIMARY KEY CHECK (id = 1), note TEXT NOT NULL) STRICT;',
};

export async function readDiskNote(connection: Queryable): Promise<string | undefined> {
  return (await connection.get<{ note: string }>('SELECT note FROM disk_note WHERE id = 1'))?.note;
}

export async function writeDiskNote(transaction: WriteTransaction, note: string): Promise<void> {
  await transaction.run('INSERT INTO disk_note (id, note) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET note = excluded.note', [
    note,
  ]);
}
