import { useLazyQuery, useMutation, useQuery } from '@apollo/client/react';
import { Alert, Button, Modal, MultiSelect, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { measurementNames, unitOf } from '../../../shared/monitoring/measurements.ts';
import type { Measurement, MonitoringInput, WatchPartsFragment } from '../../generated/graphql.ts';
import { DraftNotice } from '../../parts/draft-notice.tsx';
import { FormEnd } from '../../parts/form-end.tsx';
import { quietly } from '../../parts/quietly.ts';
import { ErrorNotice } from '../../parts/states.tsx';
import { useAnnounce } from '../../parts/use-announce.ts';
import { useFormDraft } from '../../parts/use-draft.ts';
import { LadderFields, type StepForm } from './ladder-fields.tsx';
import { monitored, monitoringDryRun, monitoringOf, monitoringStaff, setMonitoring } from './monitoring-documents.ts';
import { shownUnit, spanWords } from './monitoring-parts.tsx';

const INTERVALS = [15, 30, 60, 120, 240, 480, 720, 1440, 2880, 10_080, 20_160, 43_200];

interface PlanFormProps {
  readonly patient: string;
  readonly watched: readonly WatchPartsFragment[];
  /** The one that is changed. */
  readonly watch: WatchPartsFragment | undefined;
  readonly onClose: () => void;
}

/** The ladder as the form keeps it; a new one has one step. */
function stepsOf(plan: WatchPartsFragment['plans'][number] | undefined): readonly StepForm[] {
  if (!plan) return [{ after: '30', tell: [] }];
  if (plan.ladder.length === 0) return [{ after: String(plan.escalateMinutes), tell: [] }];
  return plan.ladder.map(({ afterMinutes, tell }) => ({ after: String(afterMinutes), tell: tell.map(({ id }) => id) }));
}

/** The terms of a plan. What they would have made of the past is shown before they can be set. */
export function PlanForm({ patient, watched, watch, onClose }: PlanFormProps) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const people = useQuery(monitoringStaff).data;
  const free = measurementNames.filter(
    (name) => watch?.measurement === name || !watched.some((each) => each.measurement === name),
  );
  const before = watch?.plans[0];
  const [start] = useState(() => ({
    measurement: (watch?.measurement ?? free[0] ?? 'SYSTOLIC_PRESSURE') as Measurement,
    low: before?.low ?? '',
    high: before?.high ?? '',
    every: String(before?.intervalMinutes ?? 1440),
    steps: stepsOf(before),
    repeat: before?.repeatMinutes ? String(before.repeatMinutes) : '',
    tell: before?.tell.map(({ id }) => id) ?? [],
  }));
  const draft = useFormDraft({ patient, kind: 'PLAN', key: before?.id ?? 'new' }, start);
  const { low, high, every, steps, repeat, tell } = draft.form;
  // What was begun may be watched meanwhile.
  const measurement = free.find((name) => name === draft.form.measurement) ?? start.measurement;
  const [run, tried] = useLazyQuery(monitoringDryRun, { fetchPolicy: 'no-cache' });
  const [set, setting] = useMutation(setMonitoring, { refetchQueries: [monitoringOf, monitored] });
  /** The terms of which the past was shown. */
  const [shownFor, setShownFor] = useState('');

  const decimal = (typed: string): string | null => typed.trim().replace(',', '.') || null;
  const input: MonitoringInput = {
    patient,
    measurement,
    low: decimal(low),
    high: decimal(high),
    intervalMinutes: Number(every),
    escalateMinutes: Number(steps[0]?.after),
    tell,
    ladder: steps.map((step) => ({ afterMinutes: Number(step.after), tell: [...step.tell] })),
    repeatMinutes: repeat === '' ? null : Number(repeat),
    basedOn: before?.id ?? null,
  };
  const terms = JSON.stringify(input);
  const past = shownFor === terms ? tried.data?.monitoringDryRun : undefined;
  const unit = shownUnit(unitOf(measurement));
  const members = (people?.staffMembers ?? []).filter(
    ({ id, role, revoked }) =>
      tell.includes(id) ||
      steps.some((step) => step.tell.includes(id)) ||
      (!revoked && ['clinician', 'nurse', 'administrator'].includes(role)),
  );

  const choices = members.map(({ id, name }) => ({ value: id, label: name }));

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!past) {
      setShownFor(terms);
      await run({ variables: { input } });
      return;
    }
    const done = await set({ variables: { input } }).catch(() => undefined);
    if (!done?.data) return;
    await draft.discard().catch(() => undefined);
    announce(t('monitoring.begun', { what: t(`monitoring.measurement.${measurement}`) }));
    onClose();
  };

  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t(before ? 'monitoring.change' : 'monitoring.add')}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <form onSubmit={(event) => quietly(submit(event))}>
        <Stack gap="md">
          <DraftNotice {...draft} />
          <Select
            label={t('monitoring.what')}
            data={free.map((name) => ({
              value: name,
              label: `${t(`monitoring.measurement.${name}`)} (${shownUnit(unitOf(name))})`,
            }))}
            value={measurement}
            onChange={(name) => draft.change({ measurement: free.find((each) => each === name) ?? measurement })}
            allowDeselect={false}
            disabled={watch !== undefined}
            data-autofocus
          />
          <SimpleGrid cols={2}>
            <TextInput
              label={t('monitoring.low', { unit })}
              description={t('monitoring.mayBeEmpty')}
              inputMode="decimal"
              value={low}
              onChange={(event) => draft.change({ low: event.currentTarget.value })}
            />
            <TextInput
              label={t('monitoring.high', { unit })}
              description={t('monitoring.mayBeEmpty')}
              inputMode="decimal"
              value={high}
              onChange={(event) => draft.change({ high: event.currentTarget.value })}
            />
            <Select
              label={t('monitoring.interval')}
              data={INTERVALS.map((minutes) => ({ value: String(minutes), label: spanWords(t, minutes) }))}
              value={every}
              onChange={(value) => draft.change({ every: value ?? every })}
              allowDeselect={false}
            />
          </SimpleGrid>
          <MultiSelect
            label={t('monitoring.tell')}
            description={t('monitoring.tellHint')}
            data={choices}
            value={tell}
            onChange={(people) => draft.change({ tell: people })}
          />
          <LadderFields steps={steps} repeat={repeat} people={choices} onChange={draft.change} />
          {past ? (
            <Alert color={past.alerts > 0 ? 'orange' : 'lagoon'} role="status" title={t('monitoring.dryRun')}>
              {[
                t('monitoring.dryReadings', { count: past.readings }),
                t('monitoring.dryAlerts', { count: past.alerts }),
                t('monitoring.dryGaps', { count: past.gaps }),
              ].join(' ')}{' '}
              {t('monitoring.dryHint')}
            </Alert>
          ) : null}
          {shownFor === terms && tried.error ? <ErrorNotice error={tried.error} /> : null}
          <FormEnd error={setting.error} onClose={onClose}>
            <Button type="submit" loading={setting.loading || tried.loading}>
              {t(past ? 'monitoring.begin' : 'monitoring.try')}
            </Button>
          </FormEnd>
        </Stack>
      </form>
    </Modal>
  );
}
