import { useMutation } from '@apollo/client/react';
import { Button, Modal, Stack, Switch, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localDay } from '../../../shared/encoding/wall-clock.ts';
import { DateField, momentWithOffset } from '../../parts/fields/date-field.tsx';
import { FormEnd } from '../../parts/fields/form-end.tsx';
import { useAnnounce } from '../../parts/focus/use-announce.ts';
import { quietly } from '../../parts/quietly.ts';
import { useSignedIn } from '../../parts/signed-in.ts';
import type { TaskBeginning } from '../../parts/task-asking.ts';
import { addTask, tasksOf } from './task-documents.ts';
import { ownerOf, useReadAtTheDesk, WhomField } from './whom-field.tsx';

/** Tomorrow at five, by this computer's clock. */
function tomorrow(): string {
  const day = new Date(Date.now() + 86_400_000);
  return momentWithOffset(`${localDay(day.getTime())}T17:00`);
}

/** Asks a colleague, oneself, or whoever has a role for something about a patient. */
export function AddTask({ beginning, onClose }: { beginning: TaskBeginning; onClose: () => void }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const { id: me } = useSignedIn();
  const [what, setWhat] = useState(beginning.what ?? '');
  const [whom, setWhom] = useState<string | null>(me);
  const [due, setDue] = useState(tomorrow);
  const [urgent, setUrgent] = useState(false);
  const [add, { loading, error }] = useMutation(addTask, { refetchQueries: [tasksOf] });
  const isReadAtTheDesk = useReadAtTheDesk(whom);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!whom) return;
    const input = { patient: beginning.patient.id, what, due, urgent, about: beginning.about ?? null, ...ownerOf(whom) };
    // The refusal is shown below.
    if (!(await add({ variables: { input } }).catch(() => undefined))) return;
    announce(t('tasks.added', { what }));
    onClose();
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('tasks.addFor', { name: beginning.patient.name })}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <form onSubmit={(event) => quietly(submit(event))}>
        <Stack gap="md">
          <TextInput
            label={t('tasks.what')}
            description={isReadAtTheDesk ? t('tasks.readAtTheDesk') : undefined}
            value={what}
            onChange={(event) => setWhat(event.currentTarget.value)}
            maxLength={500}
            required
            data-autofocus
          />
          <WhomField value={whom} onChange={setWhom} />
          <DateField label={t('tasks.due')} value={due} onChange={setDue} withTime coming required />
          <Switch label={t('visits.urgent')} checked={urgent} onChange={(event) => setUrgent(event.currentTarget.checked)} />
          {beginning.about ? (
            <Text size="xs" c="dimmed">
              {t('tasks.aboutRecord')}
            </Text>
          ) : null}
          <FormEnd error={error} onClose={onClose}>
            <Button type="submit" loading={loading} disabled={!whom || what.trim() === '' || due === ''}>
              {t('tasks.addAction')}
            </Button>
          </FormEnd>
        </Stack>
      </form>
    </Modal>
  );
}
