import { useQuery } from '@apollo/client/react';
import { ActionIcon, Button, Group, Select, Stack, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VisitPartsFragment } from '../../generated/graphql.ts';
import { useShortcut } from '../../parts/focus/shortcuts.tsx';
import { quietly } from '../../parts/quietly.ts';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { useCovered } from '../cover/cover.tsx';
import { CallIntoRoom } from './call-into-room.tsx';
import { type DayColumn, DayHours } from './day-hours.tsx';
import styles from './day-schedule.module.css';
import type { Adding } from './today-screen.tsx';
import { useVisitSteps } from './use-visit-steps.ts';
import { visitsOfDay } from './visit-documents.ts';
import { VisitDrawer } from './visit-drawer.tsx';
import { dayFrom } from './visit-order.ts';

interface DayScheduleProps {
  readonly today: string;
  /** Staff id of who is signed in when they treat patients, else ''. */
  readonly me: string;
  readonly clinicians: ReadonlyArray<{ readonly id: string; readonly name: string }>;
  readonly onBook: (adding: Adding) => void;
  readonly onReplan: (visit: VisitPartsFragment) => void;
}

/** Whoever has visits that day has a column, and what is with nobody yet as well; without any visit there is one for booking. */
function columnsOf(visits: readonly VisitPartsFragment[], nobody: string): DayColumn[] {
  const columns = new Map(visits.map(({ clinician }) => [clinician?.id ?? '', clinician?.name ?? nobody]));
  if (columns.size === 0) columns.set('', nobody);
  return [...columns].map(([id, name]) => ({ id, name })).sort((one, other) => one.name.localeCompare(other.name));
}

/** One clinician's day, or everybody's side by side; free half hours can be booked into. */
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
  const chosen = clinicians.find(({ id }) => id === whose);

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
        <DayHours
          day={day}
          visits={visits}
          columns={chosen ? [chosen] : columnsOf(visits, t('visits.anybody'))}
          onOpen={({ id }) => setOpened(id)}
          onBook={(start, clinician) => onBook({ kind: 'BOOKED', start, clinician: clinician || null })}
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
      <div className={styles.days}>
        <ActionIcon variant="default" size="lg" aria-label={t('visits.dayBefore')} onClick={() => onChoose(dayFrom(day, -1))}>
          <IconChevronLeft size={16} aria-hidden />
        </ActionIcon>
        <Text fw={600} className={styles.name} ta="center" role="status">
          {format.weekday(day)}
        </Text>
        <ActionIcon variant="default" size="lg" aria-label={t('visits.dayAfter')} onClick={() => onChoose(dayFrom(day, 1))}>
          <IconChevronRight size={16} aria-hidden />
        </ActionIcon>
      </div>
      {day === today ? null : (
        <Button variant="default" onClick={() => onChoose(today)}>
          {t('screens.today')}
        </Button>
      )}
    </Group>
  );
}
