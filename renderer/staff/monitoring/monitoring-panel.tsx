import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconHeartRateMonitor, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WatchPartsFragment } from '../../generated/graphql.ts';
import { quietly } from '../../parts/quietly.ts';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { acknowledgeAlerts, endMonitoring, monitored, monitoringOf } from './monitoring-documents.ts';
import { AlertLine, LastReading, ladderWords, spanWords, thresholdWords, WatchStanding } from './monitoring-parts.tsx';
import { PlanForm } from './plan-form.tsx';

/** A plan that is written: a new one, or a further version of one. */
type Writing = { readonly watch?: WatchPartsFragment };

/** What is watched of this patient, and how; the plans are made and changed here. */
export function MonitoringPanel({ patient }: { patient: string }) {
  const { t } = useTranslation();
  const [writing, setWriting] = useState<Writing | null>(null);
  const { data, error, refetch } = useQuery(monitoringOf, { variables: { patient }, fetchPolicy: 'cache-and-network' });
  const watched = data?.monitoring;
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setWriting({})}>
      {t('monitoring.add')}
    </Button>
  );
  return (
    <Stack gap="md">
      {watched && watched.length > 0 ? <Group justify="flex-end">{add}</Group> : null}
      {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
      {!watched && !error ? <Loading rows={6} /> : null}
      {watched?.map((watch) => (
        <WatchCard key={watch.id} watch={watch} onChange={() => setWriting({ watch })} />
      ))}
      {watched?.length === 0 ? (
        <Empty icon={<IconHeartRateMonitor aria-hidden />} title={t('monitoring.nothing')} text={t('monitoring.nothingHint')}>
          {add}
        </Empty>
      ) : null}
      {writing ? (
        <PlanForm patient={patient} watched={watched ?? []} watch={writing.watch} onClose={() => setWriting(null)} />
      ) : null}
    </Stack>
  );
}

function WatchCard({ watch, onChange }: { watch: WatchPartsFragment; onChange: () => void }) {
  const { t } = useTranslation();
  const options = { refetchQueries: [monitoringOf, monitored] };
  const [end, ending] = useMutation(endMonitoring, options);
  const [send, sending] = useMutation(acknowledgeAlerts, options);
  const [plan] = watch.plans;
  const { patient, measurement, unit, alerts } = watch;
  return (
    <Paper withBorder p="md" component="article">
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start">
          <div>
            <Title order={2}>{t(`monitoring.measurement.${measurement}`)}</Title>
            <WatchStanding watch={watch} />
          </div>
          <div>
            <LastReading watch={watch} />
          </div>
        </Group>
        {alerts.map((alert) => (
          <AlertLine key={alert.id} alert={alert} unit={unit} />
        ))}
        {ending.error || sending.error ? <ErrorNotice error={ending.error ?? sending.error} /> : null}
        <Group gap="xs">
          {alerts.length > 0 ? (
            <Button
              loading={sending.loading}
              onClick={() => quietly(send({ variables: { watch: watch.id, alerts: alerts.map(({ id }) => id) } }))}
            >
              {t('monitoring.acknowledge')}
            </Button>
          ) : null}
          <Button variant="default" onClick={onChange}>
            {t(plan?.active ? 'monitoring.change' : 'monitoring.again')}
          </Button>
          {plan?.active ? (
            <Button
              variant="default"
              loading={ending.loading}
              onClick={() => quietly(end({ variables: { patient: patient.id, measurement } }))}
            >
              {t('monitoring.end')}
            </Button>
          ) : null}
        </Group>
        <Plans watch={watch} />
        {watch.acknowledged.length > 0 ? (
          <>
            <Title order={3} size="sm">
              {t('monitoring.seenAlerts')}
            </Title>
            {watch.acknowledged.map((alert) => (
              <AlertLine key={alert.id} alert={alert} unit={unit} />
            ))}
          </>
        ) : null}
      </Stack>
    </Paper>
  );
}

/** Each version of the plan, who made it, and what it asked for. */
function Plans({ watch: { plans, unit } }: { watch: WatchPartsFragment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const termsOf = (plan: WatchPartsFragment['plans'][number]): string =>
    [
      thresholdWords(t, plan, unit),
      t('monitoring.every', { span: spanWords(t, plan.intervalMinutes) }),
      plan.tell.length > 0 ? t('monitoring.tells', { people: format.list(plan.tell.map(({ name }) => name)) }) : '',
      ...ladderWords(t, format, plan),
    ]
      .filter(Boolean)
      .join(' · ');
  return (
    <>
      <Title order={3} size="sm">
        {t('monitoring.plans')}
      </Title>
      {plans.map((plan) => (
        <Text size="sm" key={plan.id}>
          {t('monitoring.planLine', { moment: format.moment(plan.from), by: plan.by })}:{' '}
          {plan.active ? termsOf(plan) : t('monitoring.state.ENDED')}
        </Text>
      ))}
    </>
  );
}
