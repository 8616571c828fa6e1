/** People for whom who is checked in acts, and people who act for them: choosing whose records are shown, and ending it. */
import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/kiosk/gql.ts';
import { quietly } from '../../parts/quietly.ts';
import { refusalOf } from '../../parts/words/service-error.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import { NameCarer } from '../consents/name-carer.tsx';
import { DecidingButton } from '../deciding-button.tsx';
import { CardList, KioskPage, Refused, ScreenTitle, Unanswered, Waiting } from '../kiosk-parts.tsx';

const myPeople = graphql(`
  query MyPeople {
    wards {
      id
      name
      mayConsent
      mayComplain
      ends
    }
    guardians {
      id
      name
      number
      isWaiting
      mayConsent
      mayComplain
      ends
    }
  }
`);

const actFor = graphql(`
  mutation ActFor($ward: ID) {
    actFor(ward: $ward) {
      name
    }
  }
`);

const leaveWard = graphql(`
  mutation LeaveWard($ward: ID!) {
    leaveWard(ward: $ward) {
      id
    }
  }
`);

const endGuardian = graphql(`
  mutation EndMyGuardian($guardian: ID!) {
    endGuardian(guardian: $guardian) {
      id
    }
  }
`);

const actingNow = graphql(`
  query ActingNow {
    me {
      name
      actedForBy
    }
  }
`);

const ASKED_AGAIN_MS = 10_000;

interface Person {
  readonly id: string;
  readonly name: string;
  readonly mayConsent: boolean;
  readonly mayComplain: boolean;
  readonly ends?: number | null;
}

/** Shows another person's records, or one's own again: nothing that was read before stays in the page. */
function useActFor(onChanged: () => void) {
  const client = useApolloClient();
  const [act, { error, loading }] = useMutation(actFor);
  const choose = (ward: string | null): void => {
    act({ variables: { ward } })
      .then(() => client.resetStore())
      .then(onChanged, () => undefined);
  };
  return { choose, error, loading };
}

/** On every screen, while somebody else's records are shown. */
export function ActingNow({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation('kiosk');
  const client = useApolloClient();
  // Asked now and then: what ends while it is on the screen leaves the screen.
  const asked = useQuery(actingNow, { pollInterval: ASKED_AGAIN_MS });
  const { data } = asked;
  const isOver = asked.error !== undefined && refusalOf(asked.error).code === 'guardian.over';
  useEffect(() => {
    if (isOver) client.resetStore().then(onBack, () => undefined);
  }, [isOver, client, onBack]);
  const { choose, error } = useActFor(onBack);
  if (!data || data.me.actedForBy == null) return null;
  return (
    <Alert color="yellow" role="status" className="kiosk-notice">
      <Stack gap="sm">
        <Text fw={700} c="black">
          {t('acting.now', { name: data.me.name })}
        </Text>
        {error ? <Refused error={error} /> : null}
        <Group>
          <Button onClick={() => choose(null)}>{t('acting.back')}</Button>
        </Group>
      </Stack>
    </Alert>
  );
}

export function Acting({ onChosen }: { onChosen: () => void }) {
  const { t } = useTranslation('kiosk');
  const asked = useQuery(myPeople);
  const { choose, error, loading } = useActFor(onChosen);
  const [leave, leaving] = useMutation(leaveWard);
  const [dismiss, dismissing] = useMutation(endGuardian);
  const [ending, setEnding] = useState<{ readonly person: Person; readonly isWard: boolean } | undefined>();
  const [naming, setNaming] = useState(false);
  if (asked.error || !asked.data) return <Unanswered asked={asked} />;
  if (loading || leaving.loading || dismissing.loading) return <Waiting />;
  const endNow = (): void => {
    if (!ending) return;
    const { id } = ending.person;
    const ended = ending.isWard ? leave({ variables: { ward: id } }) : dismiss({ variables: { guardian: id } });
    ended
      .then(() => asked.refetch())
      .then(
        () => setEnding(undefined),
        () => undefined,
      );
  };
  if (ending)
    return (
      <KioskPage key="ending">
        <ScreenTitle>{t(ending.isWard ? 'acting.leaveTitle' : 'acting.endTitle', { name: ending.person.name })}</ScreenTitle>
        <Text>{t('acting.endExplain')}</Text>
        {leaving.error || dismissing.error ? <Refused error={leaving.error ?? dismissing.error} /> : null}
        <Group>
          <DecidingButton onPress={endNow}>{t('acting.endNow')}</DecidingButton>
          <Button onClick={() => setEnding(undefined)}>{t('acting.keep')}</Button>
        </Group>
      </KioskPage>
    );
  if (naming)
    return (
      <NameCarer
        onNamed={() => {
          setNaming(false);
          quietly(asked.refetch());
        }}
        onKeep={() => setNaming(false)}
      />
    );
  const { wards } = asked.data;
  const guardians = asked.data.guardians.map((person) => ({
    ...person,
    name: person.name || t('naming.holder', { number: person.number }),
  }));
  return (
    <KioskPage>
      <ScreenTitle>{t('acting.title')}</ScreenTitle>
      {error ? <Refused error={error} /> : null}
      <Title order={2}>{t('acting.wards')}</Title>
      {wards.length === 0 ? <Text size="lg">{t('acting.noWards')}</Text> : null}
      <CardList items={wards} keyOf={({ id }) => id}>
        {(person) => (
          <OnePerson person={person}>
            <Button variant="filled" onClick={() => choose(person.id)}>
              {t('acting.choose', { name: person.name })}
            </Button>
            <Button onClick={() => setEnding({ person, isWard: true })}>{t('acting.leave')}</Button>
          </OnePerson>
        )}
      </CardList>
      <Title order={2}>{t('acting.guardians')}</Title>
      {guardians.length === 0 ? <Text size="lg">{t('acting.noGuardians')}</Text> : null}
      <CardList items={guardians} keyOf={({ id }) => id}>
        {(person) => (
          <OnePerson person={person}>
            {person.isWaiting ? <Text role="status">{t('naming.waiting')}</Text> : null}
            <Button onClick={() => setEnding({ person, isWard: false })}>{t('acting.end')}</Button>
          </OnePerson>
        )}
      </CardList>
      <Group>
        <Button onClick={() => setNaming(true)}>{t('naming.title')}</Button>
      </Group>
      <Text>{t('acting.nameAtDesk')}</Text>
    </KioskPage>
  );
}

/** Who, in what, and until when. */
function OnePerson({ person: { name, mayConsent, mayComplain, ends }, children }: { person: Person; children: ReactNode }) {
  const { t } = useTranslation('kiosk');
  const format = useFormat();
  return (
    <Stack gap="xs">
      <Text fw={700} size="lg">
        <bdi>{name}</bdi>
      </Text>
      <Text>{t('acting.reads')}</Text>
      <Text>{t(mayConsent ? 'acting.consents' : 'acting.noConsents')}</Text>
      <Text>{t(mayComplain ? 'acting.complains' : 'acting.noComplains')}</Text>
      <Text>{ends == null ? t('acting.openEnd') : t('acting.until', { day: format.day(ends) })}</Text>
      <Group>{children}</Group>
    </Stack>
  );
}
