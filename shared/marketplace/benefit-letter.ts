/**
 * How the words about a benefit travel from the publisher of an offer to the participant's clinic: HPKE in Auth mode, named by the
 * SHA-256 of the message in the event.
 *
 *     message 'benefit' = benefitWords;  associated data = benefitContext
 */
import { type Decoded, fixed, flag, struct, text, u8 } from '../encoding/codec.ts';

export const BENEFIT_MESSAGE = 'benefit';
export const BENEFIT_SUITE = 1;
export const MOST_BENEFIT_WORDS = 500;

/** What the ledger says of it. `paid`: how it was paid; else what it was earned for. */
export const benefitContext = struct({ offer: fixed(16), handle: fixed(16), benefit: fixed(16), paid: flag });
export type BenefitContext = Decoded<typeof benefitContext>;

/** `by`: who of the publisher signed. */
export const benefitWords = struct({ suite: u8, by: text(200), words: text(MOST_BENEFIT_WORDS) });
