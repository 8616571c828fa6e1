/**
 * A patient with their card at a clinic that does not keep their records. The card itself lets that clinic fetch what lies sealed in the
 * card's box; the patient's key then opens compartments to it. Neither needs the clinic that keeps the records: it may be closed.
 */
import { type CardRow, cardEmergencyKey, cardEmergencyRow, cardKey, cardRow, signedByHolder } from '../care-card/card-rules.ts';
import { concat, equalBytes, fromHex, toHex, utf8 } from '../encoding/bytes.ts';
import { type Decoded, encode, fixed, struct, u64 } from '../encoding/codec.ts';
import { compartmentKey, compartmentRow, isErased } from '../ledger/rows.ts';
import {
  accepted,
  type BlockWriter,
  type EventRule,
  type Judgement,
  putRow,
  readRow,
  refused,
  type StateView,
} from '../ledger/rules.ts';
import { confirmedKey, confirmedRow, grantKey, grantRow } from './consent-rules.ts';

const SHOWN = utf8('careledger/v1/card-shown\n');
const CARRIED = utf8('careledger/v1/consent-carried\n');

/** How long a clinic may fetch what lies in the box of a card that it was shown, in milliseconds. */
export const BOX_OPEN = 3_600_000;
/** The longest that a patient can share in this way, in milliseconds: for a visit. What lasts is given where the records are kept. */
export const LONGEST_VISIT = 30 * 86_400_000;
/** In place of the hashes of text and message: a grant by which a card was shown has neither. */
export const NO_HASH = new Uint8Array(32);

/** The event's handle is the card's box, or the compartment of its emergency extract. `proof` is the card's signature over `shownMessage`: its secret was here, no PIN is proven. */
export const cardShownBody = struct({ grant: fixed(16), card: fixed(32), proof: fixed(64) });
type CardShown = Decoded<typeof cardShownBody>;

/** @param chain of the clinic that the card was shown to */
export const shownMessage = (chain: Uint8Array, { grant, card }: Pick<CardShown, 'grant' | 'card'>): Uint8Array =>
  concat(SHOWN, chain, grant, card);

/** Why the card counts for nothing at the writer's clinic. */
function fault(view: StateView, card: CardRow | undefined, grant: Uint8Array, writer: BlockWriter): Judgement | undefined {
  if (card?.ended !== 0) return refused('card-not-living');
  if (toHex(card.custodian) === writer.chain) return refused('recipient-is-custodian');
  return view.get(grantKey(toHex(grant))) ? refused('grant-id-used-before') : undefined;
}

const cardOf = (view: StateView, card: Uint8Array): CardRow | undefined => readRow(view, cardKey(toHex(card)), cardRow);

const cardShown: EventRule<CardShown> = {
  type: 'card.shown',
  kind: 'right',
  body: cardShownBody,
  personal: 'required',
  handle: 'required',
  reads: ({ body, handle }) => [
    cardKey(toHex(body.card)),
    cardEmergencyKey(toHex(body.card)),
    grantKey(toHex(body.grant)),
    compartmentKey(handle),
  ],
  signatures: (_view, { body }, writer) => [
    { key: body.card, message: shownMessage(fromHex(writer.chain), body), signature: body.proof },
  ],
  judge: (view, { body, event, handle }, writer) => {
    const card = cardOf(view, body.card);
    const wrong = fault(view, card, body.grant, writer);
    if (wrong || !card) return wrong ?? refused('card-not-living');
    const emergency = readRow(view, cardEmergencyKey(toHex(body.card)), cardEmergencyRow);
    const isExtract = emergency !== undefined && equalBytes(emergency.box, event.handle);
    if (!isExtract && !equalBytes(card.box, event.handle)) return refused('not-the-box');
    const box = readRow(view, compartmentKey(handle), compartmentRow);
    if (!box || isErased(box)) return refused('compartment-erased');
    return accepted(
      putRow(grantKey(toHex(body.grant)), grantRow, {
        custodian: card.custodian,
        handle: event.handle,
        recipient: fromHex(writer.chain),
        purpose: isExtract ? 'ETREAT' : 'PATRQT',
        starts: 0,
        ends: event.time + BOX_OPEN,
        wrap: NO_HASH,
        agreement: NO_HASH,
        withdrawn: false,
      }),
    );
  },
};

/**
 * One part of a consent that a patient gives away from home, to the clinic that writes it and for treatment. `agreement`: SHA-256 of the
 * text that the patient read; `proof` is the patient's signature over `carriedMessage`.
 */
export const consentCarriedBody = struct({
  grant: fixed(16),
  starts: u64,
  ends: u64,
  agreement: fixed(32),
  card: fixed(32),
  proof: fixed(64),
});
type ConsentCarried = Decoded<typeof consentCarriedBody>;

const terms = struct({ grant: fixed(16), starts: u64, ends: u64, agreement: fixed(32), card: fixed(32) });

/** @param chain of the clinic that may read @param handle of the compartment that it may read */
export const carriedMessage = (chain: Uint8Array, handle: Uint8Array, body: Omit<ConsentCarried, 'proof'>): Uint8Array =>
  concat(CARRIED, chain, handle, encode(terms, body));

/** Key `carried/<grant>`: by which card the patient gave it, and when (milliseconds). The clinic that keeps the records looks these over. */
export const carriedRow = confirmedRow;
export const CARRIED_ROWS = 'carried/';
export const carriedKey = (grant: string): string => `${CARRIED_ROWS}${grant}`;

const consentCarried: EventRule<ConsentCarried> = {
  type: 'consent.carried',
  kind: 'right',
  body: consentCarriedBody,
  personal: 'required',
  handle: 'required',
  reads: ({ body, handle }) => [cardKey(toHex(body.card)), grantKey(toHex(body.grant)), compartmentKey(handle)],
  signatures: (view, { body, event }, writer) =>
    signedByHolder(view, body, carriedMessage(fromHex(writer.chain), event.handle, body)),
  judge: (view, { body, event, handle }, writer) => {
    const card = cardOf(view, body.card);
    const wrong = fault(view, card, body.grant, writer);
    if (wrong || !card) return wrong ?? refused('card-not-living');
    const compartment = readRow(view, compartmentKey(handle), compartmentRow);
    if (!compartment || isErased(compartment)) return refused('compartment-erased');
    // Handles do not say whose they are: that this one is the patient's is judged by the clinic that keeps it, which ends what is not.
    if (!equalBytes(compartment.custodian, card.custodian)) return refused('not-the-custodian');
    const { grant, starts, ends, agreement } = body;
    if (ends <= starts) return refused('period-empty');
    if (ends > event.time + LONGEST_VISIT) return refused('period-not-short');
    const given = { card: body.card, time: event.time };
    return accepted(
      ...(equalBytes(card.handle, event.handle) ? [putRow(confirmedKey(toHex(grant)), confirmedRow, given)] : []),
      putRow(carriedKey(toHex(grant)), carriedRow, given),
      putRow(grantKey(toHex(grant)), grantRow, {
        custodian: card.custodian,
        handle: event.handle,
        recipient: fromHex(writer.chain),
        purpose: 'TREAT',
        starts,
        ends,
        wrap: NO_HASH,
        agreement,
        withdrawn: false,
      }),
    );
  },
};

export const cardVisitRules: ReadonlyArray<EventRule<unknown>> = [cardShown, consentCarried];
