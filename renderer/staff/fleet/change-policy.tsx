import { useQuery } from '@apollo/client/react';
import { Code, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RegionPolicyQuery } from '../../generated/graphql.ts';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { regionPolicy } from '../sync/policy-documents.ts';
import { BeforeAfter, type CeremonyProps, Command } from './ceremony-parts.tsx';

const LIVE_MS = 10_000;

type Policy = RegionPolicyQuery['regionPolicy'];
type Proposal = Policy['proposals'][number];

/** A new key for the hub: made at its machine, taken by the quorum of the witness clinics. */
export function RotateHubKey({ guide }: CeremonyProps) {
  const { t } = useTranslation();
  return guide({
    act: (
      <>
        <Command>careledger hub rotate --data DIR</Command>
        <WithPolicy>
          {(policy) =>
            policy.offeredHubKey === null ? (
              <Text size="sm" c="dimmed">
                {t('ceremonies.rotate.notOffered')}
              </Text>
            ) : (
              <BeforeAfter before={[policy.hubKey]} after={[policy.offeredHubKey]} />
            )
          }
        </WithPolicy>
      </>
    ),
    standing: (
      <WithPolicy>
        {(policy) => (
          <>
            <Text size="sm">
              {t('ceremonies.rotate.signsNow')} <Code>{policy.hubKey}</Code>
            </Text>
            <Proposed policy={policy} type="HUB_KEY" />
          </>
        )}
      </WithPolicy>
    ),
    undo: <Command>careledger hub rotate --data DIR --withdraw</Command>,
  });
}

/** Another witness set: proposed by a clinic of the set, approved by the others. */
export function ChangeWitnesses({ guide }: CeremonyProps) {
  const { t } = useTranslation();
  const named = (witnesses: Policy['witnesses']) => witnesses.map(({ name }) => name);
  return guide({
    act: (
      <WithPolicy>
        {(policy) => {
          const proposal = policy.proposals.find(({ type }) => type === 'WITNESSES');
          return (
            <>
              <Text size="sm">
                {policy.offers.length === 0
                  ? t('ceremonies.witnesses.noOffers')
                  : t('ceremonies.witnesses.offers', { names: policy.offers.map(({ name }) => name).join(', ') })}
              </Text>
              <BeforeAfter
                before={named(policy.witnesses)}
                after={proposal ? named(proposal.witnesses) : [t('ceremonies.nothingProposed')]}
              />
            </>
          );
        }}
      </WithPolicy>
    ),
    standing: <WithPolicy>{(policy) => <Proposed policy={policy} type="WITNESSES" />}</WithPolicy>,
  });
}

function WithPolicy({ children }: { children: (policy: Policy) => React.ReactNode }) {
  const { data, error } = useQuery(regionPolicy, { pollInterval: LIVE_MS });
  if (error && !data) return <ErrorNotice error={error} />;
  return data ? <Stack gap="sm">{children(data.regionPolicy)}</Stack> : <Loading rows={3} />;
}

/** Who has approved what is proposed of this type, and how many are needed. */
function Proposed({ policy, type }: { policy: Policy; type: Proposal['type'] }) {
  const { t } = useTranslation();
  const proposal = policy.proposals.find((each) => each.type === type);
  return (
    <Text size="sm" role="status">
      {proposal
        ? t('policy.approvedBy', {
            have: proposal.approvedBy.length,
            needed: policy.approvalsNeeded,
            names: proposal.approvedBy.join(', '),
          })
        : t('ceremonies.nothingProposed')}
    </Text>
  );
}
