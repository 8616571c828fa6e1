/**
 * Rules of breaking the glass: somebody overrides what is decided for one patient and a short time and says why; a custodian's desk
 * answers another clinic's emergency with grants of its own; the privacy officers of both judge it afterwards. That it happened
 * is a fact that no rule refuses. The ledger learns neither whose chart it was nor why.
 */
import { fromHex, toHex } from '../encoding/bytes.ts';
import { choice, type Decoded, fixed, struct, u64 } from '../encoding/codec.ts';
import { compartmentKey, compartmentRow, isErased, type Role, staffRow } from '../ledger/rows.ts';
import {
  accepted,
  chainKey,
  clinicKeyOf,
  disputed,
  type EventRule,
  putRow,
  readRow,
  refused,
  staffKey,
} from '../ledger/rules.ts';
import { attestationMessage, grantKey, grantRow } from './consent-rules.ts';

/** Milliseconds; a clinic's own programs take less. */
export const LONGEST_GLASS = 4 * 3_600_000;

const MAY_BREAK: ReadonlySet<Role> = new Set(['administrator', 'clinician', 'nurse']);
const MAY_REVIEW: ReadonlySet<Role> = new Set(['administrator', 'privacy-officer']);

/** `custodian`: the clinic that keeps the records; `ends`: milliseconds; `details`: see glass-details.ts. */
export const glassBrokenBody = struct({ use: fixed(16), custodian: fixed(32), ends: u64, details: fixed(32) });
export type GlassBroken = Decoded<typeof glassBrokenBody>;

/** Key `glass/<use>`. `began` is the event's time. */
export const glassRow = struct({
  clinic: fixed(32),
  person: fixed(32),
  custodian: fixed(32),
  began: u64,
  ends: u64,
  details: fixed(32),
});
export type GlassRow = Decoded<typeof glassRow>;
export const GLASS = 'glass/';
export const glassKey = (use: string): string => `${GLASS}${use}`;

const glassBroken: EventRule<GlassBroken> = {
  type: 'glass.broken',
  kind: 'fact',
  body: glassBrokenBody,
  personal: 'required',
  handle: 'none',
  reads: ({ body, author }) => [glassKey(toHex(body.use)), chainKey(toHex(body.custodian)), staffKey(author)],
  judge: (view, { body, event, author }, writer) => {
    const key = glassKey(toHex(body.use));
    if (view.get(key)) return disputed('glass-id-used-before');
    const staff = readRow(view, staffKey(author), staffRow);
    if (!staff || !MAY_BREAK.has(staff.role)) return disputed('role-breaks-no-glass');
    if (!view.get(chainKey(toHex(body.custodian)))) return disputed('custodian-unknown');
    if (body.ends <= event.time || body.ends > event.time + LONGEST_GLASS) return disputed('period-not-short');
    const { custodian, ends, details } = body;
    const row = { clinic: fromHex(writer.chain), person: event.author, custodian, began: event.time, ends, details };
    return accepted(putRow(key, glassRow, row));
  },
};

/** `wrap`: SHA-256 of the HPKE message with the grant key; `attestation`: as with a consent, its agreement being the use's details. */
export const glassAnsweredBody = struct({ use: fixed(16), grant: fixed(16), wrap: fixed(32), attestation: fixed(64) });
type GlassAnswered = Decoded<typeof glassAnsweredBody>;

/** Key `glass-grant/<grant>`: of which use a grant is. Such a grant opens nothing without the broken glass. */
export const glassGrantRow = struct({ use: fixed(16) });
export const glassGrantKey = (grant: string): string => `glass-grant/${grant}`;

/** The custodian's desk answers by itself, so no person signs: device and clinic do. The grant ends with the use. */
const glassAnswered: EventRule<GlassAnswered> = {
  type: 'glass.answered',
  kind: 'right',
  body: glassAnsweredBody,
  personal: 'optional',
  handle: 'required',
  reads: ({ body, handle }, writer) => [
    glassKey(toHex(body.use)),
    grantKey(toHex(body.grant)),
    compartmentKey(handle),
    chainKey(writer.chain),
  ],
  signatures: (view, { body, event }, writer) => {
    const use = readRow(view, glassKey(toHex(body.use)), glassRow);
    if (!use) return [];
    const granted = { grant: body.grant, recipient: use.clinic, agreement: use.details };
    return [
      {
        key: clinicKeyOf(view, writer),
        message: attestationMessage(fromHex(writer.chain), event.handle, granted),
        signature: body.attestation,
      },
    ];
  },
  judge: (view, { body, event, handle }, writer) => {
    const use = readRow(view, glassKey(toHex(body.use)), glassRow);
    if (!use) return refused('glass-not-broken');
    if (toHex(use.custodian) !== writer.chain) return refused('not-the-custodian');
    if (toHex(use.clinic) === writer.chain) return refused('recipient-is-custodian');
    const compartment = readRow(view, compartmentKey(handle), compartmentRow);
    if (compartment && isErased(compartment)) return refused('compartment-erased');
    if (!compartment || toHex(compartment.custodian) !== writer.chain) return refused('not-the-custodian');
    if (view.get(grantKey(toHex(body.grant)))) return refused('grant-id-used-before');
    if (event.time >= use.ends) return refused('glass-over');
    const grant = {
      custodian: use.custodian,
      handle: event.handle,
      recipient: use.clinic,
      purpose: 'ETREAT' as const,
      // Clocks differ: what an emergency opens is open at once.
      starts: 0,
      ends: use.ends,
      wrap: body.wrap,
      agreement: use.details,
      withdrawn: false,
    };
    return accepted(
      putRow(grantKey(toHex(body.grant)), grantRow, grant),
      putRow(glassGrantKey(toHex(body.grant)), glassGrantRow, { use: body.use }),
    );
  },
};

const GLASS_VERDICTS = ['justified', 'not-justified'] as const;
export type GlassVerdict = (typeof GLASS_VERDICTS)[number];

/** `words`: SHA-256 of salt and reasons, which stay in the vault; see glass-details.ts. */
export const glassReviewedBody = struct({ use: fixed(16), verdict: choice(...GLASS_VERDICTS), words: fixed(32) });
type GlassReviewed = Decoded<typeof glassReviewedBody>;

/** Key `glass-review/<use>/<clinic>`. `at` is the event's time. */
export const glassReviewRow = struct({ person: fixed(32), verdict: choice(...GLASS_VERDICTS), at: u64, words: fixed(32) });
export const glassReviewKey = (use: string, clinic: string): string => `glass-review/${use}/${clinic}`;

const glassReviewed: EventRule<GlassReviewed> = {
  type: 'glass.reviewed',
  kind: 'fact',
  body: glassReviewedBody,
  personal: 'required',
  handle: 'none',
  reads: ({ body, author }, writer) => [
    glassKey(toHex(body.use)),
    glassReviewKey(toHex(body.use), writer.chain),
    staffKey(author),
  ],
  judge: (view, { body, event, author }, writer) => {
    const use = readRow(view, glassKey(toHex(body.use)), glassRow);
    if (!use) return disputed('glass-not-broken');
    if (toHex(use.clinic) !== writer.chain && toHex(use.custodian) !== writer.chain) return disputed('glass-of-others');
    const staff = readRow(view, staffKey(author), staffRow);
    if (!staff || !MAY_REVIEW.has(staff.role)) return disputed('not-a-privacy-officer');
    if (toHex(use.person) === author) return disputed('own-use');
    const key = glassReviewKey(toHex(body.use), writer.chain);
    if (view.get(key)) return disputed('reviewed-already');
    const { verdict, words } = body;
    return accepted(putRow(key, glassReviewRow, { person: event.author, verdict, at: event.time, words }));
  },
};

export const glassRules: ReadonlyArray<EventRule<unknown>> = [glassBroken, glassAnswered, glassReviewed];
