/** Proposals for the region's policy and offers to witness, until they are decided. */
import type { Queryable, WriteTransaction } from '../../storage/database.ts';
import type { Migration } from '../../storage/migrations.ts';

export const policyPapersMigration: Migration = {
  id: 100,
  name: 'policy papers',
  sql: `
    CREATE TABLE policy_proposal (id BLOB PRIMARY KEY, type TEXT NOT NULL, sequence INTEGER NOT NULL, body BLOB NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE witness_offer (chain BLOB PRIMARY KEY, offer BLOB NOT NULL) STRICT, WITHOUT ROWID;
  `,
};

interface ProposalRow {
  readonly id: Buffer;
  readonly type: string;
  readonly body: Buffer;
}

export function listProposals(connection: Queryable, sequence: number): Promise<ProposalRow[]> {
  return connection.all('SELECT id, type, body FROM policy_proposal WHERE sequence = ? ORDER BY id', [sequence]);
}

/** Writes a proposal and forgets those that the policy has overtaken. */
export async function writeProposal(
  transaction: WriteTransaction,
  { id, type, body }: { id: Uint8Array; type: string; body: Uint8Array },
  sequence: number,
): Promise<void> {
  await transaction.run('DELETE FROM policy_proposal WHERE sequence <> ?', [sequence]);
  await transaction.run(
    `INSERT INTO policy_proposal (id, type, sequence, body) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body`,
    [id, type, sequence, body],
  );
}

export function listOffers(connection: Queryable): Promise<Array<{ offer: Buffer }>> {
  return connection.all('SELECT offer FROM witness_offer ORDER BY chain', []);
}

export async function writeOffer(transaction: WriteTransaction, chain: Uint8Array, offer: Uint8Array): Promise<void> {
  await transaction.run(
    'INSERT INTO witness_offer (chain, offer) VALUES (?, ?) ON CONFLICT (chain) DO UPDATE SET offer = excluded.offer',
    [chain, offer],
  );
}
