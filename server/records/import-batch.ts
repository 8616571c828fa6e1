/**
 * Takes one batch of read resources into the vault: whose they are, whether they were here before, one commit for all of it.
 * The job's own state goes into the same commit, so that a crash leaves neither gaps nor doubles.
 */
import { fromUtf8, toHex } from '../../shared/encoding/bytes.ts';
import { isResource } from '../../shared/fhir/import-source.ts';
import { ageOf, isNewer, type VersionAge } from '../../shared/records/import-age.ts';
import type { ReadEntry, ReadItem } from '../fhir/fhir-desk.ts';
import type { OutgoingDocument, OutgoingEvent, VaultRow } from '../sync/gateway.ts';
import {
  type AccessGate,
  type ChartEntry,
  CLINIC_DIRECTORY,
  type CompartmentName,
  type PatientDirectory,
  type PatientEntry,
  type ProgramAccess,
  type VaultContext,
} from '../sync/vault-context.ts';
import { sha256, sha256Hex } from '../vault/primitives.ts';
import type { Records } from './records.ts';
import { sealRecord } from './seal-record.ts';
import { identifierName, idName, namesOf, type Source, sameContent } from './sources.ts';

export interface BatchOutcome {
  readonly accepted: number;
  readonly alreadyPresent: number;
  /** People who are new. */
  readonly patients: number;
  /** Ordinals of what waits for its patient, who was not seen yet. */
  readonly deferred: readonly number[];
  /** What is older than what is here, or may be: nothing of it was taken. */
  readonly older: readonly ReadEntry[];
}

interface Placed {
  readonly item: ReadEntry;
  readonly content: Uint8Array;
  readonly contentHash: Uint8Array;
  readonly primary: string;
  readonly owner: string;
  readonly category: CompartmentName;
  readonly before: Source | undefined;
}

/** What was here of a record before. */
interface History {
  /** SHA-256 of each version's text, hexadecimal. */
  readonly hashes: ReadonlySet<string>;
  /** The newest version's text. */
  readonly newest: Uint8Array | undefined;
  /** When a person wrote the newest version here, in milliseconds; undefined when an import brought it. */
  readonly writtenHere: number | undefined;
}

export class BatchImporter {
  readonly #context: VaultContext;
  readonly #patients: PatientDirectory;
  readonly #records: Records;
  readonly #access: AccessGate;

  constructor(context: VaultContext, patients: PatientDirectory, records: Records, access: AccessGate) {
    this.#context = context;
    this.#patients = patients;
    this.#records = records;
    this.#access = access;
  }

  /**
   * @param noted patients that this import has made, or whose access log says already that it worked in their charts
   * @param last whether nothing more follows: what then names an unknown patient goes to the clinic's directory
   * @param jobRows the job's state after this batch
   */
  take(
    items: readonly ReadItem[],
    bytes: Uint8Array,
    last: boolean,
    noted: Set<string>,
    jobRows: (outcome: BatchOutcome) => readonly VaultRow[],
  ): Promise<BatchOutcome> {
    const batch = new Batch(this.#context, this.#patients, this.#records, this.#access);
    return this.#context.inTurn(() => batch.take(items, bytes, last, noted, jobRows));
  }
}

class Batch {
  readonly #context: VaultContext;
  readonly #patients: PatientDirectory;
  readonly #records: Records;
  /** Names as they lead before and, on top, after what this batch has done so far. */
  #known = new Map<string, Source>();
  /** New and changed people, and whoever gets a new compartment. */
  readonly #people = new Map<string, PatientEntry>();
  readonly #named = new Map<string, Source>();
  readonly #entries = new Map<string, ChartEntry[]>();
  readonly #newest = new Map<string, ChartEntry>();
  readonly #documents: OutgoingDocument[] = [];
  readonly #events: OutgoingEvent[] = [];
  readonly #histories = new Map<string, History>();
  readonly #older: ReadEntry[] = [];
  readonly #access: AccessGate;
  #alreadyPresent = 0;
  #newPeople = 0;

  constructor(context: VaultContext, patients: PatientDirectory, records: Records, access: AccessGate) {
    this.#context = context;
    this.#patients = patients;
    this.#records = records;
    this.#access = access;
  }

  async take(
    items: readonly ReadItem[],
    bytes: Uint8Array,
    last: boolean,
    noted: Set<string>,
    jobRows: (outcome: BatchOutcome) => readonly VaultRow[],
  ): Promise<BatchOutcome> {
    const { gateway, notify } = this.#context;
    const read = items.flatMap((item) => (item.kind === 'entry' ? [item] : []));
    const contents = new Map(read.map((item) => [item, bytes.subarray(item.start, item.start + item.length)]));
    await this.#lookUp(read, contents);
    const deferred: number[] = [];
    const placed: Placed[] = [];
    for (const item of [...read.filter(({ person }) => person), ...read.filter(({ person }) => !person)]) {
      const place = await this.#place(item, contents.get(item) as Uint8Array, last);
      if (place === 'later') deferred.push(item.ordinal);
      else if (place !== 'here') placed.push(place);
    }
    await this.#prepare(placed);
    const time = this.#context.clock();
    for (const each of placed) await this.#seal(each, time);
    const accepted = this.#events.length;
    const outcome = { accepted, alreadyPresent: this.#alreadyPresent, patients: this.#newPeople, deferred, older: this.#older };
    const changed = [...this.#people.values()].filter((person) => person !== this.#patients.get(person.id));
    const chunks = [...this.#entries].map(
      ([patient, entries]) => [patient, entries, this.#records.charts.appended(patient, entries)] as const,
    );
    const lines = this.#accessLines(noted);
    await this.#access.noteAlong(lines, ({ rows = [], elsewhere = [] }) =>
      gateway.commit({
        events: this.#events,
        documents: this.#documents,
        rows: [
          ...chunks.map(([, , row]) => row),
          ...changed.map((person) => this.#patients.row(person)),
          ...[...this.#named].map(([name, source]) => this.#records.sources.row(name, source)),
          ...jobRows(outcome),
          ...rows,
        ],
        elsewhere,
      }),
    );
    for (const [patient] of chunks) noted.add(patient);
    for (const [patient, entries, row] of chunks) this.#records.charts.applied(patient, entries, [row]);
    if (changed.length > 0) await this.#patients.applied(changed);
    notify({ patients: chunks.map(([patient]) => patient), topics: ['imports', ...(changed.length > 0 ? ['patients'] : [])] });
    return outcome;
  }

  /** That a program worked in charts that were there before; who is new has none. */
  #accessLines(noted: ReadonlySet<string>): ProgramAccess[] {
    return [...this.#entries].flatMap(([patient, entries]) => {
      if (patient === CLINIC_DIRECTORY || noted.has(patient) || !this.#patients.get(patient)) return [];
      const categories = [...new Set(entries.map(({ category }) => category))];
      return [{ patient, process: 'import', action: 'import', purpose: 'HOPERAT', categories }];
    });
  }

  async #lookUp(read: readonly ReadEntry[], contents: ReadonlyMap<ReadEntry, Uint8Array>): Promise<void> {
    const names = new Set<string>();
    for (const item of read) {
      names.add(primaryName(item, contents.get(item) as Uint8Array));
      for (const name of otherNames(item)) names.add(name);
      if (item.subject) for (const name of namesOf(item.subject.reference)) names.add(name);
    }
    this.#known = await this.#records.sources.find(names);
  }

  /** Whose the resource is; `here` when nothing is to be taken in, `later` when its patient may still come. */
  async #place(item: ReadEntry, content: Uint8Array, last: boolean): Promise<Placed | 'here' | 'later'> {
    const primary = primaryName(item, content);
    const contentHash = sha256(content);
    const before = this.#source(primary);
    const known = item.person ? this.#knownPerson(item.person, before) : this.#owner(item, last);
    if (known === undefined && !item.person) return 'later';
    const same = before?.patient === known ? before : undefined;
    if (same && (sameContent(same, contentHash) || (await this.#wasHere(same, contentHash)))) {
      this.#alreadyPresent++;
      return 'here';
    }
    if (same && !(await this.#isNewer(same, content))) {
      this.#older.push(item);
      return 'here';
    }
    const owner = item.person ? this.#person(item.person, known) : (known as string);
    // The names hold at once: what follows in this batch may refer to it, or be it again. The record id is set when it is sealed.
    const source = {
      record: same?.record ?? toHex(this.#context.random(16)),
      patient: owner,
      isPatient: item.person !== undefined,
      contentHash,
    };
    this.#remember(source, content);
    this.#name(primary, source);
    for (const name of otherNames(item)) {
      const known = this.#source(name);
      // An identifier that two resources claim stays with the first; a fullUrl is the newest one's.
      if (!known || known.patient === owner || name === item.fullUrl) this.#name(name, source);
    }
    const category = item.category ?? 'directory';
    return { item, content, contentHash, primary, owner, category, before: same };
  }

  /** The person a Patient resource is: the one it was under this id before, unless only the id agrees. */
  #knownPerson({ summary }: NonNullable<ReadEntry['person']>, before: Source | undefined): string | undefined {
    const known = before?.isPatient ? this.#entry(before.patient) : undefined;
    return known && this.#patients.continues(known, summary) ? known.id : undefined;
  }

  /** The person as the resource has them now, or a new one. */
  #person({ summary, terms }: NonNullable<ReadEntry['person']>, id: string | undefined): string {
    const known = id === undefined ? undefined : this.#entry(id);
    if (known) {
      const unchanged = known.terms === terms && JSON.stringify(known.summary) === JSON.stringify(summary);
      if (!unchanged) this.#people.set(known.id, { ...known, summary, terms });
      return known.id;
    }
    const person = this.#patients.begin(summary, terms);
    this.#people.set(person.id, person);
    this.#newPeople++;
    return person.id;
  }

  /** Whether this text is one of the record's earlier versions: an older export, which changes nothing. */
  async #wasHere(source: Source, contentHash: Uint8Array): Promise<boolean> {
    return (await this.#history(source)).hashes.has(toHex(contentHash));
  }

  async #isNewer(source: Source, content: Uint8Array): Promise<boolean> {
    const { newest, writtenHere } = await this.#history(source);
    const [theirs, ours] = [ageIn(content), newest && ageIn(newest)];
    return !theirs || !ours || isNewer(theirs, ours, writtenHere);
  }

  /** What this desk has had of a record, what this batch has brought included. */
  async #history(source: Source): Promise<History> {
    const kept = this.#histories.get(source.record);
    if (kept) return kept;
    const owner = this.#entry(source.patient);
    const entry = owner && (await this.#records.charts.open(owner.id)).get(source.record);
    const versions = entry ? await this.#records.versions(owner, entry) : [];
    const [newest] = versions;
    const history: History = {
      hashes: new Set(versions.map(({ content }) => sha256Hex(content))),
      newest: newest?.content,
      writtenHere: newest && !newest.isImported ? newest.time : undefined,
    };
    this.#histories.set(source.record, history);
    return history;
  }

  #remember({ record, contentHash }: Source, newest: Uint8Array): void {
    const hashes = new Set(this.#histories.get(record)?.hashes).add(toHex(contentHash));
    this.#histories.set(record, { hashes, newest, writtenHere: undefined });
  }

  #owner(item: ReadEntry, last: boolean): string | undefined {
    if (!item.subject || item.category === null) return CLINIC_DIRECTORY;
    for (const name of namesOf(item.subject.reference)) {
      const source = this.#source(name);
      if (source?.isPatient) return source.patient;
      // What the name leads to is no patient: a location's reading, a device.
      if (source) return CLINIC_DIRECTORY;
    }
    return last ? CLINIC_DIRECTORY : undefined;
  }

  async #prepare(placed: readonly Placed[]): Promise<void> {
    const wanted = new Map<PatientEntry, Set<CompartmentName>>();
    for (const [owner, each] of Map.groupBy(placed, (one) => one.owner))
      wanted.set(this.#entry(owner) as PatientEntry, new Set(each.map(({ category }) => category)));
    for (const [id, entry] of await this.#patients.withCompartments(wanted)) this.#people.set(id, entry);
  }

  async #seal({ item, content, primary, owner, category, before }: Placed, time: number): Promise<void> {
    const records = this.#records;
    const newest = before && (this.#newest.get(before.record) ?? (await records.charts.open(owner)).get(before.record));
    const { summary, fhirId, file, line } = item;
    const record = newest ? undefined : this.#source(primary)?.record;
    const draft = { patient: owner, category, kind: 'fhir', content, summary, fhirId, source: { file, line }, newId: record };
    const person = this.#entry(owner) as PatientEntry;
    const sealed = sealRecord(this.#context, person, draft, newest, time);
    this.#documents.push(sealed.document);
    this.#events.push(sealed.event);
    this.#newest.set(sealed.entry.record, sealed.entry);
    const entries = this.#entries.get(owner);
    if (entries) entries.push(sealed.entry);
    else this.#entries.set(owner, [sealed.entry]);
    if (item.person && person.record !== sealed.entry.record) this.#people.set(owner, { ...person, record: sealed.entry.record });
  }

  #entry(id: string): PatientEntry | undefined {
    return this.#people.get(id) ?? this.#patients.get(id);
  }

  #source(name: string): Source | undefined {
    return this.#named.get(name) ?? this.#known.get(name);
  }

  #name(name: string, source: Source): void {
    this.#named.set(name, source);
  }
}

function ageIn(content: Uint8Array): VersionAge | undefined {
  const resource: unknown = JSON.parse(fromUtf8(content));
  return isResource(resource) ? ageOf(resource) : undefined;
}

/** The name by which a resource is known again: its logical id, its address in the Bundle, or else its very text. */
function primaryName({ resourceType, fhirId, fullUrl }: ReadEntry, content: Uint8Array): string {
  if (fhirId !== '') return idName(resourceType, fhirId);
  return fullUrl ?? `sha256:${sha256Hex(content)}`;
}

function otherNames({ resourceType, fhirId, fullUrl, identifiers }: ReadEntry): string[] {
  const names = identifiers.map((identifier) => identifierName(resourceType, identifier));
  return fhirId !== '' && fullUrl !== undefined ? [fullUrl, ...names] : names;
}
