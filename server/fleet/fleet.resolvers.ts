import type { Resolvers } from '../graphql/generated/vault.ts';
import type { FleetConsole } from './fleet.ts';

export interface FleetRequest {
  readonly fleet: FleetConsole;
}

export const fleetResolvers: Resolvers<FleetRequest> = {
  Query: {
    fleet: (_, _arguments, { fleet }) => fleet.board(),
    administration: (_, _arguments, { fleet }) => fleet.history(),
    hubLedger: (_, _arguments, { fleet }) => fleet.ledger(),
  },
  Mutation: {
    administerHub: async (_, { input }, { fleet }) => {
      await fleet.act(input);
      return true;
    },
    inviteClinic: (_, { input }, { fleet }) => fleet.invite(input),
  },
};
