/** Thousands of rows in one statement: as fast as SQLite takes them, and off the main thread. */
import { Failure } from '../../shared/outcome/failure.ts';
import type { Queryable, WriteTransaction } from './database.ts';
import { type Column, type Packed, type PackedRow, packRows, ROWS_FROM } from './packed-rows.ts';

/** More rows than this in one statement gained nothing when measured; fewer cost a call more. */
const ROWS_IN_STATEMENT = 10_000;
const KEYS_IN_STATEMENT = 1_000;

/** What happens to a row whose `key` columns are already there: it replaces the other columns, or is left out. */
export interface OnConflict {
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
  await eachPage(transaction, columns, rows, ({ expressions }) => {
    return `INSERT INTO ${quoted(table)} (${names}) SELECT ${expressions.join(', ')} FROM ${ROWS_FROM}${conflict}`;
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
  await eachPage(transaction, keyColumns, keys, ({ expressions }) => {
    return `DELETE FROM ${quoted(table)} WHERE (${names}) IN (SELECT ${expressions.join(', ')} FROM ${ROWS_FROM})`;
  });
}

interface PackedAnswer {
  places: string;
  lengths: string;
  bytes: Buffer | null;
}

/**
 * The value in `valueColumn` of the row whose unique `keyColumn` is each of `keys`, in the order of `keys`; undefined where there is
 * no row. The answer too travels as one BLOB, of which blobs are views: ask for large documents a few at a time, and copy what
 * is to be kept for long.
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
  const value = `kept.${quoted(valueColumn.name)}`;
  for (let from = 0; from < rows.length; from += KEYS_IN_STATEMENT) {
    const { expressions, parameters } = packRows([keyColumn], rows, from, Math.min(rows.length, from + KEYS_IN_STATEMENT));
    // octet_length and group_concat take a value of any kind as its bytes, and skip or say NULL. CROSS JOIN: keys outside, index inside.
    const sql = `SELECT json_group_array(packed.key) AS places, json_group_array(octet_length(${value})) AS lengths,
        CAST(group_concat(${value}, '') AS BLOB) AS bytes
      FROM ${ROWS_FROM} CROSS JOIN ${quoted(table)} AS kept WHERE kept.${quoted(keyColumn.name)} = ${expressions[0]}`;
    const answer = (await connection.get<PackedAnswer>(sql, parameters)) as PackedAnswer;
    unpack(answer, valueColumn.kind, (place, one) => {
      found[from + place] = one as Value;
    });
  }
  return found;
}

function unpack(
  { places, lengths, bytes }: PackedAnswer,
  kind: Column['kind'],
  each: (place: number, value: string | number | Buffer | null) => void,
): void {
  const lengthOf = JSON.parse(lengths) as (number | null)[];
  const whole = bytes ?? Buffer.alloc(0);
  let at = 0;
  for (const [index, place] of (JSON.parse(places) as number[]).entries()) {
    const length = lengthOf[index] ?? null;
    if (length === null) {
      each(place, null);
      continue;
    }
    const part = whole.subarray(at, at + length);
    at += length;
    each(place, kind === 'blob' ? part : kind === 'text' ? part.toString() : Number(part.toString('latin1')));
  }
}

/** Packs the next page while SQLite works on the one before. */
async function eachPage(
  transaction: WriteTransaction,
  columns: readonly Column[],
  rows: readonly PackedRow[],
  sqlFor: (packed: Packed) => string,
): Promise<void> {
  let running: Promise<number> | undefined;
  try {
    for (let from = 0; from < rows.length; from += ROWS_IN_STATEMENT) {
      const packed = packRows(columns, rows, from, Math.min(rows.length, from + ROWS_IN_STATEMENT));
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

/** Names come from the program, never from data; this refuses one that is not a plain word all the same. */
function quoted(name: string): string {
  if (/^[a-z_][a-z0-9_]*$/.test(name)) return `"${name}"`;
  throw new Failure(
    'storage.statement',
    'The program named a table or column in a way that is not allowed. Please report this.',
    {
      details: { name },
    },
  );
}
