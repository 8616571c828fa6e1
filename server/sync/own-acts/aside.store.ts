/** Acts that were taken out of what waits for the hub, because a signature of the clinic in them counts no more. */
import type { Queryable, WriteTransaction } from '../../storage/database.ts';
import type { Migration } from '../../storage/migrations.ts';

export const asideMigration: Migration = {
  id: 900,
  name: 'acts to be signed anew',
  sql: `
    CREATE TABLE aside_act (
      sequence INTEGER PRIMARY KEY,
      event BLOB NOT NULL,
      signature BLOB NOT NULL,
      -- 1: to be signed anew; 0: stands on one before it and goes behind that one as it is.
      stale INTEGER NOT NULL
    ) STRICT;
  `,
};

export interface AsideAct {
  readonly sequence: number;
  readonly event: Uint8Array;
  readonly signature: Uint8Array;
  readonly isStale: boolean;
}

/** In the order in which they were written. */
export async function readAside(connection: Queryable): Promise<AsideAct[]> {
  const rows = await connection.all<{ sequence: number; event: Buffer; signature: Buffer; stale: number }>(
    'SELECT sequence, event, signature, stale FROM aside_act ORDER BY sequence',
  );
  return rows.map(({ stale, ...act }) => ({ ...act, isStale: stale === 1 }));
}

export async function addAside(transaction: WriteTransaction, acts: ReadonlyArray<Omit<AsideAct, 'sequence'>>): Promise<void> {
  for (const { event, signature, isStale } of acts)
    await transaction.run('INSERT INTO aside_act (event, signature, stale) VALUES (?, ?, ?)', [
      event,
      signature,
      isStale ? 1 : 0,
    ]);
}

export async function removeAside(transaction: WriteTransaction, sequences: readonly number[]): Promise<void> {
  await transaction.run('DELETE FROM aside_act WHERE sequence IN (SELECT value FROM json_each(?))', [JSON.stringify(sequences)]);
}
