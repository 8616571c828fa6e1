import { useQuery } from '@apollo/client/react';
import { Badge, Button, Group, SegmentedControl, Stack, Text, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconArmchair } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo, type Permission } from '../../../shared/access/permissions.ts';
import { waits } from '../../../shared/visits/visit-rules.ts';
import type { VisitPartsFragment, VisitStep } from '../../generated/graphql.ts';
import { quietly } from '../../parts/quietly.ts';
import { type Column, RowTable } from '../../parts/row-table.tsx';
import { useShortcut } from '../../parts/shortcuts.tsx';
import { useSignedIn } from '../../parts/signed-in.ts';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/use-format.ts';
import { useCovered } from '../cover/cover.tsx';
import { CallIntoRoom } from './call-into-room.tsx';
import { useVisitSteps } from './use-visit-steps.ts';
import { visitsOfDay, warningsOfDay } from './visit-documents.ts';
import { VisitDrawer } from './visit-drawer.tsx';
import { coveredIn, inOrder, mainStep, minutesBetween, passes, type QueueFilter, queueFilters } from './visit-order.ts';
import { StageBadge } from './visit-parts.tsx';

/** More of them would hide the queue: the chart has all. */
const MOST_WARNINGS = 3;

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

  const take = (visit: VisitPartsFragment | undefined, step: VisitStep): void => {
    if (!visit?.steps.includes(step)) return;
    if (step === 'CALL') setCalling(visit);
    else void steps.move(visit, step);
  };
  const takeBack = (visit: VisitPartsFragment | undefined): void => {
    if (visit?.undoable) void steps.undo(visit);
  };
  const change = (visit: VisitPartsFragment | undefined): void => {
    if (visit?.replannable) onReplan(visit);
  };
  useQueueKeys({ plans, chosen: find(chosen), take, takeBack, change });
  useShortcut('m', t('visits.mine'), () => setMine(!mine), isClinician);
  // Asked behind the queue: it opens charts, and the queue does not wait for them.
  const warned = useQuery(warningsOfDay, {
    variables: { day },
    skip: !data || !mayDo(role, 'chart.read'),
    fetchPolicy: 'cache-and-network',
  }).data;
  const warnings = new Map(warned?.visitWarnings.map((each) => [each.visit, each.warnings]));
  const columns = useQueueColumns({ now, warnings, take, busy: steps.busy, covered });

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
          height="calc(100vh - 290px)"
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
        onStep={take}
        onUndo={takeBack}
        onReplan={onReplan}
        busy={steps.busy}
      />
    </Stack>
  );
}

interface QueueKeys {
  /** Whether who is signed in plans visits. */
  readonly plans: boolean;
  /** The visit whose row has the focus. */
  readonly chosen: VisitPartsFragment | undefined;
  readonly take: (visit: VisitPartsFragment | undefined, step: VisitStep) => void;
  readonly takeBack: (visit: VisitPartsFragment | undefined) => void;
  readonly change: (visit: VisitPartsFragment | undefined) => void;
}

/** A key for each thing that is done with the chosen visit. */
function useQueueKeys({ plans, chosen, take, takeBack, change }: QueueKeys): void {
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

/** The first warnings, and how many more there are. */
const shortList = (warnings: readonly string[]): string[] =>
  warnings.length > MOST_WARNINGS ? [...warnings.slice(0, MOST_WARNINGS), `+${warnings.length - MOST_WARNINGS}`] : [...warnings];

interface QueueColumns {
  readonly now: number;
  readonly warnings: ReadonlyMap<string, readonly string[]>;
  readonly take: (visit: VisitPartsFragment, step: VisitStep) => void;
  readonly busy: boolean;
  /** For whom who is signed in stands in. */
  readonly covered: ReadonlyMap<string, unknown>;
}

function useQueueColumns({ now, warnings, take, busy, covered }: QueueColumns): readonly Column<VisitPartsFragment>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const { role } = useSignedIn();
  const columns: readonly (Column<VisitPartsFragment> & { readonly needs?: Permission })[] = [
    {
      key: 'stage',
      label: t('visits.standing'),
      width: 170,
      cell: ({ stage, since, start }) => (
        <Group gap={6} wrap="nowrap">
          <StageBadge stage={stage} />
          <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
            {stage === 'BOOKED' ? format.time(Date.parse(start)) : null}
            {since && !passes('closed', stage) ? t('visits.minutes', { count: minutesBetween(since, now) }) : null}
          </Text>
        </Group>
      ),
    },
    {
      key: 'patient',
      label: t('patients.name'),
      cell: ({ id, patient, urgent, contested }) => (
        <>
          <Group gap="xs">
            <Text size="sm" fw={600}>
              {patient.name}
            </Text>
            {urgent ? <Badge color="red">{t('visits.urgent')}</Badge> : null}
            {patient.deceased ? <Badge color="gray">{t('patients.deceased')}</Badge> : null}
            {shortList(warnings.get(id) ?? []).map((warning) => (
              <Badge key={warning} color="red" leftSection={<IconAlertTriangle size={11} aria-hidden />}>
                <VisuallyHidden>{t('visits.warnsOf')} </VisuallyHidden>
                {warning}
              </Badge>
            ))}
            {contested ? <Badge color="orange">{t('visits.contested')}</Badge> : null}
          </Group>
          <Text size="xs" c="dimmed">
            {patient.birthDate ? format.recorded(patient.birthDate) : t('chart.bornUnknown')}
          </Text>
        </>
      ),
    },
    {
      key: 'reason',
      label: mayDo(role, 'visits.detail') ? t('visits.reason') : t('visits.kindOf'),
      cell: ({ kind, reason }) => (
        <>
          {mayDo(role, 'visits.detail') ? (
            <Text size="sm" lineClamp={2}>
              {reason ?? '–'}
            </Text>
          ) : null}
          <Text size="xs" c="dimmed">
            {t(`visits.kind.${kind}`)}
          </Text>
        </>
      ),
    },
    { key: 'room', label: t('visits.room'), width: 100, cell: ({ room }) => room ?? '–', needs: 'visits.detail' },
    {
      key: 'clinician',
      label: t('visits.clinician'),
      width: 150,
      cell: (visit) =>
        coveredIn(visit, covered) ? (
          <Badge color="blue">{t('cover.for', { name: visit.clinician?.name })}</Badge>
        ) : (
          (visit.clinician?.name ?? '–')
        ),
    },
    {
      key: 'next',
      label: t('visits.next'),
      width: 170,
      needs: 'visits.write',
      cell: (visit) => {
        const step = mainStep(visit.steps);
        return step ? (
          <Button
            size="compact-sm"
            variant="default"
            disabled={busy}
            onClick={(event) => {
              event.stopPropagation();
              take(visit, step);
            }}
          >
            {t(`visits.step.${step}`)}
          </Button>
        ) : null;
      },
    },
  ];
  return columns.filter(({ needs }) => needs === undefined || mayDo(role, needs));
}
