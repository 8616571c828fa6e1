import { Alert, Button, Group, Modal, Select, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../shared/access/permissions.ts';
import { DraftNotice } from '../../parts/drafts/draft-notice.tsx';
import { DateField } from '../../parts/fields/date-field.tsx';
import { FormEnd } from '../../parts/fields/form-end.tsx';
import { PatientPicker } from '../../parts/fields/patient-picker.tsx';
import { useFirstField } from '../../parts/focus/first-field.ts';
import { useNavigation } from '../../parts/navigation.tsx';
import { useSignedIn } from '../../parts/signed-in.ts';
import { Loading } from '../../parts/states.tsx';
import { refusalOf } from '../../parts/words/service-error.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import type { Adding } from './today-screen.tsx';
import { USUAL_MINUTES, useVisitPlan, type VisitPlan } from './use-visit-plan.ts';

interface AddVisitProps {
  readonly adding: Adding;
  readonly clinicians: ReadonlyArray<{ readonly id: string; readonly name: string }>;
  readonly onClose: () => void;
}

const LENGTHS = [10, 15, 20, 30, 45, 60, 90];
/** The lengths to choose from, with the one that a visit has. */
const lengths = (minutes: number): readonly number[] => [...new Set([...LENGTHS, minutes])].sort((one, other) => one - other);

/** Puts somebody who is here into the queue, or books a visit; what it overlaps with is named first. */
export function AddVisit({ adding, clinicians, onClose }: AddVisitProps) {
  const { t } = useTranslation();
  const { replanned } = adding;
  const plan = useVisitPlan(adding, onClose);
  const { draft, isWalkIn, isMovable, overlaps, loading, send } = plan;
  const { patient, start } = draft.form;
  const { role } = useSignedIn();
  const diedButMayBeCorrected =
    plan.error !== undefined && refusalOf(plan.error).code === 'visits.patient-died' && mayDo(role, 'chart.write');
  const form = useFirstField(draft.ready);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void send(false);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={
        replanned ? `${replanned.patient.name} · ${t('visits.changePlan')}` : t(isWalkIn ? 'visits.addWalkIn' : 'visits.book')
      }
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      {draft.ready ? null : <Loading rows={5} />}
      <form ref={form} onSubmit={submit} hidden={!draft.ready}>
        <Stack gap="md">
          <DraftNotice {...draft} />
          {replanned ? null : <WhoComes plan={plan} />}
          <PlanFields plan={plan} clinicians={clinicians} />
          {overlaps.length > 0 ? <Overlaps visits={overlaps} /> : null}
          <FormEnd isKept error={plan.error} onClose={onClose}>
            {overlaps.length > 0 ? (
              <Button loading={loading} onClick={() => void send(true)}>
                {t(replanned ? 'visits.moveEvenSo' : 'visits.evenSo')}
              </Button>
            ) : diedButMayBeCorrected ? (
              <OpenChart patient={patient} />
            ) : (
              <Button type="submit" loading={loading} disabled={patient === '' || (isMovable && start === '')}>
                {replanned ? t('visits.changeAction') : t(isWalkIn ? 'visits.addAction' : 'visits.bookAction')}
              </Button>
            )}
          </FormEnd>
        </Stack>
      </form>
    </Modal>
  );
}

/** Where a death that was recorded by mistake is taken out again. */
function OpenChart({ patient }: { patient: string }) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  return <Button onClick={() => go('chart', patient)}>{t('visits.chart')}</Button>;
}

function WhoComes({ plan: { draft, changePlan } }: { plan: VisitPlan }) {
  const { t } = useTranslation();
  const { patient } = draft.form;
  return (
    <>
      <PatientPicker
        label={t('access.patient')}
        value={patient === '' ? null : patient}
        onChange={(id) => changePlan({ patient: id ?? '' })}
      />
      <Text size="xs" c="dimmed">
        {t('visits.registerFirst')}
      </Text>
    </>
  );
}

function PlanFields({ plan, clinicians }: { plan: VisitPlan; clinicians: AddVisitProps['clinicians'] }) {
  const { t } = useTranslation();
  const { draft, changePlan, isWalkIn, isMovable } = plan;
  const { reason, clinician, urgent, remote } = draft.form;
  return (
    <>
      <TextInput
        label={t('visits.reason')}
        description={t('visits.reasonHint')}
        value={reason}
        onChange={(event) => draft.change({ reason: event.currentTarget.value })}
        maxLength={500}
      />
      <Select
        label={t('visits.clinician')}
        placeholder={t('visits.anybody')}
        data={clinicians.map(({ id, name }) => ({ value: id, label: name }))}
        value={clinician === '' ? null : clinician}
        onChange={(id) => changePlan({ clinician: id ?? '' })}
        clearable
      />
      {isMovable ? <TimeFields plan={plan} /> : null}
      <Group>
        <Switch
          label={t('visits.urgent')}
          checked={urgent}
          onChange={(event) => draft.change({ urgent: event.currentTarget.checked })}
        />
        {isWalkIn ? null : (
          <Switch
            label={t('visits.remote')}
            checked={remote}
            onChange={(event) => draft.change({ remote: event.currentTarget.checked })}
          />
        )}
      </Group>
    </>
  );
}

function TimeFields({ plan: { draft, changePlan, planned } }: { plan: VisitPlan }) {
  const { t } = useTranslation();
  const { start, minutes } = draft.form;
  return (
    <SimpleGrid cols={2}>
      <DateField
        label={t('visits.begins')}
        value={start}
        onChange={(value) => changePlan({ start: value })}
        withTime
        coming
        required
      />
      <Select
        label={t('visits.length')}
        data={lengths(planned).map((length) => ({ value: String(length), label: t('visits.minutes', { count: length }) }))}
        value={minutes}
        onChange={(value) => changePlan({ minutes: value ?? String(USUAL_MINUTES) })}
        allowDeselect={false}
      />
    </SimpleGrid>
  );
}

function Overlaps({ visits }: { visits: VisitPlan['overlaps'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Alert color="orange" title={t('visits.overlaps')}>
      <Stack gap={4}>
        {visits.map((other) => (
          <Text key={other.id} size="sm">
            {format.time(Date.parse(other.start))}–{format.time(Date.parse(other.end))} · {other.patient.name}
            {other.clinician ? ` · ${other.clinician.name}` : ''}
          </Text>
        ))}
      </Stack>
    </Alert>
  );
}
