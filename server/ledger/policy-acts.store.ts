/** Accepted acts that bear on a region's policy or change a clinic's keys, kept beside the blocks that hold them. */
import type { StoredAct } from '../../shared/ledger/policy-book.ts';
import type { Queryable, WriteTransaction } from '../storage/database.ts';

export async function writeActs(transaction: WriteTransaction, acts: readonly StoredAct[]): Promise<void> {
  for (const { position, event, chain, type, body } of acts) {
    await transaction.run('INSERT INTO policy_act (position, event, chain, type, body) VALUES (?, ?, ?, ?, ?)', [
      position,
      event,
      chain,
      type,
      body,
    ]);
  }
}

/** Takes every act away, for those that the blocks hold to come in their place. */
export async function clearActs(transaction: WriteTransaction): Promise<void> {
  await transaction.run('DELETE FROM policy_act');
}

/** What `bearsOnPolicy` leaves out: the body begins with both earlier keys, then both new ones. */
const ROLLS_ENCRYPTION_ALONE = "type = 'clinic.rotated' AND substr(body, 1, 32) = substr(body, 65, 32)";

/** Accepted changes of a clinic's keys, in order. @param chain hexadecimal */
export function readKeyRolls(connection: Queryable, chain: string): Promise<StoredAct[]> {
  return connection.all<StoredAct & { body: Buffer }>(
    "SELECT position, event, chain, type, body FROM policy_act WHERE type = 'clinic.rotated' AND chain = ? ORDER BY position, event",
    [chain],
  );
}

/** Acts that bear on the policy, from the block at `from` on, in order. */
export function readActs(connection: Queryable, from = 0): Promise<StoredAct[]> {
  return connection.all<{ position: number; event: number; chain: string; type: string; body: Buffer }>(
    `SELECT position, event, chain, type, body FROM policy_act WHERE position >= ? AND NOT (${ROLLS_ENCRYPTION_ALONE}) ORDER BY position, event`,
    [from],
  );
}
