/**
 * Who holds a card, as a record of its own in the card's box: what a clinic has to know before it can write down a consent.
 *
 *     content = patient[16] ‖ name text<0..500> ‖ birthDate text<0..40>
 *
 * `patient` is the home clinic's id of the patient. The record's id is the first 16 bytes of H(tag 'card-holder' ‖ the handle of identity).
 */
import { concat } from '../encoding/bytes.ts';
import { type Decoded, decode, encode, fixed, struct, text } from '../encoding/codec.ts';
import { CARD_TAG } from './card-tags.ts';

/** Kind of the envelope (docs/protocol.md, section 9). */
export const CARD_HOLDER_KIND = 'card-holder';

const cardHolder = struct({ patient: fixed(16), name: text(500), birthDate: text(40) });
export type CardHolder = Decoded<typeof cardHolder>;

export const encodeCardHolder = (holder: CardHolder): Uint8Array => encode(cardHolder, holder);
export const decodeCardHolder = (bytes: Uint8Array): CardHolder => decode(cardHolder, bytes);

export const cardHolderRecord = (hash: (bytes: Uint8Array) => Uint8Array, handle: Uint8Array): Uint8Array =>
  hash(concat(CARD_TAG.holder, handle)).slice(0, 16);
