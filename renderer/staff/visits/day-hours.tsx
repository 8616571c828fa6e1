import { Badge, Button, Group, Stack, Table, Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isClosed, overlap } from '../../../shared/visits/visit-rules.ts';
import type { VisitPartsFragment } from '../../generated/graphql.ts';
import { momentWithOffset } from '../../parts/fields/date-field.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import styles from './day-hours.module.css';
import { useNow } from './use-now.ts';
import { StageBadge } from './visit-parts.tsx';

/** Whose visits stand under each other: a clinician's, or, with an empty id, those that are with nobody yet. */
export interface DayColumn {
  readonly id: string;
  readonly name: string;
}

interface DayHoursProps {
  readonly day: string;
  readonly visits: readonly VisitPartsFragment[];
  readonly columns: readonly DayColumn[];
  readonly onOpen: (visit: VisitPartsFragment) => void;
  /** @param start an instant @param clinician '' for whoever is free */
  readonly onBook: (start: string, clinician: string) => void;
}

/** A day has at least these hours; earlier and later visits stretch it. */
const FIRST_HOUR = 8;
const LAST_HOUR = 17;
const HOUR = 3_600_000;
const HALF_HOUR = HOUR / 2;
/** Pixels in which a name and how far the visit is stand beside each other. */
const NARROWEST = 230;

/** The instants at which an hour of a day and its second half begin, by the clock of this desk. */
const halvesOf = (day: string, hour: number): readonly [string, string] => {
  const at = (minutes: string): string => momentWithOffset(`${day}T${String(hour).padStart(2, '0')}:${minutes}`);
  return [at('00'), at('30')];
};

/** A day hour by hour, a column for each clinician, with the half hours in which that one is free. */
export function DayHours({ day, visits, columns, ...acts }: DayHoursProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const hours = visits.map(({ start }) => new Date(start).getHours());
  const [from, to] = [Math.min(FIRST_HOUR, ...hours), Math.max(LAST_HOUR, ...hours)];
  return (
    <div className={styles.frame}>
      <Table
        aria-label={t('visits.schedule')}
        className={styles.hours}
        verticalSpacing={6}
        layout="fixed"
        miw={80 + NARROWEST * columns.length}
      >
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={80} scope="col">
              {t('visits.hour')}
            </Table.Th>
            {columns.map(({ id, name }) => (
              <Table.Th key={id} scope="col">
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {Array.from({ length: to - from + 1 }, (_, at) => halvesOf(day, from + at)).map(([hour, half]) => {
            const begin = Date.parse(hour);
            const isNow = begin <= now && now < begin + HOUR;
            return (
              <Table.Tr key={hour} className={isNow ? styles.now : undefined} aria-current={isNow ? 'time' : undefined}>
                <Table.Th scope="row" fw={400} className={styles.hour}>
                  {format.time(begin)}
                </Table.Th>
                {columns.map((column) => (
                  <Table.Td key={column.id}>
                    <HourOfOne
                      halves={[hour, half]}
                      now={now}
                      column={column}
                      visits={visits.filter(({ clinician }) => columns.length === 1 || (clinician?.id ?? '') === column.id)}
                      {...acts}
                    />
                  </Table.Td>
                ))}
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </div>
  );
}

interface HourProps extends Pick<DayHoursProps, 'visits' | 'onOpen' | 'onBook'> {
  /** Instants at which its two halves begin. */
  readonly halves: readonly [string, string];
  /** What is over is not free. */
  readonly now: number;
  readonly column: DayColumn;
}

function HourOfOne({ halves, now, column, visits, onOpen, onBook }: HourProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const isTaken = (start: number): boolean =>
    visits.some(
      (visit) =>
        !isClosed(visit.stage) &&
        overlap({ start, end: start + HALF_HOUR }, { start: Date.parse(visit.start), end: Date.parse(visit.end) }),
    );
  const begin = Date.parse(halves[0]);
  const begun = visits.filter(({ start }) => begin <= Date.parse(start) && Date.parse(start) < begin + HOUR);
  const free = halves.filter((start) => !isTaken(Date.parse(start)) && Date.parse(start) + HALF_HOUR > now);
  return (
    <Stack gap={4}>
      {begun.map((visit) => (
        <VisitLine key={visit.id} visit={visit} onOpen={() => onOpen(visit)} />
      ))}
      <Group gap={4}>
        {free.map((start) => {
          const time = format.time(Date.parse(start));
          return (
            <Button
              key={start}
              size="compact-sm"
              variant="subtle"
              aria-label={column.id === '' ? t('visits.bookAt', { time }) : t('visits.bookAtWith', { time, name: column.name })}
              onClick={() => onBook(start, column.id)}
            >
              + {time}
            </Button>
          );
        })}
      </Group>
    </Stack>
  );
}

function VisitLine({ visit, onOpen }: { visit: VisitPartsFragment; onOpen: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { patient, reason, urgent, stage, kind } = visit;
  const classes = [styles.visit, urgent ? styles.urgent : '', isClosed(stage) ? styles.closed : ''].filter(Boolean);
  return (
    <UnstyledButton className={classes.join(' ')} onClick={onOpen}>
      <Group justify="space-between" gap={8} wrap="nowrap" align="flex-start">
        <Text size="sm" fw={600}>
          {patient.name}
        </Text>
        <StageBadge stage={stage} />
      </Group>
      <Group gap="0 8px">
        <Text size="xs" className={styles.time}>
          {format.time(Date.parse(visit.start))}–{format.time(Date.parse(visit.end))}
        </Text>
        <Text size="xs" c="dimmed">
          {[reason, kind === 'TELE' ? t('visits.kind.TELE') : ''].filter(Boolean).join(' · ')}
        </Text>
        {urgent ? (
          <Badge size="xs" color="red">
            {t('visits.urgent')}
          </Badge>
        ) : null}
      </Group>
    </UnstyledButton>
  );
}
