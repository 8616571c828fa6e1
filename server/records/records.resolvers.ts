import { encounterNow } from '../../shared/records/encounter-now.ts';
import { seriesCodes, seriesOf } from '../../shared/records/series.ts';
import { REMOTE_NOTE } from '../../shared/records/signed-kinds.ts';
import type {
  ChartItem,
  ChartItemConnection,
  ChartitemsArgs,
  ChartRecord,
  ChartSummary,
  ChartseriesArgs,
  Dispensing,
  Draft,
  MedicationReconciliation,
  MutationcloseChartArgs,
  MutationdiscardDraftArgs,
  MutationdiscardFormDraftArgs,
  MutationfileDisagreementArgs,
  MutationmergePatientsArgs,
  MutationnotePrintArgs,
  MutationopenChartArgs,
  MutationputRecordArgs,
  MutationputRecordsArgs,
  MutationrecordDeathArgs,
  MutationremoveFormTemplateArgs,
  MutationsaveDraftArgs,
  MutationsaveFormDraftArgs,
  MutationsaveFormTemplateArgs,
  MutationsignMedicationReconciliationArgs,
  MutationsignSoapNoteArgs,
  MutationunmergePatientsArgs,
  Patient,
  QuerychartArgs,
  QuerydispensingArgs,
  QuerydraftsArgs,
  QueryformDraftsArgs,
  QueryformTemplatesArgs,
  QuerymedicationReconciliationArgs,
  QuerymedicationReconciliationTextArgs,
  QueryrecordArgs,
  QuerysoapNoteTextArgs,
  SectionCount,
  Series,
} from '../graphql/generated/vault.ts';
import { pageOf } from '../sync/vault-context/list-page.ts';
import type { ChartEntry } from '../sync/vault-context/vault-context.ts';
import { chartItem, itemsOf, matching, recordOf, sectionName, summaryOf } from './chart-view.ts';
import { dispensingOf } from './medications/dispensing.ts';
import { reconciliationText, signReconciliation } from './medications/reconcile-medications.ts';
import { reconciliationView } from './medications/reconciliation-view.ts';
import { mergePatients, unmergePatients } from './merge-patients.ts';
import type { OpenChart } from './open-charts.ts';
import { recordDeath } from './record-death.ts';
import { type RecordsRequest, wanted } from './records-request.ts';
import { fileDisagreement, isDisputable } from './writing/file-disagreement.ts';
import type { FormTemplate } from './writing/form-templates.ts';
import { isAmendable, otherPatient, putResource, putResources } from './writing/put-resource.ts';
import { noteText, signNote } from './writing/sign-note.ts';

export const recordsResolvers = {
  Query: {
    chart: (_: unknown, { patient }: QuerychartArgs, { charts }: RecordsRequest): OpenChart => charts.get(patient),
    record: async (_: unknown, { patient, id }: QueryrecordArgs, request: RecordsRequest): Promise<ChartRecord> => {
      const { vault, charts } = request;
      const entry = await charts.entry(patient, id);
      const owner = await charts.ownerOf(patient, id);
      const record = await recordOf(request, owner, await charts.chart(patient), entry);
      const disputable = isDisputable(charts, owner, entry);
      return { ...record, disputable, amendable: await isAmendable(vault, charts, owner, entry) };
    },
    dispensing: async (
      _: unknown,
      { patient, prescription }: QuerydispensingArgs,
      { charts, records }: RecordsRequest,
    ): Promise<Dispensing> => {
      const found = await dispensingOf({ records }, await charts.entries(patient), await charts.entry(patient, prescription));
      return { ...found, handed: [...found.handed] };
    },
    drafts: (_: unknown, { patient }: QuerydraftsArgs, { drafts }: RecordsRequest): Promise<Draft[]> => drafts.of(patient),
    formDrafts: (_: unknown, { patient }: QueryformDraftsArgs, { formDrafts }: RecordsRequest): Promise<Draft[]> =>
      formDrafts.of(patient ?? ''),
    soapNoteText: (_: unknown, { input }: QuerysoapNoteTextArgs, { vault, patients }: RecordsRequest): string =>
      noteText(vault, patients.known(input.patient), wanted(input)),
    medicationReconciliation: (
      _: unknown,
      { patient, other }: QuerymedicationReconciliationArgs,
      request: RecordsRequest,
    ): Promise<MedicationReconciliation> => reconciliationView(request, patient, other ?? undefined),
    medicationReconciliationText: (
      _: unknown,
      { input }: QuerymedicationReconciliationTextArgs,
      request: RecordsRequest,
    ): Promise<string> => reconciliationText(request, { ...input, other: input.other ?? undefined }),
    formTemplates: (_: unknown, { kind }: QueryformTemplatesArgs, { formTemplates }: RecordsRequest): Promise<FormTemplate[]> =>
      formTemplates.list(kind),
  },
  Mutation: {
    openChart: (
      _: unknown,
      { patient, purpose, covered }: MutationopenChartArgs,
      { charts }: RecordsRequest,
    ): Promise<OpenChart> => charts.open(patient, purpose ?? 'TREAT', covered ?? undefined),
    closeChart: (_: unknown, { patient }: MutationcloseChartArgs, { charts }: RecordsRequest): boolean => charts.close(patient),
    putRecord: async (_: unknown, { input }: MutationputRecordArgs, request: RecordsRequest): Promise<ChartItem> => {
      const owner = await request.charts.ownerOf(input.patient, input.record);
      const entry = await putResource(request, owner, wanted(input));
      return chartItem(request, input.patient, entry);
    },
    fileDisagreement: async (
      _: unknown,
      { patient, record, words, saidBy }: MutationfileDisagreementArgs,
      request: RecordsRequest,
    ): Promise<ChartItem> => {
      const entry = await fileDisagreement(request, { patient, record, words, saidBy: saidBy ?? '' });
      return chartItem(request, patient, entry);
    },
    signSoapNote: async (
      _: unknown,
      { input, passphrase }: MutationsignSoapNoteArgs,
      request: RecordsRequest,
    ): Promise<ChartItem> => {
      const owner = await request.charts.ownerOf(input.patient, input.record);
      const entry = await signNote(request, owner, wanted(input), passphrase);
      return chartItem(request, input.patient, entry);
    },
    signMedicationReconciliation: async (
      _: unknown,
      { input, passphrase }: MutationsignMedicationReconciliationArgs,
      request: RecordsRequest,
    ): Promise<ChartItem> => {
      const written = await signReconciliation(request, { ...input, other: input.other ?? undefined }, passphrase);
      return chartItem(request, input.patient, written[0] as ChartEntry);
    },
    saveFormTemplate: (
      _: unknown,
      { input }: MutationsaveFormTemplateArgs,
      { formTemplates }: RecordsRequest,
    ): Promise<FormTemplate[]> => formTemplates.save(input),
    removeFormTemplate: (
      _: unknown,
      { kind, name }: MutationremoveFormTemplateArgs,
      { formTemplates }: RecordsRequest,
    ): Promise<FormTemplate[]> => formTemplates.remove(kind, name),
    putRecords: async (
      _: unknown,
      { patient, inputs }: MutationputRecordsArgs,
      request: RecordsRequest,
    ): Promise<ChartItem[]> => {
      const { vault, patients, charts, conflicts } = request;
      if (inputs.some((input) => input.patient !== patient)) throw otherPatient();
      const owned = inputs.map(async (input) => ({ owner: await charts.ownerOf(patient, input.record), input: wanted(input) }));
      const entries = await putResources(request, await Promise.all(owned));
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
    recordDeath: async (_: unknown, { input }: MutationrecordDeathArgs, request: RecordsRequest): Promise<OpenChart> => {
      await recordDeath(request, { ...input, at: input.at ?? '' });
      return request.charts.get(input.patient);
    },
    notePrint: async (_: unknown, { patient }: MutationnotePrintArgs, { charts }: RecordsRequest): Promise<boolean> => {
      await charts.notePrint(patient);
      return true;
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
      const whole = section
        ? ([...chart.sections].find(([name]) => sectionName({ section: name }) === section)?.[1] ?? [])
        : chart.timeline;
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
};
