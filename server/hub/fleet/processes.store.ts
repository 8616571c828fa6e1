/** The processes of one hub: when each was heard last and what is wrong with its stores, for all of them and the command line to read. */
import type { HubTroubleAnswer } from '../../../shared/sync/fleet-answer.ts';
import type { Queryable, WriteTransaction } from '../../storage/database.ts';
import type { Migration } from '../../storage/migrations.ts';

export const processesMigration: Migration = {
  id: 5160,
  name: 'hub-processes',
  sql: `
    CREATE TABLE hub_process (name TEXT PRIMARY KEY, heard INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE hub_trouble (
      process TEXT NOT NULL, store TEXT NOT NULL, code TEXT NOT NULL, since INTEGER NOT NULL, PRIMARY KEY (process, store)
    ) STRICT, WITHOUT ROWID;
  `,
};

export interface ProcessRow {
  readonly name: string;
  /** When it wrote this last, milliseconds since 1970 by its own clock. */
  readonly heard: number;
}

/** A process is there, and this is all that is wrong with its stores. */
export async function writeProcess(
  transaction: WriteTransaction,
  { name, heard }: ProcessRow,
  troubles: ReadonlyArray<Omit<HubTroubleAnswer, 'process'>>,
): Promise<void> {
  await transaction.run(
    'INSERT INTO hub_process (name, heard) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET heard = excluded.heard',
    [name, heard],
  );
  await transaction.run('DELETE FROM hub_trouble WHERE process = ?', [name]);
  for (const { store, code, since } of troubles)
    await transaction.run('INSERT INTO hub_trouble (process, store, code, since) VALUES (?, ?, ?, ?)', [
      name,
      store,
      code,
      since,
    ]);
}

export async function forgetProcess(transaction: WriteTransaction, name: string): Promise<void> {
  await transaction.run('DELETE FROM hub_trouble WHERE process = ?', [name]);
  await transaction.run('DELETE FROM hub_process WHERE name = ?', [name]);
}

/** In the order of their names. */
export function listProcesses(connection: Queryable): Promise<ProcessRow[]> {
  return connection.all('SELECT name, heard FROM hub_process ORDER BY name');
}

export function listProcessTroubles(connection: Queryable): Promise<HubTroubleAnswer[]> {
  return connection.all('SELECT process, store, code, since FROM hub_trouble ORDER BY process, store');
}
