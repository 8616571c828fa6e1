import { basename } from 'node:path';
import { type CsvMapping, readCsvMapping } from '../../shared/csv/csv-mapping.ts';
import { utf8 } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { encounterNow } from '../../shared/records/encounter-now.ts';
import { seriesCodes, seriesOf } from '../../shared/records/series.ts';
import { REMOTE_NOTE } from '../../shared/records/signed-kinds.ts';
import type {
  Attachment,
  ChartItem,
  ChartItemConnection,
  ChartitemsArgs,
  ChartRecord,
  ChartSummary,
  ChartseriesArgs,
  Conflict,
  ConflictDetail,
  Draft,
  ImportJobmissingReferencesArgs,
  ImportJobpeopleArgs,
  ImportJobrefusedArgs,
  ImportUndoleftArgs,
  MutationbeginAttachmentArgs,
  MutationcancelImportArgs,
  MutationcloseChartArgs,
  MutationdeclineProposalArgs,
  MutationdiscardDraftArgs,
  MutationdiscardFormDraftArgs,
  MutationfinishAttachmentArgs,
  MutationimportPathsArgs,
  MutationimportRehearsedArgs,
  MutationimportTextArgs,
  MutationmergePatientsArgs,
  MutationnotePrintArgs,
  MutationopenChartArgs,
  MutationproposeAmendmentArgs,
  MutationputAttachmentPieceArgs,
  MutationputRecordArgs,
  MutationputRecordsArgs,
  MutationremoveNoteTemplateArgs,
  MutationreopenProposalArgs,
  MutationresumeImportArgs,
  MutationsaveCsvMappingArgs,
  MutationsaveDraftArgs,
  MutationsaveFormDraftArgs,
  MutationsaveNoteTemplateArgs,
  MutationsettleConflictArgs,
  MutationsignSoapNoteArgs,
  MutationtakeImportBackArgs,
  MutationundoMergeArgs,
  MutationunmergePatientsArgs,
  Patient,
  Proposal,
  PutRecordInput,
  QueryattachmentArgs,
  QueryattachmentPieceArgs,
  QuerychartArgs,
  QueryconflictArgs,
  QuerycsvPreviewArgs,
  QuerydraftsArgs,
  QueryformDraftsArgs,
  QueryimportJobArgs,
  QueryimportUndoArgs,
  QueryproposalsArgs,
  QueryrecordArgs,
  QuerysoapNoteTextArgs,
  SectionCount,
  Series,
  SubscriptionimportProgressArgs,
} from '../graphql/generated/vault.ts';
import { pageOf } from '../sync/list-page.ts';
import { isReadable } from '../sync/readable-paths.ts';
import type { AlikePatient, PatientDirectory, PatientEntry, VaultContext } from '../sync/vault-context.ts';
import { type Attachments, KEPT_DAYS, type UnfinishedFile, type UploadState } from './attachments.ts';
import { itemsOf, matching, recordOf, sectionName, summaryOf } from './chart-view.ts';
import { conflictDetail, listConflicts, listProposals, proposalNow } from './conflict-view.ts';
import type { Conflicts } from './conflicts.ts';
import type { CsvMappings, CsvPreview } from './csv-mappings.ts';
import type { Drafts } from './drafts.ts';
import type { ImportJobs } from './import-jobs.ts';
import type { RehearsedPerson } from './import-rehearsal.ts';
import type { ImportJobRow, Refusal } from './import-rows.ts';
import type { LeftRecord, UndoCount } from './import-undo.ts';
import { mergePatients, unmergePatients } from './merge-patients.ts';
import type { NoteTemplate, NoteTemplates } from './note-templates.ts';
import type { OpenChart, OpenCharts } from './open-charts.ts';
import type { Proposals } from './proposals.ts';
import { isAmendable, otherPatient, type PutResource, putResource, putResources } from './put-resource.ts';
import type { Records } from './records.ts';
import { noteText, signNote } from './sign-note.ts';

interface RecordsRequest {
  readonly vault: VaultContext;
  readonly patients: PatientDirectory;
  readonly records: Records;
  readonly charts: OpenCharts;
  readonly drafts: Drafts;
  /** Of the desk's forms outside of charts. */
  readonly formDrafts: Drafts;
  readonly imports: ImportJobs;
  readonly csvMappings: CsvMappings;
  readonly noteTemplates: NoteTemplates;
  readonly conflicts: Conflicts;
  readonly proposals: Proposals;
  readonly attachments: Attachments;
  /** Files and folders of this computer that who asks may have imported. */
  readonly readable: readonly string[];
  /** The patient as the patients domain shows them. */
  readonly showPatient: (patient: PatientEntry) => Promise<Patient>;
}

const mappingIn = (json: string | null | undefined): CsvMapping | undefined =>
  json === null || json === undefined ? undefined : readCsvMapping(json);

/** An undoing, planned or done. */
interface ShownUndo extends UndoCount {
  readonly leftCount: number;
  readonly listLeft: (first: number) => Promise<readonly LeftRecord[]>;
}

const MOST_LISTED = 5_000;

/** A page names only files that a person chose: a captured one must not have others read. */
async function chosen(paths: readonly string[], readable: readonly string[]): Promise<readonly string[]> {
  const each = await Promise.all(paths.map((path) => isReadable(readable, path)));
  if (!each.includes(false)) return paths;
  throw new Failure('records.path-not-chosen', 'Choose the files or the folder in the dialog, or drop them onto the page.');
}

function wanted({ patient, record, basedOn, resource, reason }: PutRecordInput): PutResource {
  const given = { record: record ?? undefined, basedOn: basedOn ?? undefined, reason: reason ?? undefined };
  return { patient, resource, ...given };
}

export const recordsResolvers = {
  Query: {
    chart: (_: unknown, { patient }: QuerychartArgs, { charts }: RecordsRequest): OpenChart => charts.get(patient),
    record: async (_: unknown, { patient, id }: QueryrecordArgs, request: RecordsRequest): Promise<ChartRecord> => {
      const { vault, records, charts, conflicts } = request;
      const entry = await charts.entry(patient, id);
      const owner = await charts.ownerOf(patient, id);
      const record = await recordOf(vault, records, conflicts, owner, await charts.chart(patient), entry);
      return { ...record, amendable: await isAmendable(vault, charts, owner, entry) };
    },
    attachment: async (
      _: unknown,
      { patient, record }: QueryattachmentArgs,
      { attachments }: RecordsRequest,
    ): Promise<Attachment | null> => {
      const found = await attachments.of(patient, record);
      return found ? { ...found, pieces: found.pieces.length } : null;
    },
    attachmentPiece: (
      _: unknown,
      { patient, record, index }: QueryattachmentPieceArgs,
      { attachments }: RecordsRequest,
    ): Promise<string> => attachments.piece(patient, record, index),
    unfinishedFiles: (_: unknown, { patient }: { patient: string }, { attachments }: RecordsRequest): Promise<UnfinishedFile[]> =>
      attachments.unfinished(patient),
    unfinishedFileStore: async (_: unknown, __: unknown, { attachments }: RecordsRequest) => ({
      ...(await attachments.store()),
      keptDays: KEPT_DAYS,
    }),
    conflicts: (_: unknown, __: unknown, request: RecordsRequest): Promise<Conflict[]> => listConflicts(request),
    conflict: async (
      _: unknown,
      { patient, id }: QueryconflictArgs,
      { vault, conflicts }: RecordsRequest,
    ): Promise<ConflictDetail> => conflictDetail(vault, await conflicts.open(patient, id)),
    proposals: (_: unknown, { patient }: QueryproposalsArgs, request: RecordsRequest): Promise<Proposal[]> =>
      listProposals(request, request.patients.known(patient)),
    drafts: (_: unknown, { patient }: QuerydraftsArgs, { drafts }: RecordsRequest): Promise<Draft[]> => drafts.of(patient),
    formDrafts: (_: unknown, { patient }: QueryformDraftsArgs, { formDrafts }: RecordsRequest): Promise<Draft[]> =>
      formDrafts.of(patient ?? ''),
    importJob: (_: unknown, { id }: QueryimportJobArgs, { imports }: RecordsRequest): Promise<ImportJobRow> => imports.get(id),
    importUndo: async (_: unknown, { id }: QueryimportUndoArgs, { imports }: RecordsRequest): Promise<ShownUndo> => {
      const { left, ...counts } = await imports.undoPlan(id);
      return { ...counts, leftCount: left.length, listLeft: async (first) => left.slice(0, first) };
    },
    soapNoteText: (_: unknown, { input }: QuerysoapNoteTextArgs, { vault, patients }: RecordsRequest): string =>
      noteText(vault, patients.known(input.patient), wanted(input)),
    noteTemplates: (_: unknown, __: unknown, { noteTemplates }: RecordsRequest): Promise<NoteTemplate[]> => noteTemplates.list(),
    csvMappings: async (_: unknown, __: unknown, { csvMappings }: RecordsRequest): Promise<string[]> =>
      (await csvMappings.list()).map((mapping) => JSON.stringify(mapping)),
    csvPreview: async (
      _: unknown,
      { file, text, mapping }: QuerycsvPreviewArgs,
      { csvMappings, readable }: RecordsRequest,
    ): Promise<CsvPreview> => {
      const [path = file] = typeof text === 'string' ? [file] : await chosen([file], readable);
      const bytes = typeof text === 'string' ? utf8(text) : await csvMappings.head(path);
      return csvMappings.preview(basename(path), bytes, mapping ?? undefined);
    },
    importJobs: (_: unknown, __: unknown, { imports }: RecordsRequest): Promise<ImportJobRow[]> => imports.list(),
  },
  Mutation: {
    beginAttachment: (
      _: unknown,
      { input, title }: MutationbeginAttachmentArgs,
      { attachments }: RecordsRequest,
    ): Promise<UploadState> => attachments.begin(input, title),
    putAttachmentPiece: (
      _: unknown,
      { input, index, data }: MutationputAttachmentPieceArgs,
      { attachments }: RecordsRequest,
    ): Promise<UploadState> => attachments.put(input, index, data),
    finishAttachment: async (
      _: unknown,
      { input }: MutationfinishAttachmentArgs,
      { attachments }: RecordsRequest,
    ): Promise<string> => (await attachments.finish(input)).record,
    discardAttachment: async (
      _: unknown,
      { input }: MutationfinishAttachmentArgs,
      { attachments }: RecordsRequest,
    ): Promise<boolean> => {
      await attachments.discard(input);
      return true;
    },
    openChart: (
      _: unknown,
      { patient, purpose, covered }: MutationopenChartArgs,
      { charts }: RecordsRequest,
    ): Promise<OpenChart> => charts.open(patient, purpose ?? 'TREAT', covered ?? undefined),
    closeChart: (_: unknown, { patient }: MutationcloseChartArgs, { charts }: RecordsRequest): boolean => charts.close(patient),
    putRecord: async (_: unknown, { input }: MutationputRecordArgs, request: RecordsRequest): Promise<ChartItem> => {
      const { vault, patients, records, charts, conflicts } = request;
      const owner = await charts.ownerOf(input.patient, input.record);
      const entry = await putResource(vault, charts, records, owner, wanted(input));
      return (
        await itemsOf(vault, conflicts, patients.known(input.patient), await charts.chart(input.patient), [entry])
      )[0] as ChartItem;
    },
    signSoapNote: async (
      _: unknown,
      { input, passphrase }: MutationsignSoapNoteArgs,
      request: RecordsRequest,
    ): Promise<ChartItem> => {
      const { vault, patients, records, charts, conflicts } = request;
      const owner = await charts.ownerOf(input.patient, input.record);
      const entry = await signNote(vault, charts, records, owner, wanted(input), passphrase);
      return (
        await itemsOf(vault, conflicts, patients.known(input.patient), await charts.chart(input.patient), [entry])
      )[0] as ChartItem;
    },
    saveNoteTemplate: (
      _: unknown,
      { input }: MutationsaveNoteTemplateArgs,
      { noteTemplates }: RecordsRequest,
    ): Promise<NoteTemplate[]> => noteTemplates.save(input),
    removeNoteTemplate: (
      _: unknown,
      { name }: MutationremoveNoteTemplateArgs,
      { noteTemplates }: RecordsRequest,
    ): Promise<NoteTemplate[]> => noteTemplates.remove(name),
    putRecords: async (
      _: unknown,
      { patient, inputs }: MutationputRecordsArgs,
      request: RecordsRequest,
    ): Promise<ChartItem[]> => {
      const { vault, patients, records, charts, conflicts } = request;
      if (inputs.some((input) => input.patient !== patient)) throw otherPatient();
      const owned = inputs.map(async (input) => ({ owner: await charts.ownerOf(patient, input.record), input: wanted(input) }));
      const entries = await putResources(vault, charts, records, await Promise.all(owned));
      return itemsOf(vault, conflicts, patients.known(patient), await charts.chart(patient), entries);
    },
    mergePatients: async (
      _: unknown,
      { patient, other, reason }: MutationmergePatientsArgs,
      request: RecordsRequest,
    ): Promise<OpenChart> => {
      await mergePatients(request, patient, other, reason);
      return request.charts.get(patient);
    },
    unmergePatients: async (
      _: unknown,
      { patient, other, reason }: MutationunmergePatientsArgs,
      request: RecordsRequest,
    ): Promise<OpenChart> => {
      await unmergePatients(request, patient, other, reason);
      return request.charts.get(patient);
    },
    notePrint: async (_: unknown, { patient }: MutationnotePrintArgs, { charts }: RecordsRequest): Promise<boolean> => {
      await charts.notePrint(patient);
      return true;
    },
    settleConflict: async (_: unknown, { input }: MutationsettleConflictArgs, request: RecordsRequest): Promise<ChartItem> => {
      const { vault, patients, conflicts, charts } = request;
      const entry = await conflicts.settle(input);
      return (
        await itemsOf(vault, conflicts, patients.known(input.patient), await charts.chart(input.patient), [entry])
      )[0] as ChartItem;
    },
    proposeAmendment: async (_: unknown, { input }: MutationproposeAmendmentArgs, request: RecordsRequest): Promise<Proposal> => {
      const { patients, conflicts } = request;
      const patient = patients.known(input.patient);
      return proposalNow(request, patient, await conflicts.propose(patient, wanted(input)));
    },
    declineProposal: async (
      _: unknown,
      { patient, id, reason }: MutationdeclineProposalArgs,
      { conflicts }: RecordsRequest,
    ): Promise<boolean> => {
      await conflicts.decline(patient, id, reason);
      return true;
    },
    reopenProposal: async (
      _: unknown,
      { patient, id }: MutationreopenProposalArgs,
      { conflicts }: RecordsRequest,
    ): Promise<boolean> => {
      await conflicts.reopen(patient, id);
      return true;
    },
    undoMerge: async (_: unknown, { input }: MutationundoMergeArgs, request: RecordsRequest): Promise<ChartItem> => {
      const { vault, patients, conflicts, charts } = request;
      const entry = await conflicts.undo(input.patient, input.record, input.reason);
      return (
        await itemsOf(vault, conflicts, patients.known(input.patient), await charts.chart(input.patient), [entry])
      )[0] as ChartItem;
    },
    saveDraft: (_: unknown, { patient, kind, key, content }: MutationsaveDraftArgs, { drafts }: RecordsRequest): Promise<Draft> =>
      drafts.save(patient, kind, key, content),
    discardDraft: async (
      _: unknown,
      { patient, kind, key }: MutationdiscardDraftArgs,
      { drafts }: RecordsRequest,
    ): Promise<boolean> => {
      await drafts.discard(patient, kind, key);
      return true;
    },
    saveFormDraft: (
      _: unknown,
      { patient, kind, key, content }: MutationsaveFormDraftArgs,
      { formDrafts }: RecordsRequest,
    ): Promise<Draft> => formDrafts.save(patient ?? '', kind, key, content),
    discardFormDraft: async (
      _: unknown,
      { patient, kind, key }: MutationdiscardFormDraftArgs,
      { formDrafts }: RecordsRequest,
    ): Promise<boolean> => {
      await formDrafts.discard(patient ?? '', kind, key);
      return true;
    },
    importPaths: async (
      _: unknown,
      { paths, dryRun, csvMapping }: MutationimportPathsArgs,
      { imports, readable }: RecordsRequest,
    ): Promise<ImportJobRow> => imports.startPaths(await chosen(paths, readable), { dryRun, csv: mappingIn(csvMapping) }),
    importText: (
      _: unknown,
      { job, file, text, base64, finish, dryRun, csvMapping }: MutationimportTextArgs,
      { imports }: RecordsRequest,
    ): Promise<ImportJobRow> =>
      imports.takeText(job ?? undefined, file, base64 ? Buffer.from(text, 'base64') : utf8(text), finish, {
        dryRun,
        csv: mappingIn(csvMapping),
      }),
    importRehearsed: (_: unknown, { id }: MutationimportRehearsedArgs, { imports }: RecordsRequest): Promise<ImportJobRow> =>
      imports.startRehearsed(id),
    saveCsvMapping: async (
      _: unknown,
      { mapping }: MutationsaveCsvMappingArgs,
      { csvMappings }: RecordsRequest,
    ): Promise<string> => JSON.stringify(await csvMappings.save(mapping)),
    takeImportBack: (
      _: unknown,
      { id, reason }: MutationtakeImportBackArgs,
      { imports }: RecordsRequest,
    ): Promise<ImportJobRow> => imports.takeBack(id, reason),
    cancelImport: (_: unknown, { id }: MutationcancelImportArgs, { imports }: RecordsRequest): Promise<ImportJobRow> =>
      imports.cancel(id),
    resumeImport: (_: unknown, { id }: MutationresumeImportArgs, { imports }: RecordsRequest): Promise<ImportJobRow> =>
      imports.resume(id),
  },
  Subscription: {
    importProgress: {
      subscribe: (
        _: unknown,
        { id }: SubscriptionimportProgressArgs,
        { imports }: RecordsRequest,
      ): Promise<AsyncIterableIterator<ImportJobRow>> => imports.progress(id),
      resolve: (job: ImportJobRow): ImportJobRow => job,
    },
  },
  Chart: {
    patient: async (
      { patient }: OpenChart,
      _: unknown,
      { patients, conflicts, showPatient }: RecordsRequest,
    ): Promise<Patient> => {
      const known = patients.known(patient);
      const shown = await showPatient(known);
      // An older edit revives nobody: while versions disagree, the one that says so is believed.
      return shown.deceased ? shown : { ...shown, deceased: await conflicts.saysDeceased(known) };
    },
    merged: ({ patient }: OpenChart, _: unknown, { charts, showPatient }: RecordsRequest): Promise<Patient[]> =>
      Promise.all(charts.members(patient).slice(1).map(showPatient)),
    summary: async (
      { patient }: OpenChart,
      _: unknown,
      { vault, patients, charts, conflicts }: RecordsRequest,
    ): Promise<ChartSummary> => {
      const open = new Set(await charts.categories(patient));
      return summaryOf(vault, conflicts, patients.known(patient), await charts.chart(patient), open);
    },
    sections: async ({ patient }: OpenChart, _: unknown, { charts }: RecordsRequest): Promise<SectionCount[]> => {
      const { sections } = await charts.chart(patient);
      const counted = [...sections].map(([section, entries]) => ({ section: sectionName({ section }), count: entries.length }));
      // In one order, whatever else lies in the chart.
      return counted.sort((a, b) => (a.section < b.section ? -1 : 1));
    },
    items: async (
      { patient }: OpenChart,
      { section, search, remote, first, after }: ChartitemsArgs,
      { vault, patients, charts, conflicts }: RecordsRequest,
    ): Promise<ChartItemConnection> => {
      const chart = await charts.chart(patient);
      const whole = [...chart.sections].find(([name]) => sectionName({ section: name }) === section)?.[1] ?? [];
      const entries = remote ? whole : whole.filter(({ kind }) => kind !== REMOTE_NOTE);
      const page = pageOf(matching(entries, search ?? ''), first ?? 50, after, ({ record }) => record);
      const items = await itemsOf(
        vault,
        conflicts,
        patients.known(patient),
        chart,
        page.edges.map(({ node }) => node),
      );
      return { ...page, edges: page.edges.map(({ cursor }, at) => ({ cursor, node: items[at] as ChartItem })) };
    },
    series: async ({ patient }: OpenChart, { code }: ChartseriesArgs, { charts }: RecordsRequest): Promise<Series | null> => {
      const series = seriesOf((await charts.chart(patient)).all(), code);
      return series ? { ...series, points: [...series.points] } : null;
    },
    seriesCodes: async ({ patient }: OpenChart, _: unknown, { charts }: RecordsRequest) =>
      seriesCodes((await charts.chart(patient)).all()),
    encounterNow: async ({ patient }: OpenChart, _: unknown, { vault, charts }: RecordsRequest): Promise<string | null> =>
      encounterNow((await charts.chart(patient)).all(), vault.clock()) ?? null,
    categories: ({ patient }: OpenChart, _: unknown, { charts }: RecordsRequest): Promise<string[]> => charts.categories(patient),
  },
  ImportJob: {
    bytesRead: ({ files }: ImportJobRow): number => files.reduce((sum, { bytesRead }) => sum + bytesRead, 0),
    bytesTotal: ({ files }: ImportJobRow): number => files.reduce((sum, { size }) => sum + size, 0),
    missingReferenceCount: ({ missingCount }: ImportJobRow): number => missingCount,
    ignored: ({ ignored = [] }: ImportJobRow): readonly string[] => ignored,
    refused: ({ id }: ImportJobRow, { first }: ImportJobrefusedArgs, { imports }: RecordsRequest): Promise<Refusal[]> =>
      imports.refused(id, listed(first)),
    missingReferences: (
      { id }: ImportJobRow,
      { first }: ImportJobmissingReferencesArgs,
      { imports }: RecordsRequest,
    ): Promise<string[]> => imports.missingReferences(id, listed(first)),
    dryRun: ({ dryRun }: ImportJobRow): boolean => dryRun ?? false,
    undo: ({ id, undo }: ImportJobRow, _: unknown, { imports }: RecordsRequest): ShownUndo | null =>
      undo ? { ...undo, leftCount: undo.left, listLeft: (first) => imports.left(id, first) } : null,
    people: ({ id }: ImportJobRow, { first }: ImportJobpeopleArgs, { imports }: RecordsRequest): readonly RehearsedPerson[] =>
      imports.people(id, listed(first)),
    alikeCount: ({ id }: ImportJobRow, _: unknown, { imports }: RecordsRequest): number => imports.alikeCount(id),
  },
  ImportUndo: {
    left: ({ listLeft }: ShownUndo, { first }: ImportUndoleftArgs): Promise<readonly LeftRecord[]> => listLeft(listed(first)),
  },
  ImportLeft: { patient: ({ patient }: LeftRecord): string | null => patient || null },
  ImportedPerson: {
    name: ({ summary }: RehearsedPerson): string => summary.fullName,
    birthDate: ({ summary }: RehearsedPerson): string => summary.birthDate,
  },
  AlikePatient: {
    patient: ({ patient }: AlikePatient, _: unknown, { showPatient }: RecordsRequest): Promise<Patient> => showPatient(patient),
  },
};

function listed(asked: number | null | undefined): number {
  const first = asked ?? 200;
  if (Number.isInteger(first) && first >= 0 && first <= MOST_LISTED) return first;
  throw new Failure('graphql.page-size', `Up to ${MOST_LISTED} lines of a report are listed. Ask for fewer.`);
}
