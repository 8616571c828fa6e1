/** Small secrets sealed under a key that seals more than one thing: nonce[12] ‖ ciphertext ‖ tag[16], bound to what they are. */
import { concat } from '../../shared/encoding/bytes.ts';
import { aesGcmOpen, aesGcmSeal, NONCE_BYTES, randomBytes, type SealingKey, TAG_BYTES } from './primitives.ts';

export const BOX_OVERHEAD = NONCE_BYTES + TAG_BYTES;

/**
 * Random nonces: one key may seal 2^32 boxes; who seals many counts them.
 * @param nonce 12 random bytes that were used for nothing else, from who draws for many at once
 */
export function sealBox(
  key: SealingKey,
  associated: Uint8Array,
  plaintext: Uint8Array,
  nonce = randomBytes(NONCE_BYTES),
): Uint8Array {
  const { ciphertext, tag } = aesGcmSeal(key, nonce, associated, plaintext);
  return concat(nonce, ciphertext, tag);
}

/** `undefined` when key, place or bytes do not belong together. */
export function openBox(key: SealingKey, associated: Uint8Array, box: Uint8Array): Uint8Array | undefined {
  if (box.length < BOX_OVERHEAD) return undefined;
  const end = box.length - TAG_BYTES;
  return aesGcmOpen(key, box.subarray(0, NONCE_BYTES), associated, box.subarray(NONCE_BYTES, end), box.subarray(end));
}
