/**
 * May two people be one? Nothing here merges anybody: it says why a person should look. The same name and birth date is
 * never by itself the same person.
 */
import { foldText, type PatientSummary } from '../fhir/patient-summary.ts';

export type MatchReason = 'identifier' | 'name-and-birth-date' | 'similar-name-and-birth-date' | 'name-and-phone';

/** Why these two may be the same person; empty when nothing says so. */
export function reasonsToCompare(one: PatientSummary, other: PatientSummary): MatchReason[] {
  const reasons: MatchReason[] = [];
  if (sharesIdentifier(one, other)) reasons.push('identifier');
  const sameDay = one.birthDate !== '' && one.birthDate === other.birthDate;
  const sameFamily = comparedName(one.family) !== '' && comparedName(one.family) === comparedName(other.family);
  const sameGiven = comparedName(one.given[0]) !== '' && comparedName(one.given[0]) === comparedName(other.given[0]);
  if (sameDay && sameFamily && sameGiven) reasons.push('name-and-birth-date');
  else if (sameDay && (similar(one.family, other.family) ? sameGiven : sameFamily && similar(one.given[0], other.given[0]))) {
    reasons.push('similar-name-and-birth-date');
  }
  const phone = digits(one.phone);
  if (phone.length >= 6 && phone === digits(other.phone) && sameFamily && sameGiven) reasons.push('name-and-phone');
  return reasons;
}

/**
 * A source sends a person under a logical id that it has used before: is it the person of then, with something changed? Ids are
 * given by servers and two servers may give the same one; then nothing but the id agrees, and they stay two.
 */
export function continues(before: PatientSummary, now: PatientSummary): boolean {
  if (sharesIdentifier(before, now)) return true;
  const sameName = folded(before.family) === folded(now.family) && folded(before.given[0]) === folded(now.given[0]);
  return sameName || (before.birthDate !== '' && before.birthDate === now.birthDate && before.gender === now.gender);
}

/** The same value given by the same system; a value without a system says nothing. */
function sharesIdentifier(one: PatientSummary, other: PatientSummary): boolean {
  return one.identifiers.some(
    ({ system, value }) =>
      system !== '' && other.identifiers.some((theirs) => theirs.system === system && theirs.value === value),
  );
}

const folded = (name: string | undefined): string => foldText(name ?? '');

/** A name as two are compared: folded, without the digits that some registers write behind a word (`Abbott774`). */
export const comparedName = (name: string | undefined): string => folded(name).replace(/(?<=\p{L})\p{N}+(?!\S)/gu, '');

const digits = (phone: string): string => phone.replace(/\D/g, '');

/** One slip of the pen apart: a letter more, fewer, another, or two exchanged. */
export function similar(one: string | undefined, other: string | undefined): boolean {
  const a = comparedName(one);
  const b = comparedName(other);
  if (a === b || a.length < 3 || b.length < 3 || Math.abs(a.length - b.length) > 1) return a === b && a !== '';
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  const rest = (text: string, skipped: number): string => text.slice(start + skipped);
  if (a.length > b.length) return rest(a, 1) === rest(b, 0);
  if (b.length > a.length) return rest(a, 0) === rest(b, 1);
  return rest(a, 1) === rest(b, 1) || (a[start] === b[start + 1] && a[start + 1] === b[start] && rest(a, 2) === rest(b, 2));
}
