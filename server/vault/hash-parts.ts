/** SHA-256 over several parts, as the ledger's arithmetic takes it. */
import { sha256Latin1 } from './primitives.ts';

const scratch = Buffer.allocUnsafe(1024);

/** SHA-256 of the concatenation of `parts`: 32 bytes. */
export function hashParts(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = length <= scratch.length ? scratch.subarray(0, length) : Buffer.allocUnsafe(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  // Digest by characters: OpenSSL's bytes would come in memory of their own each, which costs three times the hashing.
  const text = sha256Latin1(whole);
  const digest = new Uint8Array(32);
  for (let index = 0; index < 32; index++) digest[index] = text.charCodeAt(index);
  return digest;
}
