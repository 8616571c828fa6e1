import { useApolloClient, useQuery } from '@apollo/client/react';
import { Badge, Button, Group, Paper, Stack, Text, Textarea } from '@mantine/core';
import { IconMailQuestion } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsultFactsFragment } from '../../generated/graphql.ts';
import { DraftNotice } from '../../parts/drafts/draft-notice.tsx';
import { useFormDraft } from '../../parts/drafts/use-draft.ts';
import { PassphraseDialog } from '../../parts/fields/passphrase-dialog.tsx';
import { Page } from '../../parts/page.tsx';
import { quietly } from '../../parts/quietly.ts';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { answerConsult, consultsReceived } from './consult-documents.ts';
import { ConsultView } from './consult-view.tsx';

/** Questions of other clinics, to be read and answered. */
export function ConsultsScreen() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(consultsReceived);
  return (
    <Page title={t('screens.consults')} note={t('consult.screenNote')}>
      {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
      {!data && !error ? <Loading rows={6} /> : null}
      {data?.consultsReceived.length === 0 ? (
        <Empty icon={<IconMailQuestion aria-hidden />} title={t('consult.noneReceived')} text={t('consult.noneReceivedHint')} />
      ) : null}
      <Stack gap="md">
        {data?.consultsReceived.map((consult) => (
          <Received key={consult.id} consult={consult} />
        ))}
      </Stack>
    </Page>
  );
}

function Received({ consult }: { consult: ConsultFactsFragment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [opened, setOpened] = useState(consult.answer === null);
  const who = [consult.patientName, consult.birthDate && format.recorded(consult.birthDate)].filter(Boolean).join(', ');
  return (
    <Paper withBorder p="md" component="article">
      <Stack gap="sm">
        <Group justify="space-between">
          <Group gap="xs">
            <Text fw={600}>{consult.complete ? who : t('consult.onItsWay')}</Text>
            <Badge color={consult.answer ? 'lagoon' : 'orange'}>{t(consult.answer ? 'consult.answered' : 'consult.open')}</Badge>
            <Text size="xs" c="dimmed">
              {[consult.clinic, consult.askedBy, format.moment(consult.at)].filter(Boolean).join(' · ')}
            </Text>
          </Group>
          {consult.complete ? (
            <Button variant="subtle" size="compact-sm" aria-expanded={opened} onClick={() => setOpened(!opened)}>
              {t(opened ? 'consult.less' : 'consult.more')}
            </Button>
          ) : null}
        </Group>
        {opened && consult.complete ? <ConsultView consult={consult} /> : null}
        {opened && consult.complete && !consult.answer ? <AnswerForm consult={consult.id} /> : null}
      </Stack>
    </Paper>
  );
}

const unanswered = { answer: '' };

/** The answer while it is written, kept as other forms are, and its signature. */
function AnswerForm({ consult }: { consult: string }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const draft = useFormDraft({ kind: 'CONSULT_ANSWER', key: consult }, unanswered);
  const [signing, setSigning] = useState(false);
  const { answer } = draft.form;
  if (!draft.ready) return <Loading rows={3} />;
  return (
    <>
      <DraftNotice {...draft} />
      <Textarea
        label={t('consult.yourAnswer')}
        value={answer}
        onChange={(event) => draft.change({ answer: event.currentTarget.value })}
        autosize
        minRows={3}
      />
      <Group justify="flex-end">
        <Button disabled={answer.trim() === ''} onClick={() => setSigning(true)}>
          {t('consult.signAnswer')}
        </Button>
      </Group>
      {signing ? (
        <PassphraseDialog
          opened
          title={t('consult.signAnswer')}
          action={t('consult.send')}
          onClose={() => setSigning(false)}
          onConfirm={async (passphrase) => {
            await client.mutate({ mutation: answerConsult, variables: { consult, answer, passphrase } });
            await draft.discard().catch(() => undefined);
          }}
        >
          <Text size="sm">{t('consult.signExplained')}</Text>
          <Text style={{ whiteSpace: 'pre-wrap' }}>{answer}</Text>
        </PassphraseDialog>
      ) : null}
    </>
  );
}
