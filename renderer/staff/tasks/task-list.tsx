import { useMutation, useQuery } from '@apollo/client/react';
import { Badge, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../shared/access/permissions.ts';
import type { TaskPartsFragment, TaskScope } from '../../generated/graphql.ts';
import { useNavigation } from '../../parts/navigation.tsx';
import { quietly } from '../../parts/quietly.ts';
import { type Column, RowTable } from '../../parts/row-table.tsx';
import { useShortcut } from '../../parts/shortcuts.tsx';
import { useSignedIn } from '../../parts/signed-in.ts';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { useAnnounce } from '../../parts/use-announce.ts';
import { useFormat } from '../../parts/use-format.ts';
import { useCovered } from '../cover/cover.tsx';
import { roleWord } from '../ledger/roles.ts';
import { DeclineTask } from './decline-task.tsx';
import { endTask, reopenTask, tasksOf } from './task-documents.ts';

/** What is to be done, for me and for those I stand in for, or for everybody. */
export function TaskList({ height }: { height: string }) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const announce = useAnnounce();
  const covered = useCovered();
  const { role } = useSignedIn();
  const readsCharts = mayDo(role, 'chart.read');
  const [whose, setWhose] = useState<TaskScope>('MINE');
  const [chosen, setChosen] = useState<string | null>(null);
  const [declining, setDeclining] = useState<TaskPartsFragment | null>(null);
  const { data, error, refetch } = useQuery(tasksOf, { variables: { whose }, fetchPolicy: 'cache-and-network' });
  const [end, ending] = useMutation(endTask, { refetchQueries: [tasksOf] });
  const [reopen, reopening] = useMutation(reopenTask, { refetchQueries: [tasksOf] });
  const busy = ending.loading || reopening.loading;
  const find = (id: string | null): TaskPartsFragment | undefined => data?.tasks.find((task) => task.id === id);

  const finish = async (task: TaskPartsFragment | undefined): Promise<void> => {
    if (task?.state !== 'OPEN') return;
    // The refusal is shown below.
    const variables = { task: task.id, revision: task.revision, end: 'DONE' as const, reason: null };
    if (await end({ variables }).catch(() => undefined)) announce(t('tasks.doneNow', { what: task.what }));
  };
  const decline = async (task: TaskPartsFragment, reason: string): Promise<void> => {
    const variables = { task: task.id, revision: task.revision, end: 'DECLINED' as const, reason };
    if (await end({ variables }).catch(() => undefined)) announce(t('tasks.declinedNow', { what: task.what }));
  };
  useShortcut('f', t('tasks.done'), () => quietly(finish(find(chosen))));
  useShortcut('x', t('tasks.decline'), () => setDeclining(find(chosen)?.state === 'OPEN' ? (find(chosen) ?? null) : null));

  const open = ({ patient, owner }: TaskPartsFragment): void =>
    go('chart', patient.id, owner && covered.has(owner.id) ? owner.id : undefined);
  const columns = useTaskColumns({
    busy,
    finish: (task) => quietly(finish(task)),
    decline: setDeclining,
    reopen: ({ id, revision }) => quietly(reopen({ variables: { task: id, revision } }).catch(() => undefined)),
  });

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
      {ending.error || reopening.error ? <ErrorNotice error={ending.error ?? reopening.error} /> : null}
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
      {declining ? (
        <DeclineTask
          what={declining.what}
          onClose={() => setDeclining(null)}
          onDecline={async (reason) => {
            await decline(declining, reason);
            setDeclining(null);
          }}
        />
      ) : null}
    </Stack>
  );
}

interface TaskActs {
  readonly busy: boolean;
  readonly finish: (task: TaskPartsFragment) => void;
  readonly decline: (task: TaskPartsFragment) => void;
  readonly reopen: (task: TaskPartsFragment) => void;
}

function useTaskColumns({ busy, finish, decline, reopen }: TaskActs): readonly Column<TaskPartsFragment>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'what',
      label: t('tasks.what'),
      cell: ({ what, urgent, state, reason, by, at, askedBy }) => (
        <>
          <Group gap="xs">
            <Text size="sm" fw={state === 'OPEN' ? 600 : 400} td={state === 'DONE' ? 'line-through' : undefined}>
              {what}
            </Text>
            {urgent && state === 'OPEN' ? <Badge color="red">{t('visits.urgent')}</Badge> : null}
            {state === 'OPEN' ? null : <Badge color={state === 'DONE' ? 'green' : 'gray'}>{t(`tasks.state.${state}`)}</Badge>}
          </Group>
          <Text size="xs" c="dimmed">
            {state === 'OPEN'
              ? t('tasks.askedBy', { name: askedBy })
              : [t('tasks.endedBy', { name: by, moment: format.moment(at) }), reason].filter(Boolean).join(' · ')}
          </Text>
        </>
      ),
    },
    {
      key: 'patient',
      label: t('patients.name'),
      width: 220,
      cell: ({ patient }) => (
        <>
          <Text size="sm">{patient.name}</Text>
          <Text size="xs" c="dimmed">
            {patient.birthDate ? format.recorded(patient.birthDate) : t('chart.bornUnknown')}
          </Text>
        </>
      ),
    },
    {
      key: 'due',
      label: t('tasks.due'),
      width: 175,
      cell: ({ due, overdue }) => (
        <Text size="sm" c={overdue ? 'red' : undefined} fw={overdue ? 600 : 400}>
          {format.moment(Date.parse(due))}
          {overdue ? ` · ${t('tasks.overdue')}` : ''}
        </Text>
      ),
    },
    {
      key: 'owner',
      label: t('tasks.for'),
      width: 150,
      cell: ({ owner, role, covered }) =>
        covered ? <Badge color="blue">{t('cover.for', { name: covered })}</Badge> : (owner?.name ?? roleWord(t, role ?? '')),
    },
    {
      key: 'act',
      label: t('visits.next'),
      width: 170,
      cell: (task) => (
        <Group gap={6} wrap="nowrap" onClick={(event) => event.stopPropagation()}>
          {task.state === 'OPEN' ? (
            <>
              <Button size="compact-sm" variant="default" disabled={busy} onClick={() => finish(task)}>
                {t('tasks.done')}
              </Button>
              <Button size="compact-sm" variant="subtle" disabled={busy} onClick={() => decline(task)}>
                {t('tasks.decline')}
              </Button>
            </>
          ) : (
            <Button size="compact-sm" variant="subtle" disabled={busy} onClick={() => reopen(task)}>
              {t('tasks.reopen')}
            </Button>
          )}
        </Group>
      ),
    },
  ];
}
