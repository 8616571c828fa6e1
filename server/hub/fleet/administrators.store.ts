/** Acts of the hub's administrators in their order, and what they have set. */
import type { Queryable, WriteTransaction } from '../../storage/database.ts';
import type { Migration } from '../../storage/migrations.ts';

export const administratorsMigration: Migration = {
  id: 3100,
  name: 'hub-administrators',
  sql: `
    CREATE TABLE hub_act (sequence INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
    CREATE TABLE hub_standing (
      kind TEXT NOT NULL, subject BLOB NOT NULL, value INTEGER NOT NULL, PRIMARY KEY (kind, subject)
    ) STRICT, WITHOUT ROWID;
  `,
};

interface StoredHubAct {
  readonly sequence: number;
  /** Signed, as it came. */
  readonly bytes: Uint8Array;
}

export async function newestAct(connection: Queryable): Promise<StoredHubAct | undefined> {
  return connection.get('SELECT sequence, bytes FROM hub_act ORDER BY sequence DESC LIMIT 1');
}

/** At most `limit` of those after `after`, in their order. */
export function actsAfter(connection: Queryable, after: number, limit: number): Promise<StoredHubAct[]> {
  return connection.all('SELECT sequence, bytes FROM hub_act WHERE sequence > ? ORDER BY sequence LIMIT ?', [after, limit]);
}

/** What acts of this kind have set for a subject; 0 when none has. */
export async function standingOf(connection: Queryable, kind: string, subject: Uint8Array): Promise<number> {
  const row = await connection.get<{ value: number }>('SELECT value FROM hub_standing WHERE kind = ? AND subject = ?', [
    kind,
    subject,
  ]);
  return row?.value ?? 0;
}

export function listStandings(connection: Queryable): Promise<Array<{ kind: string; subject: Buffer; value: number }>> {
  return connection.all('SELECT kind, subject, value FROM hub_standing');
}

/** Of whom acts of this kind have set something, and what. */
export function standingsOf(connection: Queryable, kind: string): Promise<Array<{ subject: Buffer; value: number }>> {
  return connection.all('SELECT subject, value FROM hub_standing WHERE kind = ? AND value > 0 ORDER BY subject', [kind]);
}

export async function writeAct(
  transaction: WriteTransaction,
  { sequence, bytes }: StoredHubAct,
  set: { readonly kind: string; readonly subject: Uint8Array; readonly value: number },
): Promise<void> {
  await transaction.run('INSERT INTO hub_act (sequence, bytes) VALUES (?, ?)', [sequence, bytes]);
  await transaction.run(
    `INSERT INTO hub_standing (kind, subject, value) VALUES (?, ?, ?)
     ON CONFLICT (kind, subject) DO UPDATE SET value = excluded.value`,
    [set.kind, set.subject, set.value],
  );
}
