/** Thousands of rows in one statement: as fast as the database takes them, and off the main thread. */
import type { Queryable, WriteTransaction } from './database.ts';
import type { Column, Packed, PackedRow } from './packed-rows.ts';
import { quoted } from './quoted.ts';

/** More rows than this in one statement gained nothing when measured; fewer cost a call more. */
const ROWS_IN_STATEMENT = 10_000;
const KEYS_IN_STATEMENT = 1_000;

/** What happens to a row whose `key` columns are already there: it replaces the other columns, or is left out. */
interface OnConflict {
  readonly key: readonly string[];
  readonly action: 'update' | 'ignore';
  /** Puts neighbours together, so that each page of a large table is looked for once: of the key's first column, whose values differ. */
  readonly sorted?: boolean;
}

/** @throws {Failure} `storage.constraint` and the like, as `WriteTransaction.run`; then nothing of the failing page stays. */
export async function bulkInsert(
  transaction: WriteTransaction,
  table: string,
  columns: readonly Column[],
  rows: readonly PackedRow[],
  onConflict?: OnConflict,
): Promise<void> {
  const names = columns.map(({ name }) => quoted(name)).join(', ');
  const place = columns.findIndex(({ name }) => name === onConflict?.key[0]);
  const order = onConflict?.sorted ? `ORDER BY ${place + 1} ` : '';
  const conflict = onConflict === undefined ? '' : ` WHERE true ${order}${conflictClause(columns, onConflict)}`;
  await eachPage(transaction, columns, rows, ({ expressions, from }) => {
    return `INSERT INTO ${quoted(table)} (${names}) SELECT ${expressions.join(', ')} FROM ${from}${conflict}`;
  });
}

/** Deletes the rows whose `keyColumns` are equal to one of `keys`; keys that are not there are nothing to complain of. */
export async function bulkDelete(
  transaction: WriteTransaction,
  table: string,
  keyColumns: readonly Column[],
  keys: readonly PackedRow[],
): Promise<void> {
  const names = keyColumns.map(({ name }) => quoted(name)).join(', ');
  await eachPage(transaction, keyColumns, keys, ({ expressions, from }) => {
    return `DELETE FROM ${quoted(table)} WHERE (${names}) IN (SELECT ${expressions.join(', ')} FROM ${from})`;
  });
}

/**
 * The value in `valueColumn` of the row whose unique `keyColumn` is each of `keys`, in the order of `keys`; undefined where there is
 * no row. Blobs may be views of the whole answer: ask for large documents a few at a time, and copy what is to be kept for long.
 * @throws {Failure} `storage.parameter` when a key is not of the column's kind.
 */
export async function bulkGet<Value extends string | number | Buffer | null>(
  connection: Queryable,
  table: string,
  keyColumn: Column,
  valueColumn: Column,
  keys: readonly (string | number | Uint8Array)[],
): Promise<(Value | undefined)[]> {
  const found = new Array<Value | undefined>(keys.length).fill(undefined);
  const rows = keys.map((key) => [key]);
  const place = { table, key: keyColumn, value: valueColumn };
  for (let from = 0; from < rows.length; from += KEYS_IN_STATEMENT) {
    const to = Math.min(rows.length, from + KEYS_IN_STATEMENT);
    const { sql, parameters, read } = connection.dialect.lookup(place, rows, from, to);
    read(await connection.all<object>(sql, parameters), (at, value) => {
      found[from + at] = value as Value;
    });
  }
  return found;
}

/** Packs the next page while the database works on the one before. */
async function eachPage(
  transaction: WriteTransaction,
  columns: readonly Column[],
  rows: readonly PackedRow[],
  sqlFor: (packed: Packed) => string,
): Promise<void> {
  let running: Promise<number> | undefined;
  try {
    for (let from = 0; from < rows.length; from += ROWS_IN_STATEMENT) {
      const packed = transaction.dialect.pack(columns, rows, from, Math.min(rows.length, from + ROWS_IN_STATEMENT));
      const previous = running;
      running = transaction.run(sqlFor(packed), packed.parameters);
      await previous;
    }
  } finally {
    await running;
  }
}

function conflictClause(columns: readonly Column[], { key, action }: OnConflict): string {
  const target = `ON CONFLICT (${key.map(quoted).join(', ')})`;
  const others = columns
    .filter(({ name }) => !key.includes(name))
    .map(({ name }) => `${quoted(name)} = excluded.${quoted(name)}`);
  return action === 'ignore' || others.length === 0 ? `${target} DO NOTHING` : `${target} DO UPDATE SET ${others.join(', ')}`;
}
