import { isGuardianNow } from '../../shared/care-card/guardian-rules.ts';
import type { Guardian, GuardianInput, Resolvers } from '../graphql/generated/vault.ts';
import type { PatientDirectory, VaultContext } from '../sync/vault-context/vault-context.ts';
import type { GuardianWish } from './guardian-agreement.ts';
import type { StandingGuardian } from './guardian-rows.ts';
import type { Guardians } from './guardians.ts';

interface GuardianRequest {
  readonly vault: VaultContext;
  readonly patients: PatientDirectory;
  readonly guardians: Guardians;
}

export const guardianResolvers: Resolvers<GuardianRequest> = {
  Query: {
    guardians: async (_, { patient }, request) => shown(request, await request.guardians.of(patient)),
    wards: async (_, { patient }, request) => shown(request, await request.guardians.wardsOf(patient)),
    guardianText: (_, { input }, { guardians }) => guardians.text(wishOf(input)),
    guardianAges: (_, __, { guardians }) => guardians.ages(),
  },
  Mutation: {
    nameGuardian: async (_, { input, textHash, passphrase, card }, request) =>
      shownOne(request, await request.guardians.name(wishOf(input), textHash, passphrase, card ?? undefined)),
    endGuardian: async (_, { patient, guardian, passphrase }, request) =>
      shownOne(request, await request.guardians.end(patient, guardian, passphrase)),
    setGuardianAges: (_, { passphrase, ...ages }, { guardians }) => guardians.setAges(ages, passphrase),
  },
};

const wishOf = (input: GuardianInput): GuardianWish => ({ ...input, ends: input.ends ?? null });

async function shown({ vault, patients }: GuardianRequest, found: readonly StandingGuardian[]): Promise<Guardian[]> {
  const time = await vault.gateway.time();
  const nameOf = (id: string): string => patients.get(id)?.summary.fullName ?? id.slice(0, 8);
  const rank = { IN_FORCE: 0, EXPIRED: 1, ENDED: 1 } as const;
  return found
    .map(
      ({ known: { patient, guardian, relationship, evidence, text }, ward }): Guardian => ({
        patient,
        patientName: nameOf(patient),
        guardian,
        guardianName: nameOf(guardian),
        relationship,
        state: ward.ended !== 0 ? 'ENDED' : isGuardianNow(ward, time) ? 'IN_FORCE' : 'EXPIRED',
        mayConsent: ward.mayConsent,
        mayComplain: ward.mayComplain,
        starts: ward.starts,
        ends: ward.ends || null,
        endedAt: ward.ended || null,
        signedByPatient: ward.patientCard.length > 0,
        evidence,
        text,
      }),
    )
    .sort((one, other) => rank[one.state] - rank[other.state] || other.starts - one.starts);
}

const shownOne = async (request: GuardianRequest, found: StandingGuardian): Promise<Guardian> =>
  (await shown(request, [found]))[0] as Guardian;
