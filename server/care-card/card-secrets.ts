/** What follows from a card's secret, its PIN and a pepper: the one place where these are derived (docs/protocol.md, section 24). */
import {
  type CardEnvelope,
  copyAssociatedData,
  type EnvelopePlace,
  type PepperKeeper,
} from '../../shared/care-card/card-envelope.ts';
import { CARD_TAG } from '../../shared/care-card/card-tags.ts';
import { askMessage, type CardAsk } from '../../shared/care-card/card-tries.ts';
import { concat, utf8 } from '../../shared/encoding/bytes.ts';
import { openBox, sealBox } from '../vault/boxes.ts';
import {
  type AgreementKey,
  agreementKeyFromSecret,
  hkdf,
  hmacSha256,
  type SealingKey,
  type SigningKey,
  scrypt,
  sealingKey,
  sign,
  signingKeyFromSeed,
} from '../vault/primitives.ts';

const NO_SALT = new Uint8Array(0);

/** The patient's own keys: while a session or the issuing of a card lasts, in its process, and nowhere else. */
export interface PatientKeys {
  readonly signing: SigningKey;
  readonly encryption: AgreementKey;
}

/** The key of the card itself: its public half is the card's id on the ledger. */
export function cardKeyOf(secret: Uint8Array): SigningKey {
  return signingKeyFromSeed(hkdf(secret, NO_SALT, CARD_TAG.key, 32));
}

/** The key that opens the emergency extract: whoever holds the card has it. */
export function emergencyKeyOf(secret: Uint8Array): AgreementKey {
  return agreementKeyFromSecret(hkdf(secret, NO_SALT, CARD_TAG.emergency, 32));
}

/** scrypt of the PIN, with the card's secret in its salt: without the card a guess costs 2^128 more. */
export async function stretchPin(pin: string, secret: Uint8Array, { salt, cost }: CardEnvelope): Promise<Uint8Array> {
  const typed = utf8(pin);
  const stretched = await scrypt(typed, hkdf(secret, salt, CARD_TAG.salt, 32), cost, 32);
  typed.fill(0);
  return stretched;
}

/** The question to a pepper, signed by the card. It says nothing to who has not the card's secret. */
export function askOf(card: SigningKey, stretched: Uint8Array): CardAsk {
  const ask = { card: card.publicKey, blind: hkdf(stretched, NO_SALT, concat(CARD_TAG.blind, card.publicKey), 32) };
  return { ...ask, proof: sign(card, askMessage(ask)) };
}

/** What a pepper answers. */
export const pepperValue = (pepper: Uint8Array, { card, blind }: Pick<CardAsk, 'card' | 'blind'>): Uint8Array =>
  hmacSha256(pepper, CARD_TAG.pepper, card, blind);

const copyKey = (stretched: Uint8Array, value: Uint8Array): SealingKey => sealingKey(hkdf(stretched, value, CARD_TAG.copy, 32));

/** What a copy of the seeds is bound to. */
interface CopyPlace {
  readonly place: EnvelopePlace;
  readonly keeper: PepperKeeper;
  readonly envelope: CardEnvelope;
}

export function sealCopy(at: CopyPlace, stretched: Uint8Array, value: Uint8Array, seeds: Uint8Array): Uint8Array {
  return sealBox(copyKey(stretched, value), copyAssociatedData(at.place, at.keeper, at.envelope), seeds);
}

/** `undefined` when PIN, card, pepper or place are not those of the copy. */
export function openCopy(at: CopyPlace, stretched: Uint8Array, value: Uint8Array): Uint8Array | undefined {
  const associated = copyAssociatedData(at.place, at.keeper, at.envelope);
  return openBox(copyKey(stretched, value), associated, at.envelope[at.keeper]);
}
