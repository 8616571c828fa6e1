/**
 * How a proposed amendment and the answer travel between two clinics: HPKE in Auth mode, each named by its SHA-256 in the event.
 *
 *     message 'amendment'        = envelope of the proposed version, padded (shared/vault/document.ts); associated data = amendmentContext
 *     message 'amendment-answer' = answerBody;                                                          associated data = answerContext
 */
import { type Decoded, fixed, struct, text, u8, u32 } from '../encoding/codec.ts';

export const AMENDMENT_MESSAGE = 'amendment';
export const ANSWER_MESSAGE = 'amendment-answer';
export const ANSWER_SUITE = 1;
/** Of the content: with its envelope, padding and seal it has to fit a message of the relay. */
export const MOST_PROPOSED = 150_000;

/** What the ledger says of the proposal. */
export const amendmentContext = struct({ handle: fixed(16), record: fixed(16), version: u32 });

/** Who declined it and why, in the words of the clinic that keeps the record. */
export const answerBody = struct({ suite: u8, by: text(200), reason: text(2000) });
export const answerContext = struct({ handle: fixed(16), record: fixed(16), proposal: fixed(32) });
export type AnswerContext = Decoded<typeof answerContext>;
