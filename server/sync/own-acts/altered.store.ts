/** Own acts that were altered on the disk while they waited for the hub, as they lie here: evidence, and never deleted once they are put aside. */
import type { Queryable, WriteTransaction } from '../../storage/database.ts';
import type { Migration } from '../../storage/migrations.ts';
import type { WaitingBlock } from './continuity.store.ts';

export const alteredMigration: Migration = {
  id: 4890,
  name: 'altered acts',
  sql: `
    -- As long as own_block has it too, the ledger may still bring it back.
    CREATE TABLE altered_act (hash BLOB PRIMARY KEY, epoch BLOB NOT NULL, bytes BLOB NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  `,
};

/** This device's blocks that wait and are not known to be altered. */
export async function unsuspectedBlocks(connection: Queryable): Promise<WaitingBlock[]> {
  return connection.all(
    `SELECT sequence, hash, bytes FROM own_block
     WHERE position IS NULL AND hash NOT IN (SELECT hash FROM altered_act) ORDER BY sequence`,
  );
}

export async function putBlockRight(
  transaction: WriteTransaction,
  sequence: number,
  { hash, bytes }: { readonly hash: Uint8Array; readonly bytes: Uint8Array },
): Promise<void> {
  await transaction.run('UPDATE own_block SET hash = ?, bytes = ? WHERE sequence = ?', [hash, bytes, sequence]);
}

export async function noteAltered(transaction: WriteTransaction, sequence: number, now: number): Promise<void> {
  await transaction.run(
    'INSERT INTO altered_act (hash, epoch, bytes, at) SELECT hash, epoch, bytes, ? FROM own_block WHERE sequence = ?',
    [now, sequence],
  );
}

/** Altered acts of which it is not known yet whether the hub has them. */
export async function hasOpenAltered(connection: Queryable): Promise<boolean> {
  return (await connection.get('SELECT 1 FROM altered_act JOIN own_block USING (hash) LIMIT 1')) !== undefined;
}

/** Whether an altered act was put aside out of this epoch, which so has a gap: nothing more can be written in it. */
export async function hasGap(connection: Queryable, epoch: Uint8Array): Promise<boolean> {
  const sql = 'SELECT 1 FROM altered_act WHERE epoch = ? AND hash NOT IN (SELECT hash FROM own_block) LIMIT 1';
  return (await connection.get(sql, [epoch])) !== undefined;
}

/** Altered acts that the ledger has, whole, are no evidence of a loss: forgotten, and named. */
export async function forgetHealed(transaction: WriteTransaction): Promise<Buffer[]> {
  const healed = await transaction.all<{ hash: Buffer }>(
    'SELECT own_block.hash FROM own_block JOIN altered_act USING (hash) WHERE own_block.position IS NOT NULL',
  );
  for (const { hash } of healed) await transaction.run('DELETE FROM altered_act WHERE hash = ?', [hash]);
  return healed.map(({ hash }) => hash);
}

/** Takes altered acts that the hub has not acknowledged out of the queue; gives how many. What is known of them stays as evidence. */
export async function takeOutAltered(transaction: WriteTransaction): Promise<number> {
  return transaction.run(
    'DELETE FROM own_block WHERE position IS NULL AND receipt IS NULL AND hash IN (SELECT hash FROM altered_act)',
  );
}

/** Blocks that wait and that the hub has not acknowledged. */
export async function unacknowledgedBlocks(connection: Queryable): Promise<WaitingBlock[]> {
  return connection.all(
    'SELECT sequence, hash, bytes FROM own_block WHERE position IS NULL AND receipt IS NULL ORDER BY sequence',
  );
}
