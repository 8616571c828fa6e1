/** Opening and sealing a staff member's slot, and how long a wrong passphrase makes the next try wait. */
import { concat, utf8 } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import {
  decodeSlotSecrets,
  encodeSlotSecrets,
  innerAssociatedData,
  newSlotHeader,
  outerAssociatedData,
  type Slot,
  type SlotHeader,
  type SlotSecrets,
} from '../../shared/vault/slot.ts';
import { SLOT_LABEL_TAG, SLOT_OUTER_TAG } from '../../shared/vault/vault-tags.ts';
import { openBox, sealBox } from './boxes.ts';
import { hkdf, randomBytes, type SealingKey, scrypt, sealingKey } from './primitives.ts';

/** A person to be given a slot. */
export interface NewSlot {
  /** What the sign-in screen calls them. */
  readonly label: string;
  readonly passphrase: string;
  /** The seed of the key that they already sign with on another desk; a new one is made otherwise. */
  readonly signingSeed?: Uint8Array;
}

/** A new slot with its own salt. @param secret the keychain's, or `undefined` on a machine without one. */
export async function sealSlot(
  store: Uint8Array,
  staff: Uint8Array,
  passphrase: string,
  secrets: SlotSecrets,
  secret: Uint8Array | undefined,
): Promise<Slot> {
  const header = newSlotHeader(store, staff, randomBytes(32));
  const key = await passphraseKey(passphrase, header);
  const plaintext = encodeSlotSecrets(secrets);
  const inner = sealBox(key, innerAssociatedData(header), plaintext);
  plaintext.fill(0);
  return aroundInner(header, inner, secret);
}

/**
 * @throws {Failure} `vault.slot-damaged` when the outer layer does not open, before any guess is counted against the
 * passphrase; `vault.passphrase-wrong`.
 */
export async function openSlot(slot: Slot, passphrase: string, secret: Uint8Array | undefined): Promise<SlotSecrets> {
  const inner = innerOf(slot, secret);
  const key = await passphraseKey(passphrase, slot.header);
  const plaintext = openBox(key, innerAssociatedData(slot.header), inner);
  if (plaintext === undefined) {
    throw new Failure(
      'vault.passphrase-wrong',
      'This passphrase does not open the vault. Check the keyboard layout and Caps Lock, and try again.',
    );
  }
  return decodeSlotSecrets(plaintext);
}

/** The same slot under another keychain secret, its first, or none: nobody is asked for a passphrase. */
export function moveSlot(slot: Slot, from: Uint8Array | undefined, to: Uint8Array | undefined): Slot {
  return aroundInner(slot.header, innerOf(slot, from), to);
}

function aroundInner(header: SlotHeader, inner: Uint8Array, secret: Uint8Array | undefined): Slot {
  if (secret === undefined) return { header, layer: 'passphrase', body: inner };
  return {
    header,
    layer: 'passphrase and keychain',
    body: sealBox(outerKey(secret, header), outerAssociatedData(header), inner),
  };
}

/** What the keychain's layer holds; without a passphrase nothing more can be told about it. */
export function innerOf(slot: Slot, secret: Uint8Array | undefined): Uint8Array {
  if (slot.layer === 'passphrase') return slot.body;
  const inner =
    secret === undefined ? undefined : openBox(outerKey(secret, slot.header), outerAssociatedData(slot.header), slot.body);
  if (inner === undefined) {
    throw new Failure(
      'vault.slot-damaged',
      'The key file of this installation was altered or belongs to another one. Restore it from a backup.',
    );
  }
  return inner;
}

async function passphraseKey(passphrase: string, header: SlotHeader): Promise<SealingKey> {
  // NFKC: the same passphrase typed on another system may come as other code points (NIST SP 800-63B-4, 3.1.1.2).
  const typed = utf8(passphrase.normalize('NFKC'));
  const bytes = await scrypt(typed, header.salt, header.cost, 32);
  typed.fill(0);
  const key = sealingKey(bytes);
  bytes.fill(0);
  return key;
}

function outerKey(secret: Uint8Array, header: SlotHeader): SealingKey {
  return sealingKey(hkdf(secret, header.salt, SLOT_OUTER_TAG, 32));
}

/** The name that the sign-in screen shows while locked: under the keychain's secret, or bare where there is none. */
export function sealLabel(label: Uint8Array, staff: Uint8Array, secret: Uint8Array | undefined): Uint8Array {
  return secret === undefined ? label : sealBox(labelKey(secret), concat(SLOT_LABEL_TAG, staff), label);
}

/** `undefined` when it does not open. */
export function openLabel(box: Uint8Array, staff: Uint8Array, secret: Uint8Array | undefined): Uint8Array | undefined {
  return secret === undefined ? box : openBox(labelKey(secret), concat(SLOT_LABEL_TAG, staff), box);
}

function labelKey(secret: Uint8Array): SealingKey {
  return sealingKey(hkdf(secret, new Uint8Array(0), SLOT_LABEL_TAG, 32));
}

const FREE_TRIES = 3;
const LONGEST_DELAY = 15 * 60_000;

/** Milliseconds to wait after `failures` wrong passphrases in a row: nothing at first, then 1 s, doubling to a quarter of an hour. */
export function delayAfter(failures: number): number {
  if (failures < FREE_TRIES) return 0;
  return Math.min(LONGEST_DELAY, 1000 * 2 ** Math.min(failures - FREE_TRIES, 20));
}

/**
 * How long a try at `now` has to wait. A clock that was set back cannot make it wait for longer than the delay itself.
 * @param notBefore time in milliseconds, as noted with the last try
 */
export function waitBefore(now: number, notBefore: number, failures: number): number {
  return Math.max(0, Math.min(notBefore - now, delayAfter(failures)));
}
