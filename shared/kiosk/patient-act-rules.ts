/**
 * What a patient decides with their own key: ending a consent. Any device of the clinic that keeps the records may write it, a kiosk above
 * all: no member of staff and no key of the clinic takes part, and nobody can hold it back from this clinic's own devices.
 */

import { type CardRow, cardKey, cardRow } from '../care-card/card-rules.ts';
import { type GrantRow, grantKey, grantRow } from '../consent/consent-rules.ts';
import { concat, equalBytes, fromHex, toHex, utf8 } from '../encoding/bytes.ts';
import { type Decoded, fixed, struct } from '../encoding/codec.ts';
import { accepted, type EventRule, putRow, readRow, refused } from '../ledger/rules.ts';

const TAG = utf8('careledger/v1/consent-ended\n');

/**
 * One part of a consent. `identity` is the part that opens the patient's identity, which every consent has: it ties the consent to the
 * patient whose card it is. `proof` is the patient's signature over `endingMessage`.
 */
export const consentEndedBody = struct({ grant: fixed(16), identity: fixed(16), card: fixed(32), proof: fixed(64) });
export type ConsentEnded = Decoded<typeof consentEndedBody>;

/** What the patient signs. A grant's id is used once and ends once, so that the same words again change nothing. */
export const endingMessage = (chain: Uint8Array, grant: Uint8Array, card: Uint8Array): Uint8Array =>
  concat(TAG, chain, grant, card);

const consentEnded: EventRule<ConsentEnded> = {
  type: 'consent.ended',
  kind: 'right',
  body: consentEndedBody,
  personal: 'optional',
  handle: 'required',
  reads: ({ body }) => [grantKey(toHex(body.grant)), grantKey(toHex(body.identity)), cardKey(toHex(body.card))],
  signatures: (view, { body }, writer) => {
    const card = readRow(view, cardKey(toHex(body.card)), cardRow);
    // Without a card there is nobody whose key could be asked; the judgement says so.
    if (!card) return [];
    return [
      { key: card.signingKey, message: endingMessage(fromHex(writer.chain), body.grant, body.card), signature: body.proof },
    ];
  },
  judge: (view, { body, handle }, writer) => {
    const card = readRow(view, cardKey(toHex(body.card)), cardRow);
    if (card?.ended !== 0 || toHex(card.custodian) !== writer.chain) return refused('card-not-living');
    const grant = readRow(view, grantKey(toHex(body.grant)), grantRow);
    if (!grant || toHex(grant.handle) !== handle) return refused('grant-unknown');
    if (toHex(grant.custodian) !== writer.chain) return refused('not-the-custodian');
    const identity = readRow(view, grantKey(toHex(body.identity)), grantRow);
    if (!identity || !areOfOneConsent(grant, identity) || !isAbout(identity, card)) return refused('not-the-patient');
    return accepted(putRow(grantKey(toHex(body.grant)), grantRow, { ...grant, withdrawn: true }));
  },
};

/** The text that was signed is one, and its hash on the ledger cannot be guessed: it names the consent's own random-looking number. */
const areOfOneConsent = (one: GrantRow, other: GrantRow): boolean =>
  equalBytes(one.agreement, other.agreement) &&
  equalBytes(one.custodian, other.custodian) &&
  equalBytes(one.recipient, other.recipient);

const isAbout = (identity: GrantRow, card: CardRow): boolean => equalBytes(identity.handle, card.handle);

export const patientActRules: ReadonlyArray<EventRule<unknown>> = [consentEnded];
