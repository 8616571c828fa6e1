import { useMutation } from '@apollo/client/react';
import { Alert, Button, Group, Modal, Select, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateField, momentWithOffset } from '../../parts/date-field.tsx';
import { DraftNotice } from '../../parts/draft-notice.tsx';
import { useFirstField } from '../../parts/first-field.ts';
import { FormEnd } from '../../parts/form-end.tsx';
import { PatientPicker } from '../../parts/patient-picker.tsx';
import { Loading } from '../../parts/states.tsx';
import { useAnnounce } from '../../parts/use-announce.ts';
import { useFormDraft } from '../../parts/use-draft.ts';
import { useFormat } from '../../parts/use-format.ts';
import type { Adding } from './today-screen.tsx';
import { addVisit, replanVisit, visitPatients, visitsOfDay } from './visit-documents.ts';
import { dayText } from './visit-order.ts';

interface AddVisitProps {
  readonly adding: Adding;
  readonly clinicians: ReadonlyArray<{ readonly id: string; readonly name: string }>;
  readonly onClose: () => void;
}

const LENGTHS = [10, 15, 20, 30, 45, 60, 90];
/** The lengths to choose from, with the one that a visit has. */
const lengths = (minutes: number): readonly number[] => [...new Set([...LENGTHS, minutes])].sort((one, other) => one - other);
const USUAL_MINUTES = 15;
const QUARTER = 15 * 60_000;

/** The next full quarter of an hour, as the field writes it. */
function nextQuarter(): string {
  const time = new Date(Math.ceil(Date.now() / QUARTER) * QUARTER);
  return momentWithOffset(`${dayText(time)}T${time.toTimeString().slice(0, 5)}`);
}

/** Puts somebody who is here into the queue, or books a visit; what it overlaps with is named first. */
export function AddVisit({ adding, clinicians, onClose }: AddVisitProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const announce = useAnnounce();
  const { replanned } = adding;
  const isWalkIn = adding.kind === 'WALK_IN';
  const isMovable = replanned ? replanned.movable : !isWalkIn;
  const planned = replanned ? (Date.parse(replanned.end) - Date.parse(replanned.start)) / 60_000 : USUAL_MINUTES;
  const [empty] = useState(() => ({
    patient: replanned?.patient.id ?? '',
    reason: replanned?.reason ?? '',
    clinician: adding.clinician ?? '',
    urgent: replanned?.urgent ?? false,
    remote: adding.kind === 'TELE',
    start: adding.start ?? nextQuarter(),
    minutes: String(planned),
  }));
  // Who books into a free half hour of the schedule means that half hour, whatever was begun before.
  const key = replanned?.id ?? [adding.kind, adding.start ?? '', adding.clinician ?? ''].join(' ');
  const draft = useFormDraft({ kind: 'VISIT', key }, empty);
  const { patient, reason, urgent, remote, start, minutes } = draft.form;
  const clinician = draft.form.clinician === '' ? null : draft.form.clinician;
  const [add, adds] = useMutation(addVisit, { refetchQueries: [visitsOfDay] });
  const [change, changes] = useMutation(replanVisit, { refetchQueries: [visitsOfDay] });
  const { loading, error, reset } = replanned ? changes : adds;
  const overlaps = (changes.data?.replanVisit ?? adds.data?.addVisit)?.overlaps ?? [];

  const form = useFirstField(draft.ready);

  const send = async (evenSo: boolean): Promise<void> => {
    if (patient === '') return;
    if (replanned) {
      const input = { remote, urgent, reason, clinician, start, minutes: Number(minutes) };
      const variables = { visit: replanned.id, revision: replanned.revision, input, evenSo };
      const done = await change({ variables }).catch(() => undefined);
      const moved = done?.data?.replanVisit.visit;
      if (!moved) return;
      await draft.discard().catch(() => undefined);
      announce(t('visits.replanned', { name: moved.patient.name, time: format.moment(Date.parse(moved.start)) }));
      onClose();
      return;
    }
    const when = isWalkIn ? {} : { start, minutes: Number(minutes) };
    const kind = isWalkIn ? 'WALK_IN' : remote ? 'TELE' : 'BOOKED';
    const input = { patient, kind, urgent, reason, clinician, ...when } as const;
    // A refusal is shown below.
    const done = await add({ variables: { input, evenSo } }).catch(() => undefined);
    const added = done?.data?.addVisit.visit;
    if (!added) return;
    await draft.discard().catch(() => undefined);
    announce(t('visits.added', { name: added.patient.name }));
    onClose();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void send(false);
  };
  /** What was said of another time or person counts no more. */
  const changed = (change: Partial<typeof empty>): void => {
    reset();
    draft.change(change);
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
          {replanned ? null : (
            <>
              <PatientPicker
                query={visitPatients}
                label={t('access.patient')}
                value={patient === '' ? null : patient}
                onChange={(id) => changed({ patient: id ?? '' })}
              />
              <Text size="xs" c="dimmed">
                {t('visits.registerFirst')}
              </Text>
            </>
          )}
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
            value={clinician}
            onChange={(id) => changed({ clinician: id ?? '' })}
            clearable
          />
          {isMovable ? (
            <SimpleGrid cols={2}>
              <DateField
                label={t('visits.begins')}
                value={start}
                onChange={(value) => changed({ start: value })}
                withTime
                required
              />
              <Select
                label={t('visits.length')}
                data={lengths(planned).map((length) => ({
                  value: String(length),
                  label: t('visits.minutes', { count: length }),
                }))}
                value={minutes}
                onChange={(value) => changed({ minutes: value ?? String(USUAL_MINUTES) })}
                allowDeselect={false}
              />
            </SimpleGrid>
          ) : null}
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
          {overlaps.length > 0 ? (
            <Alert color="orange" title={t('visits.overlaps')}>
              <Stack gap={4}>
                {overlaps.map((other) => (
                  <Text key={other.id} size="sm">
                    {format.time(Date.parse(other.start))}–{format.time(Date.parse(other.end))} · {other.patient.name}
                    {other.clinician ? ` · ${other.clinician.name}` : ''}
                  </Text>
                ))}
              </Stack>
            </Alert>
          ) : null}
          <FormEnd error={error} onClose={onClose}>
            {overlaps.length > 0 ? (
              <Button loading={loading} onClick={() => void send(true)}>
                {t(replanned ? 'visits.moveEvenSo' : 'visits.evenSo')}
              </Button>
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
