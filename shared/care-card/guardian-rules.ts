/**
 * Rules of guardians and carers: who else acts for a patient with a card of their own, in what, and until when. A patient who has a card says
 * so themselves; for who has none, a child above all, the clinic does on evidence. The patient's box is opened to the guardian's public key.
 */
import { concat, equalBytes, fromHex, toHex, utf8 } from '../encoding/bytes.ts';
import { type Decoded, encode, fixed, flag, list, opaque, struct, u32, u64 } from '../encoding/codec.ts';
import { compartmentKey, compartmentRow, isErased } from '../ledger/rows.ts';
import { accepted, type EventRule, type Judgement, putRow, readRow, refused, type StateView } from '../ledger/rules.ts';
import {
  BOX_KEY_BYTES,
  type CardRow,
  cardKey,
  cardRow,
  livingCard,
  patientCardKey,
  patientCardRow,
  signedByHolder,
} from './card-rules.ts';

const NAMED = utf8('careledger/v1/guardian-named\n');
const LEFT = utf8('careledger/v1/guardian-left\n');

/** People for whom one card can act at a time or has acted. */
const MOST_WARDS = 50;

const terms = {
  /** The guardian's. */
  card: fixed(32),
  /** Reading comes with the box; these are said one by one. */
  mayConsent: flag,
  mayComplain: flag,
  /** Milliseconds; `ends` 0: until somebody ends it. */
  starts: u64,
  ends: u64,
  /** SHA-256 of the text that says it. */
  agreement: fixed(32),
  /** The patient's own living card, which signs; empty where the patient has none. */
  patientCard: opaque(32),
};
const guardianTerms = struct(terms);
type GuardianTerms = Decoded<typeof guardianTerms>;

const boxOpened = { box: fixed(16), boxEpoch: u32, boxKey: fixed(BOX_KEY_BYTES) };

/** The event's handle is the patient's compartment of identity. `boxKey`: as a card's, to the guardian's key. `proof`: the patient's signature, or empty. */
export const guardianNamedBody = struct({ ...terms, ...boxOpened, proof: opaque(64) });
type GuardianNamed = Decoded<typeof guardianNamedBody>;

/** What the patient signs. */
export const namingMessage = (chain: Uint8Array, handle: Uint8Array, said: GuardianTerms): Uint8Array =>
  concat(NAMED, chain, handle, encode(guardianTerms, said));

/** `ended`: milliseconds, 0 while nobody has ended it. */
const wardCodec = struct({
  handle: fixed(16),
  mayConsent: flag,
  mayComplain: flag,
  starts: u64,
  ends: u64,
  agreement: fixed(32),
  patientCard: opaque(32),
  ...boxOpened,
  ended: u64,
});
export type Ward = Decoded<typeof wardCodec>;

/** Key `guardian/<card>`: everybody for whom the holder of this card acts or has acted. */
export const guardianRow = struct({ wards: list(wardCodec, MOST_WARDS) });
export const GUARDIANS = 'guardian/';
export const guardianKey = (card: string): string => `${GUARDIANS}${card}`;

/** By the later of both clocks where a person asks; by the event's own time in a rule. It begins when it is named. */
export const isGuardianNow = ({ ends, ended }: Pick<Ward, 'ends' | 'ended'>, time: number): boolean =>
  ended === 0 && (ends === 0 || time < ends);

const wardsOf = (view: StateView, card: Uint8Array): readonly Ward[] =>
  readRow(view, guardianKey(toHex(card)), guardianRow)?.wards ?? [];

/**
 * Whether the holder of `card` consents for the patient whose compartment of identity is `handle`: it is their own, or they were named. Name
 * `guardianKey` of the card among what the rule reads.
 */
export function consentsFor(view: StateView, card: CardRow, handle: Uint8Array, time: number): boolean {
  if (equalBytes(card.handle, handle)) return true;
  const ward = wardsOf(view, card.card).find((each) => equalBytes(each.handle, handle));
  return ward?.mayConsent === true && isGuardianNow(ward, time);
}

const putWards = (card: Uint8Array, before: readonly Ward[], ward: Ward) =>
  putRow(guardianKey(toHex(card)), guardianRow, {
    wards: [...before.filter(({ handle }) => !equalBytes(handle, ward.handle)), ward],
  });

/** Why the writer may not speak of the patient behind `handle`. */
function notOurs(view: StateView, handle: string, chain: string): Judgement | undefined {
  const compartment = readRow(view, compartmentKey(handle), compartmentRow);
  if (!compartment || isErased(compartment)) return refused('compartment-erased');
  return toHex(compartment.custodian) === chain ? undefined : refused('not-the-custodian');
}

const NOTHING = new Uint8Array(0);

const guardianNamed: EventRule<GuardianNamed> = {
  type: 'guardian.named',
  kind: 'right',
  body: guardianNamedBody,
  personal: 'required',
  handle: 'required',
  reads: ({ handle, body }) => [
    compartmentKey(handle),
    compartmentKey(toHex(body.box)),
    patientCardKey(handle),
    cardKey(toHex(body.card)),
    guardianKey(toHex(body.card)),
    ...(body.patientCard.length > 0 ? [cardKey(toHex(body.patientCard))] : []),
  ],
  signatures: (view, { event, body }, writer) =>
    body.patientCard.length === 0
      ? []
      : signedByHolder(
          view,
          { card: body.patientCard, proof: body.proof },
          namingMessage(fromHex(writer.chain), event.handle, body),
        ),
  judge: (view, { event, handle, body }, writer) => {
    const fault = notOurs(view, handle, writer.chain);
    if (fault) return fault;
    const guardian = livingCard(view, body.card, writer);
    if (!guardian) return refused('card-not-living');
    if (toHex(guardian.handle) === handle) return refused('guardian-of-oneself');
    const box = readRow(view, compartmentKey(toHex(body.box)), compartmentRow);
    if (!box || toHex(box.custodian) !== writer.chain) return refused('box-of-another-clinic');
    // Whoever has a card of their own is asked.
    const own = readRow(view, patientCardKey(handle), patientCardRow)?.card ?? NOTHING;
    if (!equalBytes(own, body.patientCard)) return refused('not-the-patient');
    const { starts, ends } = body;
    if (ends !== 0 && (ends <= starts || ends <= event.time)) return refused('period-empty');
    const wards = wardsOf(view, body.card);
    const before = wards.find((ward) => equalBytes(ward.handle, event.handle));
    if (before && isGuardianNow(before, event.time)) return refused('guardian-already');
    // The same words again would bring back what was ended.
    if (before && starts <= before.starts) return refused('said-before');
    if (!before && wards.length >= MOST_WARDS) return refused('too-many-wards');
    const { card, proof: _, ...said } = body;
    return accepted(putWards(card, wards, { ...said, handle: event.handle, ended: 0 }));
  },
};

export const guardianEndedBody = struct({ card: fixed(32) });
type GuardianEnded = Decoded<typeof guardianEndedBody>;

/** The ward, while nobody has ended it. */
function standing(view: StateView, card: Uint8Array, handle: Uint8Array): Ward | Judgement {
  const ward = wardsOf(view, card).find((each) => equalBytes(each.handle, handle));
  if (!ward) return refused('guardian-unknown');
  return ward.ended === 0 ? ward : refused('guardian-over');
}

const isRefused = (found: Ward | Judgement): found is Judgement => 'verdict' in found;

/** By the clinic, on the word of the patient or on evidence. */
const guardianEnded: EventRule<GuardianEnded> = {
  type: 'guardian.ended',
  kind: 'right',
  body: guardianEndedBody,
  personal: 'required',
  handle: 'required',
  reads: ({ handle, body }) => [compartmentKey(handle), guardianKey(toHex(body.card))],
  judge: (view, { event, handle, body }, writer) => {
    const fault = notOurs(view, handle, writer.chain);
    if (fault) return fault;
    const ward = standing(view, body.card, event.handle);
    if (isRefused(ward)) return ward;
    return accepted(putWards(body.card, wardsOf(view, body.card), { ...ward, ended: event.time }));
  },
};

/** `starts` names which naming it ends; `by` is the card that signs: the patient's or the guardian's. */
const leaving = { card: fixed(32), starts: u64, by: fixed(32) };
const leavingTerms = struct(leaving);
export const guardianLeftBody = struct({ ...leaving, proof: fixed(64) });
type GuardianLeft = Decoded<typeof guardianLeftBody>;

/** What the patient or the guardian signs. */
export const leavingMessage = (chain: Uint8Array, handle: Uint8Array, said: Omit<GuardianLeft, 'proof'>): Uint8Array =>
  concat(LEFT, chain, handle, encode(leavingTerms, said));

/** By the patient or the guardian, at a kiosk, without anybody else. */
const guardianLeft: EventRule<GuardianLeft> = {
  type: 'guardian.left',
  kind: 'right',
  body: guardianLeftBody,
  personal: 'optional',
  handle: 'required',
  reads: ({ handle, body }) => [compartmentKey(handle), cardKey(toHex(body.by)), guardianKey(toHex(body.card))],
  signatures: (view, { event, body }, writer) =>
    signedByHolder(view, { card: body.by, proof: body.proof }, leavingMessage(fromHex(writer.chain), event.handle, body)),
  judge: (view, { event, handle, body }, writer) => {
    const fault = notOurs(view, handle, writer.chain);
    if (fault) return fault;
    const by = livingCard(view, body.by, writer);
    if (!by) return refused('card-not-living');
    if (toHex(by.handle) !== handle && !equalBytes(body.by, body.card)) return refused('not-the-patient');
    const ward = standing(view, body.card, event.handle);
    if (isRefused(ward)) return ward;
    if (ward.starts !== body.starts) return refused('guardian-unknown');
    return accepted(putWards(body.card, wardsOf(view, body.card), { ...ward, ended: event.time }));
  },
};

/** `from`: the card under which the guardian stands; `card`: the same, or the guardian's newer one. */
export const guardianRekeyedBody = struct({ from: fixed(32), card: fixed(32), boxEpoch: u32, boxKey: fixed(BOX_KEY_BYTES) });
type GuardianRekeyed = Decoded<typeof guardianRekeyedBody>;

/** The box has a newer key, or the guardian a newer card. The terms stay. */
const guardianRekeyed: EventRule<GuardianRekeyed> = {
  type: 'guardian.rekeyed',
  kind: 'right',
  body: guardianRekeyedBody,
  personal: 'required',
  handle: 'required',
  reads: ({ handle, body }) => {
    const cards = [...new Set([toHex(body.from), toHex(body.card)])];
    return [compartmentKey(handle), ...cards.flatMap((card) => [cardKey(card), guardianKey(card)])];
  },
  judge: (view, { event, handle, body }, writer) => {
    const fault = notOurs(view, handle, writer.chain);
    if (fault) return fault;
    const { from, card, boxEpoch, boxKey } = body;
    const guardian = livingCard(view, card, writer);
    const before = readRow(view, cardKey(toHex(from)), cardRow);
    if (!guardian) return refused('card-not-living');
    if (!before || !equalBytes(before.handle, guardian.handle)) return refused('not-the-guardian');
    const ward = standing(view, from, event.handle);
    if (isRefused(ward)) return ward;
    if (ward.ends !== 0 && event.time >= ward.ends) return refused('guardian-over');
    const next = { ...ward, boxEpoch, boxKey };
    if (equalBytes(from, card)) {
      if (boxEpoch <= ward.boxEpoch) return refused('box-epoch-stale');
      return accepted(putWards(card, wardsOf(view, card), next));
    }
    const others = wardsOf(view, card);
    if (boxEpoch < ward.boxEpoch) return refused('box-epoch-stale');
    if (others.some((each) => equalBytes(each.handle, event.handle))) return refused('guardian-already');
    if (others.length >= MOST_WARDS) return refused('too-many-wards');
    return accepted(putWards(from, wardsOf(view, from), { ...ward, ended: event.time }), putWards(card, others, next));
  },
};

export const guardianRules: ReadonlyArray<EventRule<unknown>> = [guardianNamed, guardianEnded, guardianLeft, guardianRekeyed];
