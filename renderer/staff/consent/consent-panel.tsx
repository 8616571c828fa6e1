import { useApolloClient, useQuery } from '@apollo/client/react';
import { Alert, Badge, Button, Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import { IconHandStop, IconInfoCircle, IconPlus, IconShare } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Label } from '../../../shared/consent/security-label.ts';
import type { ConsentPartsFragment, ConsentState } from '../../generated/graphql.ts';
import { PassphraseDialog } from '../../parts/fields/passphrase-dialog.tsx';
import { ExactText } from '../../parts/paper/exact-text.tsx';
import { ProgressBadge } from '../../parts/progress-badge.tsx';
import { quietly } from '../../parts/quietly.ts';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { consentsOf, withdrawConsent } from './consent-documents.ts';
import { ConsentProof } from './consent-proof.tsx';
import { ForeignConsents } from './foreign-consents.tsx';
import { NewConsent } from './new-consent.tsx';
import { WhoCouldOpen } from './who-could-open.tsx';

const colors: Readonly<Record<ConsentState, string>> = {
  NOT_IN_LEDGER: 'orange',
  FUTURE: 'blue',
  ACTIVE: 'green',
  EXPIRED: 'gray',
  WITHDRAWN: 'red',
};

/**
 * With whom this patient's records are shared, and the acts of giving and withdrawing: one step each.
 * @param decides false for a role that only looks
 */
export function ConsentPanel({ patient, decides = true }: { patient: string; decides?: boolean }) {
  const { t } = useTranslation();
  const [giving, setGiving] = useState(false);
  const [asked, setAsked] = useState(false);
  const [proving, setProving] = useState<ConsentPartsFragment | null>(null);
  const [withdrawing, setWithdrawing] = useState<ConsentPartsFragment | null>(null);
  const { data, error, refetch } = useQuery(consentsOf, { variables: { patient } });
  const consents = data?.consents;
  const give = decides ? (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setGiving(true)}>
      {t('consent.new')}
    </Button>
  ) : null;
  return (
    <Stack gap="md">
      <Group justify="flex-end">
        <Button variant="default" aria-expanded={asked} onClick={() => setAsked(!asked)}>
          {t('readers.title')}
        </Button>
        {consents && consents.length > 0 ? give : null}
      </Group>
      {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
      {!consents && !error ? <Loading rows={6} /> : null}
      {consents?.map((consent) => (
        <ConsentCard
          key={consent.id}
          consent={consent}
          decides={decides}
          onProof={() => setProving(consent)}
          onWithdraw={() => setWithdrawing(consent)}
        />
      ))}
      {consents?.length === 0 ? (
        <Empty icon={<IconShare aria-hidden />} title={t('consent.none')} text={t('consent.noneHint')}>
          {give}
        </Empty>
      ) : null}
      <NewConsent patient={patient} opened={giving} onClose={() => setGiving(false)} onGiven={() => quietly(refetch())} />
      <ForeignConsents patient={patient} />
      {asked ? <WhoCouldOpen patient={patient} /> : null}
      {proving ? <ConsentProof patient={patient} consent={proving} onClose={() => setProving(null)} /> : null}
      {withdrawing ? <Withdraw consent={withdrawing} onClose={() => setWithdrawing(null)} /> : null}
    </Stack>
  );
}

const isOpen = ({ state }: ConsentPartsFragment): boolean => state !== 'EXPIRED' && state !== 'WITHDRAWN';

interface ConsentCardProps {
  readonly consent: ConsentPartsFragment;
  readonly onProof: () => void;
  readonly decides: boolean;
  readonly onWithdraw: () => void;
}

function ConsentCard({ consent, decides, onProof, onWithdraw }: ConsentCardProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  return (
    <Paper withBorder p="md" component="article">
      <Stack gap={6}>
        <Group justify="space-between">
          <Group gap="xs">
            <Title order={2}>{consent.recipientName}</Title>
            <Badge color={colors[consent.state]}>{t(`consent.state.${consent.state}`)}</Badge>
            <Badge
              variant={consent.confirmedAt === null ? 'outline' : 'light'}
              color={consent.confirmedAt === null ? 'gray' : 'green'}
            >
              {t(consent.confirmedAt === null ? 'consent.attested' : 'consent.confirmed')}
            </Badge>
            <ProgressBadge reached={consent.progress} />
          </Group>
          <Group gap="xs" ms="auto">
            <Button variant="subtle" aria-expanded={shown} onClick={() => setShown(!shown)}>
              {t('consent.signedText')}
            </Button>
            <Button variant="subtle" onClick={onProof}>
              {t('consent.proof')}
            </Button>
            {isOpen(consent) && decides ? (
              <Button variant="default" leftSection={<IconHandStop size={16} aria-hidden />} onClick={onWithdraw}>
                {t('consent.withdraw')}
              </Button>
            ) : null}
          </Group>
        </Group>
        {consent.state === 'NOT_IN_LEDGER' ? <Text size="sm">{t('consent.notInLedger')}</Text> : null}
        <Terms consent={consent} />
        {shown ? <ExactText label={t('consent.signedText')} text={consent.text} /> : null}
      </Stack>
    </Paper>
  );
}

/** What is shared, what is left out, for how long, on whose word, and, of one that has ended, who has destroyed what they held. */
function Terms({ consent }: { consent: ConsentPartsFragment }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <Text size="sm">
        {t('consent.line', {
          categories: format.list(consent.categories.map((category) => t(`category.${category}`))),
          purpose: t(`purpose.${consent.purpose}`),
        })}
      </Text>
      {consent.exceptions.length > 0 ? (
        <Text size="sm">
          {t('consent.leavesOut', {
            what: format.list(
              consent.exceptions.map(({ kind, value, name }) => (kind === 'LABEL' ? t(`label.${value as Label}`) : name)),
            ),
          })}
        </Text>
      ) : null}
      <Text size="sm" c="dimmed">
        {consent.ends === null
          ? t('consent.from', { starts: format.day(consent.starts) })
          : t('consent.fromTo', { starts: format.day(consent.starts), ends: format.day(consent.ends) })}
        {' · '}
        {t('consent.recorded', { by: consent.recordedBy, at: format.moment(consent.recordedAt), how: consent.verification })}
        {consent.confirmedAt === null ? '' : ` · ${t('consent.confirmedAt', { at: format.moment(consent.confirmedAt) })}`}
        {consent.withdrawnAt === null ? '' : ` · ${t('consent.withdrawnAt', { at: format.moment(consent.withdrawnAt) })}`}
      </Text>
      {isOpen(consent) ? null : (
        <Text size="sm">
          {consent.purges.length === 0
            ? t('consent.notPurged')
            : t('consent.purged', {
                count: consent.purges.length,
                desks: consent.recipientDesks,
                at: format.moment(Math.max(...consent.purges.map(({ at }) => at))),
              })}
        </Text>
      )}
    </>
  );
}

function Withdraw({ consent, onClose }: { consent: ConsentPartsFragment; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  return (
    <PassphraseDialog
      opened
      title={t('consent.withdrawFrom', { clinic: consent.recipientName })}
      action={t('consent.withdrawAction')}
      danger
      onClose={onClose}
      onConfirm={async (passphrase) => {
        await client.mutate({ mutation: withdrawConsent, variables: { id: consent.id, passphrase } });
      }}
    >
      <Alert color="lagoon" icon={<IconHandStop aria-hidden />} title={t('consent.whatStops')}>
        <List size="sm">
          <List.Item>{t('consent.stopsReading', { clinic: consent.recipientName })}</List.Item>
          <List.Item>{t('consent.stopsKeys')}</List.Item>
        </List>
      </Alert>
      <Alert color="orange" icon={<IconInfoCircle aria-hidden />} title={t('consent.whatStays')}>
        <List size="sm">
          <List.Item>{t('consent.staysSeen')}</List.Item>
          <List.Item>{t('consent.staysLedger')}</List.Item>
        </List>
      </Alert>
    </PassphraseDialog>
  );
}
