import { useQuery } from '@apollo/client/react';
import { Badge, Group, Paper, ScrollArea, SegmentedControl, Stack, Table, Text, Title } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FROZEN_CONNECTED_MS } from '../../../shared/sync/freeze.ts';
import type { HubLedgerQuery } from '../../generated/graphql.ts';
import { quietly } from '../../parts/quietly.ts';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { type Format, useFormat } from '../../parts/words/use-format.ts';
import { EvidenceSection } from '../ledger/evidence-section.tsx';
import { useSyncState } from '../sync/sync-state.ts';
import { hubLedger } from './fleet-documents.ts';
import { HubAnchors } from './hub-anchors.tsx';
import { HubDiskSection } from './hub-disk.tsx';

const Plot = lazy(() => import('../../parts/plot/plot.tsx').then(({ Plot: named }) => ({ default: named })));

type Ledger = HubLedgerQuery['hubLedger'];
type Sample = Ledger['minutes'][number];

const LIVE_MS = 15_000;
const MEGABYTE = 1_000_000;

/** What is drawn, as a number, and as a person reads it. */
const MEASURES = {
  blocks: { of: ({ blocks }: Sample) => blocks, unit: '', text: (format: Format, value: number) => format.number(value) },
  answered: { of: ({ answered }: Sample) => answered, unit: '', text: (format: Format, value: number) => format.number(value) },
  refused: { of: ({ refused }: Sample) => refused, unit: '', text: (format: Format, value: number) => format.number(value) },
  slow: {
    of: ({ slow }: Sample) => slow / 1000,
    unit: ' ms',
    text: (format: Format, value: number) => `${format.number(Math.round(value))} ms`,
  },
  storage: {
    of: ({ storage }: Sample) => storage / MEGABYTE,
    unit: ' MB',
    text: (format: Format, value: number) => format.bytes(value * MEGABYTE),
  },
  memory: {
    of: ({ memory }: Sample) => memory / MEGABYTE,
    unit: ' MB',
    text: (format: Format, value: number) => format.bytes(value * MEGABYTE),
  },
} as const;
type Measure = keyof typeof MEASURES;
const NAMES = Object.keys(MEASURES) as Measure[];

/** The region's ledger as an administrator follows it: who stands by its newest checkpoint, how it grows, and what was caught. */
export function HubLedger() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(hubLedger, { pollInterval: LIVE_MS, fetchPolicy: 'cache-and-network' });
  if (error) return <ErrorNotice error={error} onRetry={() => quietly(refetch())} />;
  if (!data) return <Loading rows={8} label={t('fleet.asking')} />;
  return (
    <Stack gap="md">
      {data.hubLedger.disk && <HubDiskSection disk={data.hubLedger.disk} />}
      <OverTime ledger={data.hubLedger} />
      <Witnesses ledger={data.hubLedger} />
      <HubAnchors />
      <EvidenceSection />
    </Stack>
  );
}

function Witnesses({ ledger: { quorum, witnesses } }: { ledger: Ledger }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { sync } = useSyncState();
  const isFinal = sync ? sync.witnessedSize >= sync.replicaSize : false;
  // In a region at work the newest blocks always wait for the witnesses' next word: that alone is nobody's trouble.
  const since = sync?.witnessedAt ?? null;
  const isWaiting = !isFinal && since !== null && Date.now() - since < FROZEN_CONNECTED_MS;
  return (
    <Paper withBorder p="md" component="section" aria-label={t('fleet.ledger.witnesses')}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2}>{t('fleet.ledger.witnesses')}</Title>
          <Badge color={isFinal ? 'lagoon' : isWaiting ? 'gray' : 'orange'} size="lg">
            {t(isFinal ? 'fleet.ledger.final' : 'fleet.ledger.notFinal')}
          </Badge>
        </Group>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('fleet.ledger.witness')}</Table.Th>
              <Table.Th scope="col">{t('fleet.ledger.cosigned')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {witnesses.map(({ who, clinic, cosignedAt }) => (
              <Table.Tr key={who}>
                <Table.Td>{clinic ?? who}</Table.Td>
                <Table.Td>{cosignedAt === null ? t('fleet.ledger.notYet') : format.ago(cosignedAt)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        {sync && since !== null && !isFinal ? (
          <Text size="sm">
            {t('fleet.ledger.finalUpTo', { blocks: format.number(sync.witnessedSize), ago: format.ago(since) })}
          </Text>
        ) : null}
        <Text size="xs" c="dimmed">
          {t('fleet.ledger.quorum', { count: quorum, of: witnesses.length })} {t('fleet.ledger.checkedHere')}
        </Text>
      </Stack>
    </Paper>
  );
}

function OverTime({ ledger }: { ledger: Ledger }) {
  const { t } = useTranslation();
  const [measure, setMeasure] = useState<Measure>('blocks');
  const [span, setSpan] = useState<'minutes' | 'hours'>('minutes');
  const samples = ledger[span];
  return (
    <Paper withBorder p="md" component="section" aria-label={t('fleet.ledger.overTime')}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2}>{t('fleet.ledger.overTime')}</Title>
          <SegmentedControl
            aria-label={t('fleet.ledger.span')}
            value={span}
            onChange={(chosen) => setSpan(chosen as 'minutes' | 'hours')}
            data={(['minutes', 'hours'] as const).map((value) => ({ value, label: t(`fleet.ledger.${value}`) }))}
          />
        </Group>
        <SegmentedControl
          aria-label={t('fleet.ledger.measure')}
          value={measure}
          onChange={(chosen) => setMeasure(chosen as Measure)}
          data={NAMES.map((value) => ({ value, label: t(`fleet.ledger.of.${value}`) }))}
        />
        {samples.length === 0 ? (
          <Empty icon={<IconChartLine aria-hidden />} title={t('fleet.ledger.none')} text={t('fleet.ledger.noneHint')} />
        ) : (
          <Drawn key={measure} measure={measure} samples={samples} />
        )}
      </Stack>
    </Paper>
  );
}

function Drawn({ measure, samples }: { measure: Measure; samples: readonly Sample[] }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { of, unit, text } = MEASURES[measure];
  const points = useMemo(() => samples.map((sample) => ({ at: sample.start, value: of(sample) })), [samples, of]);
  const series = useMemo(() => [{ unit: measure, points }], [measure, points]);
  return (
    <Group align="flex-start" wrap="nowrap" gap="lg">
      <Stack gap={4} flex={1} miw={0}>
        <Suspense fallback={<Loading rows={6} />}>
          <Plot label={t(`fleet.ledger.of.${measure}`)} series={series} language={i18n.language} axisUnit={unit} />
        </Suspense>
        <Text size="xs" c="dimmed">
          {t(`fleet.ledger.meaning.${measure}`)}
        </Text>
      </Stack>
      <ScrollArea.Autosize
        mah={240}
        miw={300}
        viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t('fleet.ledger.values') }}
      >
        <Table stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('fleet.time')}</Table.Th>
              <Table.Th scope="col" ta="end">
                {t(`fleet.ledger.of.${measure}`)}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {points.toReversed().map(({ at, value }) => (
              <Table.Tr key={at}>
                <Table.Td>{format.moment(at)}</Table.Td>
                <Table.Td ta="end">{text(format, value)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
    </Group>
  );
}
