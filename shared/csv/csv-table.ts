/** A table as text: its header and its rows with the lines where they begin. The taking apart of quotes and cells is the library's (RFC 4180). */
import { parse } from 'csv-parse/sync';
import { Failure } from '../outcome/failure.ts';
import { tableText } from './csv-encoding.ts';
import type { CsvMapping } from './csv-mapping.ts';

export interface CsvRow {
  /** Of the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

interface CsvTable {
  readonly columns: readonly string[];
  readonly rows: readonly (CsvRow | CsvFault)[];
}

/** A row that is no row of the table. */
interface CsvFault {
  readonly line: number;
  readonly failure: Failure;
}

/** By which spreadsheets tell each other the delimiter, above the header. */
const DELIMITER_LINE = /^sep=.\r?\n/i;
/** More columns than this are no table that a person maps. */
const MOST_COLUMNS = 500;

/** The library holds each cell of a row until the row ends: a line of millions of them would fill this computer's memory. */
const MOST_IN_LINE = 100_000;

/** @throws {Failure} as `tableText`; `csv.no-header`, `csv.column-twice`, `csv.row-length`. */
export function tableIn(bytes: Uint8Array, { delimiter, encoding }: Pick<CsvMapping, 'delimiter' | 'encoding'>): CsvTable {
  const rows: (CsvRow | CsvFault)[] = [];
  let last = 0;
  const text = tableText(bytes, encoding);
  refuseEndlessLine(text, delimiter);
  parse(text, {
    delimiter,
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    // A quote inside a cell stands for itself: otherwise one of them takes all rows after it.
    relax_quotes: true,
    skip_records_with_error: true,
    from_line: DELIMITER_LINE.test(text) ? 2 : 1,
    on_record: (record: string[], { lines }) => {
      // The library counts the line where a row ends; a quoted cell may span several.
      const spanned = record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
      rows.push({ line: Math.max(last + 1, lines - spanned), cells: record.map((cell) => cell.trim()) });
      last = lines;
      return null;
    },
    on_skip: (error) => {
      rows.push({ line: last + 1, failure: brokenRow(error?.code ?? '') });
    },
  });
  const [header, ...others] = rows;
  if (!header || 'failure' in header) throw noHeader();
  const columns = header.cells;
  if (columns.length > MOST_COLUMNS || columns.every((column) => column === '')) throw noHeader();
  const twice = columns.find((column, at) => column !== '' && columns.indexOf(column) !== at);
  if (twice !== undefined)
    throw new Failure('csv.column-twice', `Two columns are named “${twice.slice(0, 80)}”. Give each column a name of its own.`);
  return { columns, rows: others };
}

function refuseEndlessLine(text: string, delimiter: string): void {
  let [line, cells] = [1, 1];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\n') [line, cells] = [line + 1, 1];
    else if (text[at] === delimiter && ++cells > MOST_IN_LINE) throw line === 1 ? noHeader() : endlessLine(line);
  }
}

function endlessLine(line: number): Failure {
  return new Failure(
    'csv.row-length',
    `Line ${line} has more than ${MOST_IN_LINE} cells, which no table has. Look for what is no row of it; nothing of the file was taken in.`,
  );
}

function brokenRow(code: string): Failure {
  const end = code === 'CSV_QUOTE_NOT_CLOSED' ? ' What follows it was not read.' : '';
  return new Failure(
    'csv.row',
    `This row cannot be taken apart. Its quotes do not match: a cell with a quote in it stands in quotes, the inner one doubled.${end}`,
  );
}

function noHeader(): Failure {
  return new Failure('csv.no-header', 'The first row names no columns. Put a header above the table, one name for each column.');
}
