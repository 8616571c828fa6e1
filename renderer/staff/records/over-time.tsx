/** Results over time: up to three together, drawn and beside it as a table. */
import { useQuery } from '@apollo/client/react';
import {
  Group,
  MultiSelect,
  Paper,
  ScrollArea,
  SegmentedControl,
  Stack,
  Table,
  Text,
  Title,
  useComputedColorScheme,
} from '@mantine/core';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { beginningOf } from '../../../shared/encoding/wall-clock.ts';
import { LINES, MOST_LINES } from '../../parts/plot/plot-lines.ts';
import { quietly } from '../../parts/quietly.ts';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { shownDecimals, shownUnit } from '../../parts/words/measured-words.ts';
import { type Units, useUnits } from '../../parts/words/units.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import { seriesCodes, seriesOf } from './chart-documents.ts';
import { DIASTOLIC, SYSTOLIC } from './forms/vital-signs.ts';
import { plainTitle } from './item-title.ts';
import styles from './over-time.module.css';
import { isMixed, lineOf, ownUnit, type SeriesShown } from './series-lines.ts';

const Plot = lazy(() => import('../../parts/plot/plot.tsx').then((file) => ({ default: file.Plot })));

interface OverTimeProps {
  readonly patient: string;
  readonly onOpen: (record: string) => void;
}

export function OverTime({ patient, onOpen }: OverTimeProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const { data, error, refetch } = useQuery(seriesCodes, { variables: { patient } });
  const codes = data?.chart.seriesCodes;

  if (error) return <ErrorNotice error={error} onRetry={() => quietly(refetch())} />;
  if (!codes) return <Loading rows={6} />;
  const [most] = codes;
  if (!most) return null;
  const shown = chosen.length > 0 ? chosen : together(most.code);
  return (
    <Paper withBorder p="md" component="section" aria-label={t('results.overTime')}>
      <Group justify="space-between" align="flex-start" mb="sm">
        <Title order={2}>{t('results.overTime')}</Title>
        <MultiSelect
          aria-label={t('results.code')}
          data={codes.map((entry) => ({ value: entry.code, label: `${plainTitle(t, entry.title)} (${entry.count})` }))}
          value={[...shown]}
          onChange={setChosen}
          maxValues={MOST_LINES}
          nothingFoundMessage={t('results.most', { count: MOST_LINES })}
          searchable
          className={styles.choice}
        />
      </Group>
      <SeriesView patient={patient} codes={shown} onOpen={onOpen} />
    </Paper>
  );
}

/** People read the two pressures as one. */
const together = (code: string): readonly string[] =>
  code === SYSTOLIC.code || code === DIASTOLIC.code ? [SYSTOLIC.code, DIASTOLIC.code] : [code];

function useSeries(patient: string, code: string | undefined) {
  const { data, previousData, error } = useQuery(seriesOf, {
    variables: { patient, code: code ?? '' },
    skip: code === undefined,
  });
  return { error, series: code === undefined ? null : (data ?? previousData)?.chart.series };
}

function SeriesView({ patient, codes, onOpen }: OverTimeProps & { codes: readonly string[] }) {
  const { t } = useTranslation();
  const asked = [useSeries(patient, codes[0]), useSeries(patient, codes[1]), useSeries(patient, codes[2])];
  const [first, second, third] = asked.map((each) => each.series);
  const series = useMemo(() => [first, second, third].flatMap((each) => each ?? []), [first, second, third]);
  const error = asked.find((each) => each.error)?.error;
  if (error) return <ErrorNotice error={error} />;
  if (asked.some(({ series }) => series === undefined)) return <Loading rows={6} />;
  if (series.length === 0) return <Text c="dimmed">{t('results.noNumbers')}</Text>;
  return series.some(isMixed) ? (
    <SeriesConverted series={series} onOpen={onOpen} />
  ) : (
    <SeriesDrawn series={series} units={undefined} onOpen={onOpen} />
  );
}

interface SeriesProps {
  readonly series: readonly SeriesShown[];
  readonly onOpen: (record: string) => void;
}

/** Some values have another unit than the others: only then the tables of units are loaded. */
function SeriesConverted(props: SeriesProps) {
  return <SeriesDrawn {...props} units={useUnits()} />;
}

const DAY = 86_400_000;
const SPANS = { months: 91 * DAY, year: 365 * DAY, years: 5 * 365 * DAY, all: undefined } as const;
type Span = keyof typeof SPANS;
/** A plot has an axis at each side. */
const MOST_UNITS = 2;

function SeriesDrawn({ series, units: tables, onOpen }: SeriesProps & { readonly units: Units | undefined }) {
  const { t, i18n } = useTranslation();
  const [span, setSpan] = useState<Span>('all');
  const { units, lines } = useMemo(() => {
    const first = [...new Set(series.map(({ unit }) => unit ?? ''))].slice(0, MOST_UNITS);
    return { units: first, lines: series.filter(({ unit }) => first.includes(unit ?? '')).map((each) => lineOf(each, tables)) };
  }, [series, tables]);
  const newest = Math.max(...lines.flatMap(({ points }) => points.map(({ at }) => at)));
  const back = SPANS[span];
  const names = series.map(({ title }) => plainTitle(t, title)).join(', ');
  const count = series.reduce((sum, { points }) => sum + points.length, 0);
  return (
    <div className={styles.drawn}>
      <Stack gap={4} className={styles.plot}>
        <Suspense fallback={<Loading rows={6} />}>
          <Plot
            label={t('results.plotOf', { title: names, count })}
            series={lines}
            since={back === undefined ? undefined : newest - back}
            language={i18n.language}
          />
        </Suspense>
        <Legend series={series} units={units} />
        <Converted lines={lines} />
        <Group justify="space-between" gap="xs">
          <SegmentedControl
            size="xs"
            aria-label={t('results.span')}
            value={span}
            onChange={setSpan}
            data={(Object.keys(SPANS) as Span[]).map((value) => ({ value, label: t(`results.${value}`) }))}
          />
          <Text size="xs" c="dimmed">
            {t('results.zoom')}
          </Text>
        </Group>
      </Stack>
      <Values series={series} onOpen={onOpen} />
    </div>
  );
}

/** That some values are drawn in another unit than they were recorded in, or not at all. */
function Converted({ lines }: { readonly lines: ReadonlyArray<ReturnType<typeof lineOf>> }) {
  const { t } = useTranslation();
  return lines.map(({ unit, converted, left }) => (
    <Text key={unit} size="xs" c="dimmed" hidden={converted + left === 0}>
      {converted > 0 ? t('results.converted', { count: converted, unit: shownUnit(unit) }) : null}{' '}
      {left > 0 ? t('results.notConverted', { count: left, unit: shownUnit(unit) }) : null}
    </Text>
  ));
}

/** What each line is, and its usual values. */
function Legend({ series, units }: Pick<SeriesProps, 'series'> & { units: readonly string[] }) {
  const { t } = useTranslation();
  const scheme = useComputedColorScheme('light');
  const drawn = series.filter(({ unit }) => units.includes(unit ?? ''));
  return (
    <Stack gap={2}>
      {series.map((each) => {
        const title = plainTitle(t, each.title);
        const unit = shownUnit(each.unit ?? '');
        const at = drawn.indexOf(each);
        if (at < 0)
          return (
            <Text key={each.code} size="xs" c="dimmed">
              {t('results.notDrawn', { title, unit })}
            </Text>
          );
        const { [scheme]: stroke, dash } = LINES[at] as (typeof LINES)[number];
        const newest = each.points.findLast(({ low, high }) => low !== null || high !== null);
        const range = [newest?.low, newest?.high].map((edge) => edge ?? '…').join(' – ');
        return (
          <Group key={each.code} gap={6} wrap="nowrap">
            <svg width={28} height={8} aria-hidden>
              <line x1={0} x2={28} y1={4} y2={4} stroke={stroke} strokeWidth={2} strokeDasharray={dash.join(' ')} />
            </svg>
            <Text size="xs" c="dimmed">
              {`${title}${unit ? `, ${unit}` : ''} · ${newest ? t('results.reference', { range }) : t('results.noReference')}`}
            </Text>
          </Group>
        );
      })}
    </Stack>
  );
}

function Values({ series, onOpen }: SeriesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ScrollArea.Autosize
      className={styles.values}
      mah={280}
      viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t('results.values') }}
    >
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('item.date')}</Table.Th>
            {series.map(({ code, title, unit }) => (
              <Table.Th key={code} scope="col" ta="right" maw={110}>
                {series.length === 1
                  ? t('item.valueIn', { unit: shownUnit(unit ?? '') })
                  : t('results.value', { title: plainTitle(t, title), unit: shownUnit(unit ?? '') })}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rowsOf(series).map(({ record, date, points }) => (
            <Table.Tr key={`${record} ${date}`}>
              <Table.Td>
                <button type="button" className={styles.link} onClick={() => onOpen(record)}>
                  {format.recorded(date)}
                </button>
              </Table.Td>
              {series.map((each, at) => (
                <Value key={each.code} series={each} point={points[at]} />
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  );
}

type Point = SeriesShown['points'][number];

function Value({ series, point }: { readonly series: SeriesShown; readonly point: Point | undefined }) {
  const { t } = useTranslation();
  if (!point) return <Table.Td />;
  const { value, low, high } = point;
  const isOutside = (low !== null && Number(value) < Number(low)) || (high !== null && Number(value) > Number(high));
  return (
    <Table.Td ta="right" fw={isOutside ? 700 : undefined}>
      {`${shownDecimals(value)} ${shownUnit(ownUnit(series, point))}`.trim()}
      {isOutside ? ` ${t('results.outside')}` : ''}
    </Table.Td>
  );
}

interface ValueRow {
  readonly record: string;
  readonly date: string;
  /** By the place of their series. */
  readonly points: ReadonlyArray<Point | undefined>;
}

/** The newest first; values of one record at one time stand in one row. */
function rowsOf(series: readonly SeriesShown[]): ValueRow[] {
  const rows = new Map<string, ValueRow>();
  for (const [at, { points }] of series.entries())
    for (const point of points) {
      const { record, date } = point;
      const row = rows.get(`${record} ${date}`) ?? { record, date, points: series.map(() => undefined) };
      rows.set(`${record} ${date}`, { ...row, points: row.points.with(at, point) });
    }
  return [...rows.values()].sort((one, other) => beginningOf(other.date) - beginningOf(one.date));
}
