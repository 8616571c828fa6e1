import type { Resolvers } from '../../graphql/generated/vault.ts';
import type { ClinicDevices } from '../../sync/clinic-mail/clinic-mail-devices.ts';

/** The fields of shared/workstation/workstation.graphql about the clinic's devices. */
export const clinicDevicesResolvers = (devices: ClinicDevices): Resolvers => ({
  Query: {
    deviceRequests: () => devices.waiting(),
  },
  Mutation: {
    inviteDevice: (_, { kind }) => devices.invite(kind),
    admitDevice: async (_, { device, role }) => {
      await devices.admit(device, role);
      return true;
    },
    refuseDevice: async (_, { device }) => {
      await devices.refuse(device);
      return true;
    },
    retireCopy: async (_, { device, epoch }) => {
      await devices.retire(device, epoch);
      return true;
    },
    revokeDevice: async (_, { device }) => {
      await devices.revoke(device);
      return true;
    },
  },
});
