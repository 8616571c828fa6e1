import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Code, Group, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegionPolicyQuery } from '../../generated/graphql.ts';
import { quietly } from '../../parts/quietly.ts';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { refusalOf } from '../../parts/words/service-error.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import { ConfirmCeremony } from './confirm-ceremony.tsx';
import { approvePolicy, offerToWitness, proposeHubKey, proposeRules, regionPolicy } from './policy-documents.ts';
import { ProposeWitnesses } from './propose-witnesses.tsx';

export type Policy = RegionPolicyQuery['regionPolicy'];
type Proposal = Policy['proposals'][number];
type Asked = 'witnesses' | 'offer' | 'hub-key' | 'rules' | Proposal;

/** Who witnesses the region and what is proposed: each change is shown as it was and as it would be, and approved by the quorum. */
export function RegionPolicy({ decides }: { decides: boolean }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Asked | null>(null);
  const { data, error, refetch } = useQuery(regionPolicy, { pollInterval: 15_000 });
  // A role that knows nothing of the clinic's people is not told of the region's either.
  if (error)
    return refusalOf(error).code === 'access.not-allowed' ? null : (
      <ErrorNotice error={error} onRetry={() => quietly(refetch())} />
    );
  if (!data) return <Loading rows={3} />;
  const policy = data.regionPolicy;
  const close = (): void => {
    setAsked(null);
    quietly(refetch());
  };
  return (
    <Paper withBorder p="md" component="section" aria-label={t('policy.title')}>
      <Stack gap="sm">
        <Title order={2}>{t('policy.title')}</Title>
        <Text size="sm">{t('policy.explained')}</Text>
        <Witnesses witnesses={policy.witnesses} />
        <Text size="sm">{t('policy.approvals', { count: policy.approvalsNeeded })}</Text>
        {decides ? <Propositions policy={policy} onAsk={setAsked} /> : null}
        <Proposals policy={policy} onAsk={decides ? setAsked : undefined} />
      </Stack>
      {asked === 'witnesses' ? <ProposeWitnesses policy={policy} onClose={close} /> : null}
      {asked !== null && asked !== 'witnesses' ? <Ceremony asked={asked} policy={policy} onClose={close} /> : null}
    </Paper>
  );
}

/** What an administrator may put before the quorum. */
function Propositions({ policy, onAsk }: { policy: Policy; onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation();
  return (
    <Group gap="xs">
      {policy.isWitness ? (
        <Button variant="default" onClick={() => onAsk('witnesses')}>
          {t('policy.propose')}
        </Button>
      ) : null}
      <Button variant="default" onClick={() => onAsk('offer')} disabled={policy.hasOffered}>
        {t(policy.hasOffered ? 'policy.offered' : 'policy.offer')}
      </Button>
      {policy.isWitness && policy.offeredHubKey !== null ? (
        <Button variant="default" onClick={() => onAsk('hub-key')}>
          {t('policy.proposeHubKey')}
        </Button>
      ) : null}
      {policy.isWitness && policy.newestRules > policy.rules ? (
        <Button variant="default" onClick={() => onAsk('rules')}>
          {t('policy.proposeRules', { version: policy.newestRules })}
        </Button>
      ) : null}
    </Group>
  );
}

function Witnesses({ witnesses }: { witnesses: Policy['witnesses'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('policy.witness')}</Table.Th>
          <Table.Th>{t('policy.cosigned')}</Table.Th>
          <Table.Th>{t('policy.key')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {witnesses.map((witness) => (
          <Table.Tr key={witness.id}>
            <Table.Td>
              {witness.name}
              {witness.isOwn ? ` · ${t('policy.own')}` : ''}
              {witness.isOutside ? ` · ${t('policy.outside')}` : ''}
            </Table.Td>
            <Table.Td>{witness.cosignedAt === null ? t('policy.notYet') : format.ago(witness.cosignedAt)}</Table.Td>
            <Table.Td>
              <Code>{witness.cosignKey.slice(0, 16)}</Code>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Proposals({ policy, onAsk }: { policy: Policy; onAsk: ((proposal: Proposal) => void) | undefined }) {
  const { t } = useTranslation();
  if (policy.proposals.length === 0) return null;
  return (
    <Stack gap="xs">
      <Title order={3}>{t('policy.proposals')}</Title>
      {policy.proposals.map((proposal) => (
        <Group key={proposal.id} justify="space-between" wrap="nowrap">
          <div>
            <Text fw={600}>{t(`policy.type.${proposal.type}`)}</Text>
            <Text size="sm" c="dimmed">
              {t('policy.approvedBy', {
                have: proposal.approvedBy.length,
                needed: policy.approvalsNeeded,
                names: proposal.approvedBy.join(', '),
              })}
            </Text>
          </div>
          {onAsk && policy.isWitness && !proposal.isApprovedHere ? (
            <Button onClick={() => onAsk(proposal)}>{t('policy.approve')}</Button>
          ) : null}
        </Group>
      ))}
    </Stack>
  );
}

/** What a ceremony asks, with the old and the new side by side. */
function Ceremony({ asked, policy, onClose }: { asked: Exclude<Asked, 'witnesses'>; policy: Policy; onClose: () => void }) {
  const { t } = useTranslation();
  const [approve, approving] = useMutation(approvePolicy);
  const [offer, offering] = useMutation(offerToWitness);
  const [hubKey, proposingKey] = useMutation(proposeHubKey);
  const [rules, proposingRules] = useMutation(proposeRules);
  if (asked === 'offer')
    return (
      <ConfirmCeremony
        title={t('policy.offer')}
        explained={t('policy.offerExplained')}
        {...offering}
        onClose={onClose}
        onConfirm={() => offer()}
      />
    );
  if (asked === 'hub-key')
    return (
      <ConfirmCeremony
        title={t('policy.proposeHubKey')}
        explained={t('policy.hubKeyExplained')}
        before={[policy.hubKey]}
        after={[policy.offeredHubKey ?? '']}
        {...proposingKey}
        onClose={onClose}
        onConfirm={() => hubKey()}
      />
    );
  if (asked === 'rules')
    return (
      <ConfirmCeremony
        title={t('policy.proposeRules', { version: policy.newestRules })}
        explained={t('policy.rulesExplained')}
        before={[String(policy.rules)]}
        after={[String(policy.newestRules)]}
        {...proposingRules}
        onClose={onClose}
        onConfirm={() => rules()}
      />
    );
  const { before, after } = changeOf(policy, asked);
  return (
    <ConfirmCeremony
      title={t(`policy.type.${asked.type}`)}
      explained={t('policy.approveExplained')}
      before={before}
      after={after}
      {...approving}
      onClose={onClose}
      onConfirm={() => approve({ variables: { id: asked.id } })}
    />
  );
}

const named = (witnesses: Policy['witnesses']): string[] =>
  witnesses.map(({ name, cosignKey }) => `${name} · ${cosignKey.slice(0, 16)}`);

function changeOf(policy: Policy, proposal: Proposal): { before: string[]; after: string[] } {
  if (proposal.type === 'HUB_KEY') return { before: [policy.hubKey], after: [proposal.hubKey ?? ''] };
  if (proposal.type === 'RULES') return { before: [String(policy.rules)], after: [String(proposal.rules)] };
  return { before: named(policy.witnesses), after: named(proposal.witnesses) };
}
