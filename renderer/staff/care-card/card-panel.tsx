import { useApolloClient, useQuery } from '@apollo/client/react';
import { Alert, Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconId } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CareCardOfQuery, IssueCareCardMutation } from '../../generated/graphql.ts';
import { PassphraseDialog } from '../../parts/fields/passphrase-dialog.tsx';
import { ProgressBadge } from '../../parts/progress-badge.tsx';
import { quietly } from '../../parts/quietly.ts';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { careCardOf, endCareCard } from './card-documents.ts';
import { GuardiansSection } from './guardians-section.tsx';
import { IssueCard } from './issue-card.tsx';
import { PrintedCard } from './printed-card.tsx';

type Card = NonNullable<CareCardOfQuery['careCard']>;

/** How the patient's care card stands; issuing one, a new one for a lost one, and ending it. */
export function CareCardPanel({ patient }: { patient: string }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const [doing, setDoing] = useState<'issue' | 'end' | null>(null);
  const [printed, setPrinted] = useState<IssueCareCardMutation['issueCareCard'] | null>(null);
  const { data, error, refetch } = useQuery(careCardOf, { variables: { patient }, fetchPolicy: 'network-only' });
  if (error) return <ErrorNotice error={error} onRetry={() => quietly(refetch())} />;
  if (!data) return <Loading rows={3} />;
  const card = data.careCard;
  const isOurs = data.patient?.shared === false;
  const hasDied = data.patient?.deceased === true;
  const hint = hasDied ? 'careCard.hasDied' : isOurs ? 'careCard.noneHint' : 'careCard.elsewhere';
  return (
    <Stack gap="md">
      {card ? <StandingCard card={card} /> : null}
      {card && isOurs ? (
        <Group>
          {hasDied ? null : (
            <Button variant="default" onClick={() => setDoing('issue')}>
              {t('careCard.replace')}
            </Button>
          )}
          <Button variant="subtle" color="red" onClick={() => setDoing('end')}>
            {t('careCard.end')}
          </Button>
        </Group>
      ) : null}
      {card ? null : (
        <Empty icon={<IconId aria-hidden />} title={t('careCard.none')} text={t(hint)}>
          {isOurs && !hasDied ? <Button onClick={() => setDoing('issue')}>{t('careCard.issue')}</Button> : null}
        </Empty>
      )}
      <IssueCard
        patient={patient}
        opened={doing === 'issue'}
        replaces={card !== null}
        onClose={() => setDoing(null)}
        onIssued={(issued) => {
          setPrinted(issued);
          quietly(refetch());
        }}
      />
      <PassphraseDialog
        opened={doing === 'end'}
        title={t('careCard.end')}
        action={t('careCard.endAction')}
        danger
        onClose={() => setDoing(null)}
        onConfirm={async (passphrase) => {
          await client.mutate({ mutation: endCareCard, variables: { patient, passphrase } });
          await refetch();
        }}
      >
        <Text size="sm">{t('careCard.endExplained')}</Text>
      </PassphraseDialog>
      {isOurs ? <GuardiansSection patient={patient} /> : null}
      {printed ? <PrintedCard printed={printed} onClose={() => setPrinted(null)} /> : null}
    </Stack>
  );
}

function StandingCard({ card }: { card: Card }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isShut = card.triesLeft === 0;
  return (
    <Paper withBorder p="md" component="article">
      <Stack gap={6}>
        <Group gap="xs">
          <Title order={2}>{t('careCard.title')}</Title>
          <Badge color={isShut ? 'red' : 'green'}>{t(isShut ? 'careCard.shut' : 'careCard.valid')}</Badge>
          <ProgressBadge reached={card.progress} />
        </Group>
        <Text size="sm">{t('careCard.issued', { at: format.moment(card.issuedAt) })}</Text>
        {card.triesLeft === null || isShut ? null : <Text size="sm">{t('careCard.tries', { count: card.triesLeft })}</Text>}
        {isShut ? <Text size="sm">{t('careCard.shutHint')}</Text> : null}
        <Text size="sm">{t(card.hasEmergency ? 'careCard.withEmergency' : 'careCard.withoutEmergency')}</Text>
        {card.opensInRegion ? null : (
          <Alert color="orange" icon={<IconAlertTriangle aria-hidden />}>
            {t('careCard.homeOnly')}
          </Alert>
        )}
      </Stack>
    </Paper>
  );
}
