/**
 * Reads the vault's sealed rows many at a time: SQLite packs a page of them into one value, since a row costs as a call does.
 *
 * A row that a turned bit hides from an index is missing without a word from SQLite, and a chart without one of its allergies looks
 * whole. So the tags are indexed twice, and rows, first and second index have to agree before any of them is believed.
 */
import { compareBytes } from '../../../shared/encoding/bytes.ts';
import type { Queryable } from '../../storage/database.ts';
import { damagedDatabase } from '../../storage/faults.ts';
import type { Migration } from '../../storage/migrations.ts';
import { packRows, ROWS_FROM } from '../../storage/packed-rows.ts';

export const vaultRowsMigration: Migration = {
  id: 1150,
  name: 'vault rows told twice',
  sql: 'CREATE INDEX vault_row_tag_again ON vault_row (tag, kind)',
};

/** Keys and tags of vault rows are this long; see sealed-rows.ts. */
export const ROW_KEY_BYTES = 16;
const PAGE = 5_000;
const NO_KEY = new Uint8Array(0);

export interface PackedVaultRow {
  /** 16 bytes. */
  readonly key: Uint8Array;
  /** 16 bytes. */
  readonly tag: Uint8Array;
  readonly sealed: Uint8Array;
}

interface Page {
  readonly lengths: string;
  readonly keys: Buffer | null;
  readonly tags: Buffer | null;
  readonly sealed: Buffer | null;
}

const PACKED = `json_group_array(octet_length(sealed)) AS lengths, CAST(group_concat(key, '') AS BLOB) AS keys,
  CAST(group_concat(tag, '') AS BLOB) AS tags, CAST(group_concat(sealed, '') AS BLOB) AS sealed`;

/** Every row of a kind whose key comes after `after`, in pages, in the order of their keys, the next page being read while this one is used. */
export async function* everyRow(
  connection: Queryable,
  kind: string,
  after: Uint8Array = NO_KEY,
): AsyncGenerator<PackedVaultRow[], void, undefined> {
  const read = (from: Uint8Array): Promise<Page | undefined> =>
    connection.get<Page>(
      `SELECT ${PACKED} FROM (SELECT key, tag, sealed FROM vault_row WHERE kind = ? AND key > ? ORDER BY key LIMIT ?)`,
      [kind, from, PAGE],
    );
  let next = read(after);
  let seen = 0;
  let before = after;
  for (;;) {
    const rows = inOrder(kind, unpack(await next), before);
    const last = rows.at(-1);
    if (last === undefined) break;
    seen += rows.length;
    before = last.key;
    next = rows.length < PAGE ? Promise.resolve(undefined) : read(last.key);
    // Whoever stops early leaves this page unread; its failure is then nobody's.
    next.catch(() => undefined);
    yield rows;
  }
  if (after.length === 0 && seen !== (await countedByTag(connection, kind))) await holdAgainstEachOther(connection, kind);
}

async function countedByTag(connection: Queryable, kind: string): Promise<number | undefined> {
  const sql = 'SELECT count(*) AS rows FROM vault_row INDEXED BY vault_row_tag WHERE kind = ?';
  return (await connection.get<{ rows: number }>(sql, [kind]))?.rows;
}

/**
 * Rows come and go between two pages; in one statement table and index have to agree. The rows are sought as `everyRow` seeks them: left
 * to itself SQLite would count the index against itself.
 * @throws {Failure} `storage.corrupt`.
 */
async function holdAgainstEachOther(connection: Queryable, kind: string): Promise<void> {
  const counted = await connection.get<{ kept: number; tagged: number }>(
    `SELECT (SELECT count(sealed) FROM (SELECT sealed FROM vault_row WHERE kind = ?1 AND key > x'' ORDER BY key LIMIT -1)) AS kept,
       (SELECT count(*) FROM vault_row INDEXED BY vault_row_tag WHERE kind = ?1) AS tagged`,
    [kind],
  );
  if (counted?.kept !== counted?.tagged) throw damagedDatabase({ kind });
}

/** Damage can show one row twice in the place of another, so that their number is right. @throws {Failure} `storage.corrupt`. */
function inOrder(kind: string, rows: PackedVaultRow[], after: Uint8Array): PackedVaultRow[] {
  let before = after;
  for (const { key } of rows) {
    if (compareBytes(key, before) <= 0) throw damagedDatabase({ kind });
    before = key;
  }
  return rows;
}

/** The kinds of rows that there are. */
export async function kindsOfRows(connection: Queryable): Promise<string[]> {
  const rows = await connection.all<{ kind: string }>('SELECT DISTINCT kind FROM vault_row');
  return rows.map(({ kind }) => kind);
}

/** The rows of one tag, in the order of their keys. @throws {Failure} `storage.corrupt` when one of them is hidden by damage. */
export async function rowsOfTag(connection: Queryable, kind: string, tag: Uint8Array): Promise<PackedVaultRow[]> {
  const page = await connection.get<Page & { tagged: number; again: number }>(
    `SELECT ${PACKED},
       (SELECT count(*) FROM vault_row INDEXED BY vault_row_tag WHERE kind = ?1 AND tag = ?2) AS tagged,
       (SELECT count(*) FROM vault_row INDEXED BY vault_row_tag_again WHERE kind = ?1 AND tag = ?2) AS again
     FROM (SELECT key, tag, sealed FROM vault_row INDEXED BY vault_row_tag WHERE kind = ?1 AND tag = ?2 ORDER BY key)`,
    [kind, tag],
  );
  const rows = inOrder(kind, unpack(page), NO_KEY);
  if (page?.tagged !== rows.length || page.again !== rows.length) throw damagedDatabase({ kind });
  return rows;
}

/** How many rows of a kind one tag has. */
export async function countOfTag(connection: Queryable, kind: string, tag: Uint8Array): Promise<number> {
  const sql = 'SELECT count(*) AS many FROM vault_row WHERE kind = ? AND tag = ?';
  return (await connection.get<{ many: number }>(sql, [kind, tag]))?.many ?? 0;
}

/** How many rows of a kind each tag has. */
export function countsByTag(connection: Queryable, kind: string): Promise<ReadonlyArray<{ tag: Buffer; many: number }>> {
  return connection.all('SELECT tag, count(*) AS many FROM vault_row WHERE kind = ? GROUP BY tag', [kind]);
}

/** The rows that are there among `keys`, in no order. */
export async function rowsOfKeys(connection: Queryable, kind: string, keys: readonly Uint8Array[]): Promise<PackedVaultRow[]> {
  if (keys.length === 0) return [];
  const { expressions, parameters } = packRows(
    [{ name: 'key', kind: 'blob' }],
    keys.map((key) => [key]),
  );
  const sql = `SELECT ${PACKED} FROM (SELECT kept.key, kept.tag, kept.sealed FROM ${ROWS_FROM} CROSS JOIN vault_row AS kept
      WHERE kept.kind = ?${parameters.length + 1} AND kept.key = ${expressions[0]})`;
  return unpack(await connection.get<Page>(sql, [...parameters, kind]));
}

function unpack(page: Page | undefined): PackedVaultRow[] {
  if (!page?.keys || !page.tags || !page.sealed) return [];
  const { keys, tags, sealed } = page;
  let at = 0;
  return (JSON.parse(page.lengths) as number[]).map((length, index) => {
    const from = index * ROW_KEY_BYTES;
    const row = {
      key: keys.subarray(from, from + ROW_KEY_BYTES),
      tag: tags.subarray(from, from + ROW_KEY_BYTES),
      sealed: sealed.subarray(at, at + length),
    };
    at += length;
    return row;
  });
}
