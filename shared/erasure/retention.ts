/**
 * What forbids an erasure: article 17(3) of the GDPR, as data and one decision. A retention period counts from the last treatment;
 * a hold stands until somebody lifts it. There is no way round either.
 */

/** Points of article 17(3) on which a record is kept. */
export const RETENTION_GROUNDS = ['legal-obligation', 'public-health', 'archive-or-research', 'legal-claim'] as const;
export type RetentionGround = (typeof RETENTION_GROUNDS)[number];

export const ARTICLES: Readonly<Record<RetentionGround, string>> = {
  'legal-obligation': 'GDPR 17(3)(b)',
  'public-health': 'GDPR 17(3)(c)',
  'archive-or-research': 'GDPR 17(3)(d)',
  'legal-claim': 'GDPR 17(3)(e)',
};

interface RetentionRule {
  /** Years after the end of the treatment. */
  readonly years: number;
  /** Where it is written. */
  readonly basis: string;
}

/** The general period for records of treatment. A clinic that is bound for longer sets more years; fewer it cannot set. */
export const RETENTION_RULES = {
  AT: { years: 10, basis: '§ 51 (3) Ärztegesetz 1998' },
  DE: { years: 10, basis: '§ 630f (3) BGB' },
  ES: { years: 5, basis: 'art. 17 Ley 41/2002' },
  FR: { years: 20, basis: 'art. R1112-7 Code de la santé publique' },
  GB: { years: 8, basis: 'NHS Records Management Code of Practice' },
  NONE: { years: 0, basis: '' },
} as const satisfies Readonly<Record<string, RetentionRule>>;
export type Jurisdiction = keyof typeof RETENTION_RULES;
export const JURISDICTIONS = Object.keys(RETENTION_RULES) as Jurisdiction[];
export const isJurisdiction = (word: string): word is Jurisdiction => Object.hasOwn(RETENTION_RULES, word);

/** Compartments that are no record of treatment: they go when nothing else keeps the patient. */
export const NOT_TREATMENT: ReadonlySet<string> = new Set([
  'identity',
  'consents',
  'card',
  'card-emergency',
  'research',
  'payment',
]);

/** A reason to keep, with when it ends by itself: milliseconds, or undefined for one that somebody must lift. */
export interface Retained {
  readonly ground: RetentionGround;
  readonly basis: string;
  readonly until: number | undefined;
}

interface Hold {
  readonly ground: RetentionGround;
  /** One line for people: which archive, which claim. */
  readonly reason: string;
  readonly lifted: boolean;
}

interface RetentionQuestion {
  readonly jurisdiction: Jurisdiction;
  /** What the clinic is bound to beyond the rule; 0 for nothing. */
  readonly years: number;
  /** Milliseconds: the newest record of treatment among what is to be erased; undefined when there is none. */
  readonly lastTreatment: number | undefined;
  readonly holds: readonly Hold[];
  readonly now: number;
}

/** Everything that forbids the erasure now. Empty: it may be done. */
export function retained({ jurisdiction, years, lastTreatment, holds, now }: RetentionQuestion): Retained[] {
  const found: Retained[] = holds
    .filter(({ lifted }) => !lifted)
    .map(({ ground, reason }) => ({ ground, basis: reason, until: undefined }));
  const rule = RETENTION_RULES[jurisdiction];
  const bound = Math.max(rule.years, years);
  if (lastTreatment === undefined || bound === 0) return found;
  const until = yearsAfter(lastTreatment, bound);
  if (now >= until) return found;
  return [...found, { ground: 'legal-obligation', basis: rule.basis, until }];
}

/** The same day so many years later; 29 February becomes 1 March. */
function yearsAfter(time: number, years: number): number {
  const date = new Date(time);
  date.setUTCFullYear(date.getUTCFullYear() + years);
  return date.getTime();
}
