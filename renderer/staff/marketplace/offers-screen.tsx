import { useApolloClient, useQuery } from '@apollo/client/react';
import { Button, Group, Text } from '@mantine/core';
import { IconPlus, IconSpeakerphone } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfferPartsFragment } from '../../generated/graphql.ts';
import { PassphraseDialog } from '../../parts/fields/passphrase-dialog.tsx';
import { Page } from '../../parts/page.tsx';
import { quietly } from '../../parts/quietly.ts';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { OfferCard } from './offer-card.tsx';
import { offersNow, withdrawOffer } from './offer-documents.ts';
import { OfferRewards } from './offer-rewards.tsx';
import { PublishOffer } from './publish-offer.tsx';

/** What research organisations of the region offer to patients. */
export function OffersScreen() {
  const { t } = useTranslation();
  const client = useApolloClient();
  const [publishing, setPublishing] = useState(false);
  const [rewarding, setRewarding] = useState<OfferPartsFragment | null>(null);
  const [withdrawing, setWithdrawing] = useState<OfferPartsFragment | null>(null);
  const { data, error, refetch } = useQuery(offersNow);
  const offers = data?.offers;
  const publish = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setPublishing(true)}>
      {t('offers.publish')}
    </Button>
  );
  return (
    <Page title={t('screens.offers')} note={t('offers.note')} actions={publish}>
      {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
      {!offers && !error ? <Loading rows={8} /> : null}
      {offers?.map((offer) => (
        <OfferCard
          key={offer.id}
          offer={offer}
          actions={
            offer.own ? (
              <Group gap="xs" wrap="nowrap">
                {offer.promised ? (
                  <Button variant="default" onClick={() => setRewarding(offer)}>
                    {t('offers.rewards')}
                  </Button>
                ) : null}
                {offer.state === 'OPEN' || offer.state === 'FUTURE' ? (
                  <Button variant="default" onClick={() => setWithdrawing(offer)}>
                    {t('offers.withdraw')}
                  </Button>
                ) : null}
              </Group>
            ) : null
          }
        />
      ))}
      {offers?.length === 0 ? (
        <Empty icon={<IconSpeakerphone aria-hidden />} title={t('offers.none')} text={t('offers.noneHint')} />
      ) : null}
      <PublishOffer opened={publishing} onClose={() => setPublishing(false)} onPublished={() => quietly(refetch())} />
      {rewarding ? <OfferRewards offer={rewarding} onClose={() => setRewarding(null)} /> : null}
      {withdrawing ? (
        <PassphraseDialog
          opened
          title={t('offers.withdrawOf', { title: withdrawing.title })}
          action={t('offers.withdraw')}
          danger
          onClose={() => setWithdrawing(null)}
          onConfirm={async (passphrase) => {
            await client.mutate({ mutation: withdrawOffer, variables: { id: withdrawing.id, passphrase } });
          }}
        >
          <Text size="sm">{t('offers.withdrawExplained')}</Text>
        </PassphraseDialog>
      ) : null}
    </Page>
  );
}
