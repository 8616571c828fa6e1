import { useApolloClient, useQuery } from '@apollo/client/react';
import { Button, Stack, Text } from '@mantine/core';
import { IconSpeakerphone } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfferPartsFragment } from '../../generated/graphql.ts';
import { PassphraseDialog } from '../../parts/fields/passphrase-dialog.tsx';
import { quietly } from '../../parts/quietly.ts';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { BenefitList } from './benefit-list.tsx';
import { OfferCard } from './offer-card.tsx';
import { joinOffer, leaveOffer, offersNow, participationsOf } from './offer-documents.ts';

interface Asked {
  readonly offer: OfferPartsFragment;
  readonly joining: boolean;
}

/** The offers that this patient takes part in, or could: joining and leaving take one step each. */
export function ParticipationPanel({ patient }: { patient: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useApolloClient();
  const [asked, setAsked] = useState<Asked | null>(null);
  const offers = useQuery(offersNow);
  const part = useQuery(participationsOf, { variables: { patient } });
  const error = offers.error ?? part.error;
  const again = (): void => {
    for (const { refetch } of [offers, part]) quietly(refetch());
  };
  if (error) return <ErrorNotice error={error} onRetry={again} />;
  if (!offers.data || !part.data) return <Loading rows={6} />;

  const { participations } = part.data;
  const involved = new Set(participations.map(({ offer }) => offer.id));
  const others = offers.data.offers.filter(({ id, state }) => state === 'OPEN' && !involved.has(id));
  if (participations.length === 0 && others.length === 0) {
    return <Empty icon={<IconSpeakerphone aria-hidden />} title={t('offers.noneOpen')} text={t('offers.noneOpenHint')} />;
  }
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {t('offers.partExplained')}
      </Text>
      {participations.map(({ offer, active, since, benefits, progress }) => (
        <OfferCard
          key={offer.id}
          offer={offer}
          progress={progress}
          actions={
            active ? (
              <Button variant="default" onClick={() => setAsked({ offer, joining: false })}>
                {t('offers.leave')}
              </Button>
            ) : null
          }
        >
          <Text size="sm" fw={600}>
            {active ? t('offers.takesPart', { since: format.day(since) }) : t('offers.left', { since: format.day(since) })}
          </Text>
          {offer.promised ? <BenefitList patient={patient} benefits={benefits} /> : null}
        </OfferCard>
      ))}
      {others.map((offer) => (
        <OfferCard
          key={offer.id}
          offer={offer}
          actions={<Button onClick={() => setAsked({ offer, joining: true })}>{t('offers.join')}</Button>}
        />
      ))}
      {asked ? (
        <PassphraseDialog
          opened
          title={t(asked.joining ? 'offers.joinOf' : 'offers.leaveOf', { title: asked.offer.title })}
          action={t(asked.joining ? 'offers.join' : 'offers.leave')}
          onClose={() => setAsked(null)}
          onConfirm={async (passphrase) => {
            const mutation = asked.joining ? joinOffer : leaveOffer;
            await client.mutate({ mutation, variables: { patient, offer: asked.offer.id, passphrase } });
            await part.refetch();
          }}
        >
          <Text size="sm">{t(asked.joining ? 'offers.joinExplained' : 'offers.leaveExplained')}</Text>
        </PassphraseDialog>
      ) : null}
    </Stack>
  );
}
