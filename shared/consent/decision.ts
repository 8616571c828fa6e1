/**
 * Whether somebody may read one category of a patient's records: the one place that decides. Resolvers ask it before a chart
 * opens, and key release asks it before a key leaves. What no line permits is denied; an unknown word is never a permit.
 */
import { toHex } from '../encoding/bytes.ts';
import type { RecordCategory } from '../fhir/patient-compartment.ts';
import type { Role } from '../ledger/rows.ts';
import { CATEGORIES } from './category.ts';
import { type GrantRow, grantHolds } from './consent-rules.ts';
import type { Purpose } from './purpose.ts';

/** Who wants to read. */
export interface Asking {
  /** Chain id of their clinic, hexadecimal. */
  readonly chain: string;
  readonly role: Role;
  readonly purpose: Purpose;
}

/** What they want to read. */
export interface Wanted {
  readonly category: RecordCategory;
  /** The compartment that holds this category, hexadecimal. */
  readonly handle: string;
  /** Chain id of the clinic that keeps it, hexadecimal. */
  readonly custodian: string;
}

export type Denial =
  | 'role-reads-no-such-category'
  | 'role-has-no-such-purpose'
  | 'no-consent'
  | 'consent-for-another-purpose'
  | 'consent-not-in-force';

export type Decision =
  | { readonly permit: true; readonly basis: 'custodian' }
  | { readonly permit: true; readonly basis: 'consent'; readonly grant: string }
  | { readonly permit: false; readonly reason: Denial };

const CARE: ReadonlyArray<Purpose> = ['TREAT', 'ETREAT', 'PATRQT', 'PUBHLTH'];

/** What each role may read, and for what. */
const ROLE_READS: Readonly<
  Record<Role, { readonly categories: readonly RecordCategory[]; readonly purposes: readonly Purpose[] }>
> = {
  administrator: { categories: CATEGORIES, purposes: [...CARE, 'HOPERAT', 'HPAYMT', 'HRESCH'] },
  clinician: { categories: CATEGORIES, purposes: [...CARE, 'HRESCH'] },
  nurse: { categories: CATEGORIES.filter((category) => category !== 'genomic' && category !== 'research'), purposes: CARE },
  reception: { categories: ['identity'], purposes: ['TREAT', 'HOPERAT', 'PATRQT'] },
  billing: { categories: ['identity', 'clinical'], purposes: ['HPAYMT'] },
  'privacy-officer': { categories: ['identity'], purposes: ['HOPERAT', 'PATRQT'] },
  researcher: { categories: ['identity', 'research'], purposes: ['HRESCH'] },
};

/** What a role may read of patients whom its own clinic keeps, for this purpose; nothing for a purpose that is not its own. */
export function readableByRole(role: string, purpose: string): ReadonlySet<RecordCategory> {
  const reads = Object.hasOwn(ROLE_READS, role) ? ROLE_READS[role as Role] : undefined;
  return new Set(reads?.purposes.some((word) => word === purpose) ? reads.categories : []);
}

const deny = (reason: Denial): Decision => ({ permit: false, reason });

/**
 * @param grants of this compartment as the ledger has them, by grant id in hexadecimal; others are passed over.
 * @param time milliseconds: the later of the local clock and the newest witnessed time.
 */
export function decide(asking: Asking, wanted: Wanted, grants: ReadonlyMap<string, GrantRow>, time: number): Decision {
  const reads = Object.hasOwn(ROLE_READS, asking.role) ? ROLE_READS[asking.role] : undefined;
  if (!reads?.categories.includes(wanted.category)) return deny('role-reads-no-such-category');
  if (!reads.purposes.includes(asking.purpose)) return deny('role-has-no-such-purpose');
  if (asking.chain === wanted.custodian) return { permit: true, basis: 'custodian' };
  const ours = [...grants].filter(
    ([, grant]) =>
      toHex(grant.handle) === wanted.handle &&
      toHex(grant.custodian) === wanted.custodian &&
      toHex(grant.recipient) === asking.chain,
  );
  if (ours.length === 0) return deny('no-consent');
  const inForce = ours.filter(([, grant]) => grantHolds(grant, time));
  if (inForce.length === 0) return deny('consent-not-in-force');
  const fitting = inForce.find(([, grant]) => grant.purpose === asking.purpose);
  return fitting ? { permit: true, basis: 'consent', grant: fitting[0] } : deny('consent-for-another-purpose');
}

/**
 * Whether a custodian may let the key of a compartment out under a grant: the same arithmetic without a person, since the
 * recipient's own decision about its people comes on top.
 */
export function mayReleaseKey(
  grant: GrantRow | undefined,
  to: { chain: string; handle: string },
  custodian: string,
  time: number,
): boolean {
  if (!grant || grant.withdrawn || (grant.ends !== 0 && time >= grant.ends)) return false;
  return toHex(grant.recipient) === to.chain && toHex(grant.handle) === to.handle && toHex(grant.custodian) === custodian;
}
