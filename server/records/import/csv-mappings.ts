/** Mappings of tables that this clinic has kept, and what the first rows of a table become under one. Sealed rows, the same on each desk. */
import { open } from 'node:fs/promises';
import { foreignLine, MAX_TABLE_BYTES, OTHER_ENCODINGS } from '../../../shared/csv/csv-encoding.ts';
import { type CsvMapping, DELIMITERS, readCsvMapping } from '../../../shared/csv/csv-mapping.ts';
import { tableIn } from '../../../shared/csv/csv-table.ts';
import { fromUtf8, utf8 } from '../../../shared/encoding/bytes.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import { NO_TAG } from '../../sync/vault-context/sealed-rows.ts';
import type { VaultContext } from '../../sync/vault-context/vault-context.ts';
import { everyRow } from '../../sync/vault-context/vault-rows.store.ts';
import type { Refusal } from './import-rows.ts';

const KIND = 'csv-mapping';
const [LIKELIEST] = OTHER_ENCODINGS;
/** So much of a table is looked at before it is imported. */
const SAMPLE_BYTES = 64 * 1024;
const ROWS_SHOWN = 5;
const RESOURCES_SHOWN = 6;
const REFUSED_SHOWN = 10;

export interface CsvPreview {
  readonly columns: readonly string[];
  /** The one of the mapping, or without one the likeliest. */
  readonly delimiter: CsvMapping['delimiter'];
  readonly rows: readonly (readonly string[])[];
  /** FHIR JSON. */
  readonly resources: readonly string[];
  readonly refused: readonly Refusal[];
  /** The first line that is no UTF-8, from 1. */
  readonly foreignLine: number | undefined;
}

export class CsvMappings {
  readonly #context: VaultContext;

  constructor(context: VaultContext) {
    this.#context = context;
  }

  /** By name. */
  async list(): Promise<CsvMapping[]> {
    const found: CsvMapping[] = [];
    for await (const page of everyRow(this.#context.reader, KIND))
      for (const row of page) found.push(JSON.parse(fromUtf8(this.#context.rows.open(KIND, row))) as CsvMapping);
    return found.sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  /** Durable when it resolves; takes the place of one of the same name. @throws {Failure} `csv.mapping`. */
  async save(json: string): Promise<CsvMapping> {
    const mapping = readCsvMapping(json);
    const key = this.#context.rows.name(KIND, utf8(mapping.name));
    const row = this.#context.rows.seal(KIND, key, NO_TAG, utf8(JSON.stringify(mapping)));
    await this.#context.gateway.commit({ rows: [row] });
    return mapping;
  }

  /** A file on this computer's disk, as much of it as is read at once. @throws {Failure} `fhir.path-missing`. */
  async read(path: string): Promise<Uint8Array> {
    const file = await open(path).catch((cause) => {
      throw new Failure('fhir.path-missing', `There is nothing to read at ${path}. Check the name.`, { cause });
    });
    try {
      const bytes = new Uint8Array(Math.min(MAX_TABLE_BYTES, (await file.stat()).size));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
      return bytes.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }

  /**
   * What the first rows become. Nothing is written.
   * @param bytes the file or its head; what is cut off at its end is left out
   * @throws {Failure} `csv.…`.
   */
  async preview(file: string, bytes: Uint8Array, json: string | undefined): Promise<CsvPreview> {
    const text = wholeLines(bytes.subarray(0, SAMPLE_BYTES));
    const mapping = json === undefined ? undefined : readCsvMapping(json);
    const delimiter = mapping?.delimiter ?? likeliestDelimiter(text);
    // Before anybody chose, its columns are shown as they are likeliest meant.
    const { columns, rows } = tableIn(text, mapping ?? { delimiter, encoding: LIKELIEST });
    const shown = rows.flatMap((row) => ('cells' in row ? [row.cells] : [])).slice(0, ROWS_SHOWN);
    const [resources, refused]: [string[], Refusal[]] = [[], []];
    if (mapping) {
      for await (const batch of this.#context.fhir.read({ file, format: 'csv', text, csv: mapping })) {
        for (const item of batch.items) {
          if (item.kind === 'refusal') refused.push(item);
          else resources.push(fromUtf8(batch.bytes.subarray(item.start, item.start + item.length)));
        }
        if (resources.length >= RESOURCES_SHOWN) break;
      }
    }
    return {
      columns,
      delimiter,
      rows: shown,
      resources: resources.slice(0, RESOURCES_SHOWN),
      refused: refused.slice(0, REFUSED_SHOWN),
      foreignLine: foreignLine(bytes.length > SAMPLE_BYTES ? bytes : text),
    };
  }
}

/** Without a last row that the end of the sample has cut. */
function wholeLines(bytes: Uint8Array): Uint8Array {
  if (bytes.length < SAMPLE_BYTES) return bytes;
  const end = bytes.lastIndexOf(0x0a);
  return end < 0 ? bytes : bytes.subarray(0, end + 1);
}

/** The one that makes the most columns of the first row. */
function likeliestDelimiter(bytes: Uint8Array): CsvMapping['delimiter'] {
  const columns = (delimiter: CsvMapping['delimiter']): number => {
    try {
      return tableIn(bytes, { delimiter, encoding: LIKELIEST }).columns.length;
    } catch (error) {
      // Without a header there is none under any of them; the table itself will say so.
      asFailure(error);
      return 0;
    }
  };
  const counted = DELIMITERS.map((delimiter) => [columns(delimiter), delimiter] as const);
  return counted.reduce((best, each) => (each[0] > best[0] ? each : best))[1];
}
