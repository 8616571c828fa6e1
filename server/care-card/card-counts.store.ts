/** The tables in which keepers of peppers count tries; the same at a clinic's desk and at the hub. */
import type { CardCount } from '../../shared/care-card/card-tries.ts';
import type { Queryable, WriteTransaction } from '../storage/database.ts';
import type { Migration } from '../storage/migrations.ts';

export const cardCountMigration: Migration = {
  id: 1200,
  name: 'card counts',
  sql: `
    CREATE TABLE card_count (
      card BLOB NOT NULL, keeper BLOB NOT NULL, home BLOB NOT NULL, tried INTEGER NOT NULL, cleared INTEGER NOT NULL, proof BLOB NOT NULL,
      blind BLOB NOT NULL, changed INTEGER NOT NULL, PRIMARY KEY (card, keeper)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX card_count_changed ON card_count (changed);
  `,
};

/** A count beside what its keeper alone knows: the chain of the card's home clinic, and a hash of what was asked last. */
interface CountRow extends CardCount {
  readonly home: Uint8Array;
  readonly blind: Uint8Array;
}

const COLUMNS = 'card, keeper, home, tried, cleared, proof, blind';

export function countsOf(from: Queryable, card: Uint8Array): Promise<CountRow[]> {
  return from.all<CountRow>(`SELECT ${COLUMNS} FROM card_count WHERE card = ?`, [card]);
}

/** Rises with each change, so that who asks later is told what is new. */
export async function writeCount(transaction: WriteTransaction, row: CountRow): Promise<void> {
  await transaction.run(
    `INSERT INTO card_count (${COLUMNS}, changed)
     VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(changed), 0) + 1 FROM card_count))
     ON CONFLICT (card, keeper) DO UPDATE SET home = excluded.home, tried = excluded.tried, cleared = excluded.cleared,
       proof = excluded.proof, blind = excluded.blind, changed = excluded.changed`,
    [row.card, row.keeper, row.home, row.tried, row.cleared, row.proof, row.blind],
  );
}

/** Forgets the one try that the making of a card cost at this keeper, before anybody had the card. */
export async function forgetMaking(transaction: WriteTransaction, card: Uint8Array, keeper: Uint8Array): Promise<void> {
  await transaction.run('DELETE FROM card_count WHERE card = ? AND keeper = ? AND tried = 1 AND cleared = 0', [card, keeper]);
}

/** Counts of one home clinic's cards that changed after `after`, in that order. */
export function countsAfter(
  from: Queryable,
  home: Uint8Array,
  after: number,
  limit: number,
): Promise<Array<CountRow & { changed: number }>> {
  return from.all(`SELECT ${COLUMNS}, changed FROM card_count WHERE home = ? AND changed > ? ORDER BY changed LIMIT ?`, [
    home,
    after,
    limit,
  ]);
}

export async function lastCount(from: Queryable): Promise<number> {
  const row = await from.get<{ last: number }>('SELECT coalesce(max(changed), 0) AS last FROM card_count');
  return row?.last ?? 0;
}
