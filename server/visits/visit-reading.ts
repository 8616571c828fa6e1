/** A visit as its Appointment and Encounter in the chart say it, and who may see it. */
import { mayDo } from '../../shared/access/permissions.ts';
import { purposesOfRole } from '../../shared/consent/decision.ts';
import { fromUtf8 } from '../../shared/encoding/bytes.ts';
import { type FhirResource, isResource } from '../../shared/fhir/fhir-resource.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { appointmentStage, dayOf, encounterStage, readVisit, type VisitFacts } from '../../shared/visits/visit-resources.ts';
import { pathOf, type Stage } from '../../shared/visits/visit-rules.ts';
import type {
  ChartEntry,
  OpenedVersion,
  PatientDirectory,
  PatientEntry,
  RecordStore,
  VaultContext,
} from '../sync/vault-context/vault-context.ts';
import type { VisitRows } from './visit-rows.ts';

/** A visit as it stands. */
export interface Visit {
  /** Record of the Appointment. */
  readonly id: string;
  readonly day: string;
  readonly patient: PatientEntry;
  readonly facts: VisitFacts;
  readonly appointment: VisitRecord;
  /** Undefined while there is none that counts. */
  readonly encounter: VisitRecord | undefined;
  /** Names the versions that this was read from. */
  readonly revision: string;
}

interface VisitRecord {
  readonly entry: ChartEntry;
  readonly resource: FhirResource;
}

/** A version of one of the two records. */
export interface VisitVersion {
  readonly version: OpenedVersion;
  readonly resource: FhirResource;
  /** Undefined where the encounter was entered in error. */
  readonly stage: Stage | undefined;
}

/** Opened versions that are remembered: they never change. */
const MOST_KEPT = 5_000;

export class VisitReading {
  readonly #context: VaultContext;
  readonly #directory: PatientDirectory;
  readonly #records: RecordStore;
  readonly #rows: VisitRows;
  readonly #opened = new Map<string, FhirResource>();

  constructor(context: VaultContext, directory: PatientDirectory, records: RecordStore, rows: VisitRows) {
    this.#context = context;
    this.#directory = directory;
    this.#records = records;
    this.#rows = rows;
  }

  /** By its Appointment; undefined where patient or record are not here any more. */
  async read(patientId: string, id: string): Promise<Visit | undefined> {
    const patient = this.#directory.get(patientId);
    if (!patient) return undefined;
    const entries = await this.#records.entries(patient);
    const begun = this.#rows.encounterOf(id);
    const entry = entries.find(({ record }) => record === id);
    if (!entry) return undefined;
    const found = entries.find(({ record }) => record === begun);
    const appointment = { entry, resource: await this.#newest(patient, entry) };
    const counts = found && encounterStage(found.status) !== undefined;
    const encounter = counts ? { entry: found, resource: await this.#newest(patient, found) } : undefined;
    const facts = readVisit(appointment.resource, encounter?.resource);
    return {
      id,
      day: dayOf(facts.start),
      patient,
      facts,
      appointment,
      encounter,
      revision: `${entry.document}.${found?.document ?? ''}`,
    };
  }

  /**
   * Who reads charts sees a visit when its records are open to them: one that the chart does not have would betray a restriction.
   * The desk that reads none sees who comes.
   */
  async isOpen({ patient, appointment, encounter }: Visit): Promise<boolean> {
    const { role } = this.#context.staff;
    const reading = await this.#context.hooks.reading(patient, purposesOfRole(role)[0] ?? '');
    if (!mayDo(role, 'chart.read')) return reading.categories.has('identity');
    return reading.opens(appointment.entry) && (!encounter || reading.opens(encounter.entry));
  }

  /** A record of the patient's chart, by its id. */
  async entry(patient: PatientEntry, record: string): Promise<ChartEntry | undefined> {
    return (await this.#records.entries(patient)).find((entry) => entry.record === record);
  }

  async #newest(patient: PatientEntry, entry: ChartEntry): Promise<FhirResource> {
    const kept = this.#opened.get(entry.document);
    if (kept) return kept;
    const [newest] = await this.#records.versions(patient, entry);
    const resource = resourceOf(newest as OpenedVersion);
    for (const oldest of this.#opened.keys()) if (this.#opened.size >= MOST_KEPT) this.#opened.delete(oldest);
    this.#opened.set(entry.document, resource);
    return resource;
  }

  /** All versions of one of the two records, the oldest first. */
  async history(patient: PatientEntry, entry: ChartEntry): Promise<VisitVersion[]> {
    const versions = [...(await this.#records.versions(patient, entry))].reverse();
    return versions.map((version) => {
      const resource = resourceOf(version);
      const status = String(resource.status);
      const stage = entry.resourceType === 'Encounter' ? encounterStage(status) : appointmentStage(status);
      return { version, resource, stage };
    });
  }

  /** The versions of a record that count; of an encounter that was entered in error and begun again, those since then. */
  async path(patient: PatientEntry, entry: ChartEntry): Promise<VisitVersion[]> {
    const history = await this.history(patient, entry);
    const begun = history.slice(history.findLastIndex(({ stage }) => stage === undefined) + 1);
    return pathOf(begun, ({ stage }) => stage);
  }
}

function resourceOf({ content }: OpenedVersion): FhirResource {
  const value: unknown = JSON.parse(fromUtf8(content));
  if (isResource(value)) return value;
  throw new Failure('visits.unreadable', 'A record of this visit is no FHIR resource. Run "careledger verify".');
}
