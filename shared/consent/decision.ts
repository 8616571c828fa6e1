/**
 * Whether somebody may do something with a patient's records: the one place that decides. Resolvers ask it for each category and
 * each record, key release asks it before a key leaves, the hub asks the part of it that it can know before a sealed document or the
 * message with a key leaves, and "who could open this today?" asks it for everybody. What no line permits
 * is denied; an unknown word is never a permit; a denial among what applies wins.
 */
import { toHex } from '../encoding/bytes.ts';
import type { FiledCategory } from '../fhir/patient-compartment.ts';
import type { Role } from '../ledger/rows.ts';
import { FILED_CATEGORIES } from './category.ts';
import { type GrantRow, grantHolds } from './consent-rules.ts';
import { boundTo, type Facts, type Provision, type RecordFacts, type Verb } from './provision.ts';
import type { Purpose } from './purpose.ts';

/** Who asks. Ids in hexadecimal. */
interface Caller {
  /** Chain id of their clinic. */
  readonly clinic: string;
  /** Staff id. */
  readonly person: string;
  readonly role: Role;
}

export interface Question {
  readonly caller: Caller;
  readonly verb: Verb;
  readonly purpose: Purpose;
  /** In whose place the caller asks, and whether that cover holds now. It takes away when it does not hold; it never adds. */
  readonly cover?: { readonly covered: string; readonly holds: boolean } | undefined;
  /** An access in an emergency that is logged as such ("break-glass"); it counts with the purpose ETREAT only. */
  readonly isEmergency?: boolean;
  /** Chain id of the clinic that keeps the patient's records, hexadecimal: their relation to the caller's. */
  readonly keeper: string;
  readonly category: FiledCategory;
  /** The compartment that holds this category, hexadecimal; undefined while there is none. */
  readonly handle: string | undefined;
  /** Undefined asks about the category: whether any record of it could be open. */
  readonly record?: RecordFacts | undefined;
  /** Milliseconds: the later of the local clock and the newest witnessed checkpoint. */
  readonly time: number;
}

/** A rule of the patient for people of the clinic that keeps the records. */
export interface Restriction {
  readonly id: string;
  readonly provision: Provision;
  /** Milliseconds. What somebody it names writes from then on stays open to them: a note that vanished would betray it. */
  readonly since: number;
}

/** What applies to a patient's records beside the base rules: custody permits, all else denies. */
export interface Policies {
  /** As the ledger has them, by grant id in hexadecimal; those of other compartments are passed over. */
  readonly grants: ReadonlyMap<string, GrantRow>;
  /** Exceptions of the consents behind grants, by grant id. */
  readonly exceptions?: ReadonlyMap<string, readonly Provision[]>;
  readonly restrictions?: readonly Restriction[];
  /** Grants by which a custodian answered an emergency: they open nothing else. */
  readonly emergencyGrants?: ReadonlySet<string>;
}

export type ReasonCode =
  | 'custody'
  | 'emergency'
  | 'consent'
  | 'role-reads-no-such-category'
  | 'role-has-no-such-purpose'
  | 'role-does-no-such-thing'
  | 'cover-not-in-force'
  | 'restriction'
  | 'no-consent'
  | 'consent-not-in-force'
  | 'consent-for-another-purpose'
  | 'consent-to-read-only'
  | 'consent-excludes';

/** `policy`: the grant or restriction; `provision`: the place of the rule in it, from the top. */
interface Reason {
  readonly code: ReasonCode;
  readonly policy?: string;
  readonly provision?: string;
}

interface Decision {
  readonly permit: boolean;
  /** What decided, first; then what would have said the same. */
  readonly reasons: readonly [Reason, ...Reason[]];
  /** Staff id of the colleague in whose place the caller asked, beside the caller; absent when they asked for themselves. */
  readonly covered?: string;
}

/** A clinic and a compartment. Ids in hexadecimal. */
interface Place {
  readonly clinic: string;
  /** Chain id of who keeps the compartment. */
  readonly keeper: string;
  readonly handle: string | undefined;
  /** Milliseconds: the later of the clock and the newest witnessed checkpoint. */
  readonly time: number;
}

/** How a clinic stands to a compartment. */
interface Standing {
  readonly isKeeper: boolean;
  /** Grants of its keeper to the clinic, with their ids, those that are over or not begun included. */
  readonly reaching: ReadonlyArray<readonly [string, GrantRow]>;
  readonly inForce: ReadonlyArray<readonly [string, GrantRow]>;
}

/**
 * The part of the decision that needs no person, purpose or record, and so all of it that a hub can make, which sees sealed documents
 * and the ledger. Who neither keeps a compartment nor has a grant in force gets nothing of it, whatever else is asked.
 */
export function standingOf({ clinic, keeper, handle, time }: Place, grants: ReadonlyMap<string, GrantRow>): Standing {
  const reaching = [...grants].filter(([, row]) => handle !== undefined && reaches(row, clinic, handle, keeper));
  return { isKeeper: clinic === keeper, reaching, inForce: reaching.filter(([, row]) => grantHolds(row, time)) };
}

const CARE: ReadonlyArray<Purpose> = ['TREAT', 'ETREAT', 'PATRQT', 'PUBHLTH'];
const ALL: ReadonlyArray<Verb> = ['access', 'correct', 'disclose'];
const READ: ReadonlyArray<Verb> = ['access'];

interface RoleRights {
  readonly categories: readonly FiledCategory[];
  readonly purposes: readonly Purpose[];
  readonly verbs: readonly Verb[];
}

/** What each role may do at all, with which categories, and for what. */
const ROLE_RIGHTS: Readonly<Record<Role, RoleRights>> = {
  administrator: { categories: FILED_CATEGORIES, purposes: [...CARE, 'HOPERAT', 'HPAYMT', 'HRESCH'], verbs: ALL },
  // Who imports charts and hands the patient their own has all of it.
  clinician: { categories: FILED_CATEGORIES, purposes: [...CARE, 'HRESCH'], verbs: ALL },
  nurse: {
    categories: FILED_CATEGORIES.filter((category) => !['genomic', 'research', 'payment'].includes(category)),
    purposes: CARE,
    verbs: ALL,
  },
  reception: { categories: ['identity', 'payment'], purposes: ['TREAT', 'HOPERAT', 'PATRQT', 'HPAYMT'], verbs: ALL },
  billing: { categories: ['identity', 'payment'], purposes: ['HPAYMT'], verbs: ['access', 'correct'] },
  'privacy-officer': { categories: ['identity'], purposes: ['HOPERAT', 'PATRQT'], verbs: READ },
  researcher: { categories: ['identity', 'research'], purposes: ['HRESCH'], verbs: READ },
  'hub-administrator': { categories: [], purposes: [], verbs: [] },
};

/** The purposes for which a role may read anything at all. */
export const purposesOfRole = (role: string): readonly Purpose[] => rightsOf(role)?.purposes ?? [];

const rightsOf = (role: string): RoleRights | undefined =>
  Object.hasOwn(ROLE_RIGHTS, role) ? ROLE_RIGHTS[role as Role] : undefined;

/** The one decision. Pure: the same question and policies always give the same answer. */
export const decide = (question: Question, policies: Policies): Decision => deciderOf(question, policies)(question.record);

/** Undefined asks about the category. */
type Decider = (record: RecordFacts | undefined) => Decision;
type AnyRecord = Omit<Question, 'record'>;

/**
 * The same decision for record after record of one category. What does not depend on the record is decided once, so that rules which
 * keep records from somebody take them hardly longer than none would.
 */
export function deciderOf(question: AnyRecord, policies: Policies): Decider {
  const { cover } = question;
  if (!cover) return deciderForCaller(question, policies);
  const decided = cover.holds ? deciderForCaller(question, policies) : always(deny({ code: 'cover-not-in-force' }));
  return (record) => ({ ...decided(record), covered: cover.covered });
}

/** By the caller's own rights: who stands in for somebody has no others. */
function deciderForCaller(question: AnyRecord, policies: Policies): Decider {
  const { caller, verb, purpose, category } = question;
  const rights = rightsOf(caller.role);
  if (!rights) return always(deny({ code: 'role-reads-no-such-category' }));
  const isReached = rights.categories.includes(category);
  if (!isReached && !isOverride(question)) return always(deny({ code: 'role-reads-no-such-category' }));
  if (!rights.purposes.includes(purpose)) return always(deny({ code: 'role-has-no-such-purpose' }));
  if (!rights.verbs.includes(verb)) return always(deny({ code: 'role-does-no-such-thing' }));
  const standing = standingOf({ ...question, clinic: caller.clinic }, policies.grants);
  if (!standing.isKeeper) return byConsent(question, standing, policies);
  return isReached ? byCustody(question, policies) : always(permit({ code: 'emergency' }));
}

const always = (decision: Decision): Decider => {
  return () => decision;
};

/** In an emergency that is logged as such whoever treats people reads what is there, save what was paid; nobody writes or hands on by it. */
const isOverride = ({ isEmergency, purpose, verb, category }: AnyRecord): boolean =>
  isEmergency === true && purpose === 'ETREAT' && verb === 'access' && category !== 'payment';

/** No record has a label without letters. */
const OF_NO_RECORD: Restriction = { id: '', since: 0, provision: { type: 'deny', labels: [''], provisions: [] } };

/** The clinic that keeps the records reads them, save what the patient restricted; an emergency opens that as well. */
function byCustody(question: AnyRecord, { restrictions = [] }: Policies): Decider {
  const custody = permit({ code: 'custody' });
  // Who the patient is stays open: a chart can always be found.
  if (question.category === 'identity') return always(custody);
  const facts = factsOf(question);
  const bound = (all: readonly Restriction[]) =>
    all.flatMap(({ id, provision, since }) => {
      const rule = boundTo(facts, provision);
      return rule ? [{ id, rule, since }] : [];
    });
  const reaching = bound(restrictions);
  // From whom nothing is kept waits as long as who is not to know that something is.
  const rules = reaching.length > 0 ? reaching : bound([OF_NO_RECORD]);
  const { person } = question.caller;
  return (record) => {
    let restricted: [Reason, ...Reason[]] | undefined;
    for (const { id, rule, since } of rules) {
      const ruling = rule(record);
      if (ruling?.effect !== 'deny' || (record?.author === person && record.written >= since)) continue;
      const reason: Reason = { code: 'restriction', policy: id, provision: ruling.place };
      if (restricted) restricted.push(reason);
      else restricted = [reason];
    }
    if (!restricted) return custody;
    return isOverride(question) ? permit({ code: 'emergency' }) : deny(...restricted);
  };
}

/** Another clinic reads what a grant in force opens to it, for its purpose, save what the consent behind it excludes. */
function byConsent(question: AnyRecord, standing: Standing, { exceptions, emergencyGrants }: Policies): Decider {
  const { purpose, verb } = question;
  const { reaching } = standing;
  // The keys that are here decide alone: a grant that is over opens what has not been destroyed yet.
  const [reaches] = reaching;
  if (reaches && isOverride(question)) return always(permit({ code: 'emergency', policy: reaches[0] }));
  const ours = reaching.filter(([id]) => !emergencyGrants?.has(id));
  if (ours.length === 0) return always(deny({ code: 'no-consent' }));
  const inForce = standing.inForce.filter(([id]) => !emergencyGrants?.has(id));
  if (inForce.length === 0) return always(deny({ code: 'consent-not-in-force', policy: ours[0]?.[0] ?? '' }));
  const fitting = inForce.filter(([, row]) => row.purpose === purpose);
  if (fitting.length === 0) return always(deny({ code: 'consent-for-another-purpose', policy: inForce[0]?.[0] ?? '' }));
  if (verb !== 'access') return always(deny({ code: 'consent-to-read-only', policy: fitting[0]?.[0] ?? '' }));
  const facts = factsOf(question);
  const rules = fitting.map(([id]) => {
    return { id, rule: boundTo(facts, { type: 'permit', provisions: exceptions?.get(id) ?? [] }) };
  });
  return (record) => {
    const permits: Reason[] = [];
    for (const { id, rule } of rules) {
      const ruling = rule?.(record);
      if (ruling?.effect === 'deny') return deny({ code: 'consent-excludes', policy: id, provision: ruling.place });
      permits.push({ code: 'consent', policy: id, provision: ruling?.place ?? 'provision' });
    }
    return permit(...(permits as [Reason, ...Reason[]]));
  };
}

const factsOf = ({ caller, isEmergency, ...question }: AnyRecord): Omit<Facts, 'record'> => ({
  ...caller,
  ...question,
  isEmergency: isEmergency === true && question.purpose === 'ETREAT',
});

const reaches = ({ handle, custodian, recipient }: GrantRow, clinic: string, wanted: string, keeper: string): boolean =>
  toHex(handle) === wanted && toHex(custodian) === keeper && toHex(recipient) === clinic;

const permit = (...reasons: [Reason, ...Reason[]]): Decision => ({ permit: true, reasons });
const deny = (...reasons: [Reason, ...Reason[]]): Decision => ({ permit: false, reasons });

/**
 * Whether a custodian may let the key of a compartment out under a grant: the same arithmetic without a person, since the
 * recipient's own decision about its people comes on top. A key may travel ahead of the period's begin.
 */
export function mayReleaseKey(
  grant: GrantRow | undefined,
  to: { chain: string; handle: string },
  custodian: string,
  time: number,
): boolean {
  if (grant === undefined) return false;
  const place = { clinic: to.chain, keeper: custodian, handle: to.handle, time: Math.max(time, grant.starts) };
  return standingOf(place, new Map([['', grant]])).inForce.length > 0;
}
