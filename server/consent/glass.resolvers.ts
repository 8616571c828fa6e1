import type {
  BrokenGlass,
  Category,
  GlassProof,
  GlassReason,
  GlassUse,
  GlassVerdict,
  Resolvers,
} from '../graphql/generated/vault.ts';
import type { BrokenGlass as Broken } from './break-glass.ts';
import type { ConsentRequest } from './consent.resolvers.ts';
import { onCard, type GlassUse as Use } from './glass-uses.ts';

/** Charts stand above consent: what is needed of them here. */
interface GlassRequest extends ConsentRequest {
  readonly charts: { open(patient: string, purpose: string): Promise<unknown>; close(patient: string): boolean };
}

export const glassResolvers: Resolvers<GlassRequest> = {
  Query: {
    brokenGlass: async (_, { patient }, { consents }) => {
      const broken = await consents.glass.of(patient);
      return broken ? shownGlass(broken) : null;
    },
    glassUses: async (_, _arguments, { consents }) => (await consents.glassUses()).map(shownUse),
  },
  Mutation: {
    breakGlass: async (_, { input }, { consents, charts }) => {
      const categories = input.categories.map((category) => category.toLowerCase());
      const broken = await consents.glass.break({ ...input, reason: lower(input.reason), categories });
      // The line in the access log comes before anything is shown; without it the chart stays closed and the use stands.
      await charts.open(input.patient, 'ETREAT');
      return shownGlass(broken);
    },
    endGlass: (_, { patient }, { consents, charts }) => {
      charts.close(patient);
      return consents.glass.end(patient);
    },
    reviewGlass: async (_, { use, verdict, words }, { consents }) =>
      shownUse(await consents.reviewGlass(use, lower(verdict) as 'justified' | 'not-justified', words)),
    noteGlassTold: async (_, { use }, { consents }) => shownUse(await consents.noteGlassTold(use)),
  },
};

const upper = (word: string): string => word.toUpperCase().replaceAll('-', '_');
const lower = (word: string): string => word.toLowerCase().replaceAll('_', '-');

const shownGlass = ({ use, ends, askedOf, isAnswered }: Broken): BrokenGlass => {
  return { use, ends, askedOf: askedOf ?? null, isAnswered };
};

function shownUse({ details, row, review, toldAt, ...use }: Use): GlassUse {
  return {
    ...use,
    who: details.who,
    role: details.role,
    reason: upper(details.reason) as GlassReason,
    words: onCard(details) ? '' : details.words,
    proof: upper(details.proof) as GlassProof,
    began: row.began,
    ends: row.ends,
    categories: details.categories.map((category) => upper(category) as Category),
    review: review ? { ...review, verdict: upper(review.verdict) as GlassVerdict } : null,
    toldAt: toldAt ?? null,
  };
}
