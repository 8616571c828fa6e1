import { useLazyQuery, useMutation, useQuery } from '@apollo/client/react';
import { Alert, Button, Modal, MultiSelect, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { measurementNames, unitOf } from '../../../shared/monitoring/measurements.ts';
import type { Measurement, MonitoringDryRunQuery, MonitoringInput, WatchPartsFragment } from '../../generated/graphql.ts';
import { DraftNotice } from '../../parts/drafts/draft-notice.tsx';
import { useFormDraft } from '../../parts/drafts/use-draft.ts';
import { FormEnd } from '../../parts/fields/form-end.tsx';
import { useAnnounce } from '../../parts/focus/use-announce.ts';
import { useChartTitle } from '../../parts/paper/chart-title.ts';
import { quietly } from '../../parts/quietly.ts';
import { ErrorNotice } from '../../parts/states.tsx';
import { shownUnit } from '../../parts/words/measured-words.ts';
import { LadderFields, type StepForm } from './ladder-fields.tsx';
import { monitored, monitoringDryRun, monitoringOf, monitoringStaff, setMonitoring } from './monitoring-documents.ts';
import { spanWords } from './monitoring-parts.tsx';

const INTERVALS = [15, 30, 60, 120, 240, 480, 720, 1440, 2880, 10_080, 20_160, 43_200];

interface PlanFormProps {
  readonly patient: string;
  readonly watched: readonly WatchPartsFragment[];
  /** The one that is changed. */
  readonly watch: WatchPartsFragment | undefined;
  readonly onClose: () => void;
}

type Plan = WatchPartsFragment['plans'][number];

/** The ladder as the form keeps it; a new one has one step. */
function stepsOf(plan: Plan | undefined): readonly StepForm[] {
  if (!plan) return [{ after: '30', tell: [] }];
  if (plan.ladder.length === 0) return [{ after: String(plan.escalateMinutes), tell: [] }];
  return plan.ladder.map(({ afterMinutes, tell }) => ({ after: String(afterMinutes), tell: tell.map(({ id }) => id) }));
}

const formOf = (measurement: Measurement, plan: Plan | undefined) => ({
  measurement,
  low: plan?.low ?? '',
  high: plan?.high ?? '',
  every: String(plan?.intervalMinutes ?? 1440),
  steps: stepsOf(plan),
  repeat: plan?.repeatMinutes ? String(plan.repeatMinutes) : '',
  tell: plan?.tell.map(({ id }) => id) ?? [],
});
type Form = ReturnType<typeof formOf>;

const decimal = (typed: string): string | null => typed.trim().replace(',', '.') || null;

const termsOf = ({ low, high, every, steps, repeat, tell }: Form) => ({
  low: decimal(low),
  high: decimal(high),
  intervalMinutes: Number(every),
  escalateMinutes: Number(steps[0]?.after),
  tell,
  ladder: steps.map((step) => ({ afterMinutes: Number(step.after), tell: [...step.tell] })),
  repeatMinutes: repeat === '' ? null : Number(repeat),
});

/** Who can be told: people of care, and whoever the plan names already. */
function useWhoIsTold({ tell, steps }: Form): Array<{ value: string; label: string }> {
  const people = useQuery(monitoringStaff).data;
  return (people?.staffMembers ?? [])
    .filter(
      ({ id, role, revoked }) =>
        tell.includes(id) ||
        steps.some((step) => step.tell.includes(id)) ||
        (!revoked && ['clinician', 'nurse', 'administrator'].includes(role)),
    )
    .map(({ id, name }) => ({ value: id, label: name }));
}

/** What `input` would have made of the past, once that was asked for; changed terms have to be tried anew. */
function useDryRun(input: MonitoringInput) {
  const [run, { data, error, loading }] = useLazyQuery(monitoringDryRun, { fetchPolicy: 'no-cache' });
  const [triedTerms, setTriedTerms] = useState('');
  const terms = JSON.stringify(input);
  const isOfThese = triedTerms === terms;
  return {
    past: isOfThese ? data?.monitoringDryRun : undefined,
    error: isOfThese ? error : undefined,
    loading,
    tryOut: async (): Promise<void> => {
      setTriedTerms(terms);
      await run({ variables: { input } });
    },
  };
}

/** The terms of a plan. What they would have made of the past is shown before they can be set. */
export function PlanForm({ patient, watched, watch, onClose }: PlanFormProps) {
  const { t } = useTranslation();
  const titled = useChartTitle();
  const announce = useAnnounce();
  const free = measurementNames.filter(
    (name) => watch?.measurement === name || !watched.some((each) => each.measurement === name),
  );
  const before = watch?.plans[0];
  const [start] = useState(() => formOf(watch?.measurement ?? free[0] ?? 'SYSTOLIC_PRESSURE', before));
  const draft = useFormDraft({ patient, kind: 'PLAN', key: before?.id ?? 'new' }, start);
  const { steps, repeat, tell } = draft.form;
  // What was begun may be watched meanwhile.
  const measurement = free.find((name) => name === draft.form.measurement) ?? start.measurement;
  const [set, setting] = useMutation(setMonitoring, { refetchQueries: [monitoringOf, monitored] });
  const input: MonitoringInput = { patient, measurement, ...termsOf(draft.form), basedOn: before?.id ?? null };
  const { past, tryOut, ...trying } = useDryRun(input);
  const choices = useWhoIsTold(draft.form);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!past) return tryOut();
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
      title={titled(t(before ? 'monitoring.change' : 'monitoring.add'))}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <form onSubmit={(event) => quietly(submit(event))}>
        <Stack gap="md">
          <DraftNotice {...draft} />
          <MeasurementField
            value={measurement}
            choices={free}
            isFixed={watch !== undefined}
            onChange={(chosen) => draft.change({ measurement: chosen })}
          />
          <Bounds measurement={measurement} form={draft.form} onChange={draft.change} />
          <MultiSelect
            label={t('monitoring.tell')}
            description={t('monitoring.tellHint')}
            data={choices}
            value={tell}
            onChange={(people) => draft.change({ tell: people })}
          />
          <LadderFields steps={steps} repeat={repeat} people={choices} onChange={draft.change} />
          {past ? <Past {...past} /> : null}
          {trying.error ? <ErrorNotice error={trying.error} /> : null}
          <FormEnd isKept error={setting.error} onClose={onClose}>
            <Button type="submit" loading={setting.loading || trying.loading}>
              {t(past ? 'monitoring.begin' : 'monitoring.try')}
            </Button>
          </FormEnd>
        </Stack>
      </form>
    </Modal>
  );
}

interface MeasurementFieldProps {
  readonly value: Measurement;
  readonly choices: readonly Measurement[];
  /** A plan that is changed stays about what it was about. */
  readonly isFixed: boolean;
  readonly onChange: (measurement: Measurement) => void;
}

function MeasurementField({ value, choices, isFixed, onChange }: MeasurementFieldProps) {
  const { t } = useTranslation();
  return (
    <Select
      label={t('monitoring.what')}
      data={choices.map((name) => ({
        value: name,
        label: `${t(`monitoring.measurement.${name}`)} (${shownUnit(unitOf(name))})`,
      }))}
      value={value}
      onChange={(name) => onChange(choices.find((each) => each === name) ?? value)}
      allowDeselect={false}
      disabled={isFixed}
      data-autofocus
    />
  );
}

interface BoundsProps {
  readonly measurement: Measurement;
  readonly form: Form;
  readonly onChange: (change: Partial<Form>) => void;
}

/** Between which values, and how often a reading is due. */
function Bounds({ measurement, form: { low, high, every }, onChange }: BoundsProps) {
  const { t } = useTranslation();
  const unit = shownUnit(unitOf(measurement));
  return (
    <SimpleGrid cols={2}>
      <TextInput
        label={t('monitoring.low', { unit })}
        description={t('monitoring.mayBeEmpty')}
        inputMode="decimal"
        value={low}
        onChange={(event) => onChange({ low: event.currentTarget.value })}
      />
      <TextInput
        label={t('monitoring.high', { unit })}
        description={t('monitoring.mayBeEmpty')}
        inputMode="decimal"
        value={high}
        onChange={(event) => onChange({ high: event.currentTarget.value })}
      />
      <Select
        label={t('monitoring.interval')}
        data={INTERVALS.map((minutes) => ({ value: String(minutes), label: spanWords(t, minutes) }))}
        value={every}
        onChange={(value) => onChange({ every: value ?? every })}
        allowDeselect={false}
      />
    </SimpleGrid>
  );
}

/** What the terms would have made of the last days. It comes below what was filled in, and is scrolled to. */
function Past({ readings, alerts, gaps }: MonitoringDryRunQuery['monitoringDryRun']) {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <Alert ref={place} color={alerts > 0 ? 'orange' : 'lagoon'} role="status" title={t('monitoring.dryRun')}>
      {[
        t('monitoring.dryReadings', { count: readings }),
        t('monitoring.dryAlerts', { count: alerts }),
        t('monitoring.dryGaps', { count: gaps }),
      ].join(' ')}{' '}
      {t('monitoring.dryHint')}
    </Alert>
  );
}
