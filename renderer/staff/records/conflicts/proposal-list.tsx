import { useMutation, useQuery } from '@apollo/client/react';
import { Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ProposalPartsFragment, ProposalState } from '../../../generated/graphql.ts';
import { useNavigation } from '../../../parts/navigation.tsx';
import { quietly } from '../../../parts/quietly.ts';
import { ErrorNotice } from '../../../parts/states.tsx';
import { useFormat } from '../../../parts/words/use-format.ts';
import { proposalsOf, reopenProposal } from './conflict-documents.ts';
import { DifferenceTable } from './difference-table.tsx';

/** What clinics have proposed to each other about a patient's records, or about one of them; nothing where there is nothing. */
export function ProposalList({ patient, record }: { patient: string; record?: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(proposalsOf, { variables: { patient } });
  const shown = data?.proposals.filter((each) => record === undefined || each.record === record) ?? [];
  if (error) return <ErrorNotice error={error} onRetry={() => quietly(refetch())} />;
  if (shown.length === 0) return null;
  return (
    <Stack gap="xs" component="section" aria-label={t('proposals.title')} mb="md">
      <Title order={2}>{t('proposals.title')}</Title>
      {shown.map((proposal) => (
        <ProposalCard key={proposal.id} patient={patient} proposal={proposal} />
      ))}
    </Stack>
  );
}

const COLOURS: Readonly<Record<ProposalState, string>> = { WAITING: 'orange', TAKEN: 'green', DECLINED: 'gray', DISPUTED: 'red' };

/** What a person does not read: the kind of resource, whose it is, the addresses of code systems. */
const UNSAID = /^(?:resourceType|(?:patient|subject)\.reference)$|\.system$/;

function ProposalCard({ patient, proposal }: { patient: string; proposal: ProposalPartsFragment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { title, clinic, ours, author, at, reason, state, answer, answeredBy, difference } = proposal;
  const said = difference.filter(({ path }) => !UNSAID.test(path));
  return (
    <Paper withBorder p="md">
      <Stack gap={6}>
        <Group justify="space-between" wrap="nowrap">
          <Text fw={600}>
            {title}
            {proposal.new ? ` (${t('proposals.newRecord')})` : ''}
          </Text>
          <Badge color={COLOURS[state]}>{t(`proposals.state.${state}`)}</Badge>
        </Group>
        <Text size="sm">{t(ours ? 'proposals.fromHere' : 'proposals.from', { author, clinic, at: format.moment(at) })}</Text>
        {reason ? <Text size="sm">{t('history.reason', { reason })}</Text> : null}
        <Text size="sm" c="dimmed">
          {t(`proposals.explained.${state}`)}
        </Text>
        {answer ? <Text size="sm">{t('proposals.answer', { by: answeredBy ?? '', answer })}</Text> : null}
        {ours && state === 'WAITING' && said.length > 0 ? (
          <DifferenceTable difference={said} before={t('proposals.inRecord')} after={t('proposals.proposed')} />
        ) : null}
        {ours ? null : <Decide patient={patient} proposal={proposal} />}
      </Stack>
    </Paper>
  );
}

/** At the clinic that keeps the record: to the inbox, or back into it. */
function Decide({ patient, proposal }: { patient: string; proposal: ProposalPartsFragment }) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const [reopen, { loading, error }] = useMutation(reopenProposal, { refetchQueries: ['ProposalsOf', 'ConflictList'] });
  return (
    <Stack gap="xs" align="flex-start">
      {error ? <ErrorNotice error={error} /> : null}
      {proposal.state === 'WAITING' ? (
        <Button size="compact-sm" variant="default" onClick={() => go('conflicts')}>
          {t('conflicts.toInbox')}
        </Button>
      ) : null}
      {proposal.state === 'DECLINED' ? (
        <Button
          size="compact-sm"
          variant="default"
          loading={loading}
          // A refusal is shown above.
          onClick={() => void reopen({ variables: { patient, id: proposal.id } }).catch(() => undefined)}
        >
          {t('proposals.reopen')}
        </Button>
      ) : null}
    </Stack>
  );
}
