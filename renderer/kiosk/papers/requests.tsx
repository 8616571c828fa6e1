/** What the patient asked of the privacy officer, what was answered, and asking for more. */
import { useQuery } from '@apollo/client/react';
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/kiosk/gql.ts';
import type { MyRequestsQuery } from '../../generated/kiosk/graphql.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import { CardList, JustDone, KioskPage, ScreenTitle, Unanswered } from '../kiosk-parts.tsx';
import type { WrittenSubject } from './request-form.tsx';

export const myRequests = graphql(`
  query MyRequests {
    me {
      mayComplain
    }
    requests {
      id
      about
      words
      sentAt
      received
      answer {
        words
        by
        at
      }
    }
  }
`);

/** About the records; what is about an access begins at its entry. */
const ASKED = ['CORRECTION', 'DISAGREEMENT', 'ERASURE'] as const;

interface RequestsProps {
  /** Something was just sent. */
  readonly sent: boolean;
  readonly onAsk: (about: WrittenSubject) => void;
}

export function Requests({ sent, onAsk }: RequestsProps) {
  const { t } = useTranslation('kiosk');
  const asked = useQuery(myRequests);
  if (asked.error || !asked.data) return <Unanswered asked={asked} />;
  const { me, requests } = asked.data;
  return (
    <KioskPage>
      <ScreenTitle>{t('requests.mine')}</ScreenTitle>
      {sent ? <JustDone title={t('requests.sent')}>{t('requests.explain')}</JustDone> : null}
      <Group>
        {me.mayComplain
          ? ASKED.map((about) => (
              <Button key={about} onClick={() => onAsk(about)}>
                {t(`requests.title.${about}`)}
              </Button>
            ))
          : null}
      </Group>
      {me.mayComplain ? null : <Text fw={700}>{t('acting.noComplains')}</Text>}
      {requests.length === 0 ? <Text size="lg">{t('requests.none')}</Text> : null}
      <CardList items={requests} keyOf={({ id }) => id}>
        {(request) => <OneRequest request={request} />}
      </CardList>
    </KioskPage>
  );
}

function OneRequest({ request }: { request: MyRequestsQuery['requests'][number] }) {
  const { t } = useTranslation('kiosk');
  const format = useFormat();
  const { about, words, sentAt, received, answer } = request;
  return (
    <Stack gap="xs">
      <Title order={2}>{t(`requests.title.${about}`)}</Title>
      <Text>{format.moment(sentAt)}</Text>
      <Text style={{ whiteSpace: 'pre-line' }} dir="auto">
        {words}
      </Text>
      {answer ? (
        <>
          <Text fw={700}>{t('requests.answer', { by: answer.by, time: format.moment(answer.at) })}</Text>
          <Text style={{ whiteSpace: 'pre-line' }} dir="auto">
            {answer.words}
          </Text>
        </>
      ) : (
        <Text fw={700}>{t(received ? 'requests.received' : 'requests.waiting')}</Text>
      )}
    </Stack>
  );
}
