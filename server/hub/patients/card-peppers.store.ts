/** Salts of the peppers that the hub keeps: with its salt a card's pepper is gone for good. */
import type { Queryable, WriteTransaction } from '../../storage/database.ts';
import type { Migration } from '../../storage/migrations.ts';

export const cardPepperMigration: Migration = {
  id: 1210,
  name: 'card peppers',
  sql: `
    CREATE TABLE card_salt (card BLOB PRIMARY KEY, chain BLOB NOT NULL, salt BLOB NOT NULL, begun INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE INDEX card_salt_chain ON card_salt (chain, begun);
  `,
};

export async function saltOf(from: Queryable, card: Uint8Array): Promise<{ chain: Buffer; salt: Buffer } | undefined> {
  return from.get('SELECT chain, salt FROM card_salt WHERE card = ?', [card]);
}

/** How many a clinic has begun since `time`. */
export async function saltsBegun(from: Queryable, chain: Uint8Array, time: number): Promise<number> {
  const row = await from.get<{ count: number }>('SELECT count(*) AS count FROM card_salt WHERE chain = ? AND begun > ?', [
    chain,
    time,
  ]);
  return row?.count ?? 0;
}

export async function writeSalt(
  transaction: WriteTransaction,
  row: { readonly card: Uint8Array; readonly chain: Uint8Array; readonly salt: Uint8Array; readonly begun: number },
): Promise<void> {
  await transaction.run('INSERT INTO card_salt (card, chain, salt, begun) VALUES (?, ?, ?, ?)', [
    row.card,
    row.chain,
    row.salt,
    row.begun,
  ]);
}

export async function destroySalts(transaction: WriteTransaction, cards: readonly Uint8Array[]): Promise<void> {
  for (const card of cards) await transaction.run('DELETE FROM card_salt WHERE card = ?', [card]);
}
