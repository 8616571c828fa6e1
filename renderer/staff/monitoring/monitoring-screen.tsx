import { useMutation, useQuery } from '@apollo/client/react';
import { Button, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconHeartRateMonitor } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WatchPartsFragment } from '../../generated/graphql.ts';
import { useShortcut } from '../../parts/focus/shortcuts.tsx';
import { useAnnounce } from '../../parts/focus/use-announce.ts';
import { heightLeft } from '../../parts/height-left.ts';
import { useNavigation } from '../../parts/navigation.tsx';
import { Page } from '../../parts/page.tsx';
import { PersonCell } from '../../parts/person-cell.tsx';
import { quietly } from '../../parts/quietly.ts';
import { type Column, RowTable } from '../../parts/row-table.tsx';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { type TaskBeginning, useTaskAsking } from '../../parts/task-asking.ts';
import { shownUnit } from '../../parts/words/measured-words.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import { useCovered } from '../cover/cover.tsx';
import { GatewaysSection } from './gateways-section.tsx';
import { acknowledgeAlerts, monitored, monitoringStaff } from './monitoring-documents.ts';
import { AlertLine, LastReading, spanWords, thresholdWords, WatchStanding } from './monitoring-parts.tsx';

/** More of them would hide the others: the chart has all. */
const MOST_ALERTS = 2;

/** Who is watched, the worst first; alerts are acknowledged here. */
export function MonitoringScreen() {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const announce = useAnnounce();
  const { data, error, refetch } = useQuery(monitored, { fetchPolicy: 'cache-and-network' });
  const me = useQuery(monitoringStaff).data?.me.id ?? '';
  const covered = useCovered();
  const [whose, setWhose] = useState('all');
  const [chosen, setChosen] = useState<string | null>(null);
  const [send, sending] = useMutation(acknowledgeAlerts, { refetchQueries: [monitored] });
  const all = data?.monitored ?? [];
  const shown = all.filter(({ plans }) => whose === 'all' || plans[0]?.tell.some(({ id }) => id === me || covered.has(id)));

  const acknowledge = async (watch: WatchPartsFragment | undefined): Promise<void> => {
    if (!watch || watch.alerts.length === 0) return;
    // A refusal is shown above the list.
    const done = await send({ variables: { watch: watch.id, alerts: watch.alerts.map(({ id }) => id) } }).catch(() => undefined);
    if (done?.data) announce(t('monitoring.acknowledged', { name: watch.patient.name }));
  };
  useShortcut('a', t('monitoring.acknowledge'), () => void acknowledge(shown.find(({ id }) => id === chosen)));
  const columns = useColumns((watch) => void acknowledge(watch), sending.loading);

  return (
    <Page
      title={t('screens.monitoring')}
      note={data ? <Standing watched={all} /> : undefined}
      actions={
        <SegmentedControl
          aria-label={t('monitoring.whose')}
          value={whose}
          onChange={setWhose}
          data={[
            { value: 'all', label: t('monitoring.everybody') },
            { value: 'mine', label: t('monitoring.toldToMe') },
          ]}
        />
      }
    >
      {error && !data ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
      {sending.error ? <ErrorNotice error={sending.error} /> : null}
      {!data && !error ? <Loading rows={8} /> : null}
      {data && shown.length === 0 ? (
        <Empty
          icon={<IconHeartRateMonitor aria-hidden />}
          title={t(all.length === 0 ? 'monitoring.none' : 'monitoring.noneShown')}
          text={t(all.length === 0 ? 'monitoring.noneHint' : 'monitoring.noneShownHint')}
        />
      ) : null}
      {shown.length > 0 ? (
        <Stack gap="sm">
          <RowTable
            label={t('screens.monitoring')}
            columns={columns}
            rows={shown}
            rowKey={({ id }) => id}
            onOpen={({ patient }) => go('chart', patient.id)}
            onReach={({ id }) => setChosen(id)}
            height={heightLeft(170)}
          />
          <Text size="xs" c="dimmed">
            {t('monitoring.keysHint')}
          </Text>
        </Stack>
      ) : null}
      <GatewaysSection />
    </Page>
  );
}

/** A task about the newest alert of a watch, in words that say what it was. */
function beginningOf(t: TFunction, { patient, alerts, measurement, unit }: WatchPartsFragment): TaskBeginning {
  const newest = alerts.at(-1);
  const value = newest ? `${newest.reading.value} ${shownUnit(unit)}` : '';
  return { patient, what: t('tasks.aboutAlert', { what: t(`monitoring.measurement.${measurement}`), value }) };
}

/** How it stands, in one line that a screen reader hears when it changes. */
function Standing({ watched }: { watched: readonly WatchPartsFragment[] }) {
  const { t } = useTranslation();
  const count = (...states: readonly string[]): number => watched.filter(({ state }) => states.includes(state)).length;
  return (
    <Text size="sm" role="status">
      {[
        t('monitoring.countAlerts', { count: count('ESCALATED', 'ALERT') }),
        t('monitoring.countSilent', { count: watched.filter(({ notWatchingSince }) => notWatchingSince !== null).length }),
        // Whoever has an alert is watched all the same.
        t('monitoring.countWatched', { count: watched.filter(({ notWatchingSince }) => notWatchingSince === null).length }),
      ].join(' · ')}
    </Text>
  );
}

function useColumns(acknowledge: (watch: WatchPartsFragment) => void, busy: boolean): readonly Column<WatchPartsFragment>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const askForTask = useTaskAsking();
  return [
    { key: 'state', label: t('monitoring.standing'), width: 150, cell: (watch) => <WatchStanding watch={watch} /> },
    {
      key: 'patient',
      label: t('patients.name'),
      cell: ({ patient }) => <PersonCell person={patient} />,
    },
    {
      key: 'what',
      label: t('monitoring.what'),
      cell: (watch) => <WhatIsWatched watch={watch} />,
    },
    { key: 'last', label: t('monitoring.last'), width: 130, cell: (watch) => <LastReading watch={watch} /> },
    {
      key: 'alerts',
      label: t('monitoring.alerts'),
      cell: (watch) => <NewestAlerts watch={watch} />,
    },
    {
      key: 'tell',
      label: t('monitoring.tell'),
      width: 130,
      cell: ({ plans }) => format.list((plans[0]?.tell ?? []).map(({ name }) => name)) || '–',
    },
    {
      key: 'act',
      label: t('monitoring.act'),
      width: 140,
      cell: (watch) =>
        watch.alerts.length > 0 ? (
          <AlertActs busy={busy} onAcknowledge={() => acknowledge(watch)} onTask={() => askForTask(beginningOf(t, watch))} />
        ) : null,
    },
  ];
}

function WhatIsWatched({ watch: { measurement, plans, unit } }: { watch: WatchPartsFragment }) {
  const { t } = useTranslation();
  const [plan] = plans;
  return (
    <>
      <Text size="sm">{t(`monitoring.measurement.${measurement}`)}</Text>
      {plan ? (
        <Text size="xs" c="dimmed">
          {thresholdWords(t, plan, unit)} · {t('monitoring.every', { span: spanWords(t, plan.intervalMinutes) })}
        </Text>
      ) : null}
    </>
  );
}

function NewestAlerts({ watch: { alerts, unit } }: { watch: WatchPartsFragment }) {
  const { t } = useTranslation();
  return (
    <Stack gap={4}>
      {alerts.slice(0, MOST_ALERTS).map((alert) => (
        <AlertLine key={alert.id} alert={alert} unit={unit} />
      ))}
      {alerts.length > MOST_ALERTS ? <Text size="xs">{t('monitoring.more', { count: alerts.length - MOST_ALERTS })}</Text> : null}
    </Stack>
  );
}

interface AlertActsProps {
  readonly busy: boolean;
  readonly onAcknowledge: () => void;
  readonly onTask: () => void;
}

function AlertActs({ busy, onAcknowledge, onTask }: AlertActsProps) {
  const { t } = useTranslation();
  return (
    <Stack gap={4} align="flex-start">
      <Button size="compact-sm" variant="default" disabled={busy} onClick={onAcknowledge}>
        {t('monitoring.acknowledge')}
      </Button>
      <Button size="compact-sm" variant="subtle" onClick={onTask}>
        {t('tasks.add')}
      </Button>
    </Stack>
  );
}
