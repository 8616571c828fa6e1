/** The thread that reads FHIR: it holds HL7's definitions and judges resources, so that the vault's own thread only seals. */
import { hash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { utf8 } from '../../shared/encoding/bytes.ts';
import { doubtsIn, UCUM } from '../../shared/fhir/doubts.ts';
import type { FhirResource } from '../../shared/fhir/fhir-resource.ts';
import { readSource, type SourceEntry, type SourceItem } from '../../shared/fhir/import-source.ts';
import { categoryOf, patientReferenceOf } from '../../shared/fhir/patient-compartment.ts';
import { patientSummary, searchTerms } from '../../shared/fhir/patient-summary.ts';
import type { Issue } from '../../shared/fhir/resource-check.ts';
import { isJsonObject, type JsonValue } from '../../shared/fhir/strict-json.ts';
import { summarize } from '../../shared/fhir/summary.ts';
import type { Hl7Options } from '../../shared/hl7/hl7-text.ts';
import { asFailure } from '../../shared/outcome/failure.ts';
import { loadChecker } from './definitions.ts';
import type { FhirAnswer, FhirRequest, ReadEntry, ReadItem, ReadRequest } from './fhir-desk.ts';
import { readImportFile } from './import-files.ts';
import { unitBook } from './unit-book.ts';

const ITEMS_IN_BATCH = 500;
const BYTES_IN_BATCH = 4 * 1024 * 1024;

/** Moments without an offset are of this computer's zone; ids are names of what a message says. */
const NAMING: Omit<Hl7Options, 'knowsUnit'> = {
  zone: (local) => {
    const minutes = -new Date(local).getTimezoneOffset();
    const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((part) =>
      String(part).padStart(2, '0'),
    );
    return `${minutes < 0 ? '-' : '+'}${hours}:${rest}`;
  },
  name: (text) => hash('sha256', text, 'hex').slice(0, 40),
};

const port = parentPort;
/** Readings under way: called when the other side has room for one more batch. */
const waiting = new Map<number, (goOn: boolean) => void>();

port?.on('message', (request: FhirRequest) => {
  if (request.kind === 'more' || request.kind === 'stop') {
    waiting.get(request.id)?.(request.kind === 'more');
    return;
  }
  void answer(request).catch((error: unknown) => {
    const { code, message, details } = asFailure(error);
    send({ id: request.id, kind: 'failed', code, message, details });
  });
});

function send(answer: FhirAnswer, transfer: ArrayBuffer[] = []): void {
  port?.postMessage(answer, transfer);
}

async function answer(request: FhirRequest): Promise<void> {
  if (request.kind === 'warm') {
    await loadChecker();
    send({ id: request.id, kind: 'end' });
  } else if (request.kind === 'read') await readAll(request);
}

async function readAll(request: ReadRequest): Promise<void> {
  const batches = batchesOf(request);
  for await (const batch of batches) {
    const goOn = new Promise<boolean>((resolve) => waiting.set(request.id, resolve));
    send({ id: request.id, kind: 'batch', ...batch }, [batch.bytes.buffer as ArrayBuffer]);
    const wanted = await goOn;
    waiting.delete(request.id);
    if (!wanted) return;
  }
  send({ id: request.id, kind: 'end' });
}

interface Batch {
  items: ReadItem[];
  bytes: Uint8Array;
  bytesRead: number;
}

async function* batchesOf(request: ReadRequest): AsyncGenerator<Batch> {
  let bytesRead = 0;
  let items: ReadItem[] = [];
  let texts: Uint8Array[] = [];
  let length = 0;
  const batch = (): Batch => {
    const bytes = new Uint8Array(length);
    let at = 0;
    for (const text of texts) {
      bytes.set(text, at);
      at += text.length;
    }
    const made = { items, bytes, bytesRead };
    items = [];
    texts = [];
    length = 0;
    return made;
  };
  const count = (read: number): void => {
    bytesRead += read;
  };
  for await (const item of sequence(request, count)) {
    if (item.kind === 'refusal') items.push(item);
    else {
      const text = utf8(item.text);
      items.push(entryOf(item, length, text.length, await doubtsOf(item)));
      texts.push(text);
      length += text.length;
    }
    if (items.length >= ITEMS_IN_BATCH || length >= BYTES_IN_BATCH) yield batch();
  }
  yield batch();
}

/**
 * The items of a source in an order that is the same at each reading: as written for NDJSON, messages, documents and tables, people first for JSON, since a
 * Bundle may name its patient last.
 */
async function* sequence(request: ReadRequest, onBytes: (count: number) => void): AsyncGenerator<SourceItem> {
  const { source, after, only } = request;
  const check = await loadChecker();
  const inOrder = source.format !== 'json';
  const isFhir = source.format === 'json' || source.format === 'ndjson';
  const naming = isFhir ? undefined : { ...NAMING, knowsUnit: await unitBook() };
  const further = naming && { hl7: naming, cda: naming, ...(source.csv && { csv: { ...naming, mapping: source.csv } }) };
  const options = { check, after: inOrder ? after : 0, onBytes, ...further };
  const items =
    'text' in source
      ? readSource({ file: source.file, format: source.format, chunks: chunks(source.text) }, options)
      : readImportFile(source, options);
  const wanted = only && new Set(only);
  if (inOrder) {
    for await (const item of items) if (!wanted || wanted.has(item.ordinal)) yield item;
    return;
  }
  const all: SourceItem[] = [];
  for await (const item of items) all.push(item);
  const isPerson = (item: SourceItem): boolean => item.kind === 'entry' && item.resource.resourceType === 'Patient';
  const ordered = [...all.filter(isPerson), ...all.filter((item) => !isPerson(item))];
  for (const item of ordered.slice(after)) if (!wanted || wanted.has(item.ordinal)) yield item;
}

async function* chunks(text: Uint8Array): AsyncGenerator<Uint8Array> {
  yield text;
}

function entryOf(item: SourceEntry, start: number, length: number, doubts: readonly Issue[]): ReadEntry {
  const { file, line, path, ordinal, text, resource, fullUrl } = item;
  const subject = patientReferenceOf(resource);
  const isPerson = resource.resourceType === 'Patient';
  return {
    kind: 'entry',
    file,
    line,
    path,
    ordinal,
    start,
    length,
    fullUrl,
    resourceType: resource.resourceType,
    fhirId: typeof resource.id === 'string' ? resource.id : '',
    category: categoryOf(resource),
    subject: subject && { kind: subject.kind, type: subject.type, id: subject.id, reference: subject.reference },
    summary: summarize(resource, text),
    doubts,
    references: [...new Set(item.references.filter(({ kind }) => kind !== 'contained').map(({ reference }) => reference))],
    identifiers: identifiersOf(resource),
    person: isPerson ? { summary: patientSummary(resource), terms: searchTerms(resource) } : undefined,
  };
}

/** The tables of units are loaded when the first unit of UCUM is read. */
async function doubtsOf({ text, resource }: SourceEntry): Promise<readonly Issue[]> {
  const knowsUnit = text.includes(UCUM) ? await unitBook() : () => true;
  return doubtsIn(resource, { now: Date.now(), knowsUnit });
}

/** `system|value` of each identifier of the resource itself: what conditional references name. */
function identifiersOf(resource: FhirResource): string[] {
  const held: JsonValue[] = Array.isArray(resource.identifier) ? resource.identifier : [resource.identifier ?? null];
  return held.flatMap((identifier) => {
    if (!isJsonObject(identifier) || typeof identifier.value !== 'string') return [];
    return [`${typeof identifier.system === 'string' ? identifier.system : ''}|${identifier.value}`];
  });
}
