/**
 * Reconciling a patient's medications: what the chart has beside what came from elsewhere, a decision about each line, and one signed act.
 * It writes a list of what was decided (FHIR R4 List) and, in the same commit, the next version of each record that ends.
 */
import { fromUtf8, toHex } from '../../../shared/encoding/bytes.ts';
import { withMember } from '../../../shared/fhir/json-edit.ts';
import { isMedicationList } from '../../../shared/fhir/medication-list.ts';
import { divOfText } from '../../../shared/fhir/plain-narrative.ts';
import { isJsonObject, type JsonObject, type JsonValue, readStrictJson } from '../../../shared/fhir/strict-json.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { encounterNow } from '../../../shared/records/encounter-now.ts';
import {
  decisionsAbout,
  fatesOf,
  isTaken,
  type MedicationDecision,
  type MedicationFate,
  type MedicationLine,
  medicationLines,
  saysWhatIsTaken,
} from '../../../shared/records/medication-lines.ts';
import {
  fateWords,
  type ReconciledMedication,
  reconciledList,
  reconciledText,
  recordsListed,
  restricted,
} from '../../../shared/records/reconciled-list.ts';
import { SIGNED_NOTE } from '../../../shared/records/signed-kinds.ts';
import { clinicNames } from '../../sync/vault-context/clinic-names.ts';
import type { ChartEntry, PatientDirectory, PatientEntry, VaultContext } from '../../sync/vault-context/vault-context.ts';
import type { OpenCharts } from '../open-charts.ts';
import type { Records } from '../records.ts';
import { notOurs, type ResourceDraft, resourceDraft } from '../writing/put-resource.ts';

interface ReconcileParts {
  readonly vault: VaultContext;
  readonly patients: PatientDirectory;
  readonly records: Records;
  readonly charts: OpenCharts;
}

type MedicationOrigin = 'IMPORT' | 'PATIENT' | 'CLINIC';

/** A medication as one of the two sides says it. */
export interface ListedMedication {
  readonly entry: ChartEntry;
  readonly owner: PatientEntry;
  /** The record's exact text. */
  readonly text: string;
  /** Undefined for what the chart had. */
  readonly origin: MedicationOrigin | undefined;
  /** The file, or the clinic's name; '' where there is none. */
  readonly from: string;
}

type Named = ListedMedication & Pick<ChartEntry, 'title' | 'code'>;

interface Reconciliation {
  readonly lines: readonly MedicationLine<Named>[];
  /** The newest signed list of this chart. */
  readonly last: ChartEntry | undefined;
}

/** What is decided about one line; `line` is `lineName` of it. */
interface LineDecision {
  readonly line: string;
  readonly decision: MedicationDecision;
}

interface ToReconcile {
  readonly patient: string;
  /** Another clinic's chart of the same person, which is open. */
  readonly other: string | undefined;
  /** FHIR dateTime. */
  readonly at: string;
  readonly decisions: readonly LineDecision[];
}

/** Names a line by its records and their versions, so that nothing is decided about what was not seen. */
export const lineName = ({ chart, came }: MedicationLine<ListedMedication>): string =>
  [...chart, ...came].map(({ entry }) => `${entry.record}.${entry.version}`).join(' ');

/**
 * The two sides as they stand. What an import brought or the patient said is on the other side until a list was signed that names it.
 * @throws {Failure} `access.chart-not-open`, also for the other chart; as `openVersion`.
 */
export async function reconciliationOf(
  parts: ReconcileParts,
  patient: string,
  other: string | undefined,
): Promise<Reconciliation> {
  const chart = await parts.charts.chart(patient);
  const lists = chart.all().filter(({ kind, resourceType }) => kind === SIGNED_NOTE && resourceType === 'List');
  const settled = new Map<string, number>();
  for (const [at, opened] of (await parts.records.newest(lists)).entries()) {
    const list = opened && objectOf(fromUtf8(opened.content));
    const time = lists[at]?.time ?? 0;
    if (list && isMedicationList(list))
      for (const record of recordsListed(list)) settled.set(record, Math.max(time, settled.get(record) ?? 0));
  }
  const own = await listed(parts, patient);
  const isSettled = ({ entry }: Named): boolean => (settled.get(entry.record) ?? -1) >= entry.time;
  const came = own.filter((each) => each.origin !== undefined && !isSettled(each));
  const theirs = other === undefined ? [] : await listed(parts, other);
  const ours = own.filter((each) => !came.includes(each)).map((each) => ({ ...each, origin: undefined, from: '' }));
  const last = lists.sort((one, two) => two.time - one.time)[0];
  return { lines: medicationLines(ours, [...came, ...theirs]), last };
}

/** What an open chart says is taken now, newest first. */
async function listed({ vault, patients, records, charts }: ReconcileParts, patient: string): Promise<Named[]> {
  const chart = await charts.chart(patient);
  const entries = (chart.sections.get('medication') ?? []).filter((entry) => saysWhatIsTaken(entry) && isTaken(entry));
  const opened = await records.newest(entries);
  const { custodian } = patients.known(patient);
  const isForeign = custodian !== toHex(vault.chain);
  const clinic = isForeign ? ((await clinicNames(vault.gateway, [custodian])).get(custodian) ?? custodian) : '';
  const found: Named[] = [];
  for (const [at, entry] of entries.entries()) {
    const version = opened[at];
    if (!version) continue;
    const text = fromUtf8(version.content);
    const owner = await charts.ownerOf(patient, entry.record);
    const origin = isForeign ? 'CLINIC' : isSaidByPatient(text) ? 'PATIENT' : version.isImported ? 'IMPORT' : undefined;
    const from = isForeign ? clinic : origin === 'IMPORT' ? (version.file ?? '') : '';
    found.push({ entry, owner, text, origin, from, title: entry.title, ...(entry.code ? { code: entry.code } : {}) });
  }
  return found;
}

/** What was decided, each record with its fate. @throws {Failure} `records.reconcile-changed`, `records.reconcile-open`, `records.not-ours`. */
async function decided(
  parts: ReconcileParts,
  { patient, other, decisions }: ToReconcile,
): Promise<ReadonlyArray<readonly [Named, MedicationFate]>> {
  if (!parts.charts.keeps(parts.patients.known(patient))) throw notOurs();
  const { lines } = await reconciliationOf(parts, patient, other);
  const wanted = new Map(decisions.map(({ line, decision }) => [line, decision]));
  const names = new Set(lines.map(lineName));
  if (lines.length === 0 || [...wanted.keys()].some((name) => !names.has(name))) throw listChanged();
  return lines.flatMap((line) => {
    const decision = wanted.get(lineName(line));
    if (decision === undefined || !decisionsAbout(line).includes(decision)) throw stillOpen();
    return fatesOf(line, decision);
  });
}

/** The records of one list: protected ones have a list of their own, under the same key as they are. */
interface Part {
  readonly isProtected: boolean;
  readonly text: string;
  readonly list: (div: string, encounter: string | undefined) => string;
}

function partsOf({ staff }: VaultContext, owner: PatientEntry, at: string, fates: Awaited<ReturnType<typeof decided>>): Part[] {
  const { fullName, birthDate } = owner.summary;
  const isProtected = ([{ entry }]: (typeof fates)[number]): boolean => entry.category === 'sensitive';
  return [...Map.groupBy(fates, isProtected)].map(([hidden, own]) => {
    const reconciled = {
      at,
      patient: { id: owner.id, name: fullName, birthDate },
      signer: { id: toHex(staff.id), name: staff.name },
      medications: own.map(([medication, fate]) => told(medication, fate)),
    };
    return {
      isProtected: hidden,
      text: reconciledText(reconciled),
      list: (div, encounter) => reconciledList(reconciled, div, { encounter, isProtected: hidden }),
    };
  });
}

function told({ entry, origin, from }: Named, fate: MedicationFate): ReconciledMedication {
  const reference = origin === 'CLINIC' ? undefined : `${entry.resourceType}/${entry.record}`;
  const source = origin === 'PATIENT' ? 'said by the patient' : from;
  return { title: entry.title, dosage: entry.value?.text ?? '', reference, from: source, fate };
}

/** The exact words that signing covers. @throws {Failure} as `signReconciliation`. */
export async function reconciliationText(parts: ReconcileParts, wanted: ToReconcile): Promise<string> {
  const owner = parts.patients.known(wanted.patient);
  const fates = await decided(parts, wanted);
  return partsOf(parts.vault, owner, wanted.at, fates)
    .map(({ text }) => text)
    .join('\n');
}

/**
 * Signs with the key of who is signed in; all of it is durable when it resolves, or none.
 * @throws {Failure} `access.chart-not-open`, `records.reconcile-changed`, `records.reconcile-open`, `vault.passphrase-wrong`; as `resourceDraft`
 * and `Records.putAll`.
 */
export async function signReconciliation(
  parts: ReconcileParts,
  wanted: ToReconcile,
  passphrase: string,
): Promise<readonly ChartEntry[]> {
  const { vault, patients, records, charts } = parts;
  const owner = patients.known(wanted.patient);
  const fates = await decided(parts, wanted);
  const encounter = encounterNow((await charts.chart(owner.id)).all(), vault.clock());
  const drafts: ResourceDraft[] = [];
  for (const part of partsOf(vault, owner, wanted.at, fates)) {
    const resource = part.list(divOfText(part.text), encounter === undefined ? undefined : `Encounter/${encounter}`);
    const { draft } = await resourceDraft(parts, owner, newRecord(resource));
    drafts.push({ draft: { ...draft, kind: SIGNED_NOTE, event: 'note.signed' }, owner: undefined });
  }
  for (const [medication, fate] of fates) drafts.push(...(await changesOf(parts, owner, wanted.at, medication, fate)));
  await vault.keyStore.confirm(passphrase);
  return records.putAll(drafts);
}

const newRecord = (resource: string) => ({ resource, record: undefined, basedOn: undefined, reason: undefined });

/** What a fate writes beside the list. Nothing is written into another clinic's chart. */
async function changesOf(
  parts: ReconcileParts,
  owner: PatientEntry,
  at: string,
  medication: Named,
  fate: MedicationFate,
): Promise<ResourceDraft[]> {
  const { entry, text, origin } = medication;
  const put = (whose: PatientEntry, input: Parameters<typeof resourceDraft>[2]): Promise<ResourceDraft> =>
    resourceDraft(parts, whose, input);
  if (origin === 'CLINIC')
    return fate === 'taken-over' ? [await put(owner, newRecord(statementOf(medication, owner, at, 'active')))] : [];
  if (fate === 'goes-on' || fate === 'taken-over') return [];
  const isOrder = entry.resourceType === 'MedicationRequest';
  const status = fate === 'not-taken' && !isOrder ? 'not-taken' : 'stopped';
  const why = { text: fateWords(fate) };
  const resource = withMember(
    withMember(text, 'status', JSON.stringify(status)),
    'statusReason',
    JSON.stringify(isOrder ? why : [why]),
  );
  const reason = `Medication reconciliation: ${fateWords(fate)}`;
  const ended = await put(medication.owner, { record: entry.record, basedOn: entry.version, resource, reason });
  // An order cannot say that it was not followed: FHIR has a statement for that.
  if (!isOrder || fate !== 'not-taken') return [ended];
  return [ended, await put(medication.owner, newRecord(statementOf(medication, medication.owner, at, 'not-taken')))];
}

/** A statement about a medication that another record, or another clinic, has ordered. */
function statementOf(
  { entry, text, from, origin }: Named,
  owner: PatientEntry,
  at: string,
  status: 'active' | 'not-taken',
): string {
  const { medicationCodeableConcept } = objectOf(text);
  const isForeign = origin === 'CLINIC';
  const order = { reference: `${entry.resourceType}/${entry.record}`, display: entry.title };
  const patient = { reference: `Patient/${owner.id}` };
  const dosage = entry.value?.text;
  return JSON.stringify({
    resourceType: 'MedicationStatement',
    meta: entry.category === 'sensitive' ? restricted : undefined,
    basedOn: isForeign ? undefined : [order],
    status,
    medicationCodeableConcept: medicationCodeableConcept ?? { text: entry.title },
    subject: patient,
    dateAsserted: at,
    informationSource: isForeign ? { type: 'Organization', display: from } : patient,
    dosage: dosage === undefined || status === 'not-taken' ? undefined : [{ text: dosage }],
  });
}

function isSaidByPatient(text: string): boolean {
  const { informationSource }: Readonly<Record<string, JsonValue | undefined>> = objectOf(text);
  if (!isJsonObject(informationSource)) return false;
  const { type, reference } = informationSource;
  return type === 'Patient' || (typeof reference === 'string' && /(?:^|\/)Patient\//.test(reference));
}

function objectOf(text: string): JsonObject {
  const { value } = readStrictJson(text, { fhir: false });
  return isJsonObject(value) ? value : {};
}

function listChanged(): Failure {
  return new Failure(
    'records.reconcile-changed',
    'The medications have changed since you opened the list. Look at it again; what you decided about the other lines stays.',
  );
}

function stillOpen(): Failure {
  return new Failure(
    'records.reconcile-open',
    'A line has no decision yet, or one that it cannot have. Decide about each, then sign.',
  );
}
