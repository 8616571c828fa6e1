/**
 * Many rows as two bound parameters. The `sqlite3` package pays some 70 µs for each call and several for each bound value, so a
 * page of rows travels as one BLOB and a JSON list of where each row starts in it; SQL takes the values out with `substr`.
 *
 * A row in the BLOB: its numbers as decimal digits in fields of fixed width (SQLite has no other way to make an integer of bytes),
 * then the columns that are equally long in every row of the page, then the others.
 */
import { Failure } from '../../shared/outcome/failure.ts';
import type { SqlValue } from './connection.ts';

export interface Column {
  readonly name: string;
  readonly kind: 'blob' | 'text' | 'integer';
  readonly nullable?: boolean;
}

export type PackedRow = readonly (string | number | Uint8Array | null)[];

export interface Packed {
  /** One SQL expression for each column, over `from`. */
  readonly expressions: readonly string[];
  /** What gives the rows in order, as `packed`. */
  readonly from: string;
  /** Of the expressions and `from`, the first ones of the statement. SQLite: ?1 the BLOB, ?2 the JSON list, then lengths and places. */
  readonly parameters: SqlValue[];
}

export const ROWS_FROM = 'json_each(?2) AS packed';

/** `-9007199254740991` is the longest safe integer. */
const INTEGER_DIGITS = 17;
/** A length or a place in a row: SQLite's own limit of a value is 1,000,000,000. */
const LENGTH_DIGITS = 9;
/** What `lengthOf` says of NULL. */
export const NULL_LENGTH = -1;
const ZERO = 48;
const MINUS = 45;
const NULL_MARK = 110;

/** How one column of this page lies in its rows. */
interface Layout {
  readonly at: number;
  readonly kind: Column['kind'];
  /** Bytes in every row, when all rows agree; undefined for an integer or when they do not. */
  uniform: number | undefined;
  hasNull: boolean;
  /** Where its field of digits begins in the row. */
  field: number;
  /** Where its bytes begin in the row, where that is the same in all. */
  start: number | undefined;
}

/** Rows `from` up to `to`. */
interface Page {
  readonly rows: readonly PackedRow[];
  readonly from: number;
  readonly to: number;
  /** Of each value, row by row, once they are measured. */
  readonly lengths: Int32Array;
}

/** @throws {Failure} `storage.parameter` when a value is not of its column's kind. */
export function packRows(columns: readonly Column[], rows: readonly PackedRow[], from = 0, to = rows.length): Packed {
  const layouts = columns.map(
    ({ kind }, at): Layout => ({ at, kind, uniform: undefined, hasNull: false, field: 0, start: undefined }),
  );
  const lengths = new Int32Array(columns.length * (to - from));
  const page: Page = { rows, from, to, lengths };
  const outside = measure(columns, layouts, page);
  const { width, variable } = arrange(layouts);
  const blob = Buffer.allocUnsafe(outside + width * (to - from));
  const starts = write(blob, { layouts, variable, width }, page);
  return describe(layouts, blob, starts);
}

/** Fills `lengths` (row by row) and what the layouts say of them; gives the bytes that lie outside the fields of digits. */
function measure(columns: readonly Column[], layouts: readonly Layout[], { rows, from, to, lengths }: Page): number {
  let total = 0;
  for (let row = from, cell = 0; row < to; row++) {
    const values = rows[row] as PackedRow;
    for (let place = 0; place < layouts.length; place++) {
      const layout = layouts[place] as Layout;
      const value = values[layout.at];
      const length = lengthOf(value, columns[layout.at] as Column);
      if (row === from) layout.uniform = length;
      else if (layout.uniform !== length) layout.uniform = undefined;
      if (length === NULL_LENGTH) layout.hasNull = true;
      else total += length;
      lengths[cell++] = length;
    }
  }
  return total;
}

/** Bytes of a value, 0 for a number. @throws {Failure} `storage.parameter` when it is not of its column's kind. */
export function lengthOf(value: SqlValue | undefined, { kind, name, nullable }: Column): number {
  if (value === null && nullable) return NULL_LENGTH;
  if (kind === 'blob' && value instanceof Uint8Array) return value.length;
  if (kind === 'text' && typeof value === 'string') return Buffer.byteLength(value);
  if (kind === 'integer' && Number.isSafeInteger(value)) return 0;
  throw new Failure(
    'storage.parameter',
    `The program tried to store something in the column ${name} that does not belong there. Nothing was changed; please report this.`,
    { details: { column: name, kind } },
  );
}

/** Gives each column its place; `variable` are those whose bytes come last. */
function arrange(layouts: readonly Layout[]): { width: number; variable: Layout[] } {
  let width = 0;
  const variable: Layout[] = [];
  for (const layout of layouts) {
    if (layout.hasNull) layout.uniform = undefined;
    layout.field = width;
    if (layout.kind === 'integer') width += INTEGER_DIGITS;
    else if (layout.uniform === undefined) {
      // The first of them starts at a known place, the others tell theirs.
      width += variable.length === 0 ? LENGTH_DIGITS : 2 * LENGTH_DIGITS;
      variable.push(layout);
    }
  }
  let start = width;
  for (const layout of layouts) {
    if (layout.kind === 'integer' || layout.uniform === undefined) continue;
    layout.start = start;
    start += layout.uniform;
  }
  const [first] = variable;
  if (first !== undefined) first.start = start;
  return { width, variable };
}

/** Fills `blob`; gives the JSON list of the rows' places in it, counted from 1 as `substr` does. */
function write(
  blob: Buffer,
  { layouts, variable, width }: { layouts: readonly Layout[]; variable: readonly Layout[]; width: number },
  { rows, from, to, lengths }: Page,
): string {
  const uniform = layouts.filter((layout) => layout.kind !== 'integer' && layout.uniform !== undefined);
  const integers = layouts.filter((layout) => layout.kind === 'integer');
  const starts = new Array<number>(to - from);
  let begin = 0;
  for (let row = from, cell = 0; row < to; row++, cell += layouts.length) {
    starts[row - from] = begin + 1;
    const values = rows[row] as PackedRow;
    for (const { at, field } of integers) writeInteger(blob, begin + field, values[at] as number | null);
    let end = begin + width;
    for (const { at } of uniform) end += writeBytes(blob, end, values[at] as string | Uint8Array);
    for (const { at, field, start } of variable) {
      const length = lengths[cell + at] as number;
      writeDigits(blob, begin + field, LENGTH_DIGITS, length);
      if (start === undefined) writeDigits(blob, begin + field + LENGTH_DIGITS, LENGTH_DIGITS, end - begin);
      if (length !== NULL_LENGTH) end += writeBytes(blob, end, values[at] as string | Uint8Array);
    }
    begin = end;
  }
  return `[${starts.join(',')}]`;
}

function writeBytes(blob: Buffer, at: number, value: string | Uint8Array): number {
  if (typeof value === 'string') return blob.write(value, at);
  blob.set(value, at);
  return value.length;
}

function writeInteger(blob: Buffer, at: number, value: number | null): void {
  if (value === null) {
    blob.fill(ZERO, at, at + INTEGER_DIGITS);
    blob[at] = NULL_MARK;
  } else writeDigits(blob, at, INTEGER_DIGITS, value);
}

function writeDigits(blob: Buffer, at: number, width: number, value: number): void {
  let left = Math.abs(value);
  for (let place = at + width - 1; place >= at; place--) {
    const tenth = Math.floor(left / 10);
    // The bracket first: the sum of zero and a large integer is not exact.
    blob[place] = ZERO + (left - 10 * tenth);
    left = tenth;
  }
  if (value < 0) blob[at] = MINUS;
}

function describe(layouts: readonly Layout[], blob: Buffer, starts: string): Packed {
  const parameters: SqlValue[] = [blob, starts];
  const bind = (value: number): string => `?${parameters.push(value)}`;
  const digits = (field: number, width: number): string => `CAST(substr(?1, packed.value + ${field}, ${width}) AS INTEGER)`;
  const expressions = layouts.map(({ kind, uniform, hasNull, field, start }) => {
    if (kind === 'integer') {
      const value = digits(field, INTEGER_DIGITS);
      return hasNull ? `iif(substr(?1, packed.value + ${field}, 1) = x'${NULL_MARK.toString(16)}', NULL, ${value})` : value;
    }
    const place = start === undefined ? digits(field + LENGTH_DIGITS, LENGTH_DIGITS) : bind(start);
    const length = uniform === undefined ? digits(field, LENGTH_DIGITS) : bind(uniform);
    const bytes = `substr(?1, packed.value + ${place}, ${length})`;
    const value = kind === 'text' ? `CAST(${bytes} AS TEXT)` : bytes;
    return hasNull ? `iif(${digits(field, LENGTH_DIGITS)} < 0, NULL, ${value})` : value;
  });
  return { expressions, from: ROWS_FROM, parameters };
}
