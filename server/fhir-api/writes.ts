/**
 * What programs write: checked as at a screen, a version with its author and reason, never in another clinic's records. Nothing is
 * written before the patient's access log says which program did it.
 */

import { mayDo, type Permission } from '../../shared/access/permissions.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { entityTag, type FhirAnswer, json, placeHeaders } from '../../shared/fhir-api/exchange.ts';
import { patched } from '../../shared/fhir-api/json-patch.ts';
import { isDirectoryType } from '../../shared/fhir-api/search-parameters.ts';
import { withId, withOwnReferences } from '../../shared/fhir-api/served-text.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { Patients } from '../patients/patients.ts';
import type { Records } from '../records/records.ts';
import type { ChartEntry, PatientEntry, RecordDraft, VaultContext } from '../sync/vault-context/vault-context.ts';
import { type Found, notHere, type ProgramView, type Served } from './program-view.ts';

/** A write that was checked and is not done yet. */
export interface PlannedWrite {
  readonly draft: RecordDraft;
  readonly patient: PatientEntry;
  /** The patient as new or changed. */
  readonly owner: PatientEntry | undefined;
  /** The id under which the resource is served. */
  readonly id: string;
  readonly type: string;
  readonly isNew: boolean;
}

export interface WriteParts {
  readonly context: VaultContext;
  readonly patients: Patients;
  readonly records: Records;
  readonly view: ProgramView;
  /** Patients whom the same transaction makes, by their ids: they are not in the directory yet. */
  readonly begun: Map<string, PatientEntry>;
}

/** The id that a new resource will have. */
export const newId = ({ random }: VaultContext): string => toHex(random(16));

/**
 * @param id that `newId` gave; a Patient gets it as the directory's own
 * @throws {Failure} `fhir.…`, `fhir-api.type-mismatch`, `fhir-api.may-be-known`, `fhir-api.directory`, `records.not-ours`, `records.other-patient`.
 */
export async function planCreate(parts: WriteParts, type: string, text: string, id: string): Promise<PlannedWrite> {
  const { context, view, records, begun } = parts;
  refuseRole(context, type === 'Patient' ? 'patients.register' : 'chart.write');
  refuseDirectory(type);
  if (type === 'Patient') return planPatient(parts, text, id);
  const { entry } = await context.fhir.check(text);
  if (entry.resourceType !== type) throw typeMismatch(type);
  const whom = entry.subject?.type === 'Patient' ? (entry.subject.id ?? '') : '';
  const fresh = begun.get(whom);
  const patient = fresh ?? (await view.patientOf(whom));
  if (!patient || (!fresh && !(await view.reading(patient)))) throw noPatient();
  const input = {
    record: undefined,
    basedOn: undefined,
    resource: withOwnReferences(withId(text, id), patient.id),
    reason: undefined,
  };
  const { draft } = await records.draftOf(view.charts(patient), patient, input);
  return { draft, patient, owner: fresh, id, type, isNew: true };
}

/** Registers somebody who cannot be one of those that are here: only a person decides that somebody alike is another. */
async function planPatient({ context, patients, view, begun }: WriteParts, text: string, id: string): Promise<PlannedWrite> {
  if (view.token.patient !== '') throw noPatient();
  const { entry, content } = await context.fhir.check(withId(text, id));
  if (entry.resourceType !== 'Patient' || !entry.person) throw typeMismatch('Patient');
  if ((await patients.candidates(entry.person.summary)).length > 0)
    throw new Failure(
      'fhir-api.may-be-known',
      'Somebody like this is here already. Search for them, or have a person at the desk register them.',
    );
  const patient = { ...patients.begin(entry.person.summary, entry.person.terms), id };
  begun.set(id, patient);
  const { summary, fhirId } = entry;
  const draft = { patient: id, category: 'identity', kind: 'fhir', content, summary, fhirId } as const;
  return { draft, patient, owner: patient, id, type: 'Patient', isNew: true };
}

interface Change {
  readonly type: string;
  readonly id: string;
  /** The header: the version that the program saw. */
  readonly ifMatch: string;
}

/** @throws {Failure} `fhir-api.unknown`, `fhir-api.if-match`, `fhir-api.id-mismatch`, `records.version-conflict`, as `planCreate`. */
export async function planUpdate(
  parts: WriteParts,
  { text, ...change }: Change & { readonly text: string },
): Promise<PlannedWrite> {
  const found = await toChange(parts, change);
  refuseOtherVersion(found.entry, change.ifMatch);
  return planVersion(parts, found, change, text);
}

/**
 * What a patch makes of the newest version, of which a program need not say that it saw it: what it relies on it can test.
 * @throws {Failure} as `patched` and `planUpdate`; `records.document-missing`.
 */
export async function planPatch(
  parts: WriteParts,
  { patch, ...change }: Change & { readonly patch: string },
): Promise<PlannedWrite> {
  const found = await toChange(parts, change);
  if (change.ifMatch !== '') refuseOtherVersion(found.entry, change.ifMatch);
  const [served] = await parts.view.serve([{ ...found, id: change.id }]);
  if (!served) throw notHere();
  return planVersion(parts, found, change, patched(served.text, patch));
}

async function toChange({ context, view }: WriteParts, { type, id }: Change): Promise<Found> {
  refuseRole(context, 'chart.write');
  refuseDirectory(type);
  return view.find(type, id);
}

function refuseOtherVersion(entry: ChartEntry, ifMatch: string): void {
  const version = /^(?:W\/)?"([1-9]\d{0,8})"$/.exec(ifMatch.trim())?.[1];
  if (version === undefined)
    throw new Failure('fhir-api.if-match', 'Say which version you changed: If-Match: W/"3", as the ETag of the read says.');
  if (Number(version) !== entry.version)
    throw new Failure('records.version-conflict', 'Somebody else has changed this resource since you read it. Read it again.');
}

async function planVersion(
  { view, records }: WriteParts,
  { patient, entry }: Found,
  { type, id }: Change,
  text: string,
): Promise<PlannedWrite> {
  const given: unknown = (JSON.parse(text) as { id?: unknown }).id;
  if (given !== id) throw new Failure('fhir-api.id-mismatch', 'The id in the resource is not the one in the address.');
  const reason = `FHIR: ${view.token.name}`;
  const input = { record: entry.record, basedOn: entry.version, resource: withOwnReferences(text, patient.id), reason };
  const { draft, owner } = await records.draftOf(view.charts(patient), patient, input);
  return { draft, patient, owner, id, type, isNew: false };
}

/** A condition in an address. @throws {Failure} `fhir-api.parameter-malformed` for one that says nothing. */
export function conditionOf(query: URLSearchParams): string {
  if (query.size > 0) return query.toString();
  throw new Failure(
    'fhir-api.parameter-malformed',
    'Say which resource is meant: in the address by its id, or by a condition such as identifier=123.',
  );
}

/** What is sent for a resource that a condition found: it gets that one's id when it has none, and changes the version that was found. */
export function updateOf({ id, entry }: Served, text: string, ifMatch: string): Omit<Change, 'type'> & { readonly text: string } {
  const given: unknown = (JSON.parse(text) as { id?: unknown }).id;
  return { id, text: given === undefined ? withId(text, id) : text, ifMatch: ifMatch || entityTag(entry.version) };
}

/** @throws {Failure} `fhir-api.unknown`: an id that a program gives makes nothing here. */
export function withoutId(text: string): string {
  if ((JSON.parse(text) as { id?: unknown }).id === undefined) return text;
  throw new Failure(
    'fhir-api.unknown',
    'Nothing fits this condition, and ids of new resources are given here. Send it without an id.',
  );
}

/** What a conditional create answers where one is there already: it, with its place. */
export const foundAnswer = ({ entry, id, text }: Served, base: string): FhirAnswer =>
  json(200, text, placeHeaders(base, { type: entry.resourceType, id, version: entry.version, time: entry.time }));

/** All of them in one commit, or none. @throws {Failure} as `Records.putAll`. */
export function writeAll(records: Records, writes: readonly PlannedWrite[]): Promise<readonly ChartEntry[]> {
  // One entry of the directory for all that is written about a patient: the one that is new or changed.
  const owners = new Map(writes.flatMap(({ patient, owner }) => (owner ? [[patient.id, owner] as const] : [])));
  return records.putAll(writes.map(({ draft, patient }) => ({ draft, owner: owners.get(patient.id) })));
}

function refuseRole({ staff }: VaultContext, permission: Permission): void {
  if (!mayDo(staff.role, permission)) throw notAllowed();
}

/** What the role of the person behind a token does not do. */
export const notAllowed = (): Failure =>
  new Failure(
    'access.not-allowed',
    'The role of the person behind this token does not allow this. Have somebody with that right make a token.',
  );

function refuseDirectory(type: string): void {
  if (isDirectoryType(type))
    throw new Failure(
      'fhir-api.directory',
      'The clinic’s own directory is filled by imports, not by programs. Refer to what is there.',
    );
}

const typeMismatch = (type: string): Failure =>
  new Failure('fhir-api.type-mismatch', `The resource is no ${type}, as the address says.`);

const noPatient = (): Failure =>
  new Failure(
    'records.other-patient',
    'This resource does not name a patient here that is open to this program. Nothing was saved.',
  );
