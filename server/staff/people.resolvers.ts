import type { Resolvers } from '../graphql/generated/vault.ts';
import type { Staff } from './people.ts';

interface StaffRequest {
  readonly staff: Staff;
}

export const staffResolvers: Resolvers<StaffRequest> = {
  Query: {
    secondFactor: (_, _arguments, { staff }) => staff.secondFactors.own(),
    me: (_, _arguments, { staff }) => staff.me(),
    regionPolicy: (_, _arguments, { staff }) => staff.regionPolicy(),
    staffMembers: (_, _arguments, { staff }) => staff.members(),
    clinicKeys: (_, _arguments, { staff }) => staff.clinicKeys(),
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
    offerSecondFactor: (_, { passphrase }, { staff }) => staff.secondFactors.offer(passphrase),
    enrolSecondFactor: (_, { code, ceremony }, { staff }) => staff.secondFactors.enrol(code, ceremony ?? undefined),
    showSecondFactor: async (_, { code, ceremony }, { staff }) => {
      await staff.secondFactors.show(code, ceremony);
      return true;
    },
    addPasskey: (_, { passphrase, name }, { staff }) => staff.secondFactors.addPasskey(passphrase, name),
    askPasskey: (_, { ceremony }, { staff }) => staff.secondFactors.askPasskey(ceremony),
    passkeyDone: (_, { ticket }, { staff }) => staff.secondFactors.passkeyDone(ticket),
    removePasskey: (_, { passphrase, passkey }, { staff }) => staff.secondFactors.removePasskey(passphrase, passkey),
    removeSecondFactor: (_, { passphrase }, { staff }) => staff.secondFactors.remove(passphrase),
    rollClinicKeys: (_, { passphrase }, { staff }) => staff.rollClinicKeys(passphrase),
    discardWaitingActs: (_, _arguments, { staff }) => staff.discardWaitingActs(),
    renewOwnKey: (_, { passphrase }, { staff }) => staff.renewOwnKey(passphrase),
    offerToWitness: async (_, _arguments, { staff }) => {
      await staff.offerToWitness();
      return true;
    },
    proposeWitnesses: async (_, { witnesses }, { staff }) => {
      await staff.proposeWitnesses(witnesses);
      return true;
    },
    proposeHubKey: async (_, _arguments, { staff }) => {
      await staff.proposeHubKey();
      return true;
    },
    proposeRules: async (_, _arguments, { staff }) => {
      await staff.proposeRules();
      return true;
    },
    approvePolicy: async (_, { id }, { staff }) => {
      await staff.approvePolicy(id);
      return true;
    },
    approveAdmission: async (_, { chain }, { staff }) => {
      await staff.approveAdmission(chain);
      return true;
    },
  },
};
