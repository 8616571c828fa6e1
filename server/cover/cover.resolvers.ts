import type { Resolvers } from '../graphql/generated/vault.ts';
import type { Covers } from './cover.ts';

interface CoverRequest {
  readonly covers: Covers;
}

export const coverResolvers: Resolvers<CoverRequest> = {
  Query: { covers: (_, { past }, { covers }) => covers.list(past ?? false) },
  Mutation: {
    nameCover: (_, { input }, { covers }) => covers.name(input),
    withdrawCover: (_, { cover }, { covers }) => covers.withdraw(cover),
  },
};
