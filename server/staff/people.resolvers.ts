import type { Resolvers } from '../graphql/generated/vault.ts';
import type { Staff } from './people.ts';

export interface StaffRequest {
  readonly staff: Staff;
}

export const staffResolvers: Resolvers<StaffRequest> = {
  Query: {
    me: (_, _arguments, { staff }) => staff.me(),
    staffMembers: (_, _arguments, { staff }) => staff.members(),
  },
  Mutation: {
    enrolStaff: (_, { input }, { staff }) => staff.enrol(input),
    revokeStaff: async (_, { staff: id }, { staff }) => {
      await staff.revoke(id);
      return true;
    },
    changePassphrase: async (_, { current, next }, { staff }) => {
      await staff.changePassphrase(current, next);
      return true;
    },
    approveAdmission: async (_, { chain }, { staff }) => {
      await staff.approveAdmission(chain);
      return true;
    },
  },
};
