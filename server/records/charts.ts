/**
 * Charts: what lists show of a patient's records. On the disk a chart is sealed chunks of entries, appended with each write, so
 * that the largest one opens with a handful of boxes; unlocked, the charts in use stay in memory.
 */

import { equalBytes, fromHex, fromUtf8, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import type { ChartSection } from '../../shared/fhir/summary.ts';
import { recordKey, recordRow } from '../../shared/records/record-rules.ts';
import type { VaultRow } from '../sync/gateway.ts';
import { type Compartments, compartmentsOf } from '../sync/vault-context/patient-compartments.ts';
import type { ChartEntry, PatientDirectory, VaultContext } from '../sync/vault-context/vault-context.ts';
import { rowsOfTag } from '../sync/vault-context/vault-rows.store.ts';

const KIND = 'entry';
/** Entries of all remembered charts together; the longest unused go first. */
const MOST_ENTRIES = 200_000;
/** When a chart has this many chunks of few entries, the next write puts them into one. */
const MOST_SMALL_CHUNKS = 64;
const SMALL_CHUNK = 32;

interface Chunk {
  readonly key: Uint8Array;
  /** Whose entries it holds. */
  readonly records: readonly string[];
}

/** Authors once, and each entry with its author's place among them: most of a chunk is written by one person. */
interface StoredChunk {
  readonly authors: ReadonlyArray<readonly [id: string, name: string]>;
  readonly entries: ReadonlyArray<Omit<ChartEntry, 'author' | 'authorName'> & { readonly by: number }>;
}

/** Who the patient is, what they own and what they allow is no event; a statement stands at the record that it is about. */
const TIMELESS: ReadonlySet<ChartSection> = new Set(['consent', 'device', 'other']);

export class Chart {
  /** What is shown of each record. */
  readonly #entries = new Map<string, ChartEntry>();
  /** Of records with several versions here, each of them: which one is shown is for the ledger to say. */
  readonly #versions = new Map<string, ChartEntry[]>();
  readonly chunks: Chunk[] = [];
  #sections: Map<ChartSection, ChartEntry[]> | undefined;
  #timeline: readonly ChartEntry[] | undefined;
  #statements: Map<string, ChartEntry[]> | undefined;
  /** Grows with each change. */
  #revision = 0;

  get revision(): number {
    return this.#revision;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(record: string): ChartEntry | undefined {
    return this.#entries.get(record);
  }

  all(): ChartEntry[] {
    return [...this.#entries.values()];
  }

  /** Every version of a record that is listed here, the one shown among them. */
  versionsOf(record: string): readonly ChartEntry[] {
    const shown = this.#entries.get(record);
    return this.#versions.get(record) ?? (shown ? [shown] : []);
  }

  /** Records with several versions here. */
  get contested(): readonly string[] {
    return [...this.#versions.keys()];
  }

  put(entries: Iterable<ChartEntry>): void {
    this.#changed();
    for (const entry of entries) {
      const known = this.#entries.get(entry.record);
      if (known && known.document !== entry.document) {
        const others = this.versionsOf(entry.record).filter(({ document }) => document !== entry.document);
        this.#versions.set(entry.record, [...others, entry]);
      }
      if (!known || known.version <= entry.version) this.#entries.set(entry.record, entry);
    }
  }

  /** Shows this version of a record, when it is listed here. Gives whether another one was shown. */
  show(record: string, document: string): boolean {
    const entry = this.versionsOf(record).find((each) => each.document === document);
    if (!entry || this.#entries.get(record) === entry) return false;
    this.#entries.set(record, entry);
    this.#changed();
    return true;
  }

  #changed(): void {
    this.#sections = undefined;
    this.#timeline = undefined;
    this.#statements = undefined;
    this.#revision += 1;
  }

  /** The records that `opens` lets through, with all their versions. */
  part(opens: (entry: ChartEntry) => boolean): Chart {
    const part = new Chart();
    for (const [record, entry] of this.#entries) {
      if (!opens(entry)) continue;
      part.#entries.set(record, entry);
      const versions = this.#versions.get(record);
      if (versions) part.#versions.set(record, versions.filter(opens));
    }
    return part;
  }

  /** Several charts as one: of patients who are one. Their records have ids of their own. */
  static union(parts: readonly Chart[]): Chart {
    const union = new Chart();
    for (const part of parts) {
      for (const [record, entry] of part.#entries) union.#entries.set(record, entry);
      for (const [record, versions] of part.#versions) union.#versions.set(record, versions);
    }
    return union;
  }

  /** Entries of each section, newest first; undated ones last. */
  get sections(): ReadonlyMap<ChartSection, readonly ChartEntry[]> {
    if (this.#sections) return this.#sections;
    const sections = new Map<ChartSection, ChartEntry[]>();
    for (const entry of this.#entries.values()) {
      const section = sections.get(entry.section);
      if (section) section.push(entry);
      else sections.set(entry.section, [entry]);
    }
    for (const entries of sections.values()) entries.sort(newestFirst);
    this.#sections = sections;
    return sections;
  }

  /** What happened, of all sections in one line, newest first; undated entries last. */
  get timeline(): readonly ChartEntry[] {
    this.#timeline ??= this.all()
      .filter(({ section, about }) => !TIMELESS.has(section) && about === undefined)
      .sort(newestFirst);
    return this.#timeline;
  }

  /** What the patient says against a record, the newest first. */
  statementsAbout(record: string): readonly ChartEntry[] {
    this.#statements ??= Map.groupBy(
      this.all()
        .filter(({ about }) => about !== undefined)
        .sort(newestFirst),
      ({ about }) => about?.record ?? '',
    );
    return this.#statements.get(record) ?? [];
  }
}

/** FHIR dates of unlike exactness compare as texts; with unlike time zones this is near enough for a list. */
function newestFirst(one: ChartEntry, other: ChartEntry): number {
  if (one.date !== other.date) return one.date < other.date ? 1 : -1;
  return other.time - one.time || (one.record < other.record ? -1 : 1);
}

export class Charts {
  readonly #context: VaultContext;
  readonly #patients: PatientDirectory;
  /** In the order of use, the longest unused first. */
  readonly #open = new Map<string, Chart>();
  #entries = 0;

  constructor(context: VaultContext, patients: PatientDirectory) {
    this.#context = context;
    this.#patients = patients;
  }

  async open(patient: string): Promise<Chart> {
    const chart = this.#open.get(patient) ?? (await this.#load(patient));
    this.#open.delete(patient);
    this.#open.set(patient, chart);
    return chart;
  }

  /** A row that adds entries to a chart; the chart need not be open. */
  appended(patient: string, entries: readonly ChartEntry[]): VaultRow {
    const { rows, random } = this.#context;
    return rows.seal(KIND, random(16), this.#tag(patient), encodeChunk(entries));
  }

  /** Rows that add entries to a chart; now and then they put its small chunks into one, so that it does not fall to pieces. */
  async added(patient: string, entries: readonly ChartEntry[]): Promise<VaultRow[]> {
    const chart = await this.open(patient);
    const small = chart.chunks.filter(({ records }) => records.length < SMALL_CHUNK);
    if (small.length < MOST_SMALL_CHUNKS) return [this.appended(patient, entries)];
    // Of a record that several have changed every version stays: the ledger may still say that another one is the newest.
    const merged = new Map<string, ChartEntry>();
    for (const record of new Set(small.flatMap(({ records }) => records)))
      for (const entry of chart.versionsOf(record)) merged.set(entry.document, entry);
    for (const entry of entries) merged.set(entry.document, entry);
    return [...this.#removed(patient, small), this.appended(patient, [...merged.values()])];
  }

  /** Rows that replace all that is on the disk of a chart. */
  async rewritten(patient: string, entries: readonly ChartEntry[]): Promise<VaultRow[]> {
    const { chunks } = await this.open(patient);
    return [...this.#removed(patient, chunks), this.appended(patient, entries)];
  }

  /** Rows that remove a chart. */
  async removed(patient: string): Promise<VaultRow[]> {
    return this.#removed(patient, (await this.open(patient)).chunks);
  }

  isOf({ kind, tag }: VaultRow, patients: ReadonlySet<string>): boolean {
    return kind === KIND && [...patients].some((patient) => equalBytes(this.#tag(patient), tag));
  }

  /** What was committed becomes visible in a chart that is open. */
  applied(patient: string, entries: readonly ChartEntry[], rows: readonly VaultRow[]): void {
    const chart = this.#open.get(patient);
    if (!chart) return;
    const before = chart.size;
    chart.put(entries);
    this.#entries += chart.size - before;
    const removed = new Set(rows.flatMap(({ key, sealed }) => (sealed ? [] : [toHex(key)])));
    const merged = chart.chunks.filter(({ key }) => removed.has(toHex(key))).flatMap(({ records }) => records);
    const records = [...new Set([...merged, ...entries.map(({ record }) => record)])];
    const kept = chart.chunks.filter(({ key }) => !removed.has(toHex(key)));
    chart.chunks.splice(
      0,
      chart.chunks.length,
      ...kept,
      ...rows.flatMap(({ key, sealed }) => (sealed ? [{ key, records }] : [])),
    );
    this.#makeRoom();
  }

  forget(patient: string): void {
    this.#entries -= this.#open.get(patient)?.size ?? 0;
    this.#open.delete(patient);
  }

  /** Forgets the charts whose rows have these tags, and gives those that were open. */
  forgetTagged(tags: readonly Uint8Array[]): string[] {
    const wanted = new Set(tags.map(toHex));
    const found = [...this.#open.keys()].filter((patient) => wanted.has(toHex(this.#tag(patient))));
    for (const patient of found) this.forget(patient);
    return found;
  }

  clear(): void {
    this.#open.clear();
    this.#entries = 0;
  }

  async #load(patient: string): Promise<Chart> {
    const chart = new Chart();
    for (const row of await rowsOfTag(this.#context.reader, KIND, this.#tag(patient))) {
      const entries = decodeChunk(this.#context.rows.open(KIND, row));
      chart.put(entries);
      chart.chunks.push({ key: row.key.slice(), records: entries.map(({ record }) => record) });
    }
    await this.#settle(patient, chart);
    this.#entries += chart.size;
    this.#open.set(patient, chart);
    this.#makeRoom();
    return chart;
  }

  /** The ledger has moved: each open chart shows the version of a record that is the newest there. Gives whose changed. */
  async settle(): Promise<string[]> {
    const changed: string[] = [];
    for (const [patient, chart] of [...this.#open]) if (await this.#settle(patient, chart)) changed.push(patient);
    return changed;
  }

  async #settle(patient: string, chart: Chart): Promise<boolean> {
    const owner = this.#patients.get(patient) ?? { handles: {} };
    const contested = chart.contested.flatMap((record) =>
      placesOf(owner, chart.get(record)).map((handle) => ({ record, handle })),
    );
    if (contested.length === 0) return false;
    const rows = await this.#context.gateway.state(contested.map(({ handle, record }) => recordKey(handle, record)));
    const shown = contested.map(({ record }, at) => {
      const row = rows[at];
      return row !== undefined && chart.show(record, toHex(decode(recordRow, row).document));
    });
    return shown.includes(true);
  }

  #removed(patient: string, chunks: readonly Chunk[]): VaultRow[] {
    const tag = this.#tag(patient);
    return chunks.map(({ key }) => ({ kind: KIND, key, tag, sealed: null }));
  }

  #makeRoom(): void {
    for (const patient of this.#open.keys()) {
      if (this.#entries <= MOST_ENTRIES || this.#open.size === 1) return;
      this.forget(patient);
    }
  }

  #tag(patient: string): Uint8Array {
    return this.#context.rows.name('chart', fromHex(patient));
  }
}

function encodeChunk(entries: readonly ChartEntry[]): Uint8Array {
  const authors: [string, string][] = [];
  const places = new Map<string, number>();
  const stored = entries.map(({ author, authorName, ...entry }) => {
    const name = `${author} ${authorName}`;
    const by = places.get(name) ?? authors.push([author, authorName]) - 1;
    places.set(name, by);
    return { ...entry, by };
  });
  return utf8(JSON.stringify({ authors, entries: stored } satisfies StoredChunk));
}

function decodeChunk(bytes: Uint8Array): ChartEntry[] {
  const { authors, entries } = JSON.parse(fromUtf8(bytes)) as StoredChunk;
  return entries.map(({ by, ...entry }) => {
    const [author, authorName] = authors[by] as readonly [string, string];
    return { ...entry, author, authorName };
  });
}

/** Compartments in which the ledger may have a record. */
const placesOf = (owner: Compartments, entry: ChartEntry | undefined): readonly string[] =>
  entry ? compartmentsOf(owner, entry.category) : [];
