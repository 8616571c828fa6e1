/**
 * Records: sealed, versioned, nothing overwritten. This is the front door: putting versions, reading them back with their
 * history, and taking in what other clinics have shared.
 */
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { isResource } from '../../shared/fhir/import-source.ts';
import { readStrictJsonBytes } from '../../shared/fhir/strict-json.ts';
import { type ResourceSummary, summarize } from '../../shared/fhir/summary.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { readDocument } from '../sync/clinic.store.ts';
import type { LocalWrite, VaultRow } from '../sync/gateway.ts';
import type {
  AccessGate,
  ArrivedRecord,
  ChartEntry,
  CompartmentName,
  OpenedVersion,
  PatientDirectory,
  PatientEntry,
  RecordDraft,
  RecordStore,
  VaultContext,
} from '../sync/vault-context.ts';
import { CLINIC_DIRECTORY } from '../sync/vault-context.ts';
import { sha256 } from '../vault/primitives.ts';
import { openDocument } from '../vault/sealing.ts';
import { Charts } from './charts.ts';
import { Drafts } from './drafts.ts';
import { ImportJobs } from './import-jobs.ts';
import { OpenCharts, unknownRecord } from './open-charts.ts';
import { recordsResolvers } from './records.resolvers.ts';
import { metaOf, sealRecord } from './seal-record.ts';
import { idName, Sources } from './sources.ts';

/** The longest history that is followed: a chain of versions longer than this is a fault, not a record. */
const MOST_VERSIONS = 10_000;

export class Records implements RecordStore {
  readonly charts: Charts;
  readonly sources: Sources;
  readonly #context: VaultContext;
  readonly #patients: PatientDirectory;

  constructor(context: VaultContext, patients: PatientDirectory) {
    this.#context = context;
    this.#patients = patients;
    this.charts = new Charts(context);
    this.sources = new Sources(context);
  }

  put(draft: RecordDraft, along: LocalWrite = {}, owner?: PatientEntry): Promise<ChartEntry> {
    return this.#context.inTurn(() => this.#put(draft, along, owner ?? this.#owner(draft.patient)));
  }

  async #put(draft: RecordDraft, along: LocalWrite, owner: PatientEntry): Promise<ChartEntry> {
    const { gateway, clock } = this.#context;
    const chart = await this.charts.open(owner.id);
    const before = draft.record === undefined ? undefined : chart.get(draft.record);
    if (draft.record !== undefined && !before) throw unknownRecord();
    if (before && draft.basedOn !== undefined && draft.basedOn !== before.version) throw versionConflict(before.version);
    const entries = await this.#patients.withCompartments(new Map([[owner, new Set([before?.category ?? draft.category])]]));
    const prepared = entries.get(owner.id) ?? owner;
    const { document, event, entry } = sealRecord(this.#context, prepared, draft, before, clock());
    const isPerson = draft.summary.resourceType === 'Patient' && owner.id !== CLINIC_DIRECTORY;
    const person = isPerson && prepared.record !== entry.record ? { ...prepared, record: entry.record } : prepared;
    const changed = person !== this.#patients.get(owner.id);
    const rows = await this.charts.added(owner.id, [entry]);
    const named = draft.fhirId === '' ? [] : [this.#named(owner.id, draft, entry)];
    await gateway.commit({
      ...along,
      events: [event, ...(along.events ?? [])],
      documents: [document, ...(along.documents ?? [])],
      rows: [...rows, ...named, ...(changed ? [this.#patients.row(person)] : []), ...(along.rows ?? [])],
    });
    this.charts.applied(owner.id, [entry], rows);
    if (changed) await this.#patients.applied([person]);
    this.#context.notify({ patients: [owner.id], records: [entry.record] });
    return entry;
  }

  async entries(patient: PatientEntry): Promise<readonly ChartEntry[]> {
    return (await this.charts.open(patient.id)).all();
  }

  /** @throws {Failure} `records.unknown`. */
  async entry(patient: PatientEntry, record: string): Promise<ChartEntry> {
    const entry = (await this.charts.open(patient.id)).get(record);
    if (entry) return entry;
    throw unknownRecord();
  }

  async versions(_patient: PatientEntry, entry: ChartEntry): Promise<readonly OpenedVersion[]> {
    const { reader, keyStore } = this.#context;
    const versions: OpenedVersion[] = [];
    let name = fromHex(entry.document);
    for (let version = entry.version; version >= 1 && versions.length < MOST_VERSIONS; version--) {
      const stored = await readDocument(reader, name);
      // Only the newest must be here: an older version may have been written before the grant that opened the compartment.
      if (!stored) break;
      // The document says its compartment: two desks that could not hear each other may have begun one each.
      const { handle } = stored;
      await keyStore.loadCompartmentKeys([handle]);
      const place = { handle, recordId: fromHex(entry.record), version };
      const envelope = openDocument({ ...place, sealed: stored.sealed, wrap: stored.wrap }, keyStore.compartmentKeys);
      const { authorName, reason } = metaOf(envelope);
      const { author, time, kind, content } = envelope;
      versions.push({ version, document: toHex(name), author: toHex(author), authorName, time, kind, reason, content });
      if (envelope.previous.length === 0) break;
      name = new Uint8Array(envelope.previous);
    }
    if (versions.length > 0) return versions;
    throw new Failure(
      'records.document-missing',
      'The record is listed, but its sealed document is not on this computer. Sync, or restore it from a backup.',
    );
  }

  adopt(patient: PatientEntry, records: readonly ArrivedRecord[]): readonly VaultRow[] {
    const entries = records.map(({ category, document, envelope }): ChartEntry => {
      const { recordId, version, author, time, kind, content } = envelope;
      const { authorName } = metaOf(envelope);
      const place = { record: toHex(recordId), category, document, version, author: toHex(author), authorName, time, kind };
      return { ...describe(kind, content), ...place };
    });
    return entries.length > 0 ? [this.charts.appended(patient.id, entries)] : [];
  }

  async disown(patient: PatientEntry, categories: ReadonlySet<CompartmentName>): Promise<readonly VaultRow[]> {
    const chart = await this.charts.open(patient.id);
    const kept = chart.all().filter(({ category }) => !categories.has(category));
    return kept.length === chart.size ? [] : this.charts.rewritten(patient.id, kept);
  }

  forget(patient: string): void {
    this.charts.forget(patient);
  }

  forgetTagged(tags: readonly Uint8Array[]): string[] {
    return this.charts.forgetTagged(tags);
  }

  /** Drops what is in memory. */
  close(): void {
    this.charts.clear();
  }

  /** So that references lead to it, and an import that brings it again knows it. */
  #named(patient: string, { summary, fhirId, content }: RecordDraft, { record }: ChartEntry): VaultRow {
    const isPatient = summary.resourceType === 'Patient';
    return this.sources.row(idName(summary.resourceType, fhirId), { record, patient, isPatient, contentHash: sha256(content) });
  }

  #owner(patient: string): PatientEntry {
    return patient === CLINIC_DIRECTORY ? (this.#patients.get(patient) as PatientEntry) : this.#patients.known(patient);
  }
}

/** What lists show of a content that another clinic has checked when it wrote it. */
function describe(kind: string, content: Uint8Array): ResourceSummary & { readonly fhirId: string } {
  try {
    const { value, text } = readStrictJsonBytes(content);
    if (isResource(value)) return { ...summarize(value, text), fhirId: typeof value.id === 'string' ? value.id : '' };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
  // Not FHIR: a form of a later program. It is listed by its kind, and its text can be looked at.
  return { resourceType: kind, title: kind, date: '', status: '', section: 'other', fhirId: '' };
}

function versionConflict(current: number): Failure {
  return new Failure(
    'records.version-conflict',
    'Somebody else has changed this record since you opened it. Look at the new version and make your change again.',
    { details: { current } },
  );
}

/** All that this domain keeps for one unlock. */
export interface RecordsDesk {
  readonly records: Records;
  readonly charts: OpenCharts;
  readonly drafts: Drafts;
  readonly imports: ImportJobs;
  /** Stops imports, closes charts, drops what is in memory. */
  close(): Promise<void>;
}

export function openRecords(context: VaultContext, patients: PatientDirectory, access: AccessGate): RecordsDesk {
  const records = new Records(context, patients);
  const charts = new OpenCharts(context, patients, access, records);
  const imports = new ImportJobs(context, patients, records);
  return {
    records,
    charts,
    drafts: new Drafts(context),
    imports,
    async close() {
      charts.closeAll();
      await imports.close();
      records.close();
    },
  };
}

/** What the registry of domains needs of this one. */
export const recordsDomain = { name: 'records', sdl: 'shared/records/records.graphql', resolvers: recordsResolvers };
