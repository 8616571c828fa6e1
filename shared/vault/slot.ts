/**
 * A staff member's slot in a key store: what a passphrase opens.
 *
 *     slot  = header ‖ layer u8 ‖ body<0..2^8-1>
 *     inner = nonce[12] ‖ AES-256-GCM(half[32] ‖ signing seed[32]) ‖ tag   under scrypt(passphrase, salt); AAD = tag 'slot-inner' ‖ header
 *     outer = nonce[12] ‖ AES-256-GCM(inner) ‖ tag   under HKDF(keychain secret, salt, tag 'slot-outer'); AAD = tag 'slot-outer' ‖ header
 *
 * `body` is `outer`, or `inner` on a machine without a keychain; `layer` says which. The header is not in `layer`, so that
 * a keychain that comes later can be put around without asking anybody for a passphrase.
 */
import { concat } from '../encoding/bytes.ts';
import { choice, type Decoded, decode, encode, fixed, opaque, struct, u8 } from '../encoding/codec.ts';
import { Failure } from '../outcome/failure.ts';
import { checkSuite, SUITE } from './document.ts';
import { SLOT_INNER_TAG, SLOT_OUTER_TAG } from './vault-tags.ts';

/** scrypt: N = 2^logN, block size r, parallelism p. */
export const costCodec = struct({ logN: u8, r: u8, p: u8 });
type SlotCost = Decoded<typeof costCodec>;

/** What new slots cost, and the least that is accepted when one is read: 128 MiB and about 0.4 s a guess. */
export const SLOT_COST: SlotCost = { logN: 17, r: 8, p: 1 };
/** Above this a header asks for so much memory that it can only have been altered. */
const COST_CEILING: SlotCost = { logN: 20, r: 8, p: 4 };

/** Whether a header that was read asks for as much work as a secret that people choose must cost, and for no absurd amount. */
export const isLawfulCost = ({ logN, r, p }: SlotCost): boolean =>
  logN >= SLOT_COST.logN &&
  r >= SLOT_COST.r &&
  p >= SLOT_COST.p &&
  logN <= COST_CEILING.logN &&
  r <= COST_CEILING.r &&
  p <= COST_CEILING.p;

const header = struct({
  suite: u8,
  /** The key store that it belongs to. */
  store: fixed(16),
  /** The staff member's Ed25519 public key. */
  staff: fixed(32),
  cost: costCodec,
  salt: fixed(32),
});
export type SlotHeader = Decoded<typeof header>;

const slot = struct({ header, layer: choice('passphrase', 'passphrase and keychain'), body: opaque(255) });
export type Slot = Decoded<typeof slot>;

const secrets = struct({ half: fixed(32), signingSeed: fixed(32) });
/** What is inside: the half of the key-store key that all slots share, and the person's own signing seed. */
export type SlotSecrets = Decoded<typeof secrets>;

export function newSlotHeader(store: Uint8Array, staff: Uint8Array, salt: Uint8Array): SlotHeader {
  return { suite: SUITE, store, staff, cost: SLOT_COST, salt };
}

export function encodeSlot(value: Slot): Uint8Array {
  return encode(slot, value);
}

/**
 * @throws {Failure} `vault.unknown-suite`; `vault.scrypt-floor` when the header asks for less work than a slot may cost, which is
 * what somebody who guesses would write there; `encoding.malformed`.
 */
export function decodeSlot(bytes: Uint8Array): Slot {
  checkSuite(bytes[0] ?? 0);
  const value = decode(slot, bytes);
  if (!isLawfulCost(value.header.cost)) {
    throw new Failure(
      'vault.scrypt-floor',
      'The key file of this installation was altered: it asks for another amount of work than a passphrase must cost. Restore it from a backup.',
      { details: { ...value.header.cost } },
    );
  }
  return value;
}

export function encodeSlotSecrets(value: SlotSecrets): Uint8Array {
  return encode(secrets, value);
}

export function decodeSlotSecrets(bytes: Uint8Array): SlotSecrets {
  return decode(secrets, bytes);
}

export function innerAssociatedData(value: SlotHeader): Uint8Array {
  return concat(SLOT_INNER_TAG, encode(header, value));
}

export function outerAssociatedData(value: SlotHeader): Uint8Array {
  return concat(SLOT_OUTER_TAG, encode(header, value));
}
