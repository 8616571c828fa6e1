/** What one program may see: where a resource with an id lies, what is open of a chart to its token, and how it is served. */
import { fromUtf8, toHex } from '../../shared/encoding/bytes.ts';
import { isResourceKind } from '../../shared/fhir/statement.ts';
import { type ScopeAction, scopesAllow } from '../../shared/fhir-api/scopes.ts';
import { isDirectoryType, servedTypes } from '../../shared/fhir-api/search-parameters.ts';
import { ownReferencesIn, servedText, withReferences } from '../../shared/fhir-api/served-text.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { ReadableCharts, Records } from '../records/records.ts';
import {
  type ChartEntry,
  CLINIC_DIRECTORY,
  type OpenedVersion,
  type PatientDirectory,
  type PatientEntry,
  type Reading,
  type VaultContext,
} from '../sync/vault-context/vault-context.ts';
import type { Token } from './tokens.ts';

export interface Found {
  readonly patient: PatientEntry;
  readonly entry: ChartEntry;
  /** Under which it is served, where that is known already. */
  readonly id?: string | undefined;
}

interface Place {
  readonly patient: PatientEntry;
  readonly record: string;
  /** Whether the id is one of the resource's own, which leads here. */
  readonly isNamed: boolean;
}

/** A resource with the id under which it is served. */
export interface Served extends Found {
  readonly id: string;
  /** As it is served. */
  readonly text: string;
}

export const notHere = (): Failure =>
  new Failure(
    'records.document-missing',
    'The record is listed, but its sealed document is not on this computer. Sync, or restore it from a backup.',
  );

/** Ids of what has none of its own: patient and record, hexadecimal. */
const OWN_ID = /^([0-9a-f]{32})([0-9a-f]{32})$/;

interface ViewParts {
  readonly context: VaultContext;
  readonly patients: PatientDirectory;
  readonly records: Records;
  readonly token: Token;
  readonly isWhole?: boolean;
}

export class ProgramView {
  readonly #context: VaultContext;
  readonly #patients: PatientDirectory;
  readonly #records: Records;
  readonly token: Token;
  /** Whether it sees all that the clinic has, what belongs to no patient and is served to no program too: for who takes records out. */
  readonly #isWhole: boolean;

  constructor(parts: ViewParts) {
    this.#context = parts.context;
    this.#patients = parts.patients;
    this.#records = parts.records;
    this.token = parts.token;
    this.#isWhole = parts.isWhole ?? false;
  }

  /** @throws {Failure} `fhir-api.type-unknown`, `fhir-api.scope`. */
  refuse(type: string, action: ScopeAction): void {
    if (!servedTypes.includes(type))
      throw new Failure(
        'fhir-api.type-unknown',
        'There are no resources of this type here. The CapabilityStatement (/metadata) lists them.',
      );
    if (!scopesAllow(this.token.scopes, type, action))
      throw new Failure('fhir-api.scope', `The scopes of this token do not let the program do this with ${type}.`);
  }

  /** The patient whom an id of a Patient resource means, when the token may know of them. */
  async patientOf(id: string): Promise<PatientEntry | undefined> {
    return (await this.recordsOf('Patient', [id]))[0]?.patient;
  }

  /** @throws {Failure} `fhir-api.unknown`: it is not there, or is not open to this token; nobody is told which. */
  async find(type: string, id: string): Promise<Found> {
    const [place] = await this.recordsOf(type, [id]);
    // In whose chart is known: what is not there is looked for as well, so that it takes as long as what is kept from who asks.
    const patient = place?.patient ?? this.#patients.get(this.token.patient);
    const [entry] = patient ? await this.#open(patient, place?.record ?? '', type) : [];
    if (place && entry) return { patient: place.patient, entry, id: place.isNamed && entry.fhirId === id ? id : undefined };
    throw new Failure('fhir-api.unknown', `There is no ${type} with this id here, or it is not open to this program.`);
  }

  /** Entries of a type in a chart that are open to the token, in an order that lasts. @param type of every type it may read when left out */
  async entriesOf(patient: PatientEntry, type?: string): Promise<ChartEntry[]> {
    const reading = await this.reading(patient);
    if (!reading) return [];
    const isWanted = ({ kind, resourceType }: ChartEntry): boolean =>
      isResourceKind(kind) &&
      this.#serves(resourceType, patient) &&
      (type === undefined ? this.mayRead(resourceType) : resourceType === type);
    const entries = await this.#records.entries(patient);
    return entries
      .filter((entry) => isWanted(entry) && reading.opens(entry))
      .sort((one, other) => (one.record < other.record ? -1 : 1));
  }

  /** The patient's own resource, when it is open to the token. */
  async personOf(patient: PatientEntry): Promise<ChartEntry | undefined> {
    return patient.record === '' ? undefined : (await this.#open(patient, patient.record, 'Patient'))[0];
  }

  /** What may be read of a chart now, for the token's purpose. An emergency of the person behind it is none of the program's. */
  async reading(patient: PatientEntry): Promise<Reading | undefined> {
    if (!this.#isOpen(patient)) return undefined;
    const reading = await this.#context.hooks.reading(patient, this.token.purpose, false);
    return reading.categories.size > 0 ? reading : undefined;
  }

  /** This chart for who writes in it: what is not open is not there. */
  charts(patient: PatientEntry): ReadableCharts {
    return {
      keeps: ({ custodian }) => custodian === toHex(this.#context.chain),
      entry: async (_, record) => {
        const reading = await this.reading(patient);
        const entry = (await this.#records.charts.open(patient.id)).get(record);
        if (entry && reading?.opens(entry)) return entry;
        throw new Failure('records.unknown', 'There is no such record here, or it is not open to this program.');
      },
      entries: async () => {
        const reading = await this.reading(patient);
        return (await this.#records.entries(patient)).filter((entry) => reading?.opens(entry));
      },
      mayCorrect: async (_, { category, before }) => {
        const { categories, opens } = await this.#context.hooks.reading(patient, this.token.purpose, false, 'correct');
        if (before ? opens(before) : categories.has(category)) return;
        throw new Failure(
          'access.read-only',
          'Who gave this program its token may not write in this part of a chart for this purpose.',
        );
      },
    };
  }

  /** Records by ids of a type that lie in these charts. */
  async recordsOf(type: string, ids: readonly string[]): Promise<Place[]> {
    const names = ids.filter((id) => !this.#made(id)).map((id) => `${type}/${id}`);
    const sources = await this.#records.sources.find(names);
    return ids.flatMap((id) => {
      const source = sources.get(`${type}/${id}`);
      const made = this.#made(id);
      const patient = made?.patient ?? this.#patients.get(source?.patient ?? '');
      const record = made?.record ?? source?.record ?? '';
      const isOpen = patient && belongs(type, patient) && this.#isOpen(patient);
      return isOpen ? [{ patient, record, isNamed: !made }] : [];
    });
  }

  /** What these references lead to, as far as the token may read it. What leads elsewhere, or is not open, is not there. */
  async referred(references: Iterable<string>): Promise<Map<string, Found>> {
    const found = new Map<string, Found>();
    const asked = [...new Set(references)];
    const targets = await this.#records.sources.targets(asked);
    const readings = new Map<string, Reading | undefined>();
    for (const reference of asked) {
      const made = this.#made(reference.slice(reference.lastIndexOf('/') + 1));
      const source = targets.get(reference);
      const patient = made?.patient ?? this.#patients.get(source?.patient ?? '');
      const record = made?.record ?? source?.record ?? '';
      if (patient && !readings.has(patient.id)) readings.set(patient.id, await this.reading(patient));
      const reading = patient && readings.get(patient.id);
      const entry = reading && (await this.#records.charts.open(patient.id)).get(record);
      const isOpen =
        entry &&
        isResourceKind(entry.kind) &&
        this.#serves(entry.resourceType, patient) &&
        this.mayRead(entry.resourceType) &&
        reading.opens(entry);
      if (isOpen) found.set(reference, { patient, entry });
    }
    return found;
  }

  /** Entries opened for serving; those whose sealed document is not here are left out. */
  async serve(found: readonly Found[]): Promise<Served[]> {
    const opened = await this.#records.newest(found.map(({ entry }) => entry));
    const ids = await this.#idsOf(found);
    const here: Served[] = [];
    for (const [at, each] of found.entries()) {
      const version = opened[at];
      if (version) here.push(await this.#served(each, version, ids[at] as string));
    }
    return here;
  }

  /** Those whose sealed documents are on this computer. */
  present(entries: readonly ChartEntry[]): Promise<ChartEntry[]> {
    return this.#records.present(entries);
  }

  /** A record as it was at a time, in milliseconds; undefined when it was not there yet, or that version is not here. */
  async versionAt(found: Found, at: number): Promise<(Served & { readonly time: number }) | undefined> {
    const versions = await this.versions(found).catch((error: unknown) => {
      if (error instanceof Failure && error.code === 'records.document-missing') return [];
      throw error;
    });
    const then = versions.find(({ version }) => version.time <= at);
    return then && { ...then, time: then.version.time };
  }

  /** Every version of a record that opens here, the newest first. */
  async versions(found: Found): Promise<ReadonlyArray<Served & { readonly version: OpenedVersion }>> {
    const { patient, entry } = found;
    const versions = await this.#records.versions(patient, entry);
    const [id] = await this.#idsOf([found]);
    const each: (Served & { readonly version: OpenedVersion })[] = [];
    for (const version of versions) each.push({ ...(await this.#served({ patient, entry }, version, id as string)), version });
    return each;
  }

  async #served(found: Found, { content, version, time }: OpenedVersion, id: string): Promise<Served> {
    return { ...found, id, text: await this.#inServedWords(found, servedText(fromUtf8(content), { id, version, time })) };
  }

  /** What screens of the desk refer to by ids of the vault, by the ids under which programs find it. */
  async #inServedWords({ patient }: Found, text: string): Promise<string> {
    const named = ownReferencesIn(text);
    if (named.length === 0) return text;
    const [chart, reading] = [await this.#records.charts.open(patient.id), await this.reading(patient)];
    const targets = named.flatMap((name) => {
      const [type, id = ''] = name.split('/');
      const entry = chart.get(type === 'Patient' && id === patient.id ? patient.record : id);
      // What is kept from who asks leads nowhere, as what never was.
      return entry && entry.resourceType === type && reading?.opens(entry) ? [{ name, patient, entry }] : [];
    });
    const ids = await this.#idsOf(targets);
    return withReferences(text, new Map(targets.map(({ name, entry }, at) => [name, `${entry.resourceType}/${ids[at]}`])));
  }

  /** The clinic's own directory, where what belongs to no patient lies. */
  directory(): PatientEntry {
    return this.#patients.get(CLINIC_DIRECTORY) as PatientEntry;
  }

  #serves(type: string, patient: PatientEntry): boolean {
    return this.#isWhole || (belongs(type, patient) && servedTypes.includes(type));
  }

  mayRead(type: string): boolean {
    return scopesAllow(this.token.scopes, type, 'r');
  }

  /** What an id that was made here stands for. One that another clinic's desk made, and that came with its export, is an id like any other. */
  #made(id: string): { readonly patient: PatientEntry; readonly record: string } | undefined {
    const [, whose = '', record = ''] = OWN_ID.exec(id) ?? [];
    const patient = this.#patients.get(whose);
    return patient && { patient, record };
  }

  #isOpen({ id }: PatientEntry): boolean {
    return this.token.patient === '' || this.token.patient === id || id === CLINIC_DIRECTORY;
  }

  async #open(patient: PatientEntry, record: string, type: string): Promise<ChartEntry[]> {
    const reading = await this.reading(patient);
    const entry = reading && (await this.#records.charts.open(patient.id)).get(record);
    return entry && isResourceKind(entry.kind) && entry.resourceType === type && reading?.opens(entry) ? [entry] : [];
  }

  /** The id that a resource has of its own, where it leads to it and to nothing else; one made of patient and record otherwise. */
  async #idsOf(found: readonly Found[]): Promise<string[]> {
    const nameOf = ({ resourceType, fhirId }: ChartEntry): string => `${resourceType}/${fhirId}`;
    const asked = found.filter(({ entry, id }) => id === undefined && entry.fhirId !== '');
    const sources = await this.#records.sources.find(asked.map(({ entry }) => nameOf(entry)));
    // An id that looks like a made one would lead elsewhere.
    const isOwn = (entry: ChartEntry): boolean =>
      sources.get(nameOf(entry))?.record === entry.record && !this.#made(entry.fhirId);
    return found.map(({ patient, entry, id }) => id ?? (isOwn(entry) ? entry.fhirId : patient.id + entry.record));
  }
}

/**
 * Whether resources of a type are served from here: the clinic's own from its directory, all others from patients' charts. What is about
 * a patient who is not known here lies in the directory, and is served to nobody.
 */
const belongs = (type: string, { id }: PatientEntry): boolean => isDirectoryType(type) === (id === CLINIC_DIRECTORY);
