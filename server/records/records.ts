/**
 * Records: sealed, versioned, nothing overwritten. This is the front door: putting versions, reading them back with their
 * history, and taking in what other clinics have shared.
 */
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { missingDocuments, readDocument } from '../sync/clinic.store.ts';
import type { LocalWrite, VaultRow } from '../sync/gateway.ts';
import { everyCompartment } from '../sync/vault-context/patient-compartments.ts';
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
} from '../sync/vault-context/vault-context.ts';
import { attachmentsResolvers } from './attachments.resolvers.ts';
import { Attachments } from './attachments.ts';
import { Charts } from './charts.ts';
import { conflictsResolvers } from './conflicts/conflicts.resolvers.ts';
import { Conflicts } from './conflicts/conflicts.ts';
import { ProposalRows } from './conflicts/proposal-rows.ts';
import { Proposals } from './conflicts/proposals.ts';
import { describe } from './describe-content.ts';
import { CsvMappings } from './import/csv-mappings.ts';
import { ImportJobs } from './import/import-jobs.ts';
import { importsResolvers } from './import/imports.resolvers.ts';
import { type Settling, takeOverVersions } from './missing-versions.ts';
import { OpenCharts, unknownRecord } from './open-charts.ts';
import { type ChainedVersion, openVersion, openVersions } from './open-version.ts';
import { recordsResolvers } from './records.resolvers.ts';
import { Sources } from './sources.ts';
import { Drafts } from './writing/drafts.ts';
import { FormTemplates } from './writing/form-templates.ts';
import { layDisagreement } from './writing/lay-statement.ts';
import { PutQueue } from './writing/put-queue.ts';
import { type PutResource, type ReadableCharts, type ResourceDraft, resourceDraft } from './writing/put-resource.ts';
import { compartmentOf } from './writing/record-compartment.ts';
import { metaOf, sealRecord } from './writing/seal-record.ts';

/** For who takes in what was said at a kiosk. */
export const layStatement = layDisagreement;

/** The longest history that is followed: a chain of versions longer than this is a fault, not a record. */
const MOST_VERSIONS = 10_000;

export class Records implements RecordStore {
  readonly charts: Charts;
  readonly sources: Sources;
  readonly proposals: ProposalRows;
  readonly #context: VaultContext;
  readonly #patients: PatientDirectory;
  readonly #drafts: Drafts;
  readonly #queue: PutQueue;

  constructor(context: VaultContext, patients: PatientDirectory) {
    this.#context = context;
    this.#patients = patients;
    this.charts = new Charts(context, patients);
    this.sources = new Sources(context);
    this.proposals = new ProposalRows(context);
    this.#drafts = new Drafts(context, 'chart');
    this.#queue = new PutQueue(context, patients, this.charts, this.sources);
  }

  put(draft: RecordDraft, along?: LocalWrite, owner?: PatientEntry): Promise<ChartEntry> {
    return this.#queue.put(draft, along, owner);
  }

  /** All of them in one commit, or none. @throws {Failure} as `put`, for the first that is refused; `records.too-many-at-once`. */
  putAll(puts: readonly ResourceDraft[]): Promise<readonly ChartEntry[]> {
    return this.#queue.putAll(puts);
  }

  /**
   * Commits a version that grew from an older one than is here, as that of a desk that could not hear the others: it waits until somebody
   * settles it. What a training clinic practises on. @param from what it grew from
   */
  async putLate(draft: RecordDraft, from: ChartEntry): Promise<void> {
    await this.#context.inTurn(async () => {
      const owner = this.#patients.known(draft.patient);
      const handle = await compartmentOf(this.#context, owner, from);
      const { event, document } = sealRecord(this.#context, handle, draft, from, this.#context.clock());
      await this.#context.gateway.commit({ events: [event], documents: [document] });
    });
  }

  /** A resource as a version to put: checked, and about this patient. @throws {Failure} as `resourceDraft`. */
  draftOf(charts: ReadableCharts, patient: PatientEntry, input: Omit<PutResource, 'patient'>): Promise<ResourceDraft> {
    return resourceDraft({ vault: this.#context, charts, records: this }, patient, input);
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

  /** The newest version of each, opened; undefined when its sealed document is not here. Asks nobody's leave. @throws {Failure} as `openVersion`. */
  newest(entries: readonly ChartEntry[]): Promise<ReadonlyArray<OpenedVersion | undefined>> {
    return openVersions(this.#context, entries);
  }

  /** Those of these whose newest document is on this computer. */
  async present<Each extends Pick<ChartEntry, 'document'>>(entries: readonly Each[]): Promise<Each[]> {
    const names = entries.map(({ document }) => fromHex(document));
    const missing = new Set((await missingDocuments(this.#context.reader, names)).map(toHex));
    return entries.filter(({ document }) => !missing.has(document));
  }

  async versions(_patient: PatientEntry, entry: ChartEntry): Promise<readonly OpenedVersion[]> {
    const versions: OpenedVersion[] = [];
    let name: string | undefined = entry.document;
    for (let version = entry.version; version >= 1 && name !== undefined && versions.length < MOST_VERSIONS; version--) {
      // Only the newest must be here: an older version may have been written before the grant that opened the compartment.
      const opened: ChainedVersion | undefined = await openVersion(this.#context, entry.record, name, version);
      if (!opened) break;
      versions.push(opened);
      name = opened.previous;
    }
    if (versions.length > 0) return versions;
    throw new Failure(
      'records.document-missing',
      'The record is listed, but its sealed document is not on this computer. Sync, or restore it from a backup.',
    );
  }

  async takeOver(patient: PatientEntry, documents: ReadonlySet<string>, settle: Settling): Promise<void> {
    const chart = await this.charts.open(patient.id);
    const listed = chart.all().map(({ record }) => chart.versionsOf(record));
    const write = await takeOverVersions(this.#context, this.charts, patient, { listed, documents, settle });
    if (!write) return;
    await this.#context.gateway.commit(write);
    // A chart shows of each record the version that the ledger has.
    this.forget(patient.id);
    this.#context.notify({ patients: [patient.id], topics: ['consents'] });
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
    const entries = kept.length === chart.size ? [] : await this.charts.rewritten(patient.id, kept);
    return [...entries, ...(await this.proposals.removed(patient.id, categories))];
  }

  isAbout(row: VaultRow, patients: ReadonlySet<string>): boolean {
    return this.charts.isOf(row, patients) || this.sources.isOf(row, patients) || this.proposals.isOf(row, patients);
  }

  /**
   * Rows that take away what this desk keeps of a patient's records beside the documents: of these categories, or all of it.
   * After the commit call `forget`. Only inside `inTurn`.
   * @param staff ids of everybody who may have a draft here
   */
  async erased(
    patient: PatientEntry,
    categories: ReadonlySet<CompartmentName> | 'all',
    staff: readonly Uint8Array[],
  ): Promise<VaultRow[]> {
    const drafts = await this.#drafts.removed(patient.id, staff);
    if (categories === 'all')
      return [
        ...(await this.charts.removed(patient.id)),
        ...(await this.sources.removed(patient.id)),
        ...(await this.proposals.removed(patient.id, 'all')),
        ...drafts,
      ];
    const gone = (await this.entries(patient)).filter(({ category }) => categories.has(category));
    const records = new Set(gone.map(({ record }) => record));
    return [...(await this.disown(patient, categories)), ...(await this.sources.removed(patient.id, records)), ...drafts];
  }

  /** Names of the messages in which other clinics were answered about these records; they go with them. */
  async answersSent(patient: PatientEntry, categories: ReadonlySet<CompartmentName> | 'all'): Promise<Uint8Array[]> {
    const answers = [...(await this.proposals.answers(patient.id)).values()];
    const gone = answers.filter(({ category }) => categories === 'all' || categories.has(category));
    return gone.map(({ message }) => fromHex(message));
  }

  /** Which compartments (hexadecimal handles) hold versions of a patient's records, by category: two desks that could not hear each other may have begun one each. */
  async compartments(patient: PatientEntry): Promise<Map<string, CompartmentName>> {
    const found = new Map(everyCompartment(patient).map(([category, handle]) => [handle, category]));
    for (const entry of await this.entries(patient)) {
      const versions = await this.versions(patient, entry).catch(() => []);
      for (const { document } of versions) {
        const stored = await readDocument(this.#context.reader, fromHex(document));
        if (stored) found.set(toHex(stored.handle), entry.category);
      }
    }
    return found;
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
}

/** All that this domain keeps for one unlock. */
export interface RecordsDesk {
  readonly records: Records;
  readonly charts: OpenCharts;
  readonly drafts: Drafts;
  readonly formDrafts: Drafts;
  readonly imports: ImportJobs;
  readonly csvMappings: CsvMappings;
  readonly formTemplates: FormTemplates;
  readonly conflicts: Conflicts;
  readonly proposals: Proposals;
  readonly attachments: Attachments;
  /** Stops imports, closes charts, drops what is in memory. */
  close(): Promise<void>;
}

export function openRecords(context: VaultContext, patients: PatientDirectory, access: AccessGate): RecordsDesk {
  const records = new Records(context, patients);
  const charts = new OpenCharts(context, patients, access, records);
  const imports = new ImportJobs({ context, patients, records, access, charts });
  const proposals = new Proposals(context, charts, records);
  return {
    records,
    charts,
    drafts: new Drafts(context, 'chart'),
    formDrafts: new Drafts(context, 'form'),
    imports,
    csvMappings: new CsvMappings(context),
    formTemplates: new FormTemplates(context),
    conflicts: new Conflicts(context, patients, charts, records, proposals),
    proposals,
    attachments: new Attachments(context, patients, records, charts),
    async close() {
      charts.closeAll();
      await imports.close();
      records.close();
    },
  };
}

/** What the registry of domains needs of this one. */
export const recordsDomains = [
  { name: 'records', sdl: 'shared/records/records.graphql', resolvers: recordsResolvers },
  { name: 'conflicts', sdl: 'shared/records/conflicts.graphql', resolvers: conflictsResolvers },
  { name: 'attachments', sdl: 'shared/records/attachments.graphql', resolvers: attachmentsResolvers },
  { name: 'imports', sdl: 'shared/records/imports.graphql', resolvers: importsResolvers },
];

export type { Attachments, ChartPart } from './attachments.ts';
export type { ReadableCharts } from './writing/put-resource.ts';
