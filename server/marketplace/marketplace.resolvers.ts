import { toHex } from '../../shared/encoding/bytes.ts';
import type { Category, Offer, OfferInput, Participation, Resolvers } from '../graphql/generated/vault.ts';
import { clinicNames } from '../sync/vault-context/clinic-names.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';
import type { Participant, StandingBenefit } from './benefits.ts';
import type { Marketplace, StandingOffer, StandingParticipation } from './marketplace.ts';

interface MarketplaceRequest {
  readonly vault: VaultContext;
  readonly marketplace: Marketplace;
}

export const marketplaceResolvers: Resolvers<MarketplaceRequest> = {
  Query: {
    offers: async (_, _arguments, { vault, marketplace }) => shownOffers(vault, await marketplace.offers()),
    participations: async (_, { patient }, { vault, marketplace }) => {
      const found = await marketplace.participations(patient);
      return Promise.all(found.map((participation) => shown(vault, participation)));
    },
    participants: async (_, { offer }, { marketplace }) => (await marketplace.participantsOf(offer)).map(shownParticipant),
    benefitReceipt: (_, { patient, benefit }, { marketplace }) => marketplace.benefitReceipt(patient, benefit),
  },
  Mutation: {
    publishOffer: async (_, { input, passphrase }, { vault, marketplace }) =>
      shownOffer(vault, await marketplace.publish(termsOf(input), passphrase, input.promised ?? undefined)),
    recordEarned: async (_, { offer, participant, amount, words, passphrase }, { marketplace }) => {
      await marketplace.benefits.earned(offer, participant, { amount, words }, passphrase);
      return (await marketplace.participantsOf(offer)).map(shownParticipant);
    },
    recordPaid: async (_, { offer, participant, benefit, words, passphrase }, { marketplace }) => {
      await marketplace.benefits.paid(offer, participant, { benefit, words }, passphrase);
      return (await marketplace.participantsOf(offer)).map(shownParticipant);
    },
    withdrawOffer: async (_, { id, passphrase }, { vault, marketplace }) =>
      shownOffer(vault, await marketplace.withdraw(id, passphrase)),
    joinOffer: async (_, { patient, offer, passphrase }, { vault, marketplace }) =>
      shown(vault, await marketplace.join(patient, offer, passphrase)),
    leaveOffer: async (_, { patient, offer, passphrase }, { vault, marketplace }) =>
      shown(vault, await marketplace.leave(patient, offer, passphrase)),
  },
};

const termsOf = ({ promised: _, ...input }: OfferInput) => ({
  ...input,
  categories: input.categories.map((category) => category.toLowerCase()),
});

const shownBenefit = ({ offer: _, handle: __, paidAt, ...benefit }: StandingBenefit) => ({ ...benefit, paidAt: paidAt ?? null });

const shownParticipant = ({ handle, benefits, ...participant }: Participant) => ({
  ...participant,
  id: handle,
  benefits: benefits.map(shownBenefit),
});

async function shownOffers(vault: VaultContext, offers: readonly StandingOffer[]): Promise<Offer[]> {
  const publishers = offers.map(({ terms }) => toHex(terms.publisher));
  const names = await clinicNames(vault.gateway, publishers);
  const own = toHex(vault.chain);
  return offers.map(({ id, terms, state, participants, promised, progress }, at) => {
    const publisher = publishers[at] as string;
    return {
      id,
      title: terms.title,
      description: terms.description,
      publisher,
      publisherName: names.get(publisher) ?? '',
      own: publisher === own,
      purposes: terms.purposes,
      categories: terms.categories.map((category) => category.toUpperCase() as Category),
      criteria: terms.criteria,
      reward: terms.reward,
      minimumGroup: terms.minimumGroup,
      opens: terms.opens,
      expires: terms.expires,
      state,
      participants: participants ?? null,
      promised: promised ?? null,
      progress,
    };
  });
}

async function shownOffer(vault: VaultContext, offer: StandingOffer): Promise<Offer> {
  const [one] = await shownOffers(vault, [offer]);
  return one as Offer;
}

async function shown(vault: VaultContext, { offer, benefits, ...participation }: StandingParticipation): Promise<Participation> {
  return { ...participation, offer: await shownOffer(vault, offer), benefits: benefits.map(shownBenefit) };
}
