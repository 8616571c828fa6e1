/**
 * Takes a source of FHIR apart: NDJSON line by line, JSON as one resource or a Bundle of any type, HL7 version 2 message by message, a
 * clinical document (CDA) entry by entry, and a table row by row, as the FHIR that they mean. Each resource comes out with the exact text it
 * was written in, or as a refusal that names its place. One bad entry never stops the rest.
 */
import type { CdaOptions } from '../cda/cda-datatypes.ts';
import { cdaResources } from '../cda/cda-resources.ts';
import { MAX_TABLE_BYTES } from '../csv/csv-encoding.ts';
import type { CsvMapping } from '../csv/csv-mapping.ts';
import { type CsvOptions, csvResources } from '../csv/csv-resources.ts';
import { utf8 } from '../encoding/bytes.ts';
import { type MadeResource, resourcesOf } from '../hl7/hl7-resources.ts';
import { type Hl7Options, messagesOf } from '../hl7/hl7-text.ts';
import { asFailure, Failure } from '../outcome/failure.ts';
import { entryFault } from './bundle-entry.ts';
import { type FhirResource, isResource } from './fhir-resource.ts';
import { inlineFileOf } from './inline-file.ts';
import { elementsOf, memberAt, rootOf, type Slice } from './json-cursor.ts';
import { resourceLines } from './ndjson-lines.ts';
import { type FoundReference, referencesIn } from './references.ts';
import type { CheckResource, Issue } from './resource-check.ts';
import { beginningOf, isBlank, wholeOf } from './source-bytes.ts';
import {
  brokenLines,
  emptyFile,
  nestedTooDeep,
  notAList,
  notFhir,
  packedFile,
  parametersAreNoRecord,
  tooLargeDocument,
  tooLargeTable,
  tooLong,
} from './source-failures.ts';
import { lineFeeds, type Origin, withFurther, within } from './source-places.ts';
import {
  decodeStrictUtf8,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  readStrictJson,
  type StrictJson,
} from './strict-json.ts';

interface SourcePlace {
  readonly file: string;
  /** The line of the file where the resource begins, from 1. */
  readonly line: number;
  /** The place inside the line or the file: `Bundle.entry[3].resource`, `Patient.name[0].family`; '' for the whole. */
  readonly path: string;
  /** Counts the entries and refusals of a file from 1; the same at each reading of the same bytes. */
  readonly ordinal: number;
}

export interface SourceEntry extends SourcePlace {
  readonly kind: 'entry';
  /** The resource exactly as it was written: this is the record. */
  readonly text: string;
  readonly resource: FhirResource;
  readonly references: readonly FoundReference[];
  /** Bundle.entry.fullUrl: the name by which other entries of the same Bundle refer to it. */
  readonly fullUrl: string | undefined;
  readonly warnings: readonly Issue[];
}

export interface SourceRefusal extends SourcePlace {
  readonly kind: 'refusal';
  readonly code: string;
  readonly message: string;
  /** Type of the refused resource, where it is known. */
  readonly resourceType: string | undefined;
}

export type SourceItem = SourceEntry | SourceRefusal;

/** `hl7`: HL7 version 2, messages one after the other. `cda`: a clinical document in XML. `csv`: a table, by a mapping. */
export type SourceFormat = 'json' | 'ndjson' | 'hl7' | 'cda' | 'csv';

interface Source {
  /** As the person knows it: relative to the chosen folder. */
  readonly file: string;
  readonly format: SourceFormat;
  readonly chunks: AsyncIterable<Uint8Array>;
}

export interface SourceOptions {
  readonly check: CheckResource;
  /** Entries and refusals up to this ordinal were dealt with before: they are passed over and not judged again. */
  readonly after?: number;
  /** Left out, files of HL7 version 2 are refused. */
  readonly hl7?: Hl7Options;
  /** Left out, clinical documents are refused. */
  readonly cda?: CdaOptions;
  /** Left out, tables are refused: only a mapping says what their columns mean. */
  readonly csv?: CsvOptions & { readonly mapping: CsvMapping };
  /** Longest NDJSON line in bytes, 16 MiB unless told. */
  readonly maxLineBytes?: number;
  /** Longest JSON file in bytes, 256 MiB unless told; it is held in memory as a whole. */
  readonly maxFileBytes?: number;
}

const MAX_LINE_BYTES = 16 * 1024 * 1024;
const MAX_FILE_BYTES = 256 * 1024 * 1024;
/** Rows of a table are held in memory one by one. */
/** A document is kept as it was sent as well: beyond what a record holds as a file of the chart. */
const MAX_DOCUMENT_BYTES = 12 * 1024 * 1024;
/** In bytes of UTF-8: with its frame and the longest words about it a record must fit one document that the hub takes (`ENVELOPE_LIMIT`). */
export const MAX_RESOURCE_BYTES = 700 * 1024;
const DEEPEST_BUNDLE = 3;

/** Everything a source holds, in its order, one line or one file in memory at a time. */
export async function* readSource(source: Source, options: SourceOptions): AsyncGenerator<SourceItem> {
  const reader = new SourceReader(source.file, options);
  const { packed, empty, chunks } = await beginningOf(source.chunks);
  const isLines = source.format === 'ndjson';
  const limit = isLines ? (options.maxLineBytes ?? MAX_LINE_BYTES) : (options.maxFileBytes ?? MAX_FILE_BYTES);
  if (packed) yield* reader.refuse(packedFile());
  // No lines are no resources: an export may have such a file.
  else if (empty && !isLines) yield* reader.refuse(emptyFile());
  else if (isLines) {
    for await (const line of resourceLines(chunks, limit))
      yield* line === 'broken' ? reader.refuse(brokenLines()) : reader.piece(line.bytes, line.number, limit);
  } else if (source.format === 'hl7') yield* reader.messages(await wholeOf(chunks, limit), limit);
  else if (source.format === 'cda') yield* reader.document(await wholeOf(chunks, MAX_DOCUMENT_BYTES));
  else if (source.format === 'csv') yield* reader.table(await wholeOf(chunks, MAX_TABLE_BYTES));
  else yield* reader.piece(await wholeOf(chunks, limit), 1, limit);
}

class SourceReader {
  readonly #file: string;
  readonly #check: CheckResource;
  readonly #after: number;
  readonly #hl7: Hl7Options | undefined;
  readonly #cda: CdaOptions | undefined;
  readonly #csv: SourceOptions['csv'];
  #ordinal = 0;

  constructor(file: string, options: SourceOptions) {
    this.#file = file;
    this.#check = options.check;
    this.#after = options.after ?? 0;
    this.#hl7 = options.hl7;
    this.#cda = options.cda;
    this.#csv = options.csv;
  }

  /** The whole file. */
  refuse(failure: Failure): Generator<SourceItem> {
    return this.#refuse({ line: 1, path: '' }, failure);
  }

  /** A file of HL7 version 2: what each message makes, with the line of the segment that says it. */
  messages(bytes: Uint8Array | undefined, limit: number): Generator<SourceItem> {
    const hl7 = this.#hl7;
    return this.#made(function* () {
      if (bytes === undefined) throw tooLong(limit);
      if (!hl7) throw new Failure('hl7.not-here', 'Only FHIR is read here. Import files of HL7 version 2.');
      for (const message of messagesOf(bytes)) yield* resourcesOf(message, hl7);
    });
  }

  /** A clinical document: what each of its entries makes, with line and XPath of the element that says it. */
  document(bytes: Uint8Array | undefined): Generator<SourceItem> {
    const cda = this.#cda;
    return this.#made(() => {
      if (bytes === undefined) throw tooLargeDocument();
      if (!cda) throw new Failure('cda.not-here', 'Only FHIR is read here. Import clinical documents (CDA).');
      return cdaResources(bytes, cda);
    });
  }

  /** A table: what each row makes, with its line. */
  table(bytes: Uint8Array | undefined): Generator<SourceItem> {
    const csv = this.#csv;
    return this.#made(() => {
      if (bytes === undefined) throw tooLargeTable();
      if (!csv)
        throw new Failure('csv.no-mapping', 'Nothing says what the columns of this table mean. Choose or make a mapping first.');
      return [...csvResources(bytes, csv.mapping, csv)];
    });
  }

  /**
   * What another form than FHIR says in FHIR's words; each resource is judged like any other. Of whom FHIR's check does not take,
   * nothing else is taken in: it would be nobody's.
   */
  *#made(make: () => Iterable<MadeResource>): Generator<SourceItem> {
    const strangers = new Set<unknown>();
    for (const { line, path, ...each } of madeOrFailed(make)) {
      if ('failure' in each) {
        yield* this.#refuse({ line, path }, each.failure);
        continue;
      }
      const text = JSON.stringify(each.resource);
      const { resourceType, id } = each.resource;
      const name = `Patient/${id}`;
      if (resourceType !== 'Patient') {
        if (strangers.has(subjectOf(each.resource))) continue;
      } else if (this.#check(JSON.parse(text)).errors.length > 0) strangers.add(name);
      else strangers.delete(name);
      yield* this.#member(text, undefined, { line, path }, 1);
    }
  }

  /** One line of NDJSON or one JSON file. */
  *piece(bytes: Uint8Array | undefined, line: number, limit: number): Generator<SourceItem> {
    const origin = { line, path: '' };
    if (bytes === undefined) {
      yield* this.#refuse(origin, tooLong(limit));
      return;
    }
    if (isBlank(bytes)) {
      yield* this.#refuse(origin, emptyFile());
      return;
    }
    let read: StrictJson;
    try {
      read = readOutermost(decodeStrictUtf8(bytes), limit);
    } catch (error) {
      yield* this.#refuse(origin, asFailure(error));
      return;
    }
    const { text, value, exactNumbers } = read;
    if (Array.isArray(value)) yield* this.#refuse(origin, notAList());
    else if (!isResource(value)) {
      if (!isExportManifest(value)) yield* this.#refuse(origin, notFhir());
    } else if (holdsResource(value)) yield* this.#refuse(origin, parametersAreNoRecord(), 'Parameters');
    else if (value.resourceType === 'Bundle') yield* this.#bundle(text, value, origin, 1);
    else yield* this.#single(text.trim(), value, exactNumbers, origin, undefined);
  }

  *#single(
    text: string,
    resource: FhirResource,
    exactNumbers: ReadonlyMap<string, string>,
    origin: Origin,
    fullUrl: string | undefined,
  ): Generator<SourceItem> {
    // No character has more than three bytes in UTF-8: most texts need not be turned into them.
    const length = 3 * text.length > MAX_RESOURCE_BYTES ? utf8(text).length : 0;
    // What a file inside of it takes will lie beside it.
    if (length > MAX_RESOURCE_BYTES && length - (inlineFileOf(text, resource)?.data.length ?? 0) > MAX_RESOURCE_BYTES) {
      yield* this.#refuse(origin, tooLong(MAX_RESOURCE_BYTES), resource.resourceType);
      return;
    }
    const ordinal = ++this.#ordinal;
    if (ordinal <= this.#after) return;
    const { errors, warnings } = this.#check(resource, exactNumbers);
    const fault = errors[0];
    if (fault !== undefined) {
      yield {
        kind: 'refusal',
        file: this.#file,
        line: origin.line,
        path: within(origin.path, fault.path),
        ordinal,
        code: fault.code,
        message: withFurther(errors),
        resourceType: resource.resourceType,
      };
      return;
    }
    const path = origin.path;
    const references = referencesIn(resource);
    yield { kind: 'entry', file: this.#file, line: origin.line, path, ordinal, text, resource, references, fullUrl, warnings };
  }

  *#refuse(origin: Origin, failure: Failure, resourceType?: string): Generator<SourceItem> {
    const ordinal = ++this.#ordinal;
    if (ordinal <= this.#after) return;
    const path = within(origin.path, String(failure.details.path ?? ''));
    const { code, message } = failure;
    yield { kind: 'refusal', file: this.#file, line: origin.line, path, ordinal, code, message, resourceType };
  }

  /**
   * A Bundle is an envelope: its entries are judged one by one. What is wrong with the envelope itself, and would change
   * the meaning of all entries, refuses it whole; what is wrong with one entry refuses that entry.
   */
  *#bundle(text: string, bundle: FhirResource, origin: Origin, depth: number): Generator<SourceItem> {
    const { entry: entries, ...envelope } = bundle;
    // HL7's invariants of a Bundle speak of its entries, which are not in the envelope.
    const fault = this.#check(envelope).errors.find((issue) => issue.code !== 'fhir.invariant');
    if (depth > DEEPEST_BUNDLE) yield* this.#refuse(origin, nestedTooDeep(), 'Bundle');
    else if (fault !== undefined)
      yield* this.#refuse(origin, new Failure(fault.code, fault.message, { details: { path: fault.path } }), 'Bundle');
    else if (entries !== undefined && !Array.isArray(entries)) {
      yield* this.#refuse(
        origin,
        new Failure('fhir.list-wanted', 'Bundle.entry is a list.', { details: { path: 'Bundle.entry' } }),
        'Bundle',
      );
    } else if (entries !== undefined) yield* this.#entries(text, bundle, entries, origin, depth);
  }

  *#entries(
    text: string,
    bundle: FhirResource,
    entries: readonly JsonValue[],
    origin: Origin,
    depth: number,
  ): Generator<SourceItem> {
    const list = memberAt(text, rootOf(text).start, 'entry');
    if (list === undefined) return;
    const seen = new Set<string>();
    let index = 0;
    let line = origin.line;
    let counted = 0;
    for (const slice of elementsOf(text, list.start)) {
      const entry = entries[index] as JsonValue;
      line += lineFeeds(text, counted, slice.start);
      counted = slice.start;
      const path = within(origin.path, `Bundle.entry[${index}]`);
      index++;
      const failure = entryFault(bundle, entry, seen);
      if (failure !== undefined) {
        yield* this.#refuse({ line, path }, failure);
        continue;
      }
      const piece = memberAt(text, slice.start, 'resource') as Slice;
      const place = { line: line + lineFeeds(text, counted, piece.start), path: `${path}.resource` };
      yield* this.#member(text.slice(piece.start, piece.end), (entry as JsonObject).fullUrl as string | undefined, place, depth);
    }
  }

  /** One resource of a Bundle, read again by itself: its paths begin at itself, and it outlives the Bundle. */
  *#member(text: string, fullUrl: string | undefined, place: Origin, depth: number): Generator<SourceItem> {
    const { value, exactNumbers } = readStrictJson(text, { maxLength: text.length });
    const resource = value as FhirResource;
    if (resource.resourceType === 'Bundle') yield* this.#bundle(text, resource, place, depth + 1);
    else yield* this.#single(text, resource, exactNumbers, place, fullUrl);
  }
}

/** Reads strictly; what breaks FHIR's own rules without naming a resource type is reported as no FHIR at all. */
function readOutermost(text: string, maxLength: number): StrictJson {
  try {
    return readStrictJson(text, { maxLength });
  } catch (error) {
    const breaksFhirOnly = error instanceof Failure && (error.code === 'fhir.json-null' || error.code === 'fhir.json-empty');
    if (breaksFhirOnly && !isResource(readStrictJson(text, { maxLength, fhir: false }).value)) throw notFhir();
    throw error;
  }
}

/** What an export of this program says of itself (`fhir-api/export-manifest.ts`): nothing of it is a record, and nothing is wrong with it. */
const isExportManifest = (value: unknown): boolean =>
  isJsonObject(value) && typeof value.careledger === 'string' && value.careledger.startsWith('export/');

/** Parameters are what a program asked another; one with a resource inside looks like that resource's record. */
const holdsResource = ({ resourceType, parameter }: FhirResource): boolean =>
  resourceType === 'Parameters' &&
  Array.isArray(parameter) &&
  parameter.some((each) => isJsonObject(each) && each.resource !== undefined);

/** Whom a resource that was made from another form is about, as it names them. */
/** What is made, until nothing more can be: why not comes last. */
function* madeOrFailed(make: () => Iterable<MadeResource>): Generator<MadeResource> {
  try {
    yield* make();
  } catch (error) {
    const failure = asFailure(error);
    yield { line: Number(failure.details.line ?? 1), path: '', failure };
  }
}

function subjectOf({ subject, patient }: Extract<MadeResource, { resource: unknown }>['resource']): unknown {
  return ((subject ?? patient) as { reference?: unknown } | undefined)?.reference;
}
