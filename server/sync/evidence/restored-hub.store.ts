/** What a desk sends again to a hub that was restored, and how it puts its replica back to an earlier size. */
import type { WriteTransaction } from '../../storage/database.ts';

/**
 * Own documents from position `from` on wait to be uploaded again, withdrawals to be told again, acknowledged blocks that the ledger
 * does not have to be sent again. All of it is harmless where the hub has it.
 */
export async function sendAgain(transaction: WriteTransaction, from: number): Promise<void> {
  await transaction.run(
    'UPDATE document SET uploaded = 0 WHERE block IN (SELECT hash FROM own_block WHERE learned = 0 AND (position IS NULL OR position >= ?))',
    [from],
  );
  await transaction.run('UPDATE withdrawn_message SET told = 0');
  await transaction.run('UPDATE own_block SET receipt = NULL WHERE position IS NULL');
  // The hub numbers what it notices anew.
  await transaction.run("DELETE FROM setting WHERE name = 'equivocations'");
}

/** Own blocks from position `from` on wait again, each byte as it was. */
export async function reopenOwnBlocks(transaction: WriteTransaction, from: number): Promise<void> {
  await transaction.run('DELETE FROM own_block WHERE learned = 1 AND position >= ?', [from]);
  await transaction.run(
    `UPDATE own_block SET bytes = (SELECT block.bytes FROM block WHERE block.position = own_block.position), position = NULL,
       receipt = NULL WHERE position >= ?`,
    [from],
  );
}

/** Takes away what the first `size` blocks have not led to. State, verdicts, tree, the policy's acts and head are for the caller to write anew. */
export async function cutLedger(transaction: WriteTransaction, size: number): Promise<void> {
  await transaction.run('DELETE FROM block WHERE position >= ?', [size]);
  for (const table of ['policy_act', 'tree_node', 'block_verdict', 'state_row', 'unapplied_block', 'unapplied_head'])
    await transaction.run(`DELETE FROM ${table}`);
  await transaction.run("DELETE FROM setting WHERE name IN ('checkpoint', 'witnessed', 'cosigned')");
  await transaction.run(
    "UPDATE setting SET value = CAST(? AS BLOB) WHERE name = 'audited' AND CAST(CAST(value AS TEXT) AS INTEGER) > ?",
    [String(size), size],
  );
}
