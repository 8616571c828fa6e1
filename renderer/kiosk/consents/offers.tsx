/** Research offers in plain words; joining and leaving in as many steps. */
import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/kiosk/gql.ts';
import type { MyOffersQuery } from '../../generated/kiosk/graphql.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import { useCategory } from '../check-in/code-words.ts';
import { DecidingButton } from '../deciding-button.tsx';
import { Fact, KioskPage, Refused, ScreenTitle, Unanswered, Waiting, WordList } from '../kiosk-parts.tsx';
import { RewardProof } from '../papers/proof-paper.tsx';

const myOffers = graphql(`
  query MyOffers {
    offers {
      ...OwnOfferParts
    }
  }
  fragment OwnOfferParts on OwnOffer {
    id
    title
    buyer
    purpose
    reward
    opens
    expires
    minimumGroup
    categories
    open
    joined
    since
    reach
    needsConsent
    promised {
      amount
      currency
    }
    benefits {
      id
      amount
      currency
      earnedAt
      paidAt
      earnedFor
      paidBy
    }
  }
`);
const joinMyOffer = graphql(`
  mutation JoinMyOffer($offer: ID!) {
    joinOffer(offer: $offer) {
      ...OwnOfferParts
    }
  }
`);
const leaveMyOffer = graphql(`
  mutation LeaveMyOffer($offer: ID!) {
    leaveOffer(offer: $offer) {
      ...OwnOfferParts
    }
  }
`);

type Offer = MyOffersQuery['offers'][number];
export type Benefit = Offer['benefits'][number];

interface OffersProps {
  readonly onConsents: () => void;
  readonly onReceipt: (benefit: Benefit) => void;
}

export function Offers({ onConsents, onReceipt }: OffersProps) {
  const { t } = useTranslation('kiosk');
  const format = useFormat();
  const asked = useQuery(myOffers);
  const [asking, setAsking] = useState<Offer | undefined>();
  const list = (): void => {
    setAsking(undefined);
    void asked.refetch().catch(() => undefined);
  };
  if (asked.error || !asked.data) return <Unanswered asked={asked} />;
  const { offers } = asked.data;
  if (asking) return <JoinOrLeave offer={asking} onDone={list} />;
  return (
    <KioskPage key="offers">
      <ScreenTitle>{t('home.offers')}</ScreenTitle>
      {offers.length === 0 ? <Text size="lg">{t('offers.none')}</Text> : null}
      {offers.map((offer) => (
        <Stack key={offer.id} gap="sm" className="kiosk-card">
          <Title order={2}>{offer.title}</Title>
          <OfferFacts offer={offer} />
          <Text fw={700}>{t(offer.joined ? 'offers.joined' : 'offers.notJoined')}</Text>
          {offer.joined ? <Text>{t(`consents.reach.${offer.reach}`)}</Text> : null}
          {!offer.joined && offer.since != null ? <Text>{t(`consents.endReach.${leftReach(offer)}`)}</Text> : null}
          {offer.needsConsent && offer.open && !offer.joined ? (
            <Text>{t('offers.needsConsent', { who: offer.buyer })}</Text>
          ) : null}
          {offer.joined && offer.since != null ? <Text>{t('offers.since', { day: format.day(offer.since) })}</Text> : null}
          <Group>
            {offer.needsConsent && !offer.joined && offer.open ? (
              <Button onClick={onConsents}>{t('offers.giveConsent')}</Button>
            ) : null}
            {offer.joined || (offer.open && !offer.needsConsent) ? (
              <Button onClick={() => setAsking(offer)}>{t(offer.joined ? 'offers.leave' : 'offers.join')}</Button>
            ) : null}
          </Group>
          <Benefits offer={offer} onReceipt={onReceipt} />
        </Stack>
      ))}
      {offers.some(({ benefits }) => benefits.length > 0) ? <Text>{t('offers.publishersWord')}</Text> : null}
    </KioskPage>
  );
}

const leftReach = ({ reach }: Offer) => (reach === 'REGION' ? 'REGION' : 'HERE');

function OfferFacts({ offer }: { offer: Offer }) {
  const { t } = useTranslation('kiosk');
  const format = useFormat();
  const category = useCategory();
  return (
    <Stack gap="sm">
      <Fact name={t('offers.buyer')}>{offer.buyer}</Fact>
      <Fact name={t('offers.why')}>{offer.purpose}</Fact>
      <Fact name={t('offers.what')}>
        <WordList words={offer.categories.map(category)} />
      </Fact>
      <Fact name={t('offers.reward')}>{offer.reward}</Fact>
      {offer.promised ? (
        <Fact name={t('offers.promised')}>{format.money(offer.promised.amount, offer.promised.currency)}</Fact>
      ) : null}
      <Fact name={t('offers.until')}>{format.day(offer.expires)}</Fact>
      <Text>{t('offers.group', { count: offer.minimumGroup })}</Text>
    </Stack>
  );
}

/** What this person has earned by an offer, and whether it was paid: each with a receipt. */
function Benefits({ offer, onReceipt }: { offer: Offer; onReceipt: (benefit: Benefit) => void }) {
  const { t } = useTranslation('kiosk');
  const format = useFormat();
  if (!offer.promised || offer.since == null) return null;
  const { currency } = offer.promised;
  const sum = (benefits: readonly Benefit[]): string =>
    format.money(
      benefits.reduce((all, { amount }) => all + amount, 0),
      currency,
    );
  return (
    <Stack gap="sm">
      <Title order={3}>{t('offers.mine')}</Title>
      {offer.benefits.length === 0 ? <Text>{t('offers.nothingEarned')}</Text> : null}
      {offer.benefits.length > 0 ? (
        <Text fw={700}>
          {t('offers.sums', { earned: sum(offer.benefits), paid: sum(offer.benefits.filter(({ paidAt }) => paidAt !== null)) })}
        </Text>
      ) : null}
      {offer.benefits.map((benefit) => (
        <Stack key={benefit.id} gap="xs" align="flex-start">
          <OneBenefit benefit={benefit} />
          <Button
            onClick={() => onReceipt(benefit)}
            aria-label={`${t('offers.receipt')}: ${format.money(benefit.amount, benefit.currency)}`}
          >
            {t('offers.receipt')}
          </Button>
        </Stack>
      ))}
    </Stack>
  );
}

export function RewardReceipt({ benefit }: { benefit: Benefit }) {
  return (
    <RewardProof id={benefit.id}>
      <OneBenefit benefit={benefit} />
    </RewardProof>
  );
}

function OneBenefit({ benefit }: { benefit: Benefit }) {
  const { t } = useTranslation('kiosk');
  const format = useFormat();
  const { amount, currency, earnedAt, paidAt, earnedFor, paidBy } = benefit;
  return (
    <div>
      <Text size="lg" fw={700}>
        {format.money(amount, currency)}
      </Text>
      <Text>{t('offers.earnedOn', { day: format.day(earnedAt) })}</Text>
      {earnedFor ? (
        <Text>
          <bdi>{earnedFor}</bdi>
        </Text>
      ) : null}
      <Text>{paidAt === null ? t('offers.owed') : t('offers.paidOn', { day: format.day(paidAt) })}</Text>
      {paidBy ? (
        <Text>
          <bdi>{paidBy}</bdi>
        </Text>
      ) : null}
    </div>
  );
}

function JoinOrLeave({ offer, onDone }: { offer: Offer; onDone: () => void }) {
  const { t } = useTranslation('kiosk');
  const [join, joining] = useMutation(joinMyOffer);
  const [leave, leaving] = useMutation(leaveMyOffer);
  const error = joining.error ?? leaving.error;
  if (joining.loading || leaving.loading) return <Waiting />;
  const act = (): void => {
    (offer.joined ? leave : join)({ variables: { offer: offer.id } }).then(onDone, () => undefined);
  };
  return (
    <KioskPage key="asking">
      <ScreenTitle>{t(offer.joined ? 'offers.leaveTitle' : 'offers.joinTitle')}</ScreenTitle>
      <Text size="lg" fw={700}>
        {offer.title}
      </Text>
      <OfferFacts offer={offer} />
      <Text>{offer.joined ? t('offers.leaveStops') : t('offers.joinStarts', { who: offer.buyer })}</Text>
      {offer.joined ? <Text>{t('offers.leaveRemains')}</Text> : null}
      {error ? <Refused error={error} /> : null}
      <Group>
        <DecidingButton onPress={act}>{t('offers.yes')}</DecidingButton>
        <Button onClick={onDone}>{t('offers.no')}</Button>
      </Group>
    </KioskPage>
  );
}
