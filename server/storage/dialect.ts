/**
 * What SQLite and PostgreSQL say differently. A store's SQL is written once, in the words that both understand: `?` and `?1` for values,
 * quoted names where a column is to keep its capitals, names for sub-queries, ON CONFLICT. What is left over is here.
 */
import type { SqlParameters } from './connection.ts';
import type { Column, Packed, PackedRow } from './packed-rows.ts';

/** A query for the value behind each of many keys. */
export interface Lookup {
  readonly sql: string;
  readonly parameters: SqlParameters;
  /** Says of what the query gave which value was found for the key at which place. */
  read(rows: readonly object[], found: (place: number, value: string | number | Buffer | null) => void): void;
}

/** Where to look. */
interface LookupPlace {
  readonly table: string;
  readonly key: Column;
  readonly value: Column;
}

export interface Dialect {
  /** The tables and whatever else makes a file or schema somebody's: a query with one column, `name`. */
  readonly tables: string;
  /** The database's own check of what it has stored, a row for each complaint; PostgreSQL has none to ask from here. */
  readonly integrity: string | undefined;
  /** A query with one column, `bytes`: how large the database is. */
  readonly size: string;
  /** The statements of a migration. */
  schema(migration: { readonly sql: string; readonly postgresql?: string | undefined }): string;
  /** Rows `from` up to `to`. @throws {Failure} `storage.parameter` when a value is not of its column's kind. */
  pack(columns: readonly Column[], rows: readonly PackedRow[], from: number, to: number): Packed;
  /** The value in column `value` of the row whose unique `key` is each of `keys`, from `from` up to `to`. */
  lookup(asked: LookupPlace, keys: readonly PackedRow[], from: number, to: number): Lookup;
  /** An aggregate: the bytes of all rows behind each other. */
  joined(bytes: string, order: string): string;
  /** A number below 2^24 as three bytes, big-endian. */
  threeBytes(number: string): string;
  /** Statements after which a table numbers its rows from `by` further on. */
  leap(table: string, column: string, by: number): ReadonlyArray<readonly [sql: string, parameters: SqlParameters]>;
}
