import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Group, Modal, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../shared/access/permissions.ts';
import { DateField, momentWithOffset } from '../../parts/date-field.tsx';
import { quietly } from '../../parts/quietly.ts';
import { useSignedIn } from '../../parts/signed-in.ts';
import { ErrorNotice } from '../../parts/states.tsx';
import type { TaskBeginning } from '../../parts/task-asking.ts';
import { useAnnounce } from '../../parts/use-announce.ts';
import { roles } from '../ledger/roles.ts';
import { addTask, taskStaff, tasksOf } from './task-documents.ts';

/** What is a role in the list, and what a person. */
const ROLE = 'role:';

const two = (part: number): string => String(part).padStart(2, '0');

/** Tomorrow at five, by this computer's clock. */
function tomorrow(): string {
  const day = new Date(Date.now() + 86_400_000);
  return momentWithOffset(`${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}T17:00`);
}

/** Asks a colleague, oneself, or whoever has a role for something about a patient. */
export function AddTask({ beginning, onClose }: { beginning: TaskBeginning; onClose: () => void }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const { id: me } = useSignedIn();
  const members = useQuery(taskStaff).data?.staffMembers ?? [];
  const [what, setWhat] = useState(beginning.what ?? '');
  const [whom, setWhom] = useState<string | null>(me);
  const [due, setDue] = useState(tomorrow);
  const [urgent, setUrgent] = useState(false);
  const [add, { loading, error }] = useMutation(addTask, { refetchQueries: [tasksOf] });
  const people = members.filter(({ role, revoked }) => !revoked && mayDo(role, 'tasks.read'));
  const isReadAtTheDesk = whom === `${ROLE}reception` || people.some(({ id, role }) => id === whom && !mayDo(role, 'chart.read'));

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!whom) return;
    const owner = whom.startsWith(ROLE) ? { role: whom.slice(ROLE.length) } : { owner: whom };
    const input = { patient: beginning.patient.id, what, due, urgent, about: beginning.about ?? null, ...owner };
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
          <Select
            label={t('tasks.for')}
            data={[
              { group: t('tasks.people'), items: people.map(({ id, name }) => ({ value: id, label: name })) },
              {
                group: t('tasks.roles'),
                items: roles
                  .filter((role) => mayDo(role, 'tasks.read'))
                  .map((role) => ({ value: `${ROLE}${role}`, label: t('tasks.anyOf', { role: t(`role.${role}`) }) })),
              },
            ]}
            value={whom}
            onChange={setWhom}
            allowDeselect={false}
            searchable
          />
          <DateField label={t('tasks.due')} value={due} onChange={setDue} withTime required />
          <Switch label={t('visits.urgent')} checked={urgent} onChange={(event) => setUrgent(event.currentTarget.checked)} />
          {beginning.about ? (
            <Text size="xs" c="dimmed">
              {t('tasks.aboutRecord')}
            </Text>
          ) : null}
          {error ? <ErrorNotice error={error} /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('actions.cancel')}
            </Button>
            <Button type="submit" loading={loading} disabled={!whom || what.trim() === '' || due === ''}>
              {t('tasks.addAction')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
