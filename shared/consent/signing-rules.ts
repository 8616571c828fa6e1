/**
 * Consents that a patient signs before they are recorded: by their own key, over the exact text. Consents to research need it once the
 * patient has a care card (consent-rules.ts); every other consent may have it.
 */
import { cardKey, livingCard, signedByHolder } from '../care-card/card-rules.ts';
import { concat, equalBytes, fromHex, toHex, utf8 } from '../encoding/bytes.ts';
import { type Decoded, fixed, struct } from '../encoding/codec.ts';
import { compartmentKey, compartmentRow, isErased } from '../ledger/rows.ts';
import { accepted, type EventRule, putRow, readRow, refused } from '../ledger/rules.ts';
import { signedKey, signedRow } from './consent-rules.ts';

const SIGNED = utf8('careledger/v1/consent-signed\n');

/**
 * The event's handle is the patient's compartment of identity. `agreement`: SHA-256 of the text that the patient read; the text names
 * recipient, categories, purpose, period and the consent's own number. `proof` is the patient's signature over `consentMessage`.
 */
export const consentSignedBody = struct({ agreement: fixed(32), card: fixed(32), proof: fixed(64) });
type ConsentSigned = Decoded<typeof consentSignedBody>;

/** What the patient signs. */
export const consentMessage = (chain: Uint8Array, { agreement, card }: Pick<ConsentSigned, 'agreement' | 'card'>): Uint8Array =>
  concat(SIGNED, chain, agreement, card);

const consentSigned: EventRule<ConsentSigned> = {
  type: 'consent.signed',
  kind: 'right',
  body: consentSignedBody,
  personal: 'optional',
  handle: 'required',
  reads: ({ body, handle }) => [cardKey(toHex(body.card)), compartmentKey(handle), signedKey(handle, toHex(body.agreement))],
  signatures: (view, { body }, writer) => signedByHolder(view, body, consentMessage(fromHex(writer.chain), body)),
  judge: (view, { body, event, handle }, writer) => {
    const card = livingCard(view, body.card, writer);
    if (!card) return refused('card-not-living');
    const compartment = readRow(view, compartmentKey(handle), compartmentRow);
    if (!compartment || isErased(compartment)) return refused('compartment-erased');
    if (!equalBytes(card.handle, event.handle)) return refused('not-the-patient');
    const key = signedKey(handle, toHex(body.agreement));
    if (view.get(key)) return refused('signed-already');
    return accepted(putRow(key, signedRow, { card: body.card, time: event.time }));
  },
};

export const signingRules: ReadonlyArray<EventRule<unknown>> = [consentSigned];
