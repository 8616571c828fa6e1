import { Badge, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TaskPartsFragment } from '../../generated/graphql.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import { CoverBadge } from '../cover/cover.tsx';
import { roleWord } from '../ledger/roles.ts';

/** What is to be done, and who said what of it. */
export function TaskWords({ task }: { task: TaskPartsFragment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { what, urgent, state, reason, by, at, askedBy, handed } = task;
  const isOpen = state === 'OPEN';
  const said = isOpen
    ? [t('tasks.askedBy', { name: askedBy }), handed ? t('tasks.handedBy', { name: handed.by, words: handed.words }) : '']
    : [t('tasks.endedBy', { name: by, moment: format.moment(at) }), reason];
  return (
    <>
      <Group gap="xs">
        <Text size="sm" fw={isOpen ? 600 : 400} td={state === 'DONE' ? 'line-through' : undefined}>
          {what}
        </Text>
        {urgent && isOpen ? <Badge color="red">{t('visits.urgent')}</Badge> : null}
        {isOpen ? null : <Badge color={state === 'DONE' ? 'green' : 'gray'}>{t(`tasks.state.${state}`)}</Badge>}
      </Group>
      <Text size="xs" c="dimmed">
        {said.filter(Boolean).join(' · ')}
      </Text>
    </>
  );
}

/** By when. */
export function TaskDue({ task: { due, overdue } }: { task: TaskPartsFragment }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Text size="sm" c={overdue ? 'red' : undefined} fw={overdue ? 600 : 400}>
      {format.moment(Date.parse(due))}
      {overdue ? ` · ${t('tasks.overdue')}` : ''}
    </Text>
  );
}

/** For whom. */
export function TaskFor({ task: { owner, role, covered } }: { task: TaskPartsFragment }) {
  const { t } = useTranslation();
  return covered ? <CoverBadge name={covered} /> : <Text size="sm">{owner?.name ?? roleWord(t, role ?? '')}</Text>;
}
