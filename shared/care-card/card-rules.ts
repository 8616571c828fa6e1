/**
 * Rules of care cards: only the clinic that keeps a patient's identity binds the patient's keys to a card, and each patient has one
 * card at a time. What was bound stands on the ledger, so every clinic that holds a grant of the patient sees it change.
 */
import { concat, equalBytes, fromHex, toHex } from '../encoding/bytes.ts';
import { type Decoded, encode, fixed, opaque, struct, u32, u64 } from '../encoding/codec.ts';
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
import { ENVELOPE_BYTES } from './card-envelope.ts';
import { CARD_TAG } from './card-tags.ts';

/** HPKE's encapsulated key, and 32 bytes with their tag. */
export const BOX_KEY_BYTES = 80;

const binding = {
  /** The card: the Ed25519 public key that follows from its secret. */
  card: fixed(32),
  /** The patient's keys: Ed25519, X25519. */
  signingKey: fixed(32),
  encryptionKey: fixed(32),
  /** The patient's box: a compartment of the clinic whose key of `boxEpoch`, in `boxKey`, is sealed to `encryptionKey`. */
  box: fixed(16),
  boxEpoch: u32,
  boxKey: fixed(BOX_KEY_BYTES),
  /** shared/care-card/card-envelope.ts */
  envelope: opaque(ENVELOPE_BYTES),
};

const cardTerms = struct({ ...binding, replaces: opaque(32) });
/** `replaces` is the card that dies with this one, empty where there is none. */
type CardTerms = Decoded<typeof cardTerms>;

/** Both proofs are over `cardMessage`: by the key of the card, and by the patient's signing key. */
export const cardIssuedBody = struct({ ...binding, replaces: opaque(32), cardProof: fixed(64), patientProof: fixed(64) });
export type CardIssued = Decoded<typeof cardIssuedBody>;

/** What the new card and the patient's new key sign: that they belong to this patient of this clinic. */
export function cardMessage(chain: Uint8Array, handle: Uint8Array, terms: CardTerms): Uint8Array {
  return concat(CARD_TAG.issued, chain, handle, encode(cardTerms, terms));
}

/** Key `card/<card>`. `handle` is the patient's compartment of identity; `issued` the event's time; `ended` 0 while the card lives. */
export const cardRow = struct({ custodian: fixed(32), handle: fixed(16), ...binding, issued: u64, ended: u64 });
export type CardRow = Decoded<typeof cardRow>;
export const cardKey = (card: string): string => `card/${card}`;

/** Key `patient-card/<handle>`: the patient's living card; no row where there is none. */
export const patientCardRow = struct({ card: fixed(32) });
export const patientCardKey = (handle: string): string => `patient-card/${handle}`;

/** The card, while it lives and the writer is its clinic. */
export function livingCard(view: StateView, card: Uint8Array, writer: BlockWriter): CardRow | undefined {
  const row = readRow(view, cardKey(toHex(card)), cardRow);
  return row?.ended === 0 && toHex(row.custodian) === writer.chain ? row : undefined;
}

/**
 * The patient's signature `proof` over `message`, for an event that their key makes. Without a card there is nobody whose key could be
 * asked; the judgement says so.
 */
export function signedByHolder(view: StateView, { card, proof }: { card: Uint8Array; proof: Uint8Array }, message: Uint8Array) {
  const row = readRow(view, cardKey(toHex(card)), cardRow);
  return row ? [{ key: row.signingKey, message, signature: proof }] : [];
}

/** Why the writer may not act for the patient behind `handle`. */
function notOurs(view: StateView, handle: string, chain: string): Judgement | undefined {
  const compartment = readRow(view, compartmentKey(handle), compartmentRow);
  if (compartment && isErased(compartment)) return refused('compartment-erased');
  return compartment && toHex(compartment.custodian) === chain ? undefined : refused('not-the-custodian');
}

const endedAt = (card: string, row: CardRow, time: number) => putRow(cardKey(card), cardRow, { ...row, ended: time });

const cardIssued: EventRule<CardIssued> = {
  type: 'card.issued',
  kind: 'right',
  body: cardIssuedBody,
  personal: 'required',
  handle: 'required',
  reads: ({ handle, body }) => [
    compartmentKey(handle),
    compartmentKey(toHex(body.box)),
    patientCardKey(handle),
    cardKey(toHex(body.card)),
    ...(body.replaces.length > 0 ? [cardKey(toHex(body.replaces))] : []),
  ],
  signatures: (_view, { event, body }, writer) => {
    const message = cardMessage(fromHex(writer.chain), event.handle, body);
    return [
      { key: body.card, message, signature: body.cardProof },
      { key: body.signingKey, message, signature: body.patientProof },
    ];
  },
  judge: (view, { event, handle, body }, writer) => {
    const fault = notOurs(view, handle, writer.chain);
    if (fault) return fault;
    const box = readRow(view, compartmentKey(toHex(body.box)), compartmentRow);
    if (!box || toHex(box.custodian) !== writer.chain) return refused('box-of-another-clinic');
    if (view.get(cardKey(toHex(body.card)))) return refused('card-used-before');
    const living = readRow(view, patientCardKey(handle), patientCardRow);
    if (!equalBytes(body.replaces, living?.card ?? NOTHING)) return refused('card-not-the-newest');
    const before = living && readRow(view, cardKey(toHex(body.replaces)), cardRow);
    const { replaces, cardProof: _, patientProof: __, ...bound } = body;
    const row = { custodian: fromHex(writer.chain), handle: event.handle, ...bound, issued: event.time, ended: 0 };
    return accepted(
      ...(before ? [endedAt(toHex(replaces), before, event.time)] : []),
      putRow(cardKey(toHex(body.card)), cardRow, row),
      putRow(patientCardKey(handle), patientCardRow, { card: body.card }),
    );
  },
};

const NOTHING = new Uint8Array(0);

export const cardEndedBody = struct({ card: fixed(32) });
type CardEnded = Decoded<typeof cardEndedBody>;

const cardEnded: EventRule<CardEnded> = {
  type: 'card.ended',
  kind: 'right',
  body: cardEndedBody,
  personal: 'required',
  handle: 'required',
  reads: ({ handle, body }) => [compartmentKey(handle), patientCardKey(handle), cardKey(toHex(body.card))],
  judge: (view, { event, handle, body }, writer) => {
    const fault = notOurs(view, handle, writer.chain);
    if (fault) return fault;
    const living = readRow(view, patientCardKey(handle), patientCardRow);
    const row = readRow(view, cardKey(toHex(body.card)), cardRow);
    if (!living || !row || !equalBytes(living.card, body.card)) return refused('card-not-the-newest');
    return accepted(endedAt(toHex(body.card), row, event.time), [patientCardKey(handle), undefined]);
  },
};

/** The event's handle is the extract's compartment; its key of `boxEpoch` is sealed, in `boxKey`, to a key of the card's secret. */
export const cardEmergencyBody = struct({ card: fixed(32), boxEpoch: u32, boxKey: fixed(BOX_KEY_BYTES) });
type CardEmergency = Decoded<typeof cardEmergencyBody>;

/** Key `card-emergency/<card>`: what the card opens by itself. */
export const cardEmergencyRow = struct({ box: fixed(16), boxEpoch: u32, boxKey: fixed(BOX_KEY_BYTES) });
export type CardEmergencyRow = Decoded<typeof cardEmergencyRow>;
export const CARD_EMERGENCY_ROWS = 'card-emergency/';
export const cardEmergencyKey = (card: string): string => `${CARD_EMERGENCY_ROWS}${card}`;

const cardEmergency: EventRule<CardEmergency> = {
  type: 'card.emergency',
  kind: 'right',
  body: cardEmergencyBody,
  personal: 'required',
  handle: 'required',
  reads: ({ handle, body }) => [compartmentKey(handle), cardKey(toHex(body.card))],
  judge: (view, { event, handle, body }, writer) => {
    if (!livingCard(view, body.card, writer)) return refused('card-not-living');
    const box = readRow(view, compartmentKey(handle), compartmentRow);
    if (!box || toHex(box.custodian) !== writer.chain) return refused('box-of-another-clinic');
    const { card, boxEpoch, boxKey } = body;
    return accepted(putRow(cardEmergencyKey(toHex(card)), cardEmergencyRow, { box: event.handle, boxEpoch, boxKey }));
  },
};

/** The event's handle is the patient's compartment of identity. */
export const cardRekeyedBody = struct({ card: fixed(32), boxEpoch: u32, boxKey: fixed(BOX_KEY_BYTES) });
type CardRekeyed = Decoded<typeof cardRekeyedBody>;

/** The box has a newer key: its clinic seals it to the patient's public key, which needs neither the card nor the patient. */
const cardRekeyed: EventRule<CardRekeyed> = {
  type: 'card.rekeyed',
  kind: 'right',
  body: cardRekeyedBody,
  personal: 'required',
  handle: 'required',
  reads: ({ handle, body }) => [compartmentKey(handle), cardKey(toHex(body.card))],
  judge: (view, { handle, body }, writer) => {
    const fault = notOurs(view, handle, writer.chain);
    if (fault) return fault;
    const row = livingCard(view, body.card, writer);
    if (!row) return refused('card-not-living');
    if (toHex(row.handle) !== handle) return refused('not-the-patient');
    if (body.boxEpoch <= row.boxEpoch) return refused('box-epoch-stale');
    return accepted(putRow(cardKey(toHex(body.card)), cardRow, { ...row, ...body }));
  },
};

const completion = struct({ card: fixed(32), envelope: opaque(ENVELOPE_BYTES) });
/** The event's handle is the patient's compartment of identity. `proof` is the patient's signature over `completionMessage`. */
export const cardCompletedBody = struct({ card: fixed(32), envelope: opaque(ENVELOPE_BYTES), proof: fixed(64) });
export type CardCompleted = Decoded<typeof cardCompletedBody>;

/** What the patient signs: that this envelope, with a copy under the hub's pepper, is of their own card. */
export const completionMessage = (chain: Uint8Array, body: Omit<CardCompleted, 'proof'>): Uint8Array =>
  concat(CARD_TAG.completed, chain, encode(completion, body));

/** A card that was issued while the hub was away gets the copy that opens in the whole region, once its patient has opened it at home. */
const cardCompleted: EventRule<CardCompleted> = {
  type: 'card.completed',
  kind: 'right',
  body: cardCompletedBody,
  personal: 'optional',
  handle: 'required',
  reads: ({ handle, body }) => [compartmentKey(handle), cardKey(toHex(body.card))],
  signatures: (view, { body }, writer) => signedByHolder(view, body, completionMessage(fromHex(writer.chain), body)),
  judge: (view, { handle, body }, writer) => {
    const fault = notOurs(view, handle, writer.chain);
    if (fault) return fault;
    const row = livingCard(view, body.card, writer);
    if (!row) return refused('card-not-living');
    if (toHex(row.handle) !== handle) return refused('not-the-patient');
    if (equalBytes(row.envelope, body.envelope)) return refused('card-complete-already');
    return accepted(putRow(cardKey(toHex(body.card)), cardRow, { ...row, envelope: body.envelope }));
  },
};

export const cardRules: ReadonlyArray<EventRule<unknown>> = [cardIssued, cardEnded, cardEmergency, cardRekeyed, cardCompleted];
