import { toHex } from '../../shared/encoding/bytes.ts';
import type { Purpose, Resolvers } from '../graphql/generated/vault.ts';
import { clinicNames } from '../sync/clinic-names.ts';
import { pageOf } from '../sync/list-page.ts';
import type { PatientDirectory, VaultContext } from '../sync/vault-context.ts';
import type { AccessLog } from './access.ts';

export interface AccessRequest {
  readonly vault: VaultContext;
  readonly access: AccessLog;
  readonly patients: PatientDirectory;
}

export const accessResolvers: Resolvers<AccessRequest> = {
  Query: {
    accessLog: async (_, { patient, first, after }, { vault, access, patients }) => {
      const lines = await access.linesOf(patients.known(patient).id);
      const own = toHex(vault.chain);
      const names = await clinicNames(vault.gateway, [own, ...lines.map(({ chain }) => chain)]);
      const page = pageOf(lines, first, after, ({ device, sequence }) => `${device}-${sequence}`);
      const completeness = await access.completeness();
      return {
        ...page,
        edges: page.edges.map(({ cursor, node }) => ({
          cursor,
          node: {
            ...node,
            id: cursor,
            clinic: names.get(node.chain) ?? '',
            own: node.chain === own,
            purpose: node.purpose as Purpose,
          },
        })),
        completeness: [{ ...completeness, clinic: names.get(own) ?? '' }],
      };
    },
  },
};
