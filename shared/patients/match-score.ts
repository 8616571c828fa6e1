/**
 * How likely two people are one, by Fellegi and Sunter (1969): each field adds the logarithm of how much more often its agreement is
 * seen in one person than in two. It explains itself and decides nothing: a person looks. Nobody is ever merged by it.
 */
import { foldText, type PatientSummary } from '../fhir/patient-summary.ts';
import { comparedName, similar } from './matching.ts';

const MATCH_FIELDS = ['family', 'given', 'birthDate', 'gender', 'city', 'phone', 'identifier'] as const;
type MatchField = (typeof MATCH_FIELDS)[number];
type Agreement = 'same' | 'similar' | 'different';

interface MatchEvidence {
  readonly field: MatchField;
  readonly agreement: Agreement;
  /** In bits: above 0 it speaks for one person. */
  readonly weight: number;
}

export interface MatchScore {
  /** 0 to 1. */
  readonly probability: number;
  /** Fields that both have, what speaks for one person first. */
  readonly evidence: readonly MatchEvidence[];
}

/** Of two that were picked because something about them is alike. */
const PRIOR = 1 / 5_000;

/** How often a field agrees like this in one person (m), and in two (u). */
type Frequencies = Readonly<Partial<Record<Agreement, readonly [m: number, u: number]>>>;
const FREQUENCIES: Readonly<Record<MatchField, Frequencies>> = {
  family: { same: [0.95, 0.005], similar: [0.03, 0.005], different: [0.02, 0.99] },
  given: { same: [0.94, 0.01], similar: [0.058, 0.01], different: [0.002, 0.98] },
  birthDate: { same: [0.97, 0.000_04], similar: [0.02, 0.001], different: [0.01, 0.999] },
  gender: { same: [0.98, 0.5], different: [0.02, 0.5] },
  city: { same: [0.75, 0.1], different: [0.25, 0.9] },
  phone: { same: [0.7, 0.001], different: [0.3, 0.999] },
  identifier: { same: [0.95, 0.000_001], different: [0.05, 0.999] },
};

/** What one household shares, twins the birth date as well: with another given name all of it together counts as one field. */
const HOUSEHOLD: ReadonlySet<MatchField> = new Set(['family', 'birthDate', 'city', 'phone']);

/** How likely two people are one (Fellegi and Sunter): for each field log2(m/u) of how it agrees, summed; what one household shares counts once. */
export function matchScore(one: PatientSummary, other: PatientSummary): MatchScore {
  const evidence = MATCH_FIELDS.flatMap((field): MatchEvidence[] => {
    const agreement = AGREEMENTS[field](one, other);
    const [m, u] = (agreement && FREQUENCIES[field][agreement]) ?? [1, 1];
    return agreement ? [{ field, agreement, weight: Math.log2(m / u) }] : [];
  }).sort((a, b) => b.weight - a.weight);
  const isOther = evidence.some(({ field, agreement }) => field === 'given' && agreement === 'different');
  let hasHousehold = false;
  const counted = evidence.filter(({ field, weight }) => {
    if (!isOther || !HOUSEHOLD.has(field) || weight <= 0) return true;
    const isFirst = !hasHousehold;
    hasHousehold = true;
    return isFirst;
  });
  const odds = PRIOR * 2 ** counted.reduce((sum, { weight }) => sum + weight, 0);
  return { probability: odds / (1 + odds), evidence };
}

/** Undefined where one of the two says nothing. */
const AGREEMENTS: Readonly<Record<MatchField, (one: PatientSummary, other: PatientSummary) => Agreement | undefined>> = {
  family: (one, other) => names(one.family, other.family),
  given: (one, other) => names(one.given[0], other.given[0]),
  birthDate: (one, other) => dates(one.birthDate, other.birthDate),
  gender: (one, other) => exactly(known(one.gender), known(other.gender)),
  city: (one, other) => exactly(foldText(one.city), foldText(other.city)),
  phone: (one, other) => exactly(digits(one.phone), digits(other.phone)),
  identifier: (one, other) => {
    const pairs = one.identifiers.flatMap((mine) =>
      other.identifiers.filter(({ system }) => system !== '' && system === mine.system).map(({ value }) => value === mine.value),
    );
    return pairs.length === 0 ? undefined : pairs.includes(true) ? 'same' : 'different';
  },
};

const known = (gender: string): string => (gender === 'unknown' ? '' : gender);
const digits = (phone: string): string => phone.replace(/\D/g, '').slice(-9);
const exactly = (one: string, other: string): Agreement | undefined =>
  one === '' || other === '' ? undefined : one === other ? 'same' : 'different';

function names(one: string | undefined, other: string | undefined): Agreement | undefined {
  const same = exactly(comparedName(one), comparedName(other));
  return same === 'different' && similar(one, other) ? 'similar' : same;
}

/** A date of a year or a month says nothing against a day in it; day and month exchanged, or one digit off, are a slip. */
function dates(one: string, other: string): Agreement | undefined {
  if (one === '' || other === '' || one === other) return one === '' || other === '' ? undefined : 'same';
  if (one.startsWith(other) || other.startsWith(one)) return undefined;
  const [year, month, day] = one.split('-');
  const isSlip = one.length === other.length && [...one].filter((digit, at) => digit !== other[at]).length === 1;
  return isSlip || other === `${year}-${day}-${month}` ? 'similar' : 'different';
}
