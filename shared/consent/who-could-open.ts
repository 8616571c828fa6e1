/** "Who could open this today, and why?": the one decision, asked for everybody. */
import { toHex } from '../encoding/bytes.ts';
import { decode } from '../encoding/codec.ts';
import type { FiledCategory } from '../fhir/patient-compartment.ts';
import { type Role, staffRow } from '../ledger/rows.ts';
import { FILED_CATEGORIES } from './category.ts';
import { decide, type Policies, purposesOfRole, type ReasonCode } from './decision.ts';
import type { Provision } from './provision.ts';
import type { Purpose } from './purpose.ts';

/** Prefix of the ledger's rows of people. */
export const STAFF = 'staff/';

/** Somebody who works at a clinic of the region. Ids in hexadecimal. */
export interface Person {
  readonly clinic: string;
  readonly person: string;
  readonly role: Role;
}

/** Everybody who works somewhere in the region now. @param rows the ledger's rows under `STAFF` */
export const peopleIn = (rows: ReadonlyArray<{ readonly key: string; readonly value: Uint8Array }>): Person[] =>
  rows.flatMap(({ key, value }) => {
    const { chain, role, revoked } = decode(staffRow, value);
    return revoked ? [] : [{ clinic: toHex(chain), person: key.slice(STAFF.length), role }];
  });

/** What one person could open for one purpose, and by what. */
export interface Opening {
  readonly purpose: Purpose;
  readonly categories: readonly FiledCategory[];
  readonly reason: ReasonCode;
  /** The grants that open it, by id. */
  readonly grants: readonly string[];
  /** Rules that keep single entries of these categories closed to this person. */
  readonly isPartial: boolean;
}

/**
 * @param handles of the patient's compartments, by category: what is not there cannot be opened
 * @returns for each person who could open anything at `time`, what
 */
export function whoCouldOpen(
  people: readonly Person[],
  { keeper, handles }: { readonly keeper: string; readonly handles: Readonly<Partial<Record<string, string>>> },
  policies: Policies,
  time: number,
): Map<Person, Opening[]> {
  const found = new Map<Person, Opening[]>();
  const categories = FILED_CATEGORIES.filter((category) => handles[category] !== undefined);
  const named = namedIn(policies);
  // Of whom no rule names, those of one clinic and role are alike: the decision is asked once for them.
  const alike = new Map<string, Opening[]>();
  for (const caller of people) {
    const { clinic, person, role } = caller;
    const key = `${clinic} ${role} ${named.has(person) ? person : ''}`;
    const openings = alike.get(key) ?? openingsOf(caller, { keeper, handles, categories, time }, policies);
    alike.set(key, openings);
    if (openings.length > 0) found.set(caller, openings);
  }
  return found;
}

interface Asked {
  readonly keeper: string;
  readonly handles: Readonly<Partial<Record<string, string>>>;
  readonly categories: readonly FiledCategory[];
  readonly time: number;
}

function openingsOf(caller: Person, { keeper, handles, categories, time }: Asked, policies: Policies): Opening[] {
  const openings: Opening[] = [];
  for (const purpose of purposesOfRole(caller.role)) {
    const asked = { caller, verb: 'access', purpose, keeper, time } as const;
    const decided = categories.map((category) => {
      return { category, decision: decide({ ...asked, category, handle: handles[category] }, policies) };
    });
    const open = decided.filter(({ decision }) => decision.permit);
    const [first] = open;
    if (!first) continue;
    const reasons = open.flatMap(({ decision }) => decision.reasons);
    openings.push({
      purpose,
      categories: open.map(({ category }) => category),
      reason: first.decision.reasons[0].code,
      grants: [...new Set(reasons.flatMap(({ code, policy }) => (code === 'consent' && policy ? [policy] : [])))],
      isPartial: keepsSome(
        caller,
        policies,
        reasons.map(({ policy }) => policy ?? ''),
      ),
    });
  }
  return openings;
}

/** Ids of everybody whom a rule names. */
function namedIn({ exceptions, restrictions = [] }: Policies): ReadonlySet<string> {
  const named = (rules: readonly Provision[]): string[] =>
    rules.flatMap(({ readers = [], provisions }) => [...readers.map(({ id }) => id), ...named(provisions)]);
  return new Set(named([...(exceptions?.values() ?? [])].flat().concat(restrictions.map(({ provision }) => provision))));
}

/** Whether a rule inside what permits, or a restriction, names this person at all. */
function keepsSome({ clinic, person, role }: Person, { exceptions, restrictions = [] }: Policies, grants: string[]): boolean {
  if (grants.some((id) => (exceptions?.get(id)?.length ?? 0) > 0)) return true;
  const own = [clinic, person, role];
  const rules = grants.some((id) => id !== '') ? [] : restrictions.flatMap(({ provision }) => provision.provisions);
  return rules.some(({ readers }) => readers?.some(({ id }) => own.includes(id)));
}
