import { Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfferPartsFragment, OfferState } from '../../generated/graphql.ts';
import { ProgressBadge, type Reached } from '../../parts/progress-badge.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { isPurposeCode, purposeKey } from './purpose-codes.ts';

const colors: Readonly<Record<OfferState, string>> = { FUTURE: 'blue', OPEN: 'green', EXPIRED: 'gray', WITHDRAWN: 'red' };

interface OfferCardProps {
  readonly offer: OfferPartsFragment;
  readonly progress?: Reached;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

/** One offer with its terms: who asks for what, for which purpose, for which reward. */
export function OfferCard({ offer, progress, actions, children }: OfferCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const purposes = offer.purposes.map((code) => (isPurposeCode(code) ? `${t(purposeKey(code))} (${code})` : code));
  const participants =
    offer.participants === null
      ? t('offers.belowMinimum', { minimum: offer.minimumGroup })
      : t('offers.participants', { count: offer.participants, minimum: offer.minimumGroup });
  const promised = offer.promised ? format.money(offer.promised.amount, offer.promised.currency) : t('offers.notPromised');
  const facts: readonly (readonly [string, string])[] = [
    [t('offers.purposes'), format.list(purposes)],
    [t('offers.categories'), format.list(offer.categories.map((category) => t(`category.${category}`)))],
    [t('offers.criteria'), offer.criteria],
    [t('offers.reward'), offer.reward],
    [t('offers.promised'), promised],
    [t('offers.period'), t('offers.fromTo', { opens: format.day(offer.opens), expires: format.day(offer.expires) })],
    [t('offers.group'), participants],
  ];
  return (
    <Paper withBorder p="md" component="article">
      <Stack gap={6}>
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <div>
            <Group gap="xs">
              <Title order={2}>{offer.title}</Title>
              <Badge color={colors[offer.state]}>{t(`offers.state.${offer.state}`)}</Badge>
              <ProgressBadge reached={progress ?? offer.progress} />
            </Group>
            <Text size="sm" c="dimmed">
              {offer.own ? t('offers.own', { name: offer.publisherName }) : offer.publisherName}
            </Text>
          </div>
          {actions}
        </Group>
        {offer.description ? <Text size="sm">{offer.description}</Text> : null}
        <dl style={{ display: 'grid', gridTemplateColumns: '210px 1fr', gap: '4px 12px', margin: 0 }}>
          {facts.map(([term, description]) => (
            <Fact key={term} term={term} description={description || '–'} />
          ))}
        </dl>
        {children}
      </Stack>
    </Paper>
  );
}

function Fact({ term, description }: { term: string; description: string }) {
  return (
    <>
      <Text component="dt" size="sm" c="dimmed">
        {term}
      </Text>
      <Text component="dd" size="sm" m={0}>
        {description}
      </Text>
    </>
  );
}
