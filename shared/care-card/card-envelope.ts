/**
 * The envelope of a care card: the seeds of the patient's two keys, sealed once for each pepper that can help to open them.
 *
 *     envelope = suite u8 (1) ‖ logN u8 ‖ r u8 ‖ p u8 ‖ salt[16] ‖ pepper[16] ‖ clinic<0..255> ‖ hub<0..255>
 *     copy     = nonce[12] ‖ AES-256-GCM(signing seed[32] ‖ encryption secret[32]) ‖ tag[16]
 *
 * `clinic` opens with a pepper of the home clinic, `pepper` says which; `hub` with the region's hub's, and is empty where none was
 * in reach when the card was issued. docs/protocol.md, section 24, says how the key of a copy comes about.
 */
import { concat } from '../encoding/bytes.ts';
import { choice, type Decoded, decode, encode, fixed, opaque, struct, u8 } from '../encoding/codec.ts';
import { Failure } from '../outcome/failure.ts';
import { checkSuite, SUITE } from '../vault/document.ts';
import { costCodec, isLawfulCost, SLOT_COST } from '../vault/slot.ts';
import { CARD_TAG } from './card-tags.ts';

/** Whose pepper a copy is under: the home clinic's, or the hub's. */
const PEPPER_KEEPERS = ['clinic', 'hub'] as const;
export type PepperKeeper = (typeof PEPPER_KEEPERS)[number];
const keeperCodec = choice(...PEPPER_KEEPERS);

export const ENVELOPE_BYTES = 600;

const envelopeCodec = struct({
  suite: u8,
  cost: costCodec,
  salt: fixed(16),
  pepper: fixed(16),
  clinic: opaque(255),
  hub: opaque(255),
});
export type CardEnvelope = Omit<Decoded<typeof envelopeCodec>, 'suite'>;

const seedsCodec = struct({ signingSeed: fixed(32), encryptionSecret: fixed(32) });
type PatientSeeds = Decoded<typeof seedsCodec>;

/** What an envelope is bound to: the card, the patient's compartment of identity, and both public keys. */
export interface EnvelopePlace {
  readonly card: Uint8Array;
  readonly handle: Uint8Array;
  readonly signingKey: Uint8Array;
  readonly encryptionKey: Uint8Array;
}

export const newEnvelope = (salt: Uint8Array, pepper: Uint8Array): CardEnvelope => ({
  cost: SLOT_COST,
  salt,
  pepper,
  clinic: new Uint8Array(0),
  hub: new Uint8Array(0),
});

export const encodeEnvelope = (envelope: CardEnvelope): Uint8Array => encode(envelopeCodec, { suite: SUITE, ...envelope });

/**
 * @throws {Failure} `card.envelope-altered` when it is not whole or asks for less work than a PIN must cost, which is what somebody
 * who guesses would write there; `vault.unknown-suite`.
 */
export function decodeEnvelope(bytes: Uint8Array): CardEnvelope {
  checkSuite(bytes[0] ?? 0);
  let envelope: CardEnvelope;
  try {
    const { suite: _, ...rest } = decode(envelopeCodec, bytes);
    envelope = rest;
  } catch (cause) {
    throw envelopeAltered(cause);
  }
  if (!isLawfulCost(envelope.cost)) throw envelopeAltered();
  return envelope;
}

export const encodeSeeds = (seeds: PatientSeeds): Uint8Array => encode(seedsCodec, seeds);
export const decodeSeeds = (bytes: Uint8Array): PatientSeeds => decode(seedsCodec, bytes);

export function copyAssociatedData(place: EnvelopePlace, keeper: PepperKeeper, { cost, salt, pepper }: CardEnvelope): Uint8Array {
  const { card, handle, signingKey, encryptionKey } = place;
  return concat(
    CARD_TAG.envelope,
    encode(keeperCodec, keeper),
    card,
    handle,
    signingKey,
    encryptionKey,
    encode(costCodec, cost),
    salt,
    pepper,
  );
}

export function envelopeAltered(cause?: unknown): Failure {
  return new Failure(
    'card.envelope-altered',
    'What belongs to this care card was altered or is of another card. Nothing was opened; ask the reception for a new card.',
    { cause },
  );
}
