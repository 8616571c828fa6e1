/** Consents as records: FHIR documents in a compartment that no grant opens, found again by the consent's id. */
import { type ConsentRecord, readFhirConsent, writeFhirConsent } from '../../shared/consent/fhir-consent.ts';
import { fromHex, fromUtf8, utf8 } from '../../shared/encoding/bytes.ts';
import type { FhirResource } from '../../shared/fhir/fhir-resource.ts';
import { summarize } from '../../shared/fhir/summary.ts';
import { asFailure, Failure } from '../../shared/outcome/failure.ts';
import { vaultRow } from '../sync/clinic.store.ts';
import type { VaultRow } from '../sync/gateway.ts';
import { NO_TAG } from '../sync/vault-context/sealed-rows.ts';
import type { ChartEntry, OpenedVersion, PatientEntry, RecordDraft } from '../sync/vault-context/vault-context.ts';
import type { ConsentParts } from './consent-parts.ts';
import { withFurtherParts } from './further-parts.ts';

export const CONSENT_KIND = 'consent';
/** A record that only holds its compartment open. */
export const FOLDER_KIND = 'folder';
/** Consent id → patient, so that a consent is found by its id alone. */
const POINTER = 'consent';

export interface FoundConsent {
  readonly patient: PatientEntry;
  readonly entry: ChartEntry;
  readonly versions: readonly OpenedVersion[];
  /** With its parts over further compartments of a category, which the ledger has and the document may not. */
  readonly record: ConsentRecord;
}

/** The version of the record to put; `before` is the entry that it follows. */
export function consentDraft(record: ConsentRecord, before?: ChartEntry): RecordDraft {
  const resource = writeFhirConsent(record) as FhirResource;
  const content = utf8(JSON.stringify(resource));
  return {
    patient: record.choices.patient,
    category: 'consents',
    record: before?.record,
    basedOn: before?.version,
    kind: CONSENT_KIND,
    content,
    summary: summarize(resource),
    fhirId: record.id,
  };
}

export function consentPointer({ context }: Pick<ConsentParts, 'context'>, record: ConsentRecord): VaultRow {
  const key = context.rows.name(POINTER, fromHex(record.id));
  return context.rows.seal(POINTER, key, NO_TAG, fromHex(record.choices.patient));
}

export function noPointer({ context }: ConsentParts, consent: string): VaultRow {
  return { kind: POINTER, key: context.rows.name(POINTER, fromHex(consent)), tag: NO_TAG, sealed: null };
}

/**
 * The consents of a patient of this clinic, newest first. Without one whose document a revoked desk spoke of and never sent, and without
 * what is none: a desk that lies keeps nobody from the others.
 */
export async function consentsOf(parts: ConsentParts, patient: PatientEntry): Promise<FoundConsent[]> {
  const entries = onceEach(await parts.records.present(await parts.records.entries(patient)));
  const found = await Promise.all(entries.map((entry) => openConsent(parts, patient, entry).catch(unreadable)));
  return found.filter((each) => each !== undefined).sort((a, b) => b.record.recordedAt - a.record.recordedAt);
}

function unreadable(error: unknown): undefined {
  if (error instanceof SyntaxError || asFailure(error).code === 'consent.not-a-consent') return undefined;
  throw error;
}

/** @throws {Failure} `consent.unknown`. */
export async function consentById(parts: ConsentParts, id: string): Promise<FoundConsent> {
  const { context, directory, records } = parts;
  if (!/^[0-9a-f]{32}$/.test(id)) throw unknownConsent();
  const key = context.rows.name(POINTER, fromHex(id));
  const row = await vaultRow(context.reader, POINTER, key);
  if (!row) throw unknownConsent();
  const patient = directory.known(Buffer.from(context.rows.open(POINTER, row)).toString('hex'));
  const entry = onceEach(await records.entries(patient)).find(({ fhirId }) => fhirId === id);
  if (!entry) throw unknownConsent();
  return openConsent(parts, patient, entry);
}

/**
 * Each consent once: two desks that took in the same one before they heard of each other wrote a record each. Every desk takes the same
 * of them, the one that went on.
 */
function onceEach(entries: readonly ChartEntry[]): ChartEntry[] {
  const consents = entries.filter(({ kind }) => kind === CONSENT_KIND);
  return [...Map.groupBy(consents, ({ fhirId }) => fhirId).values()].map(([first, ...others]) =>
    others.reduce((one, other) => (goesBefore(other, one) ? other : one), first as ChartEntry),
  );
}

const goesBefore = (one: ChartEntry, other: ChartEntry): boolean =>
  one.version > other.version || (one.version === other.version && one.record < other.record);

/** Whether a consent with exactly these choices was recorded before. */
export async function isRecorded({ context }: ConsentParts, id: string): Promise<boolean> {
  return (await vaultRow(context.reader, POINTER, context.rows.name(POINTER, fromHex(id)))) !== undefined;
}

async function openConsent(parts: ConsentParts, patient: PatientEntry, entry: ChartEntry): Promise<FoundConsent> {
  const { records } = parts;
  const versions = await records.versions(patient, entry);
  const newest = versions[0];
  if (!newest) throw unknownConsent();
  const record = readFhirConsent(JSON.parse(fromUtf8(newest.content)));
  return { patient, entry, versions, record: await withFurtherParts(parts, patient, record) };
}

function unknownConsent(): Failure {
  return new Failure('consent.unknown', 'There is no such consent here. Open the list of consents again.');
}
