/**
 * Joining and leaving a research offer by the patient's own signature, at a kiosk. The compartment of identity takes part, which every
 * consent opens: it ties the participation to the card.
 */
import { cardKey, livingCard, signedByHolder } from '../care-card/card-rules.ts';
import { confirmedKey, type GrantRow, grantHolds, grantKey, grantRow } from '../consent/consent-rules.ts';
import { concat, equalBytes, fromHex, toHex, utf8 } from '../encoding/bytes.ts';
import { type Decoded, encode, fixed, struct, u64 } from '../encoding/codec.ts';
import { compartmentKey, compartmentRow, isErased } from '../ledger/rows.ts';
import { accepted, type EventRule, putRow, readRow, refused, type StateView } from '../ledger/rules.ts';
import { offerKey, offerRow, participationKey, participationRow } from '../marketplace/offer-rules.ts';
import { areOfOneConsent, isAbout } from './patient-act-rules.ts';

const JOINED = utf8('careledger/v1/offer-joined\n');
const LEFT = utf8('careledger/v1/offer-left\n');

/**
 * `grant`: the part of the research consent whose compartment takes part; `identity`: its part of identity, the same one when a patient joins;
 * `signed`: milliseconds, later than what this card said of the offer before.
 */
const word = { offer: fixed(16), grant: fixed(16), identity: fixed(16), card: fixed(32), signed: u64 };
const offerWord = struct(word);
type OfferWord = Decoded<typeof offerWord>;
export const offerWordBody = struct({ ...word, proof: fixed(64) });
type SaidOfOffer = Decoded<typeof offerWordBody>;

/** What the patient signs. */
export const joiningMessage = (chain: Uint8Array, said: OfferWord): Uint8Array => concat(JOINED, chain, encode(offerWord, said));
export const leavingMessage = (chain: Uint8Array, said: OfferWord): Uint8Array => concat(LEFT, chain, encode(offerWord, said));

/** Key `offer-word/<offer>/<card>`: the newest `signed`, so that an earlier word of the patient is not used again. */
export const offerWordRow = struct({ signed: u64 });
export const offerWordKey = (offer: string, card: string): string => `offer-word/${offer}/${card}`;

const readsOf = ({ body, handle }: { body: SaidOfOffer; handle: string }): string[] => {
  const [offer, card] = [toHex(body.offer), toHex(body.card)];
  const grants = [grantKey(toHex(body.grant)), grantKey(toHex(body.identity)), confirmedKey(toHex(body.identity))];
  return [
    offerKey(offer),
    ...grants,
    participationKey(offer, handle),
    compartmentKey(handle),
    cardKey(card),
    offerWordKey(offer, card),
  ];
};

const isRepeated = (view: StateView, { offer, card, signed }: SaidOfOffer): boolean =>
  signed <= (readRow(view, offerWordKey(toHex(offer), toHex(card)), offerWordRow)?.signed ?? 0);

const saidNow = ({ offer, card, signed }: SaidOfOffer) =>
  putRow(offerWordKey(toHex(offer), toHex(card)), offerWordRow, { signed });

const offerJoined: EventRule<SaidOfOffer> = {
  type: 'offer.joined',
  kind: 'right',
  body: offerWordBody,
  personal: 'optional',
  handle: 'required',
  reads: readsOf,
  signatures: (view, { body }, writer) => signedByHolder(view, body, joiningMessage(fromHex(writer.chain), body)),
  judge: (view, { body, event, handle }, writer) => {
    const card = livingCard(view, body.card, writer);
    if (!card) return refused('card-not-living');
    if (toHex(card.handle) !== handle || !equalBytes(body.grant, body.identity)) return refused('not-the-patient');
    if (isRepeated(view, body)) return refused('said-before');
    const offer = readRow(view, offerKey(toHex(body.offer)), offerRow);
    if (!offer) return refused('offer-unpublished');
    if (event.time < offer.opens) return refused('offer-not-open-yet');
    if (offer.withdrawn || event.time >= offer.expires) return refused('offer-over');
    const compartment = readRow(view, compartmentKey(handle), compartmentRow);
    if (!compartment || isErased(compartment)) return refused('compartment-erased');
    const grant = readRow(view, grantKey(toHex(body.grant)), grantRow);
    if (!grant || !isResearch(grant, writer.chain, handle) || !grantHolds(grant, event.time))
      return refused('no-matching-consent');
    // On staff's word alone nobody takes part by this event.
    const isTheirs = view.get(confirmedKey(toHex(body.grant))) !== undefined;
    if (!isTheirs || !equalBytes(grant.recipient, offer.publisher)) return refused('no-matching-consent');
    const key = participationKey(toHex(body.offer), handle);
    const before = readRow(view, key, participationRow);
    // Under an earlier consent it is replaced: a compartment takes part once.
    if (before?.active && equalBytes(before.grant, body.grant)) return refused('joined-already');
    const row = { custodian: fromHex(writer.chain), grant: body.grant, since: event.time, active: true };
    return accepted(putRow(key, participationRow, row), saidNow(body));
  },
};

const isResearch = (grant: GrantRow, chain: string, handle: string): boolean =>
  grant.purpose === 'HRESCH' && toHex(grant.custodian) === chain && toHex(grant.handle) === handle;

const offerLeft: EventRule<SaidOfOffer> = {
  type: 'offer.left',
  kind: 'right',
  body: offerWordBody,
  personal: 'optional',
  handle: 'required',
  reads: readsOf,
  signatures: (view, { body }, writer) => signedByHolder(view, body, leavingMessage(fromHex(writer.chain), body)),
  judge: (view, { body, handle }, writer) => {
    const card = livingCard(view, body.card, writer);
    if (!card) return refused('card-not-living');
    if (isRepeated(view, body)) return refused('said-before');
    const key = participationKey(toHex(body.offer), handle);
    const participation = readRow(view, key, participationRow);
    if (!participation?.active || toHex(participation.custodian) !== writer.chain) return refused('not-joined');
    const grant = readRow(view, grantKey(toHex(body.grant)), grantRow);
    const identity = readRow(view, grantKey(toHex(body.identity)), grantRow);
    const isTheirs = grant && identity && areOfOneConsent(grant, identity) && isAbout(identity, card);
    if (!isTheirs || !equalBytes(participation.grant, body.grant)) return refused('not-the-patient');
    return accepted(putRow(key, participationRow, { ...participation, active: false }), saidNow(body));
  },
};

export const patientOfferRules: ReadonlyArray<EventRule<unknown>> = [offerJoined, offerLeft];
