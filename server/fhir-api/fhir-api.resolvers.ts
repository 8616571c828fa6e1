import { scopesText } from '../../shared/fhir-api/scopes.ts';
import type { FhirToken, Resolvers } from '../graphql/generated/vault.ts';
import { staffId, type VaultContext } from '../sync/vault-context/vault-context.ts';
import type { FhirApi } from './fhir-api.ts';
import type { Token } from './tokens.ts';

interface FhirApiRequest {
  readonly vault: VaultContext;
  readonly fhirApi: FhirApi;
}

const shown = (vault: VaultContext, token: Token): FhirToken => ({
  id: token.id,
  name: token.name,
  scopes: scopesText(token.scopes),
  purpose: token.purpose,
  patient: token.patient || null,
  staffName: token.staffName,
  network: token.network === true,
  isOwn: token.staff === staffId(vault),
  madeAt: token.madeAt,
  expiresAt: token.expiresAt,
  revokedAt: token.revokedAt,
});

const listed = ({ vault, fhirApi }: FhirApiRequest): FhirToken[] => fhirApi.tokens.list().map((token) => shown(vault, token));

export const fhirApiResolvers: Resolvers<FhirApiRequest> = {
  Query: {
    fhirTokens: (_, __, request) => listed(request),
    exportProgress: (_, __, { fhirApi }) => fhirApi.exportWriter.progress() ?? null,
  },
  Mutation: {
    makeFhirToken: async (_, { program }, { vault, fhirApi }) => {
      const { token, secret } = await fhirApi.tokens.make({
        ...program,
        network: program.network ?? false,
        patient: program.patient ?? undefined,
      });
      return { token: shown(vault, token), secret };
    },
    exportRecords: async (_, { folder, patient, passphrase }, { fhirApi }) => {
      const written = await fhirApi.exportWriter.write({ folder, patient: patient ?? undefined, passphrase });
      return { ...written, missing: [...written.missing] };
    },
    cancelExport: (_, __, { fhirApi }) => fhirApi.exportWriter.cancel(),
    revokeFhirToken: async (_, { id }, request) => {
      await request.fhirApi.tokens.revoke(id);
      return listed(request);
    },
  },
};
