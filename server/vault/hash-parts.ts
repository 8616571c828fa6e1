/** SHA-256 over several parts, as the ledger's arithmetic takes it. */
import { hash } from 'node:crypto';

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
  return hash('sha256', whole, 'buffer');
}
