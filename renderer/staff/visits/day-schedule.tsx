import { useQuery } from '@apollo/client/react';
import { ActionIcon, Button, Group, Select, Stack, Table, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isClosed, overlap } from '../../../shared/visits/visit-rules.ts';
import type { VisitPartsFragment } from '../../generated/graphql.ts';
import { momentWithOffset } from '../../parts/date-field.tsx';
import { quietly } from '../../parts/quietly.ts';
import { useShortcut } from '../../parts/shortcuts.tsx';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/use-format.ts';
import { useCovered } from '../cover/cover.tsx';
import { CallIntoRoom } from './call-into-room.tsx';
import type { Adding } from './today-screen.tsx';
import { useNow } from './use-now.ts';
import { useVisitSteps } from './use-visit-steps.ts';
import { visitsOfDay } from './visit-documents.ts';
import { VisitDrawer } from './visit-drawer.tsx';
import { dayFrom } from './visit-order.ts';
import { StageBadge } from './visit-parts.tsx';

interface DayScheduleProps {
  readonly today: string;
  /** Staff id of who is signed in when they treat patients, else ''. */
  readonly me: string;
  readonly clinicians: ReadonlyArray<{ readonly id: string; readonly name: string }>;
  readonly onBook: (adding: Adding) => void;
  readonly onReplan: (visit: VisitPartsFragment) => void;
}

/** A day has at least these hours; earlier and later visits stretch it. */
const FIRST_HOUR = 8;
const LAST_HOUR = 17;
const HALF_HOUR = 30 * 60_000;

/** One clinician's day, or everybody's, hour by hour; free half hours can be booked into. */
export function DaySchedule({ today, me, clinicians, onBook, onReplan }: DayScheduleProps) {
  const { t } = useTranslation();
  const [day, setDay] = useState(today);
  const [whose, setWhose] = useState<string | null>(me || null);
  const [opened, setOpened] = useState<string | null>(null);
  const [calling, setCalling] = useState<VisitPartsFragment | null>(null);
  const steps = useVisitSteps();
  const covered = useCovered();
  const { data, error, refetch } = useQuery(visitsOfDay, { variables: { day }, fetchPolicy: 'cache-and-network' });
  const visits = (data?.visits ?? []).filter(({ clinician }) => !whose || clinician?.id === whose);

  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <DayChoice day={day} today={today} onChoose={setDay} />
        <Select
          aria-label={t('visits.clinician')}
          placeholder={t('visits.everybody')}
          data={clinicians.map(({ id, name }) => ({ value: id, label: covered.has(id) ? t('cover.inList', { name }) : name }))}
          value={whose}
          onChange={setWhose}
          clearable
        />
      </Group>
      {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
      {steps.error ? <ErrorNotice error={steps.error} /> : null}
      {data && visits.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('visits.noneThatDay')}
        </Text>
      ) : null}
      {data ? (
        <Hours
          day={day}
          visits={visits}
          onOpen={({ id }) => setOpened(id)}
          onBook={(start) => onBook({ kind: 'BOOKED', start, clinician: whose })}
        />
      ) : (
        <Loading rows={10} />
      )}
      {calling ? (
        <CallIntoRoom
          visit={calling}
          rooms={[]}
          onClose={() => setCalling(null)}
          onCall={(room) => steps.move(calling, 'CALL', room)}
        />
      ) : null}
      <VisitDrawer
        visit={data?.visits.find(({ id }) => id === opened)}
        onClose={() => setOpened(null)}
        onStep={(visit, step) => (step === 'CALL' ? setCalling(visit) : void steps.move(visit, step))}
        onUndo={(visit) => void steps.undo(visit)}
        onReplan={onReplan}
        busy={steps.busy}
      />
    </Stack>
  );
}

interface DayChoiceProps {
  readonly day: string;
  readonly today: string;
  readonly onChoose: (day: string) => void;
}

/** The day that is shown, and the ways to the next ones. */
function DayChoice({ day, today, onChoose }: DayChoiceProps) {
  const { t } = useTranslation();
  const format = useFormat();
  useShortcut('[', t('visits.dayBefore'), () => onChoose(dayFrom(day, -1)));
  useShortcut(']', t('visits.dayAfter'), () => onChoose(dayFrom(day, 1)));
  return (
    <Group gap="xs">
      <ActionIcon variant="default" size="lg" aria-label={t('visits.dayBefore')} onClick={() => onChoose(dayFrom(day, -1))}>
        <IconChevronLeft size={16} aria-hidden />
      </ActionIcon>
      <Text fw={600} miw={220} ta="center" role="status">
        {format.weekday(day)}
      </Text>
      <ActionIcon variant="default" size="lg" aria-label={t('visits.dayAfter')} onClick={() => onChoose(dayFrom(day, 1))}>
        <IconChevronRight size={16} aria-hidden />
      </ActionIcon>
      {day === today ? null : (
        <Button variant="default" onClick={() => onChoose(today)}>
          {t('screens.today')}
        </Button>
      )}
    </Group>
  );
}

function Hours({ visits, ...rest }: Omit<HourProps, 'hour' | 'now'>) {
  const { t } = useTranslation();
  const now = useNow();
  const hours = visits.map(({ start }) => new Date(start).getHours());
  const [from, to] = [Math.min(FIRST_HOUR, ...hours), Math.max(LAST_HOUR, ...hours)];
  return (
    <Table aria-label={t('visits.schedule')} verticalSpacing={6}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={80} scope="col">
            {t('visits.hour')}
          </Table.Th>
          <Table.Th scope="col">{t('visits.visits')}</Table.Th>
          <Table.Th w={210} scope="col">
            {t('visits.free')}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {Array.from({ length: to - from + 1 }, (_, at) => from + at).map((hour) => (
          <Hour key={hour} hour={hour} now={now} visits={visits} {...rest} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

interface HourProps {
  readonly day: string;
  readonly hour: number;
  /** Milliseconds: what is over is not free. */
  readonly now: number;
  readonly visits: readonly VisitPartsFragment[];
  readonly onOpen: (visit: VisitPartsFragment) => void;
  /** An instant. */
  readonly onBook: (start: string) => void;
}

function Hour({ day, hour, now, visits, onOpen, onBook }: HourProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const instant = (minutes: string): string => momentWithOffset(`${day}T${String(hour).padStart(2, '0')}:${minutes}`);
  const isTaken = (start: number): boolean =>
    visits.some(
      (visit) =>
        !isClosed(visit.stage) &&
        overlap({ start, end: start + HALF_HOUR }, { start: Date.parse(visit.start), end: Date.parse(visit.end) }),
    );
  const isOver = (start: number): boolean => start + HALF_HOUR <= now;
  const free = ['00', '30'].map(instant).filter((start) => !isTaken(Date.parse(start)) && !isOver(Date.parse(start)));
  return (
    <Table.Tr>
      <Table.Td style={{ verticalAlign: 'top' }}>
        <Text size="sm" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
          {format.time(Date.parse(instant('00')))}
        </Text>
      </Table.Td>
      <Table.Td>
        <Stack gap={4} align="flex-start">
          {visits
            .filter(({ start }) => new Date(start).getHours() === hour)
            .map((visit) => (
              <Button
                key={visit.id}
                size="compact-sm"
                variant="subtle"
                rightSection={<StageBadge stage={visit.stage} />}
                onClick={() => onOpen(visit)}
              >
                {format.time(Date.parse(visit.start))}–{format.time(Date.parse(visit.end))} {visit.patient.name}
                {visit.reason ? ` · ${visit.reason}` : ''}
              </Button>
            ))}
        </Stack>
      </Table.Td>
      <Table.Td>
        <Group gap={4}>
          {free.map((start) => {
            const time = format.time(Date.parse(start));
            return (
              <Button
                key={start}
                size="compact-xs"
                variant="default"
                aria-label={t('visits.bookAt', { time })}
                onClick={() => onBook(start)}
              >
                {time}
              </Button>
            );
          })}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
