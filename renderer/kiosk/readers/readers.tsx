/** Who has seen my records: persons apart from programs, emergencies marked, the newest first. */
import { useQuery } from '@apollo/client/react';
import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/kiosk/gql.ts';
import type { MyReadingsQuery, ReadingFilter } from '../../generated/kiosk/graphql.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import { usePurpose, useRole } from '../check-in/code-words.ts';
import { CardList, KioskPage, ScreenTitle, Unanswered } from '../kiosk-parts.tsx';

const myReadings = graphql(`
  query MyReadings($first: Int, $filter: ReadingFilter) {
    me {
      actedForBy
      mayComplain
    }
    readings(first: $first, filter: $filter) {
      readings {
        id
        at
        who
        onWordOf
        givenTo
        proved
        role
        clinic
        machine
        emergency
        action
        purpose
        copied
      }
      next
      total
      persons
      machines
      emergencies
      provedUntil
    }
  }
`);

export type Reading = MyReadingsQuery['readings']['readings'][number];
const PAGE = 10;

export function Readers({ onProof, onObject }: { onProof: () => void; onObject: (reading: Reading) => void }) {
  const { t } = useTranslation('kiosk');
  const format = useFormat();
  const [filter, setFilter] = useState<ReadingFilter | null>(null);
  const [first, setFirst] = useState(PAGE);
  const asked = useQuery(myReadings, { variables: { first, filter } });
  const data = asked.data ?? asked.previousData;
  if (asked.error || !data) return <Unanswered asked={asked} />;
  const { me, readings: page } = data;
  const filters = [
    [null, t('readers.all', { number: format.number(page.total) })],
    ['PERSONS', t('readers.persons', { number: format.number(page.persons) })],
    ['MACHINES', t('readers.machines', { number: format.number(page.machines) })],
    ['EMERGENCY', t('readers.emergencies', { number: format.number(page.emergencies) })],
  ] as const;
  return (
    <KioskPage>
      <ScreenTitle>{t(me.actedForBy == null ? 'home.readers' : 'acting.home.readers')}</ScreenTitle>
      <Text>{t('readers.explain')}</Text>
      {page.total > 0 ? (
        <Text fw={600}>
          {page.provedUntil == null ? t('readers.nothing') : t('readers.until', { time: format.moment(page.provedUntil) })}
        </Text>
      ) : null}
      <Group>
        <Button variant="filled" onClick={onProof}>
          {t('readers.how')}
        </Button>
      </Group>
      <Group role="group" gap="sm">
        {filters.map(([name, label]) => (
          <Button
            key={name}
            variant={filter === name ? 'filled' : 'outline'}
            aria-pressed={filter === name}
            onClick={() => {
              setFilter(name);
              setFirst(PAGE);
            }}
          >
            {label}
          </Button>
        ))}
      </Group>
      {page.readings.length === 0 ? <Text size="lg">{t(page.total === 0 ? 'readers.none' : 'readers.noneHere')}</Text> : null}
      <CardList items={page.readings} keyOf={({ id }) => id}>
        {(reading) => (
          <>
            <OneReading reading={reading} />
            {reading.copied && me.mayComplain ? (
              <Group mt="md">
                <Button onClick={() => onObject(reading)}>{t('requests.title.ACCESS')}</Button>
              </Group>
            ) : null}
            {reading.copied || !me.mayComplain ? null : <Text>{t('readers.objectLater')}</Text>}
          </>
        )}
      </CardList>
      {page.next ? <Button onClick={() => setFirst(first + PAGE)}>{t('readers.more')}</Button> : null}
    </KioskPage>
  );
}

/** One entry, as it stands in the list. */
export function OneReading({ reading }: { reading: Reading }) {
  const { t } = useTranslation('kiosk');
  const format = useFormat();
  const purpose = usePurpose();
  const { who, onWordOf, givenTo, machine, emergency, proved, clinic, at, action } = reading;
  const role = useRole()(reading.role);
  return (
    <Stack gap={4}>
      <Text size="lg" fw={700}>
        {machine ? t('readers.machine', { who: programWord(t, who) }) : t('readers.person', { who, role })}
      </Text>
      {onWordOf ? <Text>{t('readers.onWordOf', { who: onWordOf })}</Text> : null}
      <Text>{t('readers.at', { clinic })}</Text>
      {givenTo ? <Text>{t('readers.givenTo', { clinic: givenTo })}</Text> : null}
      <Text>{format.moment(at)}</Text>
      {isDeed(action) ? <Text fw={600}>{t(`readers.did.${action}`)}</Text> : null}
      <Text>{t('readers.why', { purpose: purpose(reading.purpose) })}</Text>
      {emergency ? (
        <Badge
          size="xl"
          color="orange"
          h="auto"
          py={6}
          styles={{ label: { whiteSpace: 'normal', fontSize: 'var(--mantine-font-size-md)' } }}
        >
          {t('readers.emergency')}
        </Badge>
      ) : null}
      <Text fs={proved ? 'normal' : 'italic'}>{t(proved ? 'readers.proved' : 'readers.notProved')}</Text>
    </Stack>
  );
}

/** What gave somebody more than a look. */
const DEEDS = ['card', 'guardian'] as const;
const isDeed = (action: string): action is (typeof DEEDS)[number] => DEEDS.some((deed) => deed === action);

/** Our own programs by a word of the page's language; another's by the name that it was given. */
const programWord = (t: TFunction<'kiosk'>, program: string): string =>
  PROGRAMS.has(program) ? t(`readers.programs.${program as 'import'}`) : program;

const PROGRAMS: ReadonlySet<string> = new Set(['import', 'sharing', 'monitoring']);
