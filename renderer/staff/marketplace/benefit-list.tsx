/** What a patient has earned by an offer, as the organisation says it, each with a receipt to take along. */
import { useApolloClient } from '@apollo/client/react';
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconReceipt } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BenefitPartsFragment } from '../../generated/graphql.ts';
import { download } from '../../parts/fields/download.ts';
import { ErrorNotice } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { benefitReceipt } from './offer-documents.ts';

export function BenefitList({ patient, benefits }: { patient: string; benefits: readonly BenefitPartsFragment[] }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const [error, setError] = useState<unknown>(null);
  const take = async (benefit: string): Promise<void> => {
    setError(null);
    try {
      const { data } = await client.query({
        query: benefitReceipt,
        variables: { patient, benefit },
        fetchPolicy: 'no-cache',
      });
      if (data) download('reward-receipt.json', data.benefitReceipt);
    } catch (refused) {
      setError(refused);
    }
  };
  if (benefits.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('offers.noRewards')}
      </Text>
    );
  return (
    <Stack gap={6}>
      {benefits.map((benefit) => (
        <Group key={benefit.id} justify="space-between" wrap="nowrap">
          <OneBenefit benefit={benefit} />
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconReceipt size={16} aria-hidden />}
            onClick={() => void take(benefit.id)}
          >
            {t('offers.receipt')}
          </Button>
        </Group>
      ))}
      <Text size="xs" c="dimmed">
        {t('offers.publishersWord')}
      </Text>
      {error ? <ErrorNotice error={error} /> : null}
    </Stack>
  );
}

/** One part of a reward: how much, whether it was paid, and the organisation's words. */
export function OneBenefit({ benefit }: { benefit: BenefitPartsFragment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { amount, currency, earnedAt, paidAt, earnedFor, paidBy } = benefit;
  const words = [earnedFor, paidBy].filter((each) => each !== '').join(' · ');
  return (
    <div>
      <Text size="sm">
        <b>{format.money(amount, currency)}</b> {t('offers.earnedOn', { day: format.day(earnedAt) })},{' '}
        {paidAt === null ? t('offers.owed') : t('offers.paidOn', { day: format.day(paidAt) })}
      </Text>
      <Text size="sm" c="dimmed">
        {words === '' ? t('offers.wordsComing') : words}
      </Text>
    </div>
  );
}
