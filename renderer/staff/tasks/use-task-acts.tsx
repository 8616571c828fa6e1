import { useMutation } from '@apollo/client/react';
import { Button, Group } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskPartsFragment } from '../../generated/graphql.ts';
import { useAnnounce } from '../../parts/focus/use-announce.ts';
import { quietly } from '../../parts/quietly.ts';
import { DeclineTask } from './decline-task.tsx';
import { HandTask } from './hand-task.tsx';
import { endTask, reopenTask, tasksOf } from './task-documents.ts';

/** What is done with a task, wherever it is listed. */
export interface TaskActs {
  readonly busy: boolean;
  readonly error: unknown;
  readonly finish: (task: TaskPartsFragment | undefined) => void;
  readonly decline: (task: TaskPartsFragment | undefined) => void;
  readonly hand: (task: TaskPartsFragment | undefined) => void;
  readonly reopen: (task: TaskPartsFragment) => void;
  /** The dialog that asks for more, while it does. */
  readonly dialog: ReactNode;
}

type Asked = { readonly task: TaskPartsFragment; readonly how: 'decline' | 'hand' };

const isOpen = (task: TaskPartsFragment | undefined): task is TaskPartsFragment => task?.state === 'OPEN';

/** Ends a task, hands it on, or opens it again. */
export function useTaskActs(): TaskActs {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [end, ending] = useMutation(endTask, { refetchQueries: [tasksOf] });
  const [reopen, reopening] = useMutation(reopenTask, { refetchQueries: [tasksOf] });

  // A refusal is shown by who lists the tasks.
  const finish = async ({ id, revision, what }: TaskPartsFragment): Promise<void> => {
    const variables = { task: id, revision, end: 'DONE' as const, reason: null };
    if (await end({ variables }).catch(() => undefined)) announce(t('tasks.doneNow', { what }));
  };
  const decline = async ({ id, revision, what }: TaskPartsFragment, reason: string): Promise<void> => {
    const variables = { task: id, revision, end: 'DECLINED' as const, reason };
    if (await end({ variables }).catch(() => undefined)) announce(t('tasks.declinedNow', { what }));
    setAsked(null);
  };
  const close = (): void => setAsked(null);
  return {
    busy: ending.loading || reopening.loading,
    error: ending.error ?? reopening.error,
    finish: (task) => {
      if (isOpen(task)) quietly(finish(task));
    },
    decline: (task) => setAsked(isOpen(task) ? { task, how: 'decline' } : null),
    hand: (task) => setAsked(isOpen(task) ? { task, how: 'hand' } : null),
    reopen: ({ id, revision }) => quietly(reopen({ variables: { task: id, revision } }).catch(() => undefined)),
    dialog: (
      <>
        {asked?.how === 'decline' ? (
          <DeclineTask what={asked.task.what} onClose={close} onDecline={(reason) => decline(asked.task, reason)} />
        ) : null}
        {asked?.how === 'hand' ? <HandTask task={asked.task} onClose={close} /> : null}
      </>
    ),
  };
}

/** The buttons of one task. */
export function TaskButtons({ task, acts }: { task: TaskPartsFragment; acts: TaskActs }) {
  const { t } = useTranslation();
  if (task.state !== 'OPEN') {
    return (
      <Button size="compact-sm" variant="subtle" disabled={acts.busy} onClick={() => acts.reopen(task)}>
        {t('tasks.reopen')}
      </Button>
    );
  }
  return (
    <Group gap={6} wrap="nowrap">
      <Button size="compact-sm" variant="default" disabled={acts.busy} onClick={() => acts.finish(task)}>
        {t('tasks.done')}
      </Button>
      <Button size="compact-sm" variant="subtle" disabled={acts.busy} onClick={() => acts.hand(task)}>
        {t('tasks.hand')}
      </Button>
      <Button size="compact-sm" variant="subtle" disabled={acts.busy} onClick={() => acts.decline(task)}>
        {t('tasks.decline')}
      </Button>
    </Group>
  );
}
