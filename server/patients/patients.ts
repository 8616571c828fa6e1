/**
 * The patient directory: which people this clinic knows, which compartments hold their records, and how they are found. On
 * the disk it is sealed rows; unlocked, it lives in memory with a search index that exists nowhere else.
 */
import { fromHex, fromUtf8, toHex } from '../../shared/encoding/bytes.ts';
import { foldText } from '../../shared/fhir/patient-summary.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { type MatchScore, matchScore } from '../../shared/patients/match-score.ts';
import { comparedName, continues, type MatchReason, reasonsToCompare } from '../../shared/patients/matching.ts';
import { birthDateWord } from '../../shared/patients/search-words.ts';
import type { Patient } from '../graphql/generated/vault.ts';
import type { VaultRow } from '../sync/gateway.ts';
import { everyCompartment, joinedCompartments } from '../sync/vault-context/patient-compartments.ts';
import { NO_TAG } from '../sync/vault-context/sealed-rows.ts';
import {
  type AlikePatient,
  CLINIC_DIRECTORY,
  type CompartmentName,
  NOBODY,
  type PatientDirectory,
  type PatientEntry,
  type VaultContext,
} from '../sync/vault-context/vault-context.ts';
import type { CompartmentKeyEntry } from '../vault/unlocked-key-store.ts';
import { readDirectory } from './directory-reading.ts';
import { decodePatient, encodePatient, KIND } from './directory-rows.ts';
import { MergedIndex } from './merged-index.ts';
import { type Indexed, PatientIndex } from './patient-index.ts';
import { patientsResolvers, shownPatients } from './patients.resolvers.ts';

interface PatientPage {
  readonly patients: ReadonlyArray<{ readonly patient: PatientEntry; readonly cursor: string }>;
  readonly more: boolean;
}

export interface PatientMatch {
  readonly patient: PatientEntry;
  readonly reasons: readonly MatchReason[];
  readonly score: MatchScore;
}

/** From here on two people are worth a look, whatever of them is alike. */
const LIKELY = 0.5;
/** How a sealed entry that says who replaces its patient begins to say so. */
const REPLACED = '"replacedBy":';
/** How one says so, of which a category has more than one compartment. */
const DOUBLED = '"further":{';
/** How one that no list shows says so. */
const TAKEN_BACK = '"takenBack":true';

/** What finds patients as somebody types. */
export type SearchIndex = Pick<PatientIndex, 'find' | 'count' | 'put' | 'remove' | 'close'>;
type OpenIndex = (patients: Indexed[], wordsOf: (id: string) => Indexed | undefined) => Promise<SearchIndex>;

export class Patients implements PatientDirectory {
  readonly #context: VaultContext;
  /** By id; the sealed part of a row is read into an entry when it is first asked for. */
  readonly #known = new Map<string, PatientEntry | Uint8Array>();
  readonly #merged = new MergedIndex((id) => this.get(id));
  /** Ids of those of whom a category has more than one compartment. */
  readonly #doubled = new Set<string>();
  #index: SearchIndex | undefined;

  private constructor(context: VaultContext) {
    this.#context = context;
  }

  /**
   * Reads the whole directory and builds the search index.
   * @param openIndex left out: full-text search in memory @throws {Failure} `vault.row-altered`.
   */
  static async open(context: VaultContext, openIndex: OpenIndex = PatientIndex.open): Promise<Patients> {
    const patients = new Patients(context);
    const indexed: Indexed[] = [];
    await readDirectory(context, (opened) => {
      let from = 0;
      opened.indexed.forEach((each, at) => {
        const to = opened.ends[at] as number;
        const rest = opened.rest.subarray(from, to);
        patients.#known.set(each.id, rest);
        if (each.id !== CLINIC_DIRECTORY && !saysSo(rest, TAKEN_BACK)) indexed.push(each);
        from = to;
      });
    });
    for (const [id, row] of patients.#known) {
      if (!(row instanceof Uint8Array)) continue;
      if (id !== CLINIC_DIRECTORY && saysSo(row, DOUBLED)) patients.#doubled.add(id);
      if (saysSo(row, REPLACED)) patients.#merged.note(patients.get(id) as PatientEntry);
    }
    patients.#index = await openIndex(indexed, (id) => patients.#indexed(id));
    return patients;
  }

  get(id: string): PatientEntry | undefined {
    const known = this.#known.get(id);
    if (known === undefined) return id === CLINIC_DIRECTORY ? this.#newDirectory() : undefined;
    if (!(known instanceof Uint8Array)) return known;
    const entry = JSON.parse(fromUtf8(known)) as PatientEntry;
    this.#known.set(id, entry);
    return entry;
  }

  known(id: string): PatientEntry {
    const entry = id === CLINIC_DIRECTORY ? undefined : this.get(id);
    if (entry) return entry;
    throw new Failure('patients.unknown', 'This clinic knows no such patient. Search again; the list may have changed.');
  }

  standsFor(id: string): string {
    return this.#merged.standsFor(id);
  }

  union(id: string): PatientEntry[] {
    return this.#merged.union(id).map((each) => this.known(each));
  }

  /** People who may be the same as this one, the likeliest first; those who are one with them already are not among them. */
  async duplicatesOf(id: string): Promise<PatientMatch[]> {
    const patient = this.known(id);
    const own = this.standsFor(id);
    return (await this.candidates(patient.summary)).filter((match) => this.standsFor(match.patient.id) !== own);
  }

  /** A page of the directory in the order of names. @param after cursor of the last patient seen. */
  async find(question: string, first: number, after: string | undefined): Promise<PatientPage> {
    const { hits, more } = await this.#open().find(question, placeOf(after), first);
    const patients = hits.flatMap(({ id, place }) => {
      const patient = this.get(id);
      return patient ? [{ patient, cursor: String(place) }] : [];
    });
    return { patients, more };
  }

  count(question: string): Promise<number> {
    return this.#open().count(question);
  }

  /** People who may be the one described, with why. The new person's own entry is not among them. */
  async candidates(summary: PatientEntry['summary']): Promise<PatientMatch[]> {
    // A question finds names that begin with its words: without digits behind them it finds those with some as well.
    const family = comparedName(summary.family);
    const given = comparedName(summary.given[0]);
    const questions = [
      `${family} ${given}`,
      `${summary.birthDate} ${given}`,
      `${summary.birthDate} ${family}`,
      ...summary.identifiers.map(({ value }) => value),
    ];
    const found = new Map<string, PatientMatch>();
    for (const question of questions) {
      if (question.trim() === '') continue;
      for (const { id } of (await this.#open().find(question, 0, 50)).hits) {
        const patient = this.get(id);
        if (!patient || found.has(id)) continue;
        const reasons = reasonsToCompare(patient.summary, summary);
        const score = matchScore(patient.summary, summary);
        if (reasons.length > 0 || score.probability >= LIKELY) found.set(id, { patient, reasons, score });
      }
    }
    return [...found.values()].sort((one, other) => other.score.probability - one.score.probability);
  }

  async alike(summary: PatientEntry['summary']): Promise<readonly AlikePatient[]> {
    const found = await this.candidates(summary);
    return found
      .map(({ patient, score }) => ({ patient, probability: score.probability }))
      .filter(({ probability }) => probability >= LIKELY);
  }

  begin(summary: PatientEntry['summary'], terms: string): PatientEntry {
    return newPatient(toHex(this.#context.random(16)), toHex(this.#context.chain), summary, terms);
  }

  holding(handles: ReadonlySet<string>): PatientEntry[] {
    const wanted = [...handles];
    const found: PatientEntry[] = [];
    for (const [id, known] of this.#known) {
      // A row that was not looked at yet is searched as it is: most hold none of them.
      const row = known instanceof Uint8Array ? Buffer.from(known.buffer, known.byteOffset, known.length) : undefined;
      if (row && !wanted.some((handle) => row.includes(handle))) continue;
      const entry = this.get(id);
      if (entry && everyCompartment(entry).some(([, handle]) => handles.has(handle))) found.push(entry);
    }
    return found;
  }

  doubled(): PatientEntry[] {
    return [...this.#doubled].map((id) => this.known(id));
  }

  continues(patient: PatientEntry, now: PatientEntry['summary']): boolean {
    return continues(patient.summary, now);
  }

  async withCompartments(wanted: ReadonlyMap<PatientEntry, ReadonlySet<CompartmentName>>): Promise<Map<string, PatientEntry>> {
    const { keyStore, random } = this.#context;
    const entries = new Map<string, PatientEntry>();
    const created: CompartmentKeyEntry[] = [];
    const held: Uint8Array[] = [];
    for (const [entry, categories] of wanted) {
      const handles = { ...entry.handles };
      let changed = false;
      for (const category of categories) {
        const handle = handles[category];
        if (handle !== undefined) held.push(fromHex(handle));
        else {
          created.push({ handle: random(16), epoch: 1, key: random(32) });
          handles[category] = toHex((created.at(-1) as CompartmentKeyEntry).handle);
          changed = true;
        }
      }
      entries.set(entry.id, changed ? { ...entry, handles } : entry);
    }
    // Durable before anything sealed under them is: a crash in between leaves keys that nothing uses.
    if (created.length > 0) await keyStore.putCompartmentKeys(created);
    const missing = held.filter((handle) => keyStore.currentCompartmentKey(handle) === undefined);
    if (missing.length > 0) await keyStore.loadCompartmentKeys(missing);
    return entries;
  }

  row(entry: PatientEntry): VaultRow {
    return this.#context.rows.seal(KIND, this.#key(entry.id), NO_TAG, encodePatient(indexedOf(entry), entry));
  }

  async applied(entries: readonly PatientEntry[]): Promise<void> {
    const found = entries.filter((entry) => entry.id !== CLINIC_DIRECTORY && !entry.takenBack && this.#isNews(entry));
    for (const entry of entries) {
      this.#known.set(entry.id, entry);
      this.#merged.note(entry);
      if (entry.further && entry.id !== CLINIC_DIRECTORY) this.#doubled.add(entry.id);
      else this.#doubled.delete(entry.id);
    }
    if (found.length > 0) await this.#open().put(found.map(indexedOf));
    const gone = entries.flatMap(({ id, takenBack }) => (takenBack ? [id] : []));
    if (gone.length > 0) await this.#open().remove(gone);
  }

  arrived(row: Omit<VaultRow, 'kind'>): PatientEntry {
    const { id, rest } = decodePatient(this.#context.rows.open(KIND, row));
    const theirs = JSON.parse(fromUtf8(rest)) as PatientEntry;
    const ours = this.#known.has(id) ? this.get(id) : undefined;
    return ours ? joined(ours, theirs) : theirs;
  }

  removal(id: string): VaultRow {
    return { kind: KIND, key: this.#key(id), tag: NO_TAG, sealed: null };
  }

  async forgotten(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      this.#known.delete(id);
      this.#merged.forget(id);
      this.#doubled.delete(id);
    }
    await this.#open().remove(ids);
  }

  /** Drops everything: what the directory says, and the index. */
  async close(): Promise<void> {
    this.#known.clear();
    this.#doubled.clear();
    await this.#index?.close();
    this.#index = undefined;
  }

  #open(): SearchIndex {
    if (this.#index) return this.#index;
    throw new Failure('vault.locked', 'The vault is locked. Unlock it with your passphrase.');
  }

  #key(id: string): Uint8Array {
    return this.#context.rows.name(KIND, fromHex(id));
  }

  #indexed(id: string): Indexed | undefined {
    const entry = this.get(id);
    return entry && indexedOf(entry);
  }

  /** Does search have to learn of it? New handles alone change nothing that is looked for. */
  #isNews(now: PatientEntry): boolean {
    const before = this.get(now.id);
    return before === undefined || before.terms !== now.terms || sortNameOf(before) !== sortNameOf(now);
  }

  #newDirectory(): PatientEntry {
    return newPatient(CLINIC_DIRECTORY, toHex(this.#context.chain), NOBODY, '');
  }
}

/** One entry of two desks, the same on both. Who the person is stays as it is here: the newest Patient resource says it. */
function joined(ours: PatientEntry, theirs: PatientEntry): PatientEntry {
  const shared = [...new Set([...ours.shared, ...theirs.shared])];
  const takenBack = ours.takenBack || theirs.takenBack;
  const compartments = joinedCompartments(theirs, ours);
  return { ...ours, ...compartments, shared, record: theirs.record || ours.record, ...(takenBack && { takenBack }) };
}

const saysSo = (row: Uint8Array, words: string): boolean => Buffer.from(row.buffer, row.byteOffset, row.length).includes(words);

function newPatient(id: string, custodian: string, summary: PatientEntry['summary'], terms: string): PatientEntry {
  return { id, handles: {}, custodian, shared: [], record: '', summary, terms };
}

const sortNameOf = ({ summary }: PatientEntry): string => foldText(`${summary.family} ${summary.given.join(' ')}`).slice(0, 200);

function indexedOf(entry: PatientEntry): Indexed {
  const words = `${entry.terms} ${birthDateWord(entry.summary.birthDate)}`;
  return { id: entry.id, sortName: sortNameOf(entry), words };
}

function placeOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (!/^\d{1,16}$/.test(cursor))
    throw new Failure('graphql.cursor', 'This place in a list is not one of ours. Load the list again.');
  return Number(cursor);
}

/** The patient as the schema shows them, for other domains whose answers hold one. */
export const showPatient =
  (context: VaultContext, directory: PatientDirectory) =>
  async (patient: PatientEntry): Promise<Patient> =>
    (await shownPatients(context, directory, [patient]))[0] as Patient;

/** What the registry of domains needs of this one. */
export const patientsDomain = { name: 'patients', sdl: 'shared/patients/patients.graphql', resolvers: patientsResolvers };
