/** Makes a care card: its secret, the patient's new keys, and the envelope in which they rest. Nothing is written here. */

import { SECRET_BYTES } from '../../shared/care-card/card-code.ts';
import { encodeEnvelope, encodeSeeds, newEnvelope } from '../../shared/care-card/card-envelope.ts';
import { type CardIssued, cardMessage } from '../../shared/care-card/card-rules.ts';
import { CARD_TAG } from '../../shared/care-card/card-tags.ts';
import type { CardAsk } from '../../shared/care-card/card-tries.ts';
import { concat } from '../../shared/encoding/bytes.ts';
import { hpkeSeal } from '../vault/hpke.ts';
import { newAgreementKey, newSigningKey, randomBytes, sign } from '../vault/primitives.ts';
import { askOf, cardKeyOf, pepperValue, sealCopy, stretchPin } from './card-secrets.ts';

/** For whom, and under which peppers. */
interface NewCard {
  /** The home clinic. */
  readonly chain: Uint8Array;
  /** The patient's compartment of identity. */
  readonly handle: Uint8Array;
  readonly box: { readonly handle: Uint8Array; readonly epoch: number; readonly key: Uint8Array };
  /** As `pinDigits` gives it; `refuseWeakPin` was asked. */
  readonly pin: string;
  /** One of the home clinic's. */
  readonly pepper: { readonly id: Uint8Array; readonly key: Uint8Array };
  /** Asks the hub's pepper; without it the card opens only where the home clinic's pepper answers. */
  readonly hub?: ((ask: CardAsk) => Promise<Uint8Array | undefined>) | undefined;
  /** The card that dies; empty for the first one. */
  readonly replaces: Uint8Array;
}

/** What is printed, once, and what the ledger is told. */
export interface MadeCard {
  readonly secret: Uint8Array;
  readonly body: CardIssued;
}

/** The patient's keys are forgotten when this resolves: only the card with its PIN opens them again. */
export async function makeCard(wanted: NewCard): Promise<MadeCard> {
  const { chain, handle, box, pepper, replaces } = wanted;
  const secret = randomBytes(SECRET_BYTES);
  const card = cardKeyOf(secret);
  const signing = newSigningKey();
  const encryption = newAgreementKey();
  const seeds = encodeSeeds({ signingSeed: signing.seed, encryptionSecret: encryption.secret });
  const place = { card: card.publicKey, handle, signingKey: signing.publicKey, encryptionKey: encryption.publicKey };
  const empty = newEnvelope(randomBytes(16), pepper.id);
  const stretched = await stretchPin(wanted.pin, secret, empty);
  const ask = askOf(card, stretched);
  const under = (keeper: 'clinic' | 'hub', value: Uint8Array): Uint8Array =>
    sealCopy({ place, keeper, envelope: empty }, stretched, value, seeds);
  const hubValue = await wanted.hub?.(ask);
  const envelope = encodeEnvelope({
    ...empty,
    clinic: under('clinic', pepperValue(pepper.key, ask)),
    hub: hubValue ? under('hub', hubValue) : empty.hub,
  });
  const terms = {
    ...place,
    box: box.handle,
    boxEpoch: box.epoch,
    boxKey: sealBoxKey({ recipient: place.encryptionKey, info: CARD_TAG.box }, place.card, box),
    envelope,
    replaces,
  };
  const message = cardMessage(chain, handle, terms);
  const body = { ...terms, cardProof: sign(card, message), patientProof: sign(signing, message) };
  for (const bytes of [seeds, stretched, signing.seed, encryption.secret]) bytes.fill(0);
  return { secret, body };
}

/** The key of a box, to who opens it: HPKE base mode, bound to card, box and epoch. */
export function sealBoxKey(
  to: { readonly recipient: Uint8Array; readonly info: Uint8Array },
  card: Uint8Array,
  { handle, epoch, key }: NewCard['box'],
): Uint8Array {
  const { encapsulated, ciphertext } = hpkeSeal(to, boxContext(card, handle, epoch), key);
  return concat(encapsulated, ciphertext);
}

/** What the sealed key of a box is bound to. */
export function boxContext(card: Uint8Array, box: Uint8Array, epoch: number): Uint8Array {
  return concat(card, box, Uint8Array.of(epoch >>> 24, epoch >>> 16, epoch >>> 8, epoch));
}
