/** Adding and amending FHIR resources by hand: checked, about this patient, and based on what the writer saw. */

import { mayDo } from '../../../shared/access/permissions.ts';
import type { FiledCategory } from '../../../shared/fhir/patient-compartment.ts';
import { STATEMENT_KIND } from '../../../shared/fhir/statement.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { isSignedKind, SIGNED_NOTE } from '../../../shared/records/signed-kinds.ts';
import type { ReadEntry } from '../../fhir/fhir-desk.ts';
import {
  type ChartEntry,
  CLINIC_DIRECTORY,
  type CompartmentName,
  type PatientEntry,
  type RecordDraft,
  type VaultContext,
} from '../../sync/vault-context/vault-context.ts';
import { demandDispensable } from '../medications/dispensing.ts';
import type { Records } from '../records.ts';
import { namesOf } from '../sources.ts';

export interface PutResource {
  readonly patient: string;
  readonly record: string | undefined;
  readonly basedOn: number | undefined;
  /** FHIR R4 JSON, kept as it is. */
  readonly resource: string;
  readonly reason: string | undefined;
}

/** What a writer may see of charts: those that a person opened, or that a program's token opens. */
export interface ReadableCharts {
  /** Whether this clinic keeps the records, and so alone writes in them. */
  keeps(patient: PatientEntry): boolean;
  /** @throws {Failure} `records.unknown`, whether it is not there or not open. */
  entry(patient: string, record: string): Promise<ChartEntry>;
  /** All of a chart that is open. */
  entries(patient: string): Promise<readonly ChartEntry[]>;
  /** @throws {Failure} `records.not-ours`, `access.read-only` unless the decision lets who writes correct that. */
  mayCorrect(patient: PatientEntry, what: ToCorrect): Promise<void>;
}

/** What writing into charts works with. */
export interface PutParts {
  readonly vault: VaultContext;
  readonly charts: ReadableCharts;
  readonly records: Records;
}

/** A record to write: the part of the chart it lies in, and the version that it follows, if any. */
export interface ToCorrect {
  readonly category: CompartmentName;
  readonly before: ChartEntry | undefined;
}

/** A version to put, and its patient where the version changes who they are. */
export interface ResourceDraft {
  readonly draft: RecordDraft;
  readonly owner: PatientEntry | undefined;
}

/**
 * @throws {Failure} `fhir.…` with `details.path`, `records.not-ours`, `records.no-prescriber`, `records.other-patient`, `records.type-changed`,
 * `records.unknown`, `records.signed-note`, `access.read-only`, `dispense.…`.
 * @param isSigning it is signed along with being put: a signed note is amended in no other way
 */
export async function resourceDraft(
  parts: PutParts,
  patient: PatientEntry,
  input: Omit<PutResource, 'patient'>,
  isSigning = false,
): Promise<ResourceDraft> {
  const { charts } = parts;
  if (!charts.keeps(patient)) throw notOurs();
  const { entry, content, before } = await checkedResource(parts, patient, input);
  if (before && isSignedKind(before.kind) && !(isSigning && before.kind === SIGNED_NOTE)) throw signedStays();
  await charts.mayCorrect(patient, { category: entry.category, before });
  if (entry.resourceType === 'MedicationDispense') await demandDispensable(parts, patient, input);
  const owner = entry.person && { ...patient, ...entry.person };
  const { record, basedOn, reason } = input;
  const { category, summary, fhirId } = entry;
  return { draft: { patient: patient.id, record, basedOn, reason, category, kind: 'fhir', content, summary, fhirId }, owner };
}

/** @throws {Failure} as `resourceDraft`, and what `RecordStore.put` throws. */
export async function putResource(parts: PutParts, patient: PatientEntry, input: PutResource): Promise<ChartEntry> {
  const { draft, owner } = await resourceDraft(parts, patient, input);
  return parts.records.put(draft, undefined, owner);
}

/** All of them in one commit, or none. @throws {Failure} as `putResource`, for the first that is refused; `records.too-many-at-once`. */
export async function putResources(
  parts: PutParts,
  inputs: ReadonlyArray<{ readonly owner: PatientEntry; readonly input: PutResource }>,
): Promise<readonly ChartEntry[]> {
  const drafts: ResourceDraft[] = [];
  for (const { owner, input } of inputs) drafts.push(await resourceDraft(parts, owner, input));
  return drafts.length === 0 ? [] : parts.records.putAll(drafts);
}

/** Charts that say beforehand what they would refuse. */
interface AskableCharts {
  get(patient: string): { readonly purpose: string };
  keeps(patient: PatientEntry): boolean;
  corrects(patient: PatientEntry, what: ToCorrect): Promise<boolean>;
}

/** Whether who is signed in may write the next version of a record, sign it or propose it: no screen offers what is refused. */
export async function isAmendable(
  { staff }: VaultContext,
  charts: AskableCharts,
  patient: PatientEntry,
  entry: ChartEntry,
): Promise<boolean> {
  const { kind, resourceType, category } = entry;
  if (kind === STATEMENT_KIND) return false;
  if (resourceType === 'MedicationRequest' && !mayDo(staff.role, 'prescribe')) return false;
  if (!charts.keeps(patient)) return kind === 'fhir' && isTreatment(charts.get(patient.id).purpose);
  if (isSignedKind(kind) && !mayDo(staff.role, 'note.sign')) return false;
  return charts.corrects(patient, { category, before: entry });
}

/** Who treats the patient proposes changes to the clinic that keeps the records; nobody else does. */
export const isTreatment = (purpose: string): boolean => purpose === 'TREAT' || purpose === 'ETREAT';

interface CheckedResource {
  readonly entry: ReadEntry & { readonly category: FiledCategory };
  readonly content: Uint8Array;
  /** What the chart has of the record that it is a version of. */
  readonly before: ChartEntry | undefined;
}

/** A resource that can be written into this patient's chart, as a version of the record that it names. @throws {Failure} as `putResource`. */
export async function checkedResource(
  { vault, charts, records }: Omit<PutParts, 'charts'> & { readonly charts: Pick<ReadableCharts, 'entry'> },
  patient: PatientEntry,
  input: Pick<PutResource, 'record' | 'resource'>,
): Promise<CheckedResource> {
  const { entry, content } = await vault.fhir.check(input.resource);
  const before = input.record === undefined ? undefined : await charts.entry(patient.id, input.record);
  if (entry.resourceType === 'MedicationRequest' && !mayDo(vault.staff.role, 'prescribe')) throw noPrescriber();
  if (before?.kind === STATEMENT_KIND) throw statementStays();
  if (before && before.resourceType !== entry.resourceType) throw typeChanged(before.resourceType);
  const { category } = entry;
  if (category === null || !(await isAbout(records, patient, entry))) throw otherPatient();
  if (entry.person && input.record !== patient.record) throw otherPatient();
  return { entry: { ...entry, category }, content, before };
}

function signedStays(): Failure {
  return new Failure(
    'records.signed-note',
    'Somebody signed this note. It is amended by signing a further version, by who may sign notes.',
  );
}

async function isAbout(records: Records, patient: PatientEntry, { subject, person, fhirId }: ReadEntry): Promise<boolean> {
  if (person) return fhirId === patient.summary.id;
  if (!subject) return false;
  if (subject.type === 'Patient' && (subject.id === patient.summary.id || subject.id === patient.id)) return true;
  const found = await records.sources.find(namesOf(subject.reference));
  return [...found.values()].some((source) => source.isPatient && source.patient === patient.id);
}

function noPrescriber(): Failure {
  return new Failure(
    'records.no-prescriber',
    'Your role does not prescribe. What the patient takes already can be written down as a medication; ask a clinician for the rest.',
  );
}

export function notOurs(): Failure {
  return new Failure(
    'records.not-ours',
    'Another clinic keeps these records and alone writes in them. Propose the change to that clinic.',
  );
}

export function otherPatient(): Failure {
  return new Failure(
    'records.other-patient',
    'This entry does not name the patient of the open chart as the one it is about. Nothing was saved; check the chart.',
  );
}

function statementStays(): Failure {
  return new Failure(
    'records.statement-stays',
    'These are the patient’s own words about a record: nobody changes them. What is to be answered goes to the privacy officer.',
  );
}

function typeChanged(type: string): Failure {
  return new Failure('records.type-changed', `A new version of this record is a ${type} as well. Add another record instead.`);
}

/**
 * Asks the decision before much is written at once. Of patients whose records this clinic keeps the answer about a category is one and the
 * same, so it is asked once. The clinic's own directory is nobody's chart.
 * @throws {Failure} as `ReadableCharts.mayCorrect`.
 */
export async function demandCorrect(
  charts: ReadableCharts,
  wanted: ReadonlyArray<readonly [PatientEntry | undefined, CompartmentName]>,
): Promise<void> {
  const asked = new Set<string>();
  for (const [patient, category] of wanted) {
    if (!patient || patient.id === CLINIC_DIRECTORY) continue;
    const name = charts.keeps(patient) ? category : `${category} ${patient.id}`;
    if (asked.has(name)) continue;
    asked.add(name);
    await charts.mayCorrect(patient, { category, before: undefined });
  }
}
