/** Signature claims as one run of bytes, so that a worker thread gets them without a copy for each. */
import type { SignatureClaim } from '../../../shared/ledger/rules.ts';

const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
const HEAD_BYTES = KEY_BYTES + SIGNATURE_BYTES + 4;

/** key[32] ‖ signature[64] ‖ length u32 ‖ message, for each claim. A key or signature of another length becomes zeroes, which verify nothing. */
export function packClaims(claims: readonly SignatureClaim[]): ArrayBuffer {
  let length = 0;
  for (const claim of claims) length += HEAD_BYTES + claim.message.length;
  const buffer = new ArrayBuffer(length);
  const bytes = new Uint8Array(buffer);
  const view = new DataView(buffer);
  let at = 0;
  for (const { key, message, signature } of claims) {
    if (key.length === KEY_BYTES && signature.length === SIGNATURE_BYTES) {
      bytes.set(key, at);
      bytes.set(signature, at + KEY_BYTES);
    }
    view.setUint32(at + KEY_BYTES + SIGNATURE_BYTES, message.length);
    bytes.set(message, at + HEAD_BYTES);
    at += HEAD_BYTES + message.length;
  }
  return buffer;
}

export function* unpackClaims(buffer: ArrayBuffer): Generator<SignatureClaim> {
  const view = new DataView(buffer);
  for (let at = 0; at < buffer.byteLength; ) {
    const length = view.getUint32(at + KEY_BYTES + SIGNATURE_BYTES);
    yield {
      key: new Uint8Array(buffer, at, KEY_BYTES),
      signature: new Uint8Array(buffer, at + KEY_BYTES, SIGNATURE_BYTES),
      message: new Uint8Array(buffer, at + HEAD_BYTES, length),
    };
    at += HEAD_BYTES + length;
  }
}
