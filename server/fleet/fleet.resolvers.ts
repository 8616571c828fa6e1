import type { Resolvers } from '../graphql/generated/vault.ts';
import type { FleetConsole } from './fleet.ts';

interface FleetRequest {
  readonly fleet: FleetConsole;
}

export const fleetResolvers: Resolvers<FleetRequest> = {
  Query: {
    fleet: (_, _arguments, { fleet }) => fleet.board(),
    administration: (_, _arguments, { fleet }) => fleet.history(),
    hubLedger: (_, _arguments, { fleet }) => fleet.ledger(),
    regionAnchors: (_, _arguments, { fleet }) => fleet.anchors.list(),
    regionAnchorFile: (_, { id }, { fleet }) => fleet.anchors.file(id),
  },
  Mutation: {
    administerHub: async (_, { input }, { fleet }) => {
      await fleet.act(input);
      return true;
    },
    keepRegionAnchor: (_, { file }, { fleet }) => fleet.anchors.keep(file),
    inviteClinic: (_, { input }, { fleet }) => fleet.invite(input),
  },
};
