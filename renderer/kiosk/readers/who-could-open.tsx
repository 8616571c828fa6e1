/** Who could open my records today, and why: people of one clinic and role on one card, with what, what for and by what right. */
import { useQuery } from '@apollo/client/react';
import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/kiosk/gql.ts';
import type { WhoCouldOpenMineQuery } from '../../generated/kiosk/graphql.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import { useCategory, usePurpose, useRole } from '../check-in/code-words.ts';
import { CardList, Fact, KioskPage, ScreenTitle, Unanswered } from '../kiosk-parts.tsx';

const whoCouldOpenMine = graphql(`
  query WhoCouldOpenMine {
    whoCouldOpen {
      clinic
      home
      role
      names
      count
      opens {
        purpose
        categories
        reason
        partial
        given
      }
    }
  }
`);

type Readers = WhoCouldOpenMineQuery['whoCouldOpen'][number];
type Opening = Readers['opens'][number];

export function WhoCouldOpen() {
  const { t } = useTranslation('kiosk');
  const asked = useQuery(whoCouldOpenMine);
  if (asked.error || !asked.data) return <Unanswered asked={asked} />;
  const readers = asked.data.whoCouldOpen;
  return (
    <KioskPage>
      <ScreenTitle>{t('could.title')}</ScreenTitle>
      <Text>{t('could.explain')}</Text>
      {readers.length === 0 ? <Text size="lg">{t('could.none')}</Text> : null}
      <CardList items={readers} keyOf={(each) => JSON.stringify(each)}>
        {(each) => <OneGroup readers={each} />}
      </CardList>
      <Text>{t('could.glass')}</Text>
      <Text>{t('could.more')}</Text>
    </KioskPage>
  );
}

function OneGroup({ readers }: { readers: Readers }) {
  const { t } = useTranslation('kiosk');
  const roleOf = useRole();
  const { clinic, names, count, opens } = readers;
  const role = roleOf(readers.role);
  return (
    <Stack gap="sm">
      <div>
        {(names.length > 0 ? names : [t('could.others', { count, role })]).map((name) => (
          <Text key={name} size="lg" fw={700}>
            <bdi>{name}</bdi>
          </Text>
        ))}
        {names.length > 0 ? <Text>{role}</Text> : null}
        <Text>{t('readers.at', { clinic })}</Text>
      </div>
      {alike(opens).map((same) => (
        <OneOpening key={same.map(({ purpose }) => purpose).join()} opens={same} />
      ))}
      <Fact name={t('could.why')}>
        <Reasons opens={opens} />
      </Fact>
    </Stack>
  );
}

/** What is the same for several purposes is said once. */
const alike = (opens: readonly Opening[]): Opening[][] => [
  ...Map.groupBy(opens, ({ categories, partial }) => `${categories.join()} ${partial}`).values(),
];

/** @param opens not empty, of the same categories */
function OneOpening({ opens }: { opens: readonly Opening[] }) {
  const { t } = useTranslation('kiosk');
  const category = useCategory();
  const purpose = usePurpose();
  const [first] = opens;
  return (
    <>
      <Fact name={t('could.what')}>
        <Words items={first?.categories.map(category) ?? []} />
        {first?.partial ? <Text>{t('could.partial')}</Text> : null}
      </Fact>
      <Fact name={t('could.purposes')}>
        <Words items={opens.map((each) => purpose(each.purpose))} />
      </Fact>
    </>
  );
}

const Words = ({ items }: { items: readonly string[] }) => (
  <ul style={{ margin: 0, paddingInlineStart: '1.25rem' }}>
    {items.map((item) => (
      <li key={item}>{item}</li>
    ))}
  </ul>
);

function Reasons({ opens }: { opens: readonly Opening[] }) {
  const { t } = useTranslation('kiosk');
  const format = useFormat();
  const consents = opens.filter(({ reason }) => reason === 'consent');
  const days = [...new Set(consents.flatMap(({ given }) => given))].sort((a, b) => a - b).map(format.day);
  const reasons = [
    ...(opens.some(({ reason }) => reason === 'custody') ? [t('could.home')] : []),
    ...(opens.some(({ reason }) => reason === 'emergency') ? [t('could.emergency')] : []),
    ...(days.length > 0 ? [t('could.consent', { days: format.list([...new Set(days)]) })] : []),
    ...(consents.some(({ given }) => given.length === 0) ? [t('could.unknown')] : []),
  ];
  return reasons.map((reason) => <Text key={reason}>{reason}</Text>);
}
