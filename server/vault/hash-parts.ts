/** SHA-256 over several parts, as the ledger's arithmetic takes it. Beside the other primitives: a thread that hashes loads no more. */
import { hash } from 'node:crypto';

const scratch = new Uint8Array(1024);
/** The beginnings of `scratch` by length: a new view for each hash would be as much to clean up as the digest. */
const beginnings: Array<Uint8Array | undefined> = [];

/** SHA-256 as 32 characters U+0000 to U+00FF, one a byte: the fastest form, for the inner loops of trees. */
export function sha256Latin1(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'binary');
}

/** SHA-256 of the concatenation of `parts`: 32 bytes. */
export function hashParts(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (let index = 0; index < parts.length; index++) length += (parts[index] as Uint8Array).length;
  const whole = length <= scratch.length ? beginning(length) : new Uint8Array(length);
  let at = 0;
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index] as Uint8Array;
    whole.set(part, at);
    at += part.length;
  }
  // Digest by characters: OpenSSL's bytes would come in memory of their own each, which costs three times the hashing.
  const text = sha256Latin1(whole);
  const digest = new Uint8Array(32);
  for (let index = 0; index < 32; index++) digest[index] = text.charCodeAt(index);
  return digest;
}

function beginning(length: number): Uint8Array {
  let view = beginnings[length];
  if (!view) {
    view = scratch.subarray(0, length);
    beginnings[length] = view;
  }
  return view;
}
