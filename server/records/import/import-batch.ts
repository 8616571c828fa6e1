/**
 * Takes one batch of read resources into the vault: whose they are, whether they were here before, one commit for all of it.
 * The job's own state goes into the same commit, so that a crash leaves neither gaps nor doubles.
 */
import { fromUtf8, toHex, utf8 } from '../../../shared/encoding/bytes.ts';
import { dateDoubt } from '../../../shared/fhir/doubts.ts';
import { within } from '../../../shared/fhir/source-places.ts';
import type { ResourceSummary } from '../../../shared/fhir/summary.ts';
import { withPieces } from '../../../shared/records/attachment.ts';
import type { ReadEntry, ReadItem } from '../../fhir/fhir-desk.ts';
import type { OutgoingDocument, OutgoingEvent, VaultRow } from '../../sync/gateway.ts';
import {
  type AccessGate,
  type ChartEntry,
  CLINIC_DIRECTORY,
  type CompartmentName,
  type PatientDirectory,
  type PatientEntry,
  type ProgramAccess,
  type VaultContext,
} from '../../sync/vault-context/vault-context.ts';
import { fileApart } from '../file-apart.ts';
import type { Records } from '../records.ts';
import { demandCorrect, type ReadableCharts } from '../writing/put-resource.ts';
import { compartmentOf } from '../writing/record-compartment.ts';
import { type SealedRecord, sealRecord } from '../writing/seal-record.ts';
import { FilesAhead } from './files-ahead.ts';
import { bringFile, type FileBeside, type FileProgress, type FilesBeside } from './files-beside.ts';
import { type Place, type Placed, Placing } from './import-placing.ts';
import type { Refusal } from './import-rows.ts';
import { medicineNames } from './medicine-names.ts';

/** What an import works with. */
export interface ImportParts {
  readonly context: VaultContext;
  readonly patients: PatientDirectory;
  readonly records: Records;
  readonly access: AccessGate;
  readonly charts: ReadableCharts;
}

/** A version that an import wrote; ids in hexadecimal. */
export interface TakenVersion {
  readonly patient: string;
  readonly record: string;
  readonly version: number;
}

export interface BatchOutcome {
  readonly accepted: number;
  readonly alreadyPresent: number;
  /** People who are new. */
  readonly patients: number;
  /** Ordinals of what waits for its patient, who was not seen yet. */
  readonly deferred: readonly number[];
  /** What is older than what is here, or may be: nothing of it was taken. */
  readonly older: readonly ReadEntry[];
  /** What was taken and can hardly be meant. */
  readonly doubts: readonly Refusal[];
  /** What was written, and the ids of the people who are new: what taking the import back has to know. */
  readonly taken: readonly TakenVersion[];
  readonly made: readonly string[];
}

/** What became of the resources of a batch, by their places. */
export class BatchCount {
  readonly placed: Placed[] = [];
  readonly deferred: number[] = [];
  readonly older: ReadEntry[] = [];
  readonly doubts: Refusal[] = [];
  alreadyPresent = 0;

  /** @param personOf whom a chart is about, as far as this import knows by now */
  add(item: ReadEntry, place: Place, personOf: (id: string) => PatientEntry | undefined): void {
    if (place === 'later') this.deferred.push(item.ordinal);
    else if (place === 'older') this.older.push(item);
    else if (place === 'present') this.alreadyPresent += 1;
    else {
      this.placed.push(place);
      this.doubts.push(...doubtsOf(item, personOf(place.owner)));
    }
  }

  outcome(taken: readonly TakenVersion[]): BatchOutcome {
    const { placed, alreadyPresent, deferred, older, doubts } = this;
    const made = placed.flatMap(({ isNewPerson, owner }) => (isNewPerson ? [owner] : []));
    return { accepted: placed.length, alreadyPresent, patients: made.length, deferred, older, doubts, taken, made };
  }
}

function doubtsOf({ file, line, path, summary, doubts }: ReadEntry, person: PatientEntry | undefined): Refusal[] {
  const dated = person?.summary && dateDoubt(summary.resourceType, summary.date, person.summary);
  return [...doubts, ...(dated ? [dated] : [])].map((doubt) => ({ ...doubt, file, line, path: within(path, doubt.path) }));
}

export class BatchImporter {
  readonly #parts: ImportParts;

  constructor(parts: ImportParts) {
    this.#parts = parts;
  }

  /** @param jobRows the job's state after this batch */
  async take(read: BatchToTake, jobRows: (outcome: BatchOutcome) => readonly VaultRow[]): Promise<BatchOutcome> {
    const ahead = new FilesAhead(this.#parts);
    const batch = new Batch(this.#parts, ahead);
    try {
      await ahead.bring(read);
      return await this.#parts.context.inTurn(() => batch.take(read, jobRows));
    } finally {
      await ahead.drop();
    }
  }
}

export interface BatchToTake {
  readonly items: readonly ReadItem[];
  /** The texts of its entries, one behind the other. */
  readonly bytes: Uint8Array;
  /** Whether nothing more follows: what then names an unknown patient goes to the clinic's directory. */
  readonly last: boolean;
  /** Patients that this import has made, or whose access log says already that it worked in their charts. */
  readonly noted: Set<string>;
  /** Files of charts that lie beside the records. */
  readonly beside: FilesBeside;
  /** Told of each piece of such a file. */
  readonly onFile: (progress: FileProgress) => void;
}

class Batch {
  readonly #parts: ImportParts;
  readonly #ahead: FilesAhead;
  readonly #placing: Placing;
  readonly #entries = new Map<string, ChartEntry[]>();
  readonly #newest = new Map<string, SealedRecord>();
  readonly #documents: OutgoingDocument[] = [];
  readonly #events: OutgoingEvent[] = [];
  /** Pieces of files that are here and wait for their record, and what this desk remembers of them until then. */
  readonly #pieces: Uint8Array[] = [];
  readonly #brought: VaultRow[] = [];

  /** @param ahead files that are here already */
  constructor(parts: ImportParts, ahead: FilesAhead) {
    this.#parts = parts;
    this.#ahead = ahead;
    this.#placing = new Placing(parts.context, parts.patients, parts.records);
  }

  async take(
    { items, bytes, last, noted, beside }: BatchToTake,
    jobRows: (outcome: BatchOutcome) => readonly VaultRow[],
  ): Promise<BatchOutcome> {
    const { gateway, notify } = this.#parts.context;
    const { people, named } = this.#placing;
    const counted = new BatchCount();
    const read = items.flatMap((item) => (item.kind === 'entry' ? [item] : []));
    for await (const [item, place] of this.#placing.places(read, bytes, last, beside))
      counted.add(item, place, (id) => this.#placing.entry(id));
    await demandCorrect(
      this.#parts.charts,
      counted.placed.map(({ owner, category }) => [this.#placing.entry(owner), category]),
    );
    await this.#prepare(counted.placed);
    const time = this.#parts.context.clock();
    const files = await beside.of(counted.placed, counted.doubts);
    const medicines = await medicineNames(this.#parts.records, this.#placing, counted.placed);
    for (const each of counted.placed) await this.#seal(each, medicines.get(each) ?? each.item.summary, time, files.get(each));
    const taken = [...this.#entries].flatMap(([patient, entries]) =>
      entries.map(({ record, version }) => ({ patient, record, version })),
    );
    const outcome = counted.outcome(taken);
    const changed = [...people.values()].filter((person) => person !== this.#parts.patients.get(person.id));
    const chunks = [...this.#entries].map(
      ([patient, entries]) => [patient, entries, this.#parts.records.charts.appended(patient, entries)] as const,
    );
    const lines = this.#accessLines(noted);
    await this.#parts.access.noteAlong(lines, ({ rows = [], elsewhere = [] }) =>
      gateway.commit({
        events: this.#events,
        documents: this.#documents,
        rows: [
          ...chunks.map(([, , row]) => row),
          ...changed.map((person) => this.#parts.patients.row(person)),
          ...[...named].map(([name, source]) => this.#parts.records.sources.row(name, source)),
          ...jobRows(outcome),
          ...this.#brought,
          ...rows,
        ],
        releaseDocuments: this.#pieces,
        elsewhere,
      }),
    );
    for (const [patient] of chunks) noted.add(patient);
    for (const [patient, entries, row] of chunks) this.#parts.records.charts.applied(patient, entries, [row]);
    if (changed.length > 0) await this.#parts.patients.applied(changed);
    notify({ patients: chunks.map(([patient]) => patient), topics: ['imports', ...(changed.length > 0 ? ['patients'] : [])] });
    return outcome;
  }

  /** That a program worked in charts that were there before; who is new has none. */
  #accessLines(noted: ReadonlySet<string>): ProgramAccess[] {
    return [...this.#entries].flatMap(([patient, entries]) => {
      if (patient === CLINIC_DIRECTORY || noted.has(patient) || !this.#parts.patients.get(patient)) return [];
      const categories = [...new Set(entries.map(({ category }) => category))];
      return [{ patient, process: 'import', action: 'import', purpose: 'HOPERAT', categories }];
    });
  }

  async #prepare(placed: readonly Placed[]): Promise<void> {
    const wanted = new Map<PatientEntry, Set<CompartmentName>>();
    for (const [owner, each] of Map.groupBy(placed, (one) => one.owner))
      wanted.set(this.#placing.entry(owner) as PatientEntry, new Set(each.map(({ category }) => category)));
    for (const [id, entry] of await this.#parts.patients.withCompartments(wanted)) this.#placing.people.set(id, entry);
  }

  async #seal(
    { item, content, primary, owner, category, before }: Placed,
    summary: ResourceSummary,
    time: number,
    file: FileBeside | undefined,
  ): Promise<void> {
    const records = this.#parts.records;
    const earlier = before && this.#newest.get(before.record);
    const newest = before && (earlier?.entry ?? (await records.charts.open(owner)).get(before.record));
    const { fhirId, line } = item;
    const record = newest ? undefined : this.#placing.source(primary)?.record;
    const person = this.#placing.entry(owner) as PatientEntry;
    const handle = earlier?.document.handle ?? (await compartmentOf(this.#parts.context, person, newest ?? { category }));
    const named = file ? await this.#bring(owner, handle, content, file) : content;
    const kept = fileApart(this.#parts.context, handle, summary.resourceType, named);
    this.#documents.push(...kept.pieces);
    const told = { summary, fhirId, source: { file: item.file, line }, newId: record };
    const draft = { patient: owner, category, kind: 'fhir', content: kept.content, ...told };
    const sealed = sealRecord(this.#parts.context, handle, draft, newest, time);
    this.#documents.push(sealed.document);
    this.#events.push(sealed.event);
    this.#newest.set(sealed.entry.record, sealed);
    const entries = this.#entries.get(owner);
    if (entries) entries.push(sealed.entry);
    else this.#entries.set(owner, [sealed.entry]);
    if (item.person && person.record !== sealed.entry.record)
      this.#placing.people.set(owner, { ...person, record: sealed.entry.record });
  }

  /** The record with its file, whose pieces are here now and wait for it. */
  async #bring(owner: string, handle: Uint8Array, content: Uint8Array, file: FileBeside): Promise<Uint8Array> {
    const ahead = this.#ahead.take({ file, owner, handle: toHex(handle) });
    const { pieces, row } = ahead ?? (await bringFile(this.#parts.context, owner, handle, file));
    this.#pieces.push(...pieces);
    this.#brought.push(row);
    return utf8(withPieces(fromUtf8(content), pieces.map(toHex)));
  }
}
