import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import {
  Button,
  Checkbox,
  Group,
  Modal,
  NumberInput,
  SegmentedControl,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import type { TFunction } from 'i18next';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChartPartsFragment, ItemPartsFragment, PrintedItemsFragment, PrintedPaper } from '../../../generated/graphql.ts';
import type { PaperBlock, PaperSize } from '../../../parts/paper/paper.tsx';
import { type PaperFacts, paperFoot } from '../../../parts/paper/paper-parts.tsx';
import { PaperSheet } from '../../../parts/paper/paper-sheet.tsx';
import { usePaperFacts } from '../../../parts/paper/printer-now.ts';
import { quietly } from '../../../parts/quietly.ts';
import { ErrorNotice, Loading } from '../../../parts/states.tsx';
import { useFormat } from '../../../parts/words/use-format.ts';
import { recordNow, sectionItems } from '../chart-documents.ts';
import { useDraftOfChart } from '../forms/drafts.ts';
import { plainTitle } from '../item-title.ts';
import {
  type LetterForm,
  labelPaper,
  letterPaper,
  medicineLabelPaper,
  type PaperSection,
  type PrintedRecord,
  prescriptionPaper,
  resultsPaper,
  summaryPaper,
} from './chart-papers.tsx';
import { notePrint, printedSections } from './print-documents.ts';

interface PrintChartProps {
  readonly chart: ChartPartsFragment;
  readonly onClose: () => void;
}

const papers: readonly PrintedPaper[] = ['PRESCRIPTION', 'LETTER', 'SUMMARY', 'RESULTS', 'LABEL'];

/** Prints from a chart. What stands on the right is the paper, page by page; printing leaves a line in the access log first. */
export function PrintChart({ chart, onClose }: PrintChartProps) {
  const { t } = useTranslation();
  const [paper, setPaper] = useState<PrintedPaper>('PRESCRIPTION');
  const { patient } = chart;
  const facts = usePaperFacts(patient);
  return (
    <Modal
      opened
      onClose={onClose}
      size="90%"
      title={`${patient.name} · ${t('print.title')}`}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <SegmentedControl
        aria-label={t('print.what')}
        value={paper}
        onChange={setPaper}
        data={papers.map((value) => ({ value, label: t(`print.kind.${value}`) }))}
        mb="md"
      />
      {paper === 'PRESCRIPTION' ? <PrescriptionSheet chart={chart} facts={facts} /> : null}
      {paper === 'LETTER' ? <LetterSheet chart={chart} facts={facts} /> : null}
      {paper === 'SUMMARY' ? <SummarySheet chart={chart} facts={facts} /> : null}
      {paper === 'RESULTS' ? <ResultsSheet chart={chart} facts={facts} /> : null}
      {paper === 'LABEL' ? <LabelSheet facts={facts} /> : null}
    </Modal>
  );
}

interface SheetProps {
  readonly facts: PaperFacts;
  readonly paper: PrintedPaper;
  readonly size: PaperSize;
  readonly blocks: readonly PaperBlock[];
  readonly isReady: boolean;
  readonly children: ReactNode;
}

function Sheet({ facts, paper, ...sheet }: SheetProps) {
  const [note] = useMutation(notePrint);
  const { patient } = facts;
  return <PaperSheet {...sheet} foot={paperFoot(facts)} note={() => note({ variables: { patient: patient.id, paper } })} />;
}

const DAY = 24 * 60 * 60_000;

function PrescriptionSheet({ chart, facts }: { chart: ChartPartsFragment; facts: PaperFacts }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useApolloClient();
  const patient = chart.patient.id;
  const all = chart.summary.medications.filter(
    ({ resourceType, status }) => resourceType === 'MedicationRequest' && status === 'active',
  );
  const [chosen, setChosen] = useState<string[]>(() =>
    all
      .filter(({ recordedAt, date }) => Date.now() - Math.max(Date.parse(date ?? '') || 0, 0) < DAY && recordedAt > 0)
      .map(({ id }) => id),
  );
  const [texts, setTexts] = useState<ReadonlyMap<string, string>>(new Map());
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let left = false;
    const missing = chosen.filter((id) => !texts.has(id));
    if (missing.length === 0) return;
    Promise.all(missing.map((id) => client.query({ query: recordNow, variables: { patient, id } }))).then(
      (answers) => {
        const found = answers.flatMap(({ data }) => (data ? [[data.record.item.id, data.record.resource] as const] : []));
        if (!left) setTexts(new Map([...texts, ...found]));
      },
      (refused: unknown) => left || setError(refused),
    );
    return () => {
      left = true;
    };
  }, [client, patient, chosen, texts]);
  const blocks = useMemo(() => {
    const prescriptions = all.flatMap((item): PrintedRecord[] => {
      const resource = chosen.includes(item.id) ? texts.get(item.id) : undefined;
      return resource === undefined ? [] : [{ item, resource }];
    });
    return prescriptionPaper(facts, prescriptions);
  }, [all, chosen, texts, facts]);
  return (
    <Sheet
      facts={facts}
      paper="PRESCRIPTION"
      size="a5"
      blocks={blocks}
      isReady={chosen.length > 0 && chosen.every((id) => texts.has(id))}
    >
      {all.length === 0 ? <Text size="sm">{t('print.noPrescriptions')}</Text> : null}
      <Checkbox.Group label={all.length === 0 ? undefined : t('print.prescriptions')} value={chosen} onChange={setChosen}>
        <Stack gap="xs" mt="xs">
          {all.map(({ id, title, date }) => (
            <Checkbox key={id} value={id} label={`${title} · ${format.recorded(date)}`} />
          ))}
        </Stack>
      </Checkbox.Group>
      {error ? <ErrorNotice error={error} /> : null}
    </Sheet>
  );
}

function LetterSheet({ chart, facts }: { chart: ChartPartsFragment; facts: PaperFacts }) {
  const { t } = useTranslation();
  const [start] = useState(
    (): LetterForm => ({
      to: '',
      subject: t('print.letter.subjectOf', { name: chart.patient.name }),
      text: letterText(chart, facts),
    }),
  );
  const draft = useDraftOfChart({ patient: chart.patient.id, kind: 'LETTER', key: 'new' }, start);
  const { form, change } = draft;
  const blocks = useMemo(() => letterPaper(facts, form), [facts, form]);
  if (!draft.ready) return <Loading rows={6} />;
  return (
    <Sheet facts={facts} paper="LETTER" size="a4" blocks={blocks} isReady={form.text.trim() !== ''}>
      <Textarea
        label={t('print.letter.to')}
        value={form.to}
        onChange={(event) => change({ to: event.currentTarget.value })}
        autosize
        minRows={2}
        data-autofocus
      />
      <TextInput
        label={t('print.letter.subject')}
        value={form.subject}
        onChange={(event) => change({ subject: event.currentTarget.value })}
      />
      <Textarea
        label={t('print.letter.text')}
        description={t('print.letter.textHint')}
        value={form.text}
        onChange={(event) => change({ text: event.currentTarget.value })}
        autosize
        minRows={8}
        maxRows={16}
      />
      {draft.error ? <ErrorNotice error={draft.error} /> : null}
      <Group justify="flex-end">
        <Button size="compact-sm" variant="subtle" onClick={() => void draft.discard()}>
          {t('write.draftDiscard')}
        </Button>
      </Group>
    </Sheet>
  );
}

/** How a letter begins: what counts now in the chart. */
function letterText({ summary }: ChartPartsFragment, { t }: PaperFacts): string {
  const part = (
    title: string,
    items: readonly { readonly title: string; readonly value: string | null }[],
    none: string,
  ): string =>
    [
      title,
      ...(items.length === 0
        ? [none]
        : items.map((item) => `– ${[plainTitle(t, item.title), item.value].filter(Boolean).join(': ')}`)),
    ].join('\n');
  return [
    part(t('summary.ALLERGY'), summary.allergies, t('print.letter.noAllergies')),
    part(t('summary.PROBLEM'), summary.problems, t('print.letter.none')),
    part(t('summary.MEDICATION'), summary.medications, t('print.letter.none')),
  ].join('\n\n');
}

/** Results on a summary: those that count now, not the history. */
const SUMMARY_RESULTS = 20;

function SummarySheet({ chart, facts }: { chart: ChartPartsFragment; facts: PaperFacts }) {
  const { t } = useTranslation();
  const patient = chart.patient.id;
  const { data, error, refetch } = useQuery(printedSections, { variables: { patient, results: SUMMARY_RESULTS } });
  const blocks = useMemo(() => {
    const { allergies, problems, medications, vitals } = chart.summary;
    const now = (key: SectionName, items: readonly ItemPartsFragment[], none = t('print.none')): PaperSection => {
      return { key, title: t(`section.${key}`), items, total: items.length, none };
    };
    return summaryPaper(facts, [
      now('ALLERGY', allergies, t('print.noAllergies')),
      now('PROBLEM', problems),
      now('MEDICATION', medications),
      ...(data
        ? [
            sectionOf(t, 'IMMUNIZATION', data.chart.immunizations),
            sectionOf(t, 'PROCEDURE', data.chart.procedures),
            now('VITAL', vitals),
            sectionOf(t, 'RESULT', data.chart.results),
          ]
        : []),
    ]);
  }, [chart, facts, data, t]);
  return (
    <Sheet facts={facts} paper="SUMMARY" size="a4" blocks={blocks} isReady={data !== undefined}>
      <Text size="sm">{t('print.summaryHint')}</Text>
      {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
    </Sheet>
  );
}

type SectionName = 'ALLERGY' | 'PROBLEM' | 'MEDICATION' | 'IMMUNIZATION' | 'PROCEDURE' | 'VITAL' | 'RESULT';

function sectionOf(t: TFunction, key: SectionName, { edges, totalCount }: PrintedItemsFragment): PaperSection {
  return { key, title: t(`section.${key}`), items: edges.map(({ node }) => node), total: totalCount, none: t('print.none') };
}

const MOST_RESULTS = 100;

function ResultsSheet({ chart, facts }: { chart: ChartPartsFragment; facts: PaperFacts }) {
  const { t } = useTranslation();
  const [count, setCount] = useState(30);
  const patient = chart.patient.id;
  const { data, previousData, error, refetch } = useQuery(printedSections, { variables: { patient, results: count } });
  const results = (data ?? previousData)?.chart.results;
  const blocks = useMemo(() => (results ? resultsPaper(facts, sectionOf(t, 'RESULT', results)) : []), [facts, results, t]);
  return (
    <Sheet facts={facts} paper="RESULTS" size="a4" blocks={blocks} isReady={data !== undefined && (results?.totalCount ?? 0) > 0}>
      <NumberInput
        label={t('print.results')}
        value={count}
        onChange={(value) => setCount(Math.min(MOST_RESULTS, Math.max(1, Math.round(Number(value)) || 1)))}
        min={1}
        max={MOST_RESULTS}
      />
      {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
    </Sheet>
  );
}

const MOST_LABELS = 24;

/** Of the newest medications of the chart, what was handed over. */
function useHandedOver(patient: string): readonly ItemPartsFragment[] {
  const variables = { patient, section: 'MEDICATION', search: null, remote: true } as const;
  const { data } = useQuery(sectionItems, { variables });
  const items = (data?.chart.items.edges ?? []).map(({ node }) => node);
  return items.filter(({ resourceType, status }) => resourceType === 'MedicationDispense' && status === 'completed');
}

/** Labels of the patient, or of a medicine that was handed over. */
function LabelSheet({ facts }: { facts: PaperFacts }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [count, setCount] = useState(1);
  const [of, setOf] = useState('');
  const patient = facts.patient.id;
  const handedOver = useHandedOver(patient);
  const { data, error } = useQuery(recordNow, { variables: { patient, id: of }, skip: of === '' });
  const medicine = data?.record;
  const blocks = useMemo(() => {
    if (of === '') return labelPaper(facts, count);
    return medicine ? medicineLabelPaper(facts, medicine, count) : [];
  }, [facts, count, of, medicine]);
  return (
    <Sheet
      facts={facts}
      paper="LABEL"
      size={of === '' ? 'label' : 'medicine'}
      blocks={blocks}
      isReady={of === '' || medicine !== undefined}
    >
      {handedOver.length === 0 ? null : (
        <Select
          label={t('print.labelOf')}
          data={[
            { value: '', label: facts.patient.name },
            ...handedOver.map(({ id, title, date }) => ({
              value: id,
              label: [plainTitle(t, title), format.recorded(date)].filter(Boolean).join(' · '),
            })),
          ]}
          value={of}
          onChange={(value) => setOf(value ?? '')}
          allowDeselect={false}
        />
      )}
      {error ? <ErrorNotice error={error} /> : null}
      <NumberInput
        label={t('print.labels')}
        description={t('print.labelsHint', { size: of === '' ? '62 × 29' : '70 × 35' })}
        value={count}
        onChange={(value) => setCount(Math.min(MOST_LABELS, Math.max(1, Math.round(Number(value)) || 1)))}
        min={1}
        max={MOST_LABELS}
      />
    </Sheet>
  );
}
