/** Who takes part in an offer of this organisation, what they have earned and been paid, and recording both. */
import { useApolloClient, useQuery } from '@apollo/client/react';
import { Button, Group, Modal, NumberInput, Stack, Table, Text, Textarea } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { decimalsOf } from '../../../shared/encoding/exact-money.ts';
import type { BenefitPartsFragment, OfferPartsFragment, ParticipantPartsFragment } from '../../generated/graphql.ts';
import { PassphraseDialog } from '../../parts/fields/passphrase-dialog.tsx';
import { quietly } from '../../parts/quietly.ts';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { OneBenefit } from './benefit-list.tsx';
import { participantsOf, recordEarned, recordPaid } from './offer-documents.ts';

/** Characters, as the ledger's letters have it. */
const MOST_WORDS = 500;

interface Asked {
  readonly participant: ParticipantPartsFragment;
  /** Left out: something is earned. */
  readonly paying?: BenefitPartsFragment;
}

export function OfferRewards({ offer, onClose }: { offer: OfferPartsFragment; onClose: () => void }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Asked | null>(null);
  const { data, error, refetch } = useQuery(participantsOf, { variables: { offer: offer.id } });
  if (asked) return <RecordReward offer={offer} asked={asked} onClose={() => setAsked(null)} />;
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t('offers.rewardsOf', { title: offer.title })}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('offers.rewardsExplained')}
        </Text>
        {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
        {!data && !error ? <Loading rows={4} /> : null}
        {data?.participants.length === 0 ? (
          <Empty icon={<IconUsers aria-hidden />} title={t('offers.nobody')} text={t('offers.nobodyHint')} />
        ) : null}
        {data && data.participants.length > 0 ? <Participants rows={data.participants} onAsk={setAsked} /> : null}
      </Stack>
    </Modal>
  );
}

function Participants({ rows, onAsk }: { rows: readonly ParticipantPartsFragment[]; onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Table verticalSpacing="xs" aria-label={t('offers.rewards')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('offers.participant')}</Table.Th>
          <Table.Th>{t('offers.earned')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((participant) => (
          <Table.Tr key={participant.id} style={{ verticalAlign: 'top' }}>
            <Table.Td>
              <Text size="sm" ff="monospace">
                {participant.id.slice(0, 8)}
              </Text>
              <Text size="sm" c="dimmed">
                {t(participant.active ? 'offers.takesPart' : 'offers.left', { since: format.day(participant.since) })}
              </Text>
            </Table.Td>
            <Table.Td>
              <Stack gap={6}>
                {participant.benefits.map((benefit) => (
                  <Group key={benefit.id} justify="space-between" wrap="nowrap">
                    <OneBenefit benefit={benefit} />
                    {benefit.paidAt === null ? (
                      <Button size="compact-sm" variant="default" onClick={() => onAsk({ participant, paying: benefit })}>
                        {t('offers.recordPaid')}
                      </Button>
                    ) : null}
                  </Group>
                ))}
                <Group>
                  <Button size="compact-sm" variant="default" onClick={() => onAsk({ participant })}>
                    {t('offers.recordEarned')}
                  </Button>
                </Group>
              </Stack>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** Amount and words, then the passphrase. */
function RecordReward({ offer, asked, onClose }: { offer: OfferPartsFragment; asked: Asked; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useApolloClient();
  const [amount, setAmount] = useState<number | string>('');
  const [words, setWords] = useState('');
  const { participant, paying } = asked;
  const promised = offer.promised ?? { currency: 'EUR', amount: 0 };
  const unit = 10 ** decimalsOf(promised.currency);
  const earned = participant.benefits.reduce((sum, benefit) => sum + benefit.amount, 0);
  const left = promised.amount - earned;
  const confirm = async (passphrase: string): Promise<void> => {
    const of = { offer: offer.id, participant: participant.id, words, passphrase };
    if (paying) await client.mutate({ mutation: recordPaid, variables: { ...of, benefit: paying.id } });
    else await client.mutate({ mutation: recordEarned, variables: { ...of, amount: Math.round(Number(amount) * unit) } });
    await client.refetchQueries({ include: [participantsOf] });
  };
  return (
    <PassphraseDialog
      opened
      title={t(paying ? 'offers.recordPaid' : 'offers.recordEarned')}
      action={t(paying ? 'offers.recordPaid' : 'offers.recordEarned')}
      onClose={onClose}
      onConfirm={confirm}
    >
      {paying ? <OneBenefit benefit={paying} /> : null}
      {paying ? null : (
        <NumberInput
          label={`${t('offers.amount')} (${promised.currency})`}
          description={`${t('offers.promised')}: ${format.money(left, promised.currency)}`}
          value={amount}
          onChange={setAmount}
          min={0}
          max={left / unit}
          decimalScale={decimalsOf(promised.currency)}
          required
          data-autofocus
        />
      )}
      <Textarea
        label={t(paying ? 'offers.paidHow' : 'offers.earnedFor')}
        description={t('offers.sealedWords')}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        maxLength={MOST_WORDS}
        autosize
        minRows={2}
        required
      />
      {paying ? null : <Text size="sm">{t('offers.earnedForGood')}</Text>}
    </PassphraseDialog>
  );
}
