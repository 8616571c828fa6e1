import { useQuery } from '@apollo/client/react';
import { Button, Group, Paper, Stack, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../shared/access/permissions.ts';
import { quietly } from '../../parts/quietly.ts';
import { useSignedIn } from '../../parts/signed-in.ts';
import { ErrorNotice } from '../../parts/states.tsx';
import { useTaskAsking } from '../../parts/task-asking.ts';
import { patientTasks } from './task-documents.ts';
import { TaskDue, TaskFor, TaskWords } from './task-words.tsx';
import { TaskButtons, useTaskActs } from './use-task-acts.tsx';

/** What is open about one patient, whoever it is for, in the chart; nothing where nothing is. */
export function PatientTasks({ patient }: { patient: string }) {
  const { t } = useTranslation();
  const { role } = useSignedIn();
  const askForTask = useTaskAsking();
  const acts = useTaskActs();
  const { data, error, refetch } = useQuery(patientTasks, { variables: { patient }, fetchPolicy: 'cache-and-network' });
  if (error && !data) return <ErrorNotice error={error} onRetry={() => quietly(refetch())} />;
  const open = data?.patientTasks.filter(({ state }) => state === 'OPEN') ?? [];
  const about = open[0]?.patient;
  if (!about) return null;
  return (
    <Paper withBorder p="md" mb="md" component="section" aria-label={t('tasks.inChart')}>
      <Group justify="space-between" mb={6}>
        <Title order={2}>{t('tasks.inChart')}</Title>
        {mayDo(role, 'tasks.write') ? (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => askForTask({ patient: about })}
          >
            {t('tasks.add')}
          </Button>
        ) : null}
      </Group>
      {acts.error ? <ErrorNotice error={acts.error} /> : null}
      <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {open.map((task) => (
          <Group key={task.id} component="li" justify="space-between" gap="md" wrap="nowrap">
            <Stack gap={0} flex={1}>
              <TaskWords task={task} />
            </Stack>
            <TaskFor task={task} />
            <TaskDue task={task} />
            {mayDo(role, 'tasks.write') ? <TaskButtons task={task} acts={acts} /> : null}
          </Group>
        ))}
      </Stack>
      {acts.dialog}
    </Paper>
  );
}
