/**
 * What somebody says who breaks the glass (HL7 v3 ActReason BTG, a kind of ETREAT). The ledger has its hash alone, under a salt; the words lie sealed in the vaults of the
 * clinic where it happened and, for another clinic's patient, of the one that keeps the records.
 *
 *     details = SHA-256(tag 'glass' ‖ glassDetails)
 *     message 'glass-request' = glassDetails, inside HPKE in Auth mode; associated data = tag 'glass'
 */
import { utf8 } from '../encoding/bytes.ts';
import { choice, type Decoded, fixed, list, struct, text, u8 } from '../encoding/codec.ts';
import { ROLES } from '../ledger/rows.ts';
import { CATEGORIES, categoryCodec } from './category.ts';

export const GLASS_MESSAGE = 'glass-request';
export const GLASS_TAG = utf8('careledger/v1/glass\n');
export const GLASS_SUITE = 1;

/** What a person gives as their reason; `other` says it in its words alone. */
export const SAID_REASONS = ['unconscious', 'life-threat', 'urgent-decision', 'consent-out-of-reach', 'other'] as const;

/** `care-card`: somebody opened what a care card opens without its PIN (docs/protocol.md, section 24). No chart opens by it. */
export const GLASS_REASONS = [...SAID_REASONS, 'care-card'] as const;
export type GlassReason = (typeof GLASS_REASONS)[number];

/** By what who broke the glass has shown once more that it was them; `care-card`: the card was there, and nothing else was asked. */
export const GLASS_PROOFS = ['time-code', 'passphrase', 'care-card', 'passkey'] as const;

/**
 * `patient`: the custodian's id; `categories`: asked of another clinic, empty for a patient of one's own and for a care card. `words`: of a
 * care card the name in its extract, since the clinic where it was opened may not know the patient.
 */
export const glassDetails = struct({
  suite: u8,
  salt: fixed(32),
  use: fixed(16),
  patient: fixed(16),
  categories: list(categoryCodec, CATEGORIES.length),
  reason: choice(...GLASS_REASONS),
  words: text(1_000),
  who: text(200),
  role: choice(...ROLES),
  proof: choice(...GLASS_PROOFS),
});
export type GlassDetails = Decoded<typeof glassDetails>;
