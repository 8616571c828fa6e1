/**
 * What a patient decides with their own key: confirming a consent that staff recorded, and ending one. Any device of the clinic that keeps the records may write it, a kiosk above
 * all: no member of staff and no key of the clinic takes part, and nobody can hold it back from this clinic's own devices.
 */

import { type CardRow, cardKey, livingCard, signedByHolder } from '../care-card/card-rules.ts';
import { consentsFor, guardianKey } from '../care-card/guardian-rules.ts';
import { askedKey, askedRow, endAsked, partsOf } from '../consent/asked-rules.ts';
import { confirmedKey, confirmedRow, type GrantRow, grantKey, grantRow } from '../consent/consent-rules.ts';
import { glassGrantKey } from '../consent/glass-rules.ts';
import { concat, equalBytes, fromHex, toHex, utf8 } from '../encoding/bytes.ts';
import { type Decoded, fixed, struct } from '../encoding/codec.ts';
import { compartmentKey, compartmentRow, isErased } from '../ledger/rows.ts';
import { accepted, type EventRule, putRow, readRow, refused } from '../ledger/rules.ts';

const ENDED = utf8('careledger/v1/consent-ended\n');
const CONFIRMED = utf8('careledger/v1/consent-confirmed\n');

/**
 * One part of a consent. `identity` is the part that opens the patient's identity, which every consent has: it ties the consent to the
 * patient whose card it is. `proof` is the patient's signature over `endingMessage`.
 */
export const consentEndedBody = struct({ grant: fixed(16), identity: fixed(16), card: fixed(32), proof: fixed(64) });
type ConsentEnded = Decoded<typeof consentEndedBody>;

/** What the patient signs. A grant's id is used once and ends once, so that the same words again change nothing. */
export const endingMessage = (chain: Uint8Array, grant: Uint8Array, card: Uint8Array): Uint8Array =>
  concat(ENDED, chain, grant, card);

const consentEnded: EventRule<ConsentEnded> = {
  type: 'consent.ended',
  kind: 'right',
  body: consentEndedBody,
  personal: 'optional',
  handle: 'required',
  reads: ({ body }) => [
    ...partsOf(body.grant).map((part) => grantKey(toHex(part))),
    grantKey(toHex(body.identity)),
    askedKey(toHex(body.grant)),
    cardKey(toHex(body.card)),
    guardianKey(toHex(body.card)),
  ],
  signatures: (view, { body }, writer) => signedByHolder(view, body, endingMessage(fromHex(writer.chain), body.grant, body.card)),
  judge: (view, { body, event, handle }, writer) => {
    const card = livingCard(view, body.card, writer);
    if (!card) return refused('card-not-living');
    const signed = readRow(view, askedKey(toHex(body.grant)), askedRow);
    // What the patient signed themselves ends as a whole, whether a desk has given it yet or not.
    if (signed) {
      if (toHex(signed.handle) !== handle) return refused('grant-unknown');
      return consentsFor(view, card, signed.handle, event.time)
        ? accepted(...endAsked(view, body.grant, signed))
        : refused('not-the-patient');
    }
    const grant = readRow(view, grantKey(toHex(body.grant)), grantRow);
    if (!grant || toHex(grant.handle) !== handle) return refused('grant-unknown');
    if (toHex(grant.custodian) !== writer.chain) return refused('not-the-custodian');
    const identity = readRow(view, grantKey(toHex(body.identity)), grantRow);
    if (!identity || !areOfOneConsent(grant, identity) || !consentsFor(view, card, identity.handle, event.time))
      return refused('not-the-patient');
    return accepted(putRow(grantKey(toHex(body.grant)), grantRow, { ...grant, withdrawn: true }));
  },
};

/** The text that was signed is one, and its hash on the ledger cannot be guessed: it names the consent's own random-looking number. */
export const areOfOneConsent = (one: GrantRow, other: GrantRow): boolean =>
  equalBytes(one.agreement, other.agreement) &&
  equalBytes(one.custodian, other.custodian) &&
  equalBytes(one.recipient, other.recipient);

export const isAbout = (identity: Pick<GrantRow, 'handle'>, card: CardRow): boolean => equalBytes(identity.handle, card.handle);

/**
 * The whole consent, named by `grant`, the part that opens the patient's identity. `agreement`: SHA-256 of the text that the patient read,
 * the same that staff recorded. `proof` is the patient's signature over `confirmationMessage`.
 */
export const consentConfirmedBody = struct({ grant: fixed(16), agreement: fixed(32), card: fixed(32), proof: fixed(64) });
type ConsentConfirmed = Decoded<typeof consentConfirmedBody>;

/** What the patient signs. A consent is confirmed once, so that the same words again change nothing. */
export const confirmationMessage = (
  chain: Uint8Array,
  { grant, agreement, card }: Pick<ConsentConfirmed, 'grant' | 'agreement' | 'card'>,
): Uint8Array => concat(CONFIRMED, chain, grant, agreement, card);

const consentConfirmed: EventRule<ConsentConfirmed> = {
  type: 'consent.confirmed',
  kind: 'right',
  body: consentConfirmedBody,
  personal: 'optional',
  handle: 'required',
  reads: ({ body, handle }) => {
    const grant = toHex(body.grant);
    const card = toHex(body.card);
    return [grantKey(grant), glassGrantKey(grant), confirmedKey(grant), cardKey(card), guardianKey(card), compartmentKey(handle)];
  },
  signatures: (view, { body }, writer) => signedByHolder(view, body, confirmationMessage(fromHex(writer.chain), body)),
  judge: (view, { body, event, handle }, writer) => {
    const card = livingCard(view, body.card, writer);
    if (!card) return refused('card-not-living');
    const id = toHex(body.grant);
    const grant = readRow(view, grantKey(id), grantRow);
    // What answers a broken glass is nobody's consent.
    if (!grant || toHex(grant.handle) !== handle || view.get(glassGrantKey(id))) return refused('grant-unknown');
    const compartment = readRow(view, compartmentKey(handle), compartmentRow);
    if (!compartment || isErased(compartment)) return refused('compartment-erased');
    if (!consentsFor(view, card, grant.handle, event.time)) return refused('not-the-patient');
    if (grant.purpose === 'HRESCH' && !isAbout(grant, card)) return refused('not-the-patient');
    if (!equalBytes(grant.agreement, body.agreement)) return refused('text-not-the-signed-one');
    if (grant.withdrawn || (grant.ends !== 0 && event.time >= grant.ends)) return refused('grant-over');
    if (view.get(confirmedKey(id))) return refused('confirmed-already');
    return accepted(putRow(confirmedKey(id), confirmedRow, { card: body.card, time: event.time }));
  },
};

/** The events that a patient makes at a kiosk, and no others; those that do not stand here: shared/consent, patient-offer-rules.ts. */
export const PATIENT_ACTS = [
  'consent.asked',
  'consent.signed',
  'consent.confirmed',
  'consent.ended',
  'offer.joined',
  'offer.left',
  'complaint.opened',
  'card.completed',
  'guardian.left',
] as const;
export type PatientActType = (typeof PATIENT_ACTS)[number];

export const patientActRules: ReadonlyArray<EventRule<unknown>> = [consentConfirmed, consentEnded];
