/** Time codes of an authenticator (RFC 6238 over RFC 4226): six digits of HMAC-SHA1 over the number of the half minute. */
import { encode, u64 } from '../encoding/codec.ts';
import { Failure } from '../outcome/failure.ts';

const CODE_DIGITS = 6;
/** RFC 4226 section 4, R6, recommends 160 bits. */
export const CODE_SECRET_BYTES = 20;
const STEP_MS = 30_000;
/** Steps before and after the present one that still count: clocks differ, and typing takes time (RFC 6238 section 5.2). */
const WINDOW = 1;

/** The number of the half minute; `now` in milliseconds since 1970. */
export const stepAt = (now: number): number => Math.floor(now / STEP_MS);

/** What the code of a step is the HMAC of: its number in eight bytes, big-endian. */
export const stepMessage = (step: number): Uint8Array => encode(u64, step);

/** The code in a MAC of at least 20 bytes (RFC 4226 section 5.3). */
export function codeOf(mac: Uint8Array, digits = CODE_DIGITS): string {
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  const word = new DataView(mac.buffer, mac.byteOffset).getUint32(offset) & 0x7fffffff;
  return String(word % 10 ** digits).padStart(digits, '0');
}

/** What was typed, as digits alone; people write codes in groups. */
export const typedCode = (text: string): string => text.normalize('NFKC').replace(/[\s-]/g, '');

type CodeVerdict = { readonly accepted: number } | { readonly refused: 'wrong' | 'used' };

/**
 * Whether a code counts now, and of which step it is: only of a later step than the last one that was accepted, so that each
 * counts once. @param last 0 before the first
 */
export function judgeCode(code: string, macOf: (message: Uint8Array) => Uint8Array, now: number, last: number): CodeVerdict {
  const present = stepAt(now);
  let isUsed = false;
  for (let step = Math.max(0, present - WINDOW); step <= present + WINDOW; step += 1) {
    if (codeOf(macOf(stepMessage(step))) !== code) continue;
    if (step > last) return { accepted: step };
    isUsed = true;
  }
  return { refused: isUsed ? 'used' : 'wrong' };
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 section 6, without padding. */
export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}

/** @throws {Failure} `vault.code-secret`. */
export function fromBase32(text: string): Uint8Array {
  const digits = [...text.replace(/\s/g, '').toUpperCase()].map((digit) => BASE32.indexOf(digit));
  if (digits.includes(-1))
    throw new Failure('vault.code-secret', 'This is no key of an authenticator: it has letters and the digits 2 to 7.');
  const bits = digits.map((digit) => digit.toString(2).padStart(5, '0')).join('');
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}

/** What an authenticator reads from a QR code (the otpauth scheme): who issues the codes, whose they are, and the secret. */
export function authenticatorUri(issuer: string, account: string, secret: Uint8Array): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=${CODE_DIGITS}&period=${STEP_MS / 1000}`;
}
