import { useMutation, useQuery } from '@apollo/client/react';
import { Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconMailQuestion } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsultFactsFragment } from '../../generated/graphql.ts';
import { quietly } from '../../parts/quietly.ts';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { AskConsult } from './ask-consult.tsx';
import { consultsOf, fileConsult } from './consult-documents.ts';
import { ConsultView } from './consult-view.tsx';

/** What this clinic asked others about the patient, and what they said. @param asks whether who is signed in may ask */
export function ConsultSection({ patient, asks }: { patient: string; asks: boolean }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const { data, error, refetch } = useQuery(consultsOf, { variables: { patient } });
  return (
    <Stack gap="sm" component="section" aria-label={t('consult.title')}>
      <Group justify="space-between">
        <Title order={2}>{t('consult.title')}</Title>
        {asks ? (
          <Button variant="default" leftSection={<IconMailQuestion size={16} aria-hidden />} onClick={() => setAsking(true)}>
            {t('consult.ask')}
          </Button>
        ) : null}
      </Group>
      {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
      {!data && !error ? <Loading rows={2} /> : null}
      {data?.consultsOf.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('consult.none')}
        </Text>
      ) : null}
      {data?.consultsOf.map((consult) => (
        <Asked key={consult.id} patient={patient} consult={consult} />
      ))}
      {asking ? <AskConsult patient={patient} onClose={() => setAsking(false)} onAsked={() => quietly(refetch())} /> : null}
    </Stack>
  );
}

function Asked({ patient, consult }: { patient: string; consult: ConsultFactsFragment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [file, filing] = useMutation(fileConsult, { variables: { patient, consult: consult.id } });
  return (
    <Paper withBorder p="md" component="article">
      <Group justify="space-between" mb="xs">
        <Group gap="xs">
          <Text fw={600}>{t('consult.askedOf', { clinic: consult.clinic })}</Text>
          <Badge color={consult.answer ? 'lagoon' : 'orange'}>{t(consult.answer ? 'consult.answered' : 'consult.waiting')}</Badge>
          <Text size="xs" c="dimmed">
            {consult.askedBy} · {format.moment(consult.at)}
          </Text>
        </Group>
        {consult.answer ? (
          <Button
            size="compact-sm"
            variant="default"
            disabled={consult.filed}
            loading={filing.loading}
            onClick={() => void file().catch(() => undefined)}
          >
            {t(consult.filed ? 'consult.filed' : 'consult.file')}
          </Button>
        ) : null}
      </Group>
      {filing.error ? <ErrorNotice error={filing.error} /> : null}
      <ConsultView consult={consult} />
    </Paper>
  );
}
