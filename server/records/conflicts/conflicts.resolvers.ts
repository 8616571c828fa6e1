import type { Resolvers } from '../../graphql/generated/vault.ts';
import { chartItem } from '../chart-view.ts';
import { type RecordsRequest, wanted } from '../records-request.ts';
import { conflictDetail, listConflicts, listProposals, proposalNow } from './conflict-view.ts';

export const conflictsResolvers: Resolvers<RecordsRequest> = {
  Query: {
    conflicts: (_, __, request) => listConflicts(request),
    conflict: async (_, { patient, id }, { vault, conflicts }) => conflictDetail(vault, await conflicts.open(patient, id)),
    proposals: (_, { patient }, request) => listProposals(request, request.patients.known(patient)),
  },
  Mutation: {
    settleConflict: async (_, { input }, request) => chartItem(request, input.patient, await request.conflicts.settle(input)),
    undoMerge: async (_, { input: { patient, record, reason } }, request) =>
      chartItem(request, patient, await request.conflicts.undo(patient, record, reason)),
    proposeAmendment: async (_, { input }, request) => {
      const patient = request.patients.known(input.patient);
      return proposalNow(request, patient, await request.conflicts.propose(patient, wanted(input)));
    },
    declineProposal: async (_, { patient, id, reason }, { conflicts }) => {
      await conflicts.decline(patient, id, reason);
      return true;
    },
    reopenProposal: async (_, { patient, id }, { conflicts }) => {
      await conflicts.reopen(patient, id);
      return true;
    },
  },
};
