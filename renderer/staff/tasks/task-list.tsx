import { useQuery } from '@apollo/client/react';
import { Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../shared/access/permissions.ts';
import type { TaskPartsFragment, TaskScope } from '../../generated/graphql.ts';
import { useShortcut } from '../../parts/focus/shortcuts.tsx';
import { useNavigation } from '../../parts/navigation.tsx';
import { quietly } from '../../parts/quietly.ts';
import { type Column, RowTable } from '../../parts/row-table.tsx';
import { useSignedIn } from '../../parts/signed-in.ts';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { useCovered } from '../cover/cover.tsx';
import { tasksOf } from './task-documents.ts';
import { TaskDue, TaskFor, TaskWords } from './task-words.tsx';
import { type TaskActs, TaskButtons, useTaskActs } from './use-task-acts.tsx';

/** What is to be done, for me and for those I stand in for, or for everybody. */
export function TaskList({ height }: { height: string }) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const covered = useCovered();
  const { role } = useSignedIn();
  const readsCharts = mayDo(role, 'chart.read');
  const [whose, setWhose] = useState<TaskScope>('MINE');
  const [chosen, setChosen] = useState<string | null>(null);
  const acts = useTaskActs();
  const { data, error, refetch } = useQuery(tasksOf, { variables: { whose }, fetchPolicy: 'cache-and-network' });
  const find = (id: string | null): TaskPartsFragment | undefined => data?.tasks.find((task) => task.id === id);

  useShortcut('f', t('tasks.done'), () => acts.finish(find(chosen)));
  useShortcut('h', t('tasks.hand'), () => acts.hand(find(chosen)));
  useShortcut('x', t('tasks.decline'), () => acts.decline(find(chosen)));

  const open = ({ patient, owner }: TaskPartsFragment): void =>
    go('chart', patient.id, owner && covered.has(owner.id) ? owner.id : undefined);
  const columns = useTaskColumns(acts);

  if (error && !data) return <ErrorNotice error={error} onRetry={() => quietly(refetch())} />;
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text size="sm" role="status">
          {data ? t('tasks.openCount', { count: data.tasks.filter(({ state }) => state === 'OPEN').length }) : ''}
        </Text>
        {readsCharts ? (
          <SegmentedControl
            aria-label={t('tasks.whose')}
            value={whose}
            onChange={setWhose}
            data={[
              { value: 'MINE', label: t('tasks.mine') },
              { value: 'ALL', label: t('tasks.everybody') },
            ]}
          />
        ) : null}
      </Group>
      {acts.error ? <ErrorNotice error={acts.error} /> : null}
      {data ? null : <Loading rows={6} />}
      {data && data.tasks.length > 0 ? (
        <RowTable
          label={t('tasks.title')}
          columns={columns}
          rows={data.tasks}
          rowKey={({ id }) => id}
          onOpen={open}
          onReach={({ id }) => setChosen(id)}
          height={height}
        />
      ) : null}
      {data?.tasks.length === 0 ? (
        <Empty icon={<IconChecklist aria-hidden />} title={t('tasks.none')} text={t('tasks.noneHint')} />
      ) : null}
      {acts.dialog}
    </Stack>
  );
}

function useTaskColumns(acts: TaskActs): readonly Column<TaskPartsFragment>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    { key: 'what', label: t('tasks.what'), cell: (task) => <TaskWords task={task} /> },
    {
      key: 'patient',
      label: t('patients.name'),
      width: 200,
      cell: ({ patient }) => (
        <>
          <Text size="sm">{patient.name}</Text>
          <Text size="xs" c="dimmed">
            {patient.birthDate ? format.recorded(patient.birthDate) : t('chart.bornUnknown')}
          </Text>
        </>
      ),
    },
    { key: 'due', label: t('tasks.due'), width: 175, cell: (task) => <TaskDue task={task} /> },
    { key: 'owner', label: t('tasks.for'), width: 150, cell: (task) => <TaskFor task={task} /> },
    {
      key: 'act',
      label: t('visits.next'),
      width: 250,
      cell: (task) => (
        <Group gap={6} wrap="nowrap">
          <TaskButtons task={task} acts={acts} />
        </Group>
      ),
    },
  ];
}
