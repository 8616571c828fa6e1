import { ARTICLES, JURISDICTIONS, RETENTION_RULES, type Retained, type RetentionGround } from '../../shared/erasure/retention.ts';
import type { ErasureGround } from '../../shared/ledger/rows.ts';
import type {
  Erasure,
  ErasureGround as GroundName,
  Hold,
  Resolvers,
  Retained as RetainedView,
  Retention,
  RetentionGround as RetentionName,
} from '../graphql/generated/vault.ts';
import type { Erasures, StandingErasure } from './erasure.ts';
import type { HoldRecord, RetentionSetting } from './erasure-records.ts';

interface ErasureRequest {
  readonly erasures: Erasures;
}

export const erasureResolvers: Resolvers<ErasureRequest> = {
  Query: {
    erasurePlan: async (_, { patient, categories }, { erasures }) => {
      const plan = await erasures.plan(patient, lowered(categories));
      return {
        patient: plan.patient.id,
        name: plan.patient.summary.fullName,
        compartments: [...plan.compartments],
        clinics: [...plan.clinics],
        desks: plan.desks,
        retained: plan.retained.map(retainedView),
        retentionSet: plan.retentionSet,
      };
    },
    erasures: async (_, _arguments, { erasures }) => (await erasures.list()).map(erasureView),
    erasureCertificate: (_, { id }, { erasures }) => erasures.certificate(id),
    retention: async (_, _arguments, { erasures }) => retentionView(await erasures.retention()),
    holds: async (_, { patient }, { erasures }) => (await erasures.holds(patient)).map(holdView),
  },
  Mutation: {
    erase: async (_, { input, passphrase }, { erasures }) => {
      const { patient, categories, ground } = input;
      return erasureView(
        await erasures.erase({ patient, categories: lowered(categories), ground: word(ground) as ErasureGround }, passphrase),
      );
    },
    setRetention: async (_, { jurisdiction, years, passphrase }, { erasures }) =>
      retentionView(await erasures.setRetention(jurisdiction, years, passphrase)),
    placeHold: async (_, { patient, ground, reason, passphrase }, { erasures }) =>
      holdView(await erasures.placeHold(patient, word(ground) as RetentionGround, reason, passphrase)),
    liftHold: async (_, { id, passphrase }, { erasures }) => holdView(await erasures.liftHold(id, passphrase)),
  },
};

const lowered = (categories: readonly string[] | null | undefined): string[] =>
  (categories ?? []).map((category) => category.toLowerCase());
/** `LEGAL_CLAIM` of the schema is `legal-claim` of the rules. */
const word = (name: string): string => name.toLowerCase().replaceAll('_', '-');
const name = <N extends string>(text: string): N => text.toUpperCase().replaceAll('-', '_') as N;

const retainedView = ({ ground, basis, until }: Retained): RetainedView => ({
  ground: name<RetentionName>(ground),
  article: ARTICLES[ground],
  basis,
  until: until ?? null,
});

function erasureView({ record, state, confirmations, lastBackupDies }: StandingErasure): Erasure {
  const { id, whole, ground, at, by, compartments, retained } = record;
  return {
    id,
    whole,
    ground: name<GroundName>(ground),
    at,
    by,
    state,
    compartments: [...compartments],
    confirmations: [...confirmations],
    retained: retained.map(retainedView),
    lastBackupDies,
  };
}

function retentionView(setting: RetentionSetting | undefined): Retention {
  return {
    jurisdiction: setting?.jurisdiction ?? null,
    years: setting?.years ?? 0,
    setBy: setting?.by ?? '',
    setAt: setting?.at ?? null,
    rules: JURISDICTIONS.map((jurisdiction) => ({ jurisdiction, ...RETENTION_RULES[jurisdiction] })),
  };
}

function holdView({ id, ground, reason, placed, lifted }: HoldRecord): Hold {
  return {
    id,
    ground: name<RetentionName>(ground),
    article: ARTICLES[ground],
    reason,
    placedBy: placed.by,
    placedAt: placed.at,
    liftedBy: lifted?.by ?? null,
    liftedAt: lifted?.at ?? null,
  };
}
