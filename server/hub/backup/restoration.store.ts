/** That this hub was restored from a backup: how far it reached, what it was shown since, and whether it has gone on. */
import type { Queryable, WriteTransaction } from '../../storage/database.ts';
import type { Migration } from '../../storage/migrations.ts';

export const restorationMigration: Migration = {
  id: 800,
  name: 'restoration',
  sql: `
    -- "resumed": with how many blocks it ordered again; null while it recovers.
    CREATE TABLE restoration (
      began INTEGER PRIMARY KEY, restored INTEGER NOT NULL, known INTEGER NOT NULL DEFAULT 0, resumed INTEGER
    ) STRICT;
  `,
};

export interface RestorationRow {
  /** Milliseconds. */
  readonly began: number;
  readonly restored: number;
  readonly known: number;
  readonly resumed: number | null;
}

export function newestRestoration(connection: Queryable): Promise<RestorationRow | undefined> {
  return connection.get('SELECT began, restored, known, resumed FROM restoration ORDER BY began DESC LIMIT 1');
}

/** Far more than a hub hands out between two backups. */
const SEQUENCE_LEAP = 2 ** 32;

/**
 * Notes that the hub begins anew from `restored` blocks. Documents and messages are numbered far ahead from here on: who has fetched
 * up to a number that this database does not know yet would never ask for what comes below it.
 */
export async function beginRestoration(transaction: WriteTransaction, began: number, restored: number): Promise<void> {
  await transaction.run('INSERT INTO restoration (began, restored) VALUES (?, ?)', [began, restored]);
  for (const table of ['document', 'message'])
    for (const [sql, parameters] of transaction.dialect.leap(table, 'sequence', SEQUENCE_LEAP))
      await transaction.run(sql, parameters);
}

export async function noteKnown(transaction: WriteTransaction, began: number, size: number): Promise<void> {
  await transaction.run('UPDATE restoration SET known = ?1 WHERE began = ?2 AND known < ?1', [size, began]);
}

/** False when it has ended before. */
export async function endRestoration(transaction: WriteTransaction, began: number, size: number): Promise<boolean> {
  return (await transaction.run('UPDATE restoration SET resumed = ? WHERE began = ? AND resumed IS NULL', [size, began])) === 1;
}

/** Notes a restoration that nobody announced, found out when the hub had already gone on from `restored` blocks. */
export async function noteFork(transaction: WriteTransaction, began: number, restored: number, known: number): Promise<void> {
  await transaction.run('INSERT INTO restoration (began, restored, known, resumed) VALUES (?, ?, ?, ?)', [
    began,
    restored,
    known,
    restored,
  ]);
}
