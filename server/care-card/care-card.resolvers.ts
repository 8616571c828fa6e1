import { toHex } from '../../shared/encoding/bytes.ts';
import type { CareCard, Resolvers } from '../graphql/generated/vault.ts';
import { clinicNames } from '../sync/vault-context/clinic-names.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';
import type { CareCards, StandingCard } from './care-cards.ts';

interface CareCardRequest {
  readonly vault: VaultContext;
  readonly careCards: CareCards;
}

export const careCardResolvers: Resolvers<CareCardRequest> = {
  Query: {
    careCard: async (_, { patient }, { careCards }) => {
      const card = await careCards.card(patient);
      return card ? shown(card) : null;
    },
  },
  Mutation: {
    issueCareCard: async (_, { patient, pin, passphrase, emergency }, { vault, careCards }) => {
      const { card, ...printed } = await careCards.issue(patient, pin, passphrase, emergency ?? false);
      const chain = toHex(vault.chain);
      const names = await clinicNames(vault.gateway, [chain]);
      return { ...printed, groups: [...printed.groups], clinicName: names.get(chain) ?? '', card: shown(card) };
    },
    endCareCard: async (_, { patient, passphrase }, { careCards }) => {
      await careCards.end(patient, passphrase);
      return true;
    },
  },
};

const shown = ({ triesLeft, ...card }: StandingCard): CareCard => ({ ...card, triesLeft: triesLeft ?? null });
