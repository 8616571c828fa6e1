/** Whose each resource of an import is, and whether it was here before. Nothing is written: an import asks as it goes, a dry run asks alone. */
import { fromHex, fromUtf8, toHex } from '../../../shared/encoding/bytes.ts';
import { isResource } from '../../../shared/fhir/fhir-resource.ts';
import { ageOf, isNewer, type VersionAge } from '../../../shared/records/import-age.ts';
import type { ReadEntry } from '../../fhir/fhir-desk.ts';
import { readDocument } from '../../sync/clinic.store.ts';
import {
  CLINIC_DIRECTORY,
  type CompartmentName,
  type OpenedVersion,
  type PatientDirectory,
  type PatientEntry,
  type VaultContext,
} from '../../sync/vault-context/vault-context.ts';
import { sha256, sha256Hex } from '../../vault/primitives.ts';
import type { Records } from '../records.ts';
import { identifierName, idName, namesOf, type Source, sameContent } from '../sources.ts';
import { attachmentIn, type FilesBeside } from './files-beside.ts';

/** A resource that is to be taken in. */
export interface Placed {
  readonly item: ReadEntry;
  readonly content: Uint8Array;
  readonly contentHash: Uint8Array;
  readonly primary: string;
  readonly owner: string;
  readonly category: CompartmentName;
  readonly before: Source | undefined;
  /** Whether it makes its person. */
  readonly isNewPerson: boolean;
}

/** `present`: it is here; `older`: what is here is newer, or may be; `later`: its patient may still come. */
export type Place = Placed | 'present' | 'older' | 'later';

/** What was here of a record before. */
interface History {
  /** SHA-256 of each version's text, hexadecimal. */
  readonly hashes: ReadonlySet<string>;
  /** The newest version's text, or what is left of it. */
  readonly newest: Uint8Array | VersionAge | undefined;
  /** When a person wrote the newest version here, in milliseconds; undefined when an import brought it. */
  readonly writtenHere: number | undefined;
}

export class Placing {
  readonly #context: VaultContext;
  readonly #patients: PatientDirectory;
  readonly #records: Records;
  /** Names as they lead before and, on top, after what was placed so far. */
  #known = new Map<string, Source>();
  readonly named = new Map<string, Source>();
  /** New and changed people, and whoever gets a new compartment. */
  readonly people = new Map<string, PatientEntry>();
  readonly #histories = new Map<string, History>();

  constructor(context: VaultContext, patients: PatientDirectory, records: Records) {
    this.#context = context;
    this.#patients = patients;
    this.#records = records;
  }

  /** Each of a batch with its place, people first. @param last whether nothing more follows: what then names an unknown patient goes to the clinic's directory */
  async *places(
    read: readonly ReadEntry[],
    bytes: Uint8Array,
    last: boolean,
    beside: FilesBeside,
  ): AsyncGenerator<readonly [ReadEntry, Place]> {
    const contents = new Map(read.map((item) => [item, bytes.subarray(item.start, item.start + item.length)]));
    await this.#lookUp(read, contents);
    for (const item of [...read.filter(({ person }) => person), ...read.filter(({ person }) => !person)])
      yield [item, await this.#place(item, contents.get(item) as Uint8Array, last, beside)];
  }

  entry(id: string): PatientEntry | undefined {
    return this.people.get(id) ?? this.#patients.get(id);
  }

  source(name: string): Source | undefined {
    return this.named.get(name) ?? this.#known.get(name);
  }

  /** Lets go of the texts of a batch; what is to be known of them stays. */
  forgetTexts(): void {
    for (const [record, history] of this.#histories)
      if (history.newest instanceof Uint8Array) this.#histories.set(record, { ...history, newest: ageIn(history.newest) });
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

  async #place(item: ReadEntry, content: Uint8Array, last: boolean, beside: FilesBeside): Promise<Place> {
    const primary = primaryName(item, content);
    const contentHash = sha256(content);
    const before = this.source(primary);
    const known = item.person ? this.#knownPerson(item.person, before) : this.#owner(item, last);
    if (known === undefined && !item.person) return 'later';
    const same = before?.patient === known ? before : undefined;
    const isHere = same && (sameContent(same, contentHash) || (await this.#wasHere(same, contentHash)));
    if (isHere && !(await this.#bringsFile(same, item.resourceType, content, beside))) return 'present';
    if (same && !isHere && !(await this.#isNewer(same, content))) return 'older';
    const owner = item.person ? this.#person(item.person, known) : (known as string);
    // The names hold at once: what follows may refer to it, or be it again. The record id is set when it is sealed.
    const source = {
      record: same?.record ?? toHex(this.#context.random(16)),
      patient: owner,
      isPatient: item.person !== undefined,
      contentHash,
    };
    this.#remember(source, content);
    this.named.set(primary, source);
    for (const name of otherNames(item)) {
      const taken = this.source(name);
      // An identifier that two resources claim stays with the first; a fullUrl is the newest one's.
      if (!taken || taken.patient === owner || name === item.fullUrl) this.named.set(name, source);
    }
    const category = item.category ?? 'directory';
    const isNewPerson = item.person !== undefined && known === undefined;
    return { item, content, contentHash, primary, owner, category, before: same, isNewPerson };
  }

  /** The person a Patient resource is: the one it was under this id before, unless only the id agrees. */
  #knownPerson({ summary }: NonNullable<ReadEntry['person']>, before: Source | undefined): string | undefined {
    const known = before?.isPatient ? this.entry(before.patient) : undefined;
    return known && this.#patients.continues(known, summary) ? known.id : undefined;
  }

  /** The person as the resource has them now, or a new one. */
  #person({ summary, terms }: NonNullable<ReadEntry['person']>, id: string | undefined): string {
    const known = id === undefined ? undefined : this.entry(id);
    if (known) {
      const unchanged = known.terms === terms && JSON.stringify(known.summary) === JSON.stringify(summary);
      if (!unchanged) this.people.set(known.id, { ...known, summary, terms });
      return known.id;
    }
    const person = this.#patients.begin(summary, terms);
    this.people.set(person.id, person);
    return person.id;
  }

  /** Whether this text is one of the record's earlier versions: an older export, which changes nothing. */
  async #wasHere(source: Source, contentHash: Uint8Array): Promise<boolean> {
    return (await this.#history(source)).hashes.has(toHex(contentHash));
  }

  /** Whether a record that is here comes with its file this time, which was not beside it before. */
  async #bringsFile(source: Source, resourceType: string, content: Uint8Array, beside: FilesBeside): Promise<boolean> {
    const named = attachmentIn(resourceType, content);
    if (!named || !(await beside.at(named))) return false;
    const { newest, writtenHere } = await this.#history(source);
    const here = newest instanceof Uint8Array && writtenHere === undefined ? attachmentIn(resourceType, newest) : undefined;
    const [piece] = here?.pieces ?? [];
    return piece !== undefined && (await readDocument(this.#context.reader, fromHex(piece))) === undefined;
  }

  async #isNewer(source: Source, content: Uint8Array): Promise<boolean> {
    const { newest, writtenHere } = await this.#history(source);
    const [theirs, ours] = [ageIn(content), newest instanceof Uint8Array ? ageIn(newest) : newest];
    return !theirs || !ours || isNewer(theirs, ours, writtenHere);
  }

  /** What this desk has had of a record, what was placed so far included. */
  async #history(source: Source): Promise<History> {
    const kept = this.#histories.get(source.record);
    if (kept) return kept;
    const owner = this.entry(source.patient);
    const entry = owner && (await this.#records.charts.open(owner.id)).get(source.record);
    const versions = entry ? standing(await this.#records.versions(owner, entry)) : [];
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
      const source = this.source(name);
      if (source?.isPatient) return source.patient;
      // What the name leads to is no patient: a location's reading, a device.
      if (source) return CLINIC_DIRECTORY;
    }
    return last ? CLINIC_DIRECTORY : undefined;
  }
}

/** Versions without those that were taken back: what was undone may come again. @param versions the newest first */
function standing(versions: readonly OpenedVersion[]): OpenedVersion[] {
  let until = Number.POSITIVE_INFINITY;
  return versions.filter(({ version, takesBack }) => {
    if (version >= until) return false;
    until = takesBack ?? until;
    return takesBack === undefined;
  });
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
