import { useQuery } from '@apollo/client/react';
import { Badge, Button, Tabs, Text } from '@mantine/core';
import { IconCalendarPlus, IconWalk } from '@tabler/icons-react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../shared/access/permissions.ts';
import { localDay } from '../../../shared/encoding/wall-clock.ts';
import type { VisitKind, VisitPartsFragment } from '../../generated/graphql.ts';
import { useAct, useShortcut } from '../../parts/focus/shortcuts.tsx';
import { heightLeft } from '../../parts/height-left.ts';
import { Page } from '../../parts/page.tsx';
import { useSignedIn } from '../../parts/signed-in.ts';
import { Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { CardNews } from '../consent/consent.tsx';
import { useCovered } from '../cover/cover.tsx';
import { TaskList, useOpenTasks } from '../tasks/tasks.tsx';
import { AddVisit } from './add-visit.tsx';
import { DaySchedule } from './day-schedule.tsx';
import { useNow } from './use-now.ts';
import { visitStaff } from './visit-documents.ts';
import { VisitQueue } from './visit-queue.tsx';

/**
 * What is being added: a person who is here, or a visit for later; `start` and `clinician` where the schedule names them. Or the
 * visit whose plan is being changed.
 */
export interface Adding {
  readonly kind: VisitKind;
  readonly replanned?: VisitPartsFragment;
  readonly start?: string;
  readonly clinician?: string | null;
}

/** For whom one stands in, and until when. */
function CoverNotice({ covered }: { covered: ReturnType<typeof useCovered> }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (covered.size === 0) return null;
  return (
    <Text size="sm" mb="xs" role="status">
      {[...covered.values()].map(({ name, until }) => t('cover.standing', { name, until: format.moment(until) })).join(' ')}
    </Text>
  );
}

/** @param tasks how many are open; undefined for who has none */
function TabList({ tasks }: { tasks: number | undefined }) {
  const { t } = useTranslation();
  return (
    <Tabs.List mb="md">
      <Tabs.Tab value="queue">{t('visits.queue')}</Tabs.Tab>
      <Tabs.Tab value="schedule">{t('visits.schedule')}</Tabs.Tab>
      {tasks === undefined ? null : (
        <Tabs.Tab value="tasks" rightSection={tasks > 0 ? <Badge size="sm">{tasks}</Badge> : null}>
          {t('tasks.title')}
        </Tabs.Tab>
      )}
    </Tabs.List>
  );
}

/** Who waits, who is with whom, and who comes: the first screen of the day. */
export function TodayScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const today = localDay(now);
  const [tab, setTab] = useState<string | null>('queue');
  const [adding, setAdding] = useState<Adding | null>(null);
  const people = useQuery(visitStaff).data;
  const me = people?.me.id ?? '';
  const clinicians = (people?.staffMembers ?? []).filter(
    ({ role, revoked }) => !revoked && (role === 'clinician' || role === 'nurse' || role === 'administrator'),
  );
  const covered = useCovered();
  const tasks = useOpenTasks();
  const isClinician = clinicians.some(({ id }) => id === me);
  const walkIn = (): void => setAdding({ kind: 'WALK_IN' });
  const book = (): void => setAdding({ kind: 'BOOKED' });
  const replan = (visit: VisitPartsFragment): void =>
    setAdding({ kind: visit.kind, replanned: visit, start: visit.start, clinician: visit.clinician?.id ?? null });
  const { role } = useSignedIn();
  const plans = mayDo(role, 'visits.write');
  useAct('w', t('visits.addWalkIn'), walkIn, plans);
  useAct('b', t('visits.book'), book, plans);
  useShortcut('q', t('visits.queue'), () => setTab('queue'));
  useShortcut('d', t('visits.schedule'), () => setTab('schedule'));
  useShortcut('a', t('tasks.title'), () => setTab('tasks'), tasks !== undefined);

  return (
    <Page
      title={t('screens.today')}
      note={format.weekday(today)}
      actions={
        plans ? (
          <>
            <Button variant="default" leftSection={<IconCalendarPlus size={16} aria-hidden />} onClick={book}>
              {t('visits.book')}
            </Button>
            <Button leftSection={<IconWalk size={16} aria-hidden />} onClick={walkIn}>
              {t('visits.addWalkIn')}
            </Button>
          </>
        ) : null
      }
    >
      <CoverNotice covered={covered} />
      {mayDo(role, 'card.read') ? (
        <Suspense>
          <CardNews most={3} />
        </Suspense>
      ) : null}
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <TabList tasks={tasks} />
        <Tabs.Panel value="queue">
          <VisitQueue day={today} now={now} me={me} isClinician={isClinician} onWalkIn={walkIn} onBook={book} onReplan={replan} />
        </Tabs.Panel>
        <Tabs.Panel value="schedule">
          <DaySchedule today={today} me={isClinician ? me : ''} clinicians={clinicians} onBook={setAdding} onReplan={replan} />
        </Tabs.Panel>
        <Tabs.Panel value="tasks">
          <Suspense fallback={<Loading rows={6} />}>
            <TaskList height={heightLeft(220)} />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
      {adding ? <AddVisit adding={adding} clinicians={clinicians} onClose={() => setAdding(null)} /> : null}
    </Page>
  );
}
