import { useQuery } from '@apollo/client/react';
import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconArmchair } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../shared/access/permissions.ts';
import { waits } from '../../../shared/visits/visit-rules.ts';
import type { VisitPartsFragment, VisitStep } from '../../generated/graphql.ts';
import { useShortcut } from '../../parts/focus/shortcuts.tsx';
import { heightLeft } from '../../parts/height-left.ts';
import { quietly } from '../../parts/quietly.ts';
import { RowTable } from '../../parts/row-table.tsx';
import { useSignedIn } from '../../parts/signed-in.ts';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { useCovered } from '../cover/cover.tsx';
import { CallIntoRoom } from './call-into-room.tsx';
import { useQueueColumns } from './queue-columns.tsx';
import { useVisitSteps } from './use-visit-steps.ts';
import { visitsOfDay, warningsOfDay } from './visit-documents.ts';
import { VisitDrawer } from './visit-drawer.tsx';
import { inOrder, minutesBetween, passes, type QueueFilter, queueFilters } from './visit-order.ts';

interface VisitQueueProps {
  readonly day: string;
  readonly now: number;
  /** Staff id of who is signed in. */
  readonly me: string;
  readonly isClinician: boolean;
  readonly onWalkIn: () => void;
  readonly onBook: () => void;
  readonly onReplan: (visit: VisitPartsFragment) => void;
}

/** The queue of the day: who waits and since when, and the next step of each. */
export function VisitQueue({ day, now, me, isClinician, onWalkIn, onBook, onReplan }: VisitQueueProps) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(visitsOfDay, { variables: { day }, fetchPolicy: 'cache-and-network' });
  const [mine, setMine] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const [opened, setOpened] = useState<string | null>(null);
  const [calling, setCalling] = useState<VisitPartsFragment | null>(null);
  const steps = useVisitSteps();
  const { role } = useSignedIn();
  const plans = mayDo(role, 'visits.write');
  // Who plans no visits comes for what is done: an invoice is written afterwards.
  const [filter, setFilter] = useState<QueueFilter>(plans ? 'open' : 'closed');
  const covered = useCovered();
  const all = data?.visits ?? [];
  const visits = inOrder(
    all.filter(({ clinician }) => !mine || clinician?.id === me || (clinician && covered.has(clinician.id))),
  );
  const shown = visits.filter(({ stage }) => passes(filter, stage));
  const find = (id: string | null): VisitPartsFragment | undefined => all.find((visit) => visit.id === id);

  const acts = queueActs(steps, setCalling, onReplan);
  useQueueKeys(plans, find(chosen), acts);
  useShortcut('m', t('visits.mine'), () => setMine(!mine), isClinician);
  const warnings = useWarnings(day, data !== undefined);
  const columns = useQueueColumns({ now, warnings, take: acts.take, busy: steps.busy, covered });

  if (error && !data) return <ErrorNotice error={error} onRetry={() => quietly(refetch())} />;
  if (!data) return <Loading rows={8} />;
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <QueueState visits={visits} now={now} />
        <WhichVisits whose={isClinician ? { mine, setMine } : undefined} filter={filter} setFilter={setFilter} />
      </Group>
      {steps.error ? <ErrorNotice error={steps.error} /> : null}
      {shown.length > 0 ? (
        <RowTable
          label={t('visits.queue')}
          columns={columns}
          rows={shown}
          rowKey={({ id }) => id}
          onOpen={({ id }) => setOpened(id)}
          onReach={({ id }) => setChosen(id)}
          height={heightLeft(240)}
        />
      ) : (
        <NoVisits isDayEmpty={all.length === 0} plans={plans} onWalkIn={onWalkIn} onBook={onBook} />
      )}
      {plans && shown.length > 0 ? (
        <Text size="xs" c="dimmed">
          {t('visits.keysHint')}
        </Text>
      ) : null}
      {calling ? (
        <CallIntoRoom
          visit={calling}
          rooms={[...new Set(all.flatMap(({ room }) => (room ? [room] : [])))].sort()}
          onClose={() => setCalling(null)}
          onCall={(room) => steps.move(calling, 'CALL', room)}
        />
      ) : null}
      <VisitDrawer
        visit={find(opened)}
        onClose={() => setOpened(null)}
        onStep={acts.take}
        onUndo={acts.takeBack}
        onReplan={onReplan}
        busy={steps.busy}
      />
    </Stack>
  );
}

type MaybeVisit = VisitPartsFragment | undefined;

/** What is done with a visit, where it can be done now. */
interface QueueActs {
  readonly take: (visit: MaybeVisit, step: VisitStep) => void;
  readonly takeBack: (visit: MaybeVisit) => void;
  readonly change: (visit: MaybeVisit) => void;
}

function queueActs(
  steps: Pick<ReturnType<typeof useVisitSteps>, 'move' | 'undo'>,
  onCall: (visit: VisitPartsFragment) => void,
  onReplan: (visit: VisitPartsFragment) => void,
): QueueActs {
  return {
    take: (visit, step) => {
      if (!visit?.steps.includes(step)) return;
      // Into which room is asked first.
      if (step === 'CALL') onCall(visit);
      else void steps.move(visit, step);
    },
    takeBack: (visit) => {
      if (visit?.undoable) void steps.undo(visit);
    },
    change: (visit) => {
      if (visit?.replannable) onReplan(visit);
    },
  };
}

/** What the charts warn of, by visit. Asked behind the queue: it opens charts, and the queue does not wait for them. */
function useWarnings(day: string, isQueueThere: boolean): ReadonlyMap<string, readonly string[]> {
  const { role } = useSignedIn();
  const { data } = useQuery(warningsOfDay, {
    variables: { day },
    skip: !isQueueThere || !mayDo(role, 'chart.read'),
    fetchPolicy: 'cache-and-network',
  });
  return new Map(data?.visitWarnings.map(({ visit, warnings }) => [visit, warnings]));
}

/**
 * A key for each thing that is done with the chosen visit.
 * @param plans whether who is signed in plans visits
 * @param chosen the visit whose row has the focus
 */
function useQueueKeys(plans: boolean, chosen: MaybeVisit, { take, takeBack, change }: QueueActs): void {
  const { t } = useTranslation();
  useShortcut('i', t('visits.step.CHECK_IN'), () => take(chosen, 'CHECK_IN'), plans);
  useShortcut('r', t('visits.step.CALL'), () => take(chosen, 'CALL'), plans);
  useShortcut('s', t('visits.step.START'), () => take(chosen, 'START'), plans);
  useShortcut('f', t('visits.step.FINISH'), () => take(chosen, 'FINISH'), plans);
  useShortcut('x', t('visits.step.MISS'), () => take(chosen, 'MISS'), plans);
  useShortcut('z', t('visits.undo'), () => takeBack(chosen), plans);
  useShortcut('e', t('visits.changePlan'), () => change(chosen), plans);
}

interface WhichVisitsProps {
  /** Left out for who has no visits of their own. */
  readonly whose: { readonly mine: boolean; readonly setMine: (mine: boolean) => void } | undefined;
  readonly filter: QueueFilter;
  readonly setFilter: (filter: QueueFilter) => void;
}

function WhichVisits({ whose, filter, setFilter }: WhichVisitsProps) {
  const { t } = useTranslation();
  return (
    <Group gap="xs">
      {whose ? (
        <SegmentedControl
          aria-label={t('visits.whose')}
          value={whose.mine ? 'mine' : 'all'}
          onChange={(value) => whose.setMine(value === 'mine')}
          data={[
            { value: 'all', label: t('visits.everybody') },
            { value: 'mine', label: t('visits.mine') },
          ]}
        />
      ) : null}
      <SegmentedControl
        aria-label={t('visits.which')}
        value={filter}
        onChange={setFilter}
        data={queueFilters.map((value) => ({ value, label: t(`visits.filter.${value}`) }))}
      />
    </Group>
  );
}

interface NoVisitsProps extends Pick<VisitQueueProps, 'onWalkIn' | 'onBook'> {
  /** Whether the day has no visit at all; otherwise the filter shows none. */
  readonly isDayEmpty: boolean;
  readonly plans: boolean;
}

function NoVisits({ isDayEmpty, plans, onWalkIn, onBook }: NoVisitsProps) {
  const { t } = useTranslation();
  return (
    <Empty
      icon={<IconArmchair aria-hidden />}
      title={t(isDayEmpty ? 'visits.none' : 'visits.noneShown')}
      text={t(isDayEmpty ? (plans ? 'visits.noneHint' : 'visits.noneToRead') : 'visits.noneShownHint')}
    >
      {isDayEmpty && plans ? (
        <>
          <Button onClick={onWalkIn}>{t('visits.addWalkIn')}</Button>
          <Button variant="default" onClick={onBook}>
            {t('visits.book')}
          </Button>
        </>
      ) : null}
    </Empty>
  );
}

/** How the day stands, in one line that a screen reader hears when it changes. */
function QueueState({ visits, now }: { visits: readonly VisitPartsFragment[]; now: number }) {
  const { t } = useTranslation();
  const waiting = visits.filter(({ stage }) => waits(stage));
  const longest = Math.max(0, ...waiting.map(({ arrivedAt }) => (arrivedAt ? minutesBetween(arrivedAt, now) : 0)));
  const count = (...stages: readonly string[]): number => visits.filter(({ stage }) => stages.includes(stage)).length;
  return (
    <Text size="sm" role="status">
      {[
        waiting.length > 0 ? t('visits.waitingLongest', { count: waiting.length, minutes: longest }) : t('visits.nobodyWaits'),
        t('visits.inRooms', { count: count('CALLED', 'TRIAGED', 'UNDER_WAY') }),
        t('visits.expected', { count: count('BOOKED') }),
      ].join(' · ')}
    </Text>
  );
}
