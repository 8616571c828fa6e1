/** Charts and records in the words of the schema. */

import { fromHex, fromUtf8, toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { foldText } from '../../shared/fhir/patient-summary.ts';
import { referencesIn } from '../../shared/fhir/references.ts';
import { differenceOf } from '../../shared/records/difference.ts';
import { isTaken } from '../../shared/records/medication-lines.ts';
import { recordKey, recordRow } from '../../shared/records/record-rules.ts';
import { saferOf, warningsIn } from '../../shared/records/safety-facts.ts';
import { isSignedKind } from '../../shared/records/signed-kinds.ts';
import type { ChartItem, ChartRecord, ChartSummary, Progress, RecordVersion, Section } from '../graphql/generated/vault.ts';
import { type DocumentProgress, progressOf, readSetting } from '../sync/clinic.store.ts';
import { clinicNames } from '../sync/vault-context/clinic-names.ts';
import { compartmentsOf } from '../sync/vault-context/patient-compartments.ts';
import type { ChartEntry, OpenedVersion, PatientEntry, VaultContext } from '../sync/vault-context/vault-context.ts';
import type { Chart } from './charts.ts';
import type { Conflicts } from './conflicts/conflicts.ts';
import type { Records } from './records.ts';
import type { RecordsRequest } from './records-request.ts';

/** How far acts have got, asked once for all that a page shows. */
class ProgressPage {
  readonly #documents: ReadonlyMap<string, DocumentProgress>;
  readonly #witnessed: number;

  private constructor(documents: ReadonlyMap<string, DocumentProgress>, witnessed: number) {
    this.#documents = documents;
    this.#witnessed = witnessed;
  }

  static async of({ reader }: VaultContext, documents: readonly string[]): Promise<ProgressPage> {
    const [known, setting] = await Promise.all([progressOf(reader, documents.map(fromHex)), readSetting(reader, 'witnessed')]);
    return new ProgressPage(known, Number(setting?.toString().split(' ')[0] ?? 0));
  }

  progress(document: string): Progress {
    const known = this.#documents.get(document);
    if (known?.position != null && known.position < this.#witnessed) return 'WITNESSED';
    return known?.accepted ? 'ACCEPTED' : 'SAVED';
  }

  position(document: string): number | null {
    return this.#documents.get(document)?.position ?? null;
  }

  dispute(document: string): string | null {
    return this.#documents.get(document)?.reason ?? null;
  }
}

/** @param chart what is open of it */
export async function itemsOf(
  context: VaultContext,
  conflicts: Conflicts,
  patient: PatientEntry,
  chart: Chart,
  entries: readonly ChartEntry[],
): Promise<ChartItem[]> {
  const documents = entries.map(({ document }) => document);
  const [page, outdated] = await Promise.all([ProgressPage.of(context, documents), outdatedOf(context, patient, entries)]);
  const waiting = waitingHere(context, conflicts, patient);
  return entries.map((entry) => itemOf(entry, chart, page, outdated, waiting));
}

/** One of them, in the chart of `patient`, which is open. */
export async function chartItem(
  { vault, patients, charts, conflicts }: Pick<RecordsRequest, 'vault' | 'patients' | 'charts' | 'conflicts'>,
  patient: string,
  entry: ChartEntry,
): Promise<ChartItem> {
  const [item] = await itemsOf(vault, conflicts, patients.known(patient), await charts.chart(patient), [entry]);
  return item as ChartItem;
}

/** What waits to be settled by this clinic; what it has proposed to another one waits there. */
const waitingHere = (
  { chain }: VaultContext,
  conflicts: Conflicts,
  { id, custodian }: PatientEntry,
): ReturnType<Conflicts['of']> => (custodian === toHex(chain) ? conflicts.of(id) : new Map());

/**
 * Records of another clinic's patient of which the ledger has a newer version than is here: the hub holds its document back, or
 * it is on its way. An old version must not look like the newest.
 */
async function outdatedOf(
  { chain, gateway }: VaultContext,
  patient: PatientEntry,
  entries: readonly ChartEntry[],
): Promise<ReadonlySet<string>> {
  if (patient.custodian === toHex(chain)) return new Set();
  const places = entries.flatMap(({ category, record }) =>
    compartmentsOf(patient, category).map((handle) => ({ record, key: recordKey(handle, record) })),
  );
  const found = await gateway.state(places.map(({ key }) => key));
  const rows = new Map(places.flatMap(({ record }, at) => (found[at] ? [[record, found[at]] as const] : [])));
  const isBehind = (entry: ChartEntry, row: Uint8Array | undefined): boolean => {
    const newest = row && decode(recordRow, row);
    return newest !== undefined && newest.version >= entry.version && toHex(newest.document) !== entry.document;
  };
  return new Set(entries.filter((entry) => isBehind(entry, rows.get(entry.record))).map(({ record }) => record));
}

const NEWER_NOT_HERE = 'newer-version-not-here';

function itemOf(
  entry: ChartEntry,
  chart: Chart,
  page: ProgressPage,
  outdated: ReadonlySet<string>,
  waiting: ReturnType<Conflicts['of']>,
): ChartItem {
  const { value } = entry;
  return {
    id: entry.record,
    section: sectionName(entry),
    resourceType: entry.resourceType,
    title: entry.title,
    code: entry.code?.code ?? null,
    codeSystem: entry.code?.system || null,
    date: entry.date || null,
    status: entry.status || null,
    value: value ? (value.number ?? withoutUnit(value.text, value.unit)) : null,
    unit: value?.unit ?? null,
    low: value?.low ?? null,
    high: value?.high ?? null,
    detail: null,
    version: entry.version,
    author: entry.authorName,
    recordedAt: entry.time,
    progress: page.progress(entry.document),
    dispute: page.dispute(entry.document) ?? (outdated.has(entry.record) ? NEWER_NOT_HERE : null),
    waiting: (waiting.get(entry.record) ?? []).map(({ document }) => document),
    proposedBy: null,
    disagreements: chart
      .statementsAbout(entry.record)
      .map(({ record, date, about }) => ({ record, date, words: about?.words ?? '' })),
  };
}

export const sectionName = ({ section }: Pick<ChartEntry, 'section'>): Section => section.toUpperCase() as Section;

/** `122/84 mm[Hg]` with its unit apart. */
function withoutUnit(text: string, unit: string | undefined): string {
  return unit !== undefined && text.endsWith(` ${unit}`) ? text.slice(0, -unit.length - 1) : text;
}

const ENDED: ReadonlySet<string> = new Set(['inactive', 'resolved', 'remission', 'entered-in-error', 'refuted']);
const isOpenOrder = ({ resourceType, status }: ChartEntry): boolean =>
  resourceType === 'ServiceRequest' && (status === 'active' || status === 'on-hold');
/** What is booked is no encounter; once the patient came, the Encounter stands beside its Appointment. */
const isNoPlan = ({ resourceType }: ChartEntry): boolean => resourceType !== 'Appointment';
const FIRST_LOOK = 12;
const LAST_ENCOUNTERS = 5;

/** What the first look needs. While versions of a warning disagree, the one that warns is shown; a warning that is proposed warns at once. */
export async function summaryOf(
  context: VaultContext,
  conflicts: Conflicts,
  patient: PatientEntry,
  chart: Chart,
  categories: ReadonlySet<string>,
): Promise<ChartSummary> {
  const { sections } = chart;
  const waiting = conflicts.of(patient.id);
  const proposed = (await conflicts.proposed(patient.id)).filter(({ entry }) => categories.has(entry.category));
  const safest = (entry: ChartEntry): ChartEntry => {
    const late = new Set(waiting.get(entry.record)?.map(({ document }) => document));
    if (late.size === 0) return entry;
    const here = chart.versionsOf(entry.record).filter(({ document }) => late.has(document));
    const theirs = proposed.map((each) => each.entry).filter(({ record }) => record === entry.record);
    return saferOf(entry, [...here, ...theirs]);
  };
  const inForce = (section: 'allergy' | 'problem'): ChartEntry[] =>
    (sections.get(section) ?? []).map(safest).filter(({ status }) => !ENDED.has(status));
  const medications = (sections.get('medication') ?? []).map(safest);
  const newest = new Map<string, ChartEntry>();
  for (const entry of sections.get('vital') ?? []) {
    const code = entry.code?.code ?? entry.title;
    if (!newest.has(code) && newest.size < FIRST_LOOK) newest.set(code, entry);
  }
  const warnings = proposed
    .map(({ entry }) => entry)
    .filter((entry) => entry.section === 'allergy' && !chart.get(entry.record) && !ENDED.has(entry.status));
  const parts = [
    [...warnings, ...inForce('allergy')].slice(0, 50),
    inForce('problem').slice(0, 50),
    medications.filter((entry) => isTaken(entry) && entry.resourceType !== 'List').slice(0, 50),
    [...newest.values()],
    (sections.get('encounter') ?? []).filter(isNoPlan).slice(0, LAST_ENCOUNTERS),
    (sections.get('procedure') ?? []).filter(isOpenOrder).slice(0, FIRST_LOOK),
    warningsIn(chart.all().map(safest)).slice(0, FIRST_LOOK),
  ];
  const shown = parts.flat();
  const clinics = new Map(proposed.map(({ entry, clinic }) => [entry.document, clinic]));
  const names = await clinicNames(context.gateway, clinics.values());
  const items = (await itemsOf(context, conflicts, patient, chart, shown)).map((item, at) => {
    const clinic = clinics.get(shown[at]?.document ?? '');
    return clinic === undefined ? item : { ...item, proposedBy: names.get(clinic) ?? clinic };
  });
  const [allergies = [], problems = [], taken = [], vitals = [], encounters = [], orders = [], cautions = []] = parts.map(
    (part) => items.splice(0, part.length),
  );
  return { allergies, problems, medications: taken, vitals, encounters, orders, cautions };
}

/** The entries of a section that have every word of `search` in them. */
export function matching(entries: readonly ChartEntry[], search: string): readonly ChartEntry[] {
  const words = foldText(search).split(' ').filter(Boolean);
  if (words.length === 0) return entries;
  return entries.filter(({ title, code, value, status, date }) => {
    const text = foldText(`${title} ${code?.code ?? ''} ${value?.text ?? ''} ${status} ${date}`);
    return words.every((word) => text.includes(word));
  });
}

/**
 * A record with each of its versions, what changed from one to the next, and what it refers to that is not here; whether it may be
 * amended is the decision's to say. @param chart what is open of it: a reference to an entry that is not leads nowhere
 */
export async function recordOf(
  { vault: context, records, conflicts }: { vault: VaultContext; records: Records; conflicts: Conflicts },
  patient: PatientEntry,
  chart: Chart,
  entry: ChartEntry,
): Promise<Omit<ChartRecord, 'amendable' | 'disputable'>> {
  const versions = await records.versions(patient, entry);
  const page = await ProgressPage.of(
    context,
    versions.map(({ document }) => document),
  );
  const names = await clinicNames(
    context.gateway,
    versions.flatMap(({ proposedBy }) => (proposedBy ? [proposedBy.clinic] : [])),
  );
  const newest = fromUtf8((versions[0] as OpenedVersion).content);
  // What was written here refers to its patient, and to records of its chart, by the names that this vault gave.
  const own = `Patient/${patient.id}`;
  const references = referencesIn(JSON.parse(newest) as { resourceType?: unknown }).filter(
    ({ kind, reference, id }) => kind !== 'contained' && reference !== own && !(id !== undefined && chart.get(id)),
  );
  return {
    item: itemOf(entry, chart, page, await outdatedOf(context, patient, [entry]), waitingHere(context, conflicts, patient)),
    undoable: entry.version > 1 && (await conflicts.settledBy(patient, entry)).length > 0,
    resource: newest,
    history: versions.map((version, at) => versionOf(version, versions[at + 1], page, names)),
    missingReferences: await records.sources.missing(
      references.map(({ reference }) => reference),
      (source) => source.patient !== patient.id || chart.get(source.record) !== undefined,
    ),
  };
}

function versionOf(
  version: OpenedVersion,
  before: OpenedVersion | undefined,
  page: ProgressPage,
  clinics: ReadonlyMap<string, string>,
): RecordVersion {
  const { proposedBy } = version;
  const resource = fromUtf8(version.content);
  return {
    version: version.version,
    document: version.document,
    author: version.authorName,
    authorId: version.author,
    at: version.time,
    reason: version.reason ?? null,
    // A note enters the ledger only with the signature of who answers for it.
    importedFrom: version.isImported ? (version.file ?? '') : null,
    personallySigned: isSignedKind(version.kind) && version.merge === undefined,
    merge: version.merge ?? null,
    proposedBy: proposedBy
      ? { author: proposedBy.authorName, clinic: clinics.get(proposedBy.clinic) ?? proposedBy.clinic, at: proposedBy.time }
      : null,
    progress: page.progress(version.document),
    dispute: page.dispute(version.document),
    resource,
    difference: before
      ? differenceOf(fromUtf8(before.content), resource).map((place) => ({
          ...place,
          before: place.before ?? null,
          after: place.after ?? null,
        }))
      : [],
    position: page.position(version.document),
  };
}
