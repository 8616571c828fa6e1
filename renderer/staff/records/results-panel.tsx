import { useQuery } from '@apollo/client/react';
import { Group, Paper, ScrollArea, SegmentedControl, Select, Stack, Table, Text, Title } from '@mantine/core';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SeriesOfQuery } from '../../generated/graphql.ts';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/use-format.ts';
import { seriesCodes, seriesOf } from './chart-documents.ts';
import { plainTitle } from './item-title.ts';
import styles from './results-panel.module.css';
import { SectionPanel } from './section-panel.tsx';
import type { Writing } from './writing.ts';

const Plot = lazy(() => import('../../parts/plot.tsx').then((file) => ({ default: file.Plot })));

interface ResultsPanelProps {
  readonly patient: string;
  /** Another clinic keeps the chart. */
  readonly shared: boolean;
  readonly onOpen: (record: string) => void;
  readonly onWrite: (writing: Writing) => void;
}

/** One code over time, drawn and as a table; below it every result and vital sign. */
export function ResultsPanel({ patient, shared, onOpen, onWrite }: ResultsPanelProps) {
  const { t } = useTranslation();
  const [section, setSection] = useState<'RESULT' | 'VITAL'>('VITAL');
  return (
    <Stack gap="lg">
      <OverTime patient={patient} onOpen={onOpen} />
      <Stack gap="xs">
        <Group>
          <SegmentedControl
            aria-label={t('results.which')}
            value={section}
            onChange={setSection}
            data={[
              { value: 'VITAL', label: t('section.VITAL') },
              { value: 'RESULT', label: t('results.laboratory') },
            ]}
          />
        </Group>
        <SectionPanel patient={patient} section={section} shared={shared} onOpen={onOpen} onWrite={onWrite} />
      </Stack>
    </Stack>
  );
}

function OverTime({ patient, onOpen }: { patient: string; onOpen: (record: string) => void }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const { data, error } = useQuery(seriesCodes, { variables: { patient } });
  const codes = data?.chart.seriesCodes;
  const code = chosen ?? codes?.[0]?.code;

  if (error) return <ErrorNotice error={error} />;
  if (!codes) return <Loading rows={6} />;
  if (code === undefined) return <Text c="dimmed">{t('results.noNumbers')}</Text>;
  return (
    <Paper withBorder p="md" component="section" aria-label={t('results.overTime')}>
      <Group justify="space-between" mb="sm">
        <Title order={2}>{t('results.overTime')}</Title>
        <Select
          aria-label={t('results.code')}
          data={codes.map((entry) => ({ value: entry.code, label: `${plainTitle(t, entry.title)} (${entry.count})` }))}
          value={code}
          onChange={setChosen}
          searchable
          allowDeselect={false}
          w={360}
        />
      </Group>
      <SeriesView patient={patient} code={code} onOpen={onOpen} />
    </Paper>
  );
}

function SeriesView({ patient, code, onOpen }: { patient: string; code: string; onOpen: (record: string) => void }) {
  const { t } = useTranslation();
  const { data, previousData, error } = useQuery(seriesOf, { variables: { patient, code } });
  const series = (data ?? previousData)?.chart.series;
  if (error) return <ErrorNotice error={error} />;
  if (series === undefined) return <Loading rows={6} />;
  if (series === null) return <Text c="dimmed">{t('results.noNumbers')}</Text>;
  return <SeriesPlot series={series} onOpen={onOpen} />;
}

type SeriesShown = NonNullable<SeriesOfQuery['chart']['series']>;

/** FHIR dates as moments; a year or a month stands at its beginning. */
const momentOf = (date: string): number =>
  Date.parse(date.length === 4 ? `${date}-01-01` : date.length === 7 ? `${date}-01` : date);

const limit = (literal: string | null | undefined): number | undefined => (literal == null ? undefined : Number(literal));

function SeriesPlot({ series, onOpen }: { series: SeriesShown; onOpen: (record: string) => void }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  // A plot needs numbers; what a person reads stays the literal that was written.
  const points = useMemo(
    () =>
      series.points
        .map(({ date, value }) => ({ at: momentOf(date), value: Number(value) }))
        .filter(({ at, value }) => Number.isFinite(at) && Number.isFinite(value)),
    [series.points],
  );
  const newest = series.points.findLast(({ low, high }) => low !== null || high !== null);
  const low = limit(newest?.low);
  const high = limit(newest?.high);
  const range = [newest?.low, newest?.high].map((edge) => edge ?? '…').join(' – ');

  return (
    <Group align="flex-start" wrap="nowrap" gap="lg">
      <Stack gap={4} flex={1} miw={0}>
        <Suspense fallback={<Loading rows={6} />}>
          <Plot
            label={t('results.plotOf', { title: plainTitle(t, series.title), count: series.points.length })}
            points={points}
            {...(low === undefined ? {} : { low })}
            {...(high === undefined ? {} : { high })}
            language={i18n.language}
          />
        </Suspense>
        <Text size="xs" c="dimmed">
          {plainTitle(t, series.title)}, {series.unit}
          {newest ? ` · ${t('results.reference', { range })}` : ` · ${t('results.noReference')}`}
        </Text>
      </Stack>
      <ScrollArea.Autosize
        className={styles.values}
        mah={240}
        viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t('results.values') }}
      >
        <Table stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('item.date')}</Table.Th>
              <Table.Th scope="col" ta="right">
                {t('item.valueIn', { unit: series.unit })}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {series.points.toReversed().map(({ record, date, value, low: from, high: to }) => {
              const outside = (from !== null && Number(value) < Number(from)) || (to !== null && Number(value) > Number(to));
              return (
                <Table.Tr key={`${record} ${date}`}>
                  <Table.Td>
                    <button type="button" className={styles.link} onClick={() => onOpen(record)}>
                      {format.recorded(date)}
                    </button>
                  </Table.Td>
                  <Table.Td ta="right" fw={outside ? 700 : undefined}>
                    {value}
                    {outside ? ` ${t('results.outside')}` : ''}
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
    </Group>
  );
}
