/** Which documents lie outside of the hub's database, and what is to leave there. */
import { bulkGet, bulkInsert } from '../../storage/bulk-insert.ts';
import type { Queryable, WriteTransaction } from '../../storage/database.ts';
import type { Migration } from '../../storage/migrations.ts';

export const outsideDocumentsMigration: Migration = {
  id: 4000,
  name: 'outside-documents',
  sql: `
    -- Where the sealed bytes lie outside, and how many; empty: they are in this row.
    ALTER TABLE document ADD COLUMN place TEXT NOT NULL DEFAULT '';
    ALTER TABLE document ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
    -- What is outside and belongs to no document, or does not yet: it leaves once that time (milliseconds) has come.
    CREATE TABLE leaving_document (place TEXT PRIMARY KEY, due INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE INDEX leaving_document_by_due ON leaving_document (due);
  `,
};

const PLACE = { name: 'place', kind: 'text' } as const;
const DUE = { name: 'due', kind: 'integer' } as const;

/** From `due` on these places are cleared, unless a document is at one by then. */
export async function noteLeaving(transaction: WriteTransaction, places: readonly string[], due: number): Promise<void> {
  const rows = places.map((place) => [place, due]);
  await bulkInsert(transaction, 'leaving_document', [PLACE, DUE], rows, { key: ['place'], action: 'update' });
}

/** What lies at these places stays. Answers how many of them were still to leave. */
export async function keepPlaces(transaction: WriteTransaction, places: readonly string[]): Promise<number> {
  let kept = 0;
  for (const place of places) kept += await transaction.run('DELETE FROM leaving_document WHERE place = ?', [place]);
  return kept;
}

/** For each name where that document lies outside; empty in the database, undefined nowhere. */
export const placesOfDocuments = (connection: Queryable, names: readonly Uint8Array[]): Promise<Array<string | undefined>> =>
  bulkGet<string>(connection, 'document', { name: 'name', kind: 'blob' }, PLACE, names);

export async function duePlaces(connection: Queryable, now: number, limit: number): Promise<string[]> {
  const rows = await connection.all<{ place: string }>('SELECT place FROM leaving_document WHERE due <= ? ORDER BY due LIMIT ?', [
    now,
    limit,
  ]);
  return rows.map(({ place }) => place);
}

/** Documents that lie outside, behind a name, in its order. */
export function outsideBehind(
  connection: Queryable,
  name: Uint8Array,
  limit: number,
): Promise<Array<{ readonly name: Buffer; readonly place: string }>> {
  return connection.all(`SELECT name, place FROM document WHERE name > ? AND place <> '' ORDER BY name LIMIT ?`, [name, limit]);
}

/** A document that lies outside, the newest; undefined when none does. */
export function newestOutside(connection: Queryable): Promise<{ name: Buffer; place: string } | undefined> {
  return connection.get(`SELECT name, place FROM document WHERE place <> '' ORDER BY sequence DESC LIMIT 1`);
}

/** How many documents lie in the database and outside, and how many places are to be cleared. */
export async function countDocuments(connection: Queryable): Promise<{ inside: number; outside: number; leaving: number }> {
  const row = await connection.get<{ inside: number; outside: number; leaving: number }>(
    `SELECT count(CASE WHEN place = '' THEN 1 END) AS inside, count(CASE WHEN place <> '' THEN 1 END) AS outside,
       (SELECT count(*) FROM leaving_document) AS leaving FROM document`,
  );
  return row ?? { inside: 0, outside: 0, leaving: 0 };
}
