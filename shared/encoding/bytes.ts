/** Bytes and their texts, without Node or DOM: the same on every floor. */

const DIGITS = Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
/** By character code: what a digit stands for, -1 where it is none. */
const VALUES = new Int8Array(128).fill(-1);
for (const [value, code] of DIGITS.entries()) VALUES[code] = value;
const BASE64 = Uint8Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', (letter) =>
  letter.charCodeAt(0),
);
/** `=` */
const PADDING = 61;
/** Bytes whose digits are made into text at once: a text put together piece by piece is slow as a key of a map. */
const HEX_RUN = 64;
const SHORT = 64;
/** Characters on their way into a text, used again and again. */
const codes: number[] = [];
const encoder = new TextEncoder();
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (let from = 0; from < bytes.length; from += HEX_RUN) {
    const to = Math.min(bytes.length, from + HEX_RUN);
    codes.length = 2 * (to - from);
    for (let at = from, place = 0; at < to; at++) {
      const byte = bytes[at] as number;
      codes[place++] = DIGITS[byte >> 4] as number;
      codes[place++] = DIGITS[byte & 15] as number;
    }
    text += String.fromCharCode(...codes);
  }
  return text;
}

/** @throws {RangeError} when `text` is not lower-case hexadecimal of whole bytes. */
export function fromHex(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length >>> 1);
  let isHex = text.length % 2 === 0;
  for (let at = 0; at < bytes.length && isHex; at++) {
    const high = VALUES[text.charCodeAt(2 * at)] ?? -1;
    const low = VALUES[text.charCodeAt(2 * at + 1)] ?? -1;
    isHex = high >= 0 && low >= 0;
    bytes[at] = 16 * high + low;
  }
  if (!isHex) throw new RangeError('not lower-case hexadecimal');
  return bytes;
}

/** RFC 4648 section 4. */
export function toBase64(bytes: Uint8Array): string {
  const characters = new Uint8Array(4 * Math.ceil(bytes.length / 3));
  for (let at = 0, place = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] as number) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    for (let shift = 18; shift >= 0; shift -= 6) characters[place++] = BASE64[(group >> shift) & 63] as number;
  }
  if (bytes.length % 3 > 0) characters.fill(PADDING, characters.length - 3 + (bytes.length % 3));
  return strictDecoder.decode(characters);
}

/** RFC 4648 section 5, without padding. */
export const toBase64url = (bytes: Uint8Array): string =>
  toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** Whether a text has the form of RFC 4648 section 4: padded, no white space. By one class alone: a pattern of groups of four overflows the stack at some megabytes. */
export const isBase64 = (text: string): boolean => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);

/**
 * Strict RFC 4648 section 4: padded, no white space, zero trailing bits, so that each byte string has one text.
 * @throws {RangeError} otherwise.
 */
export function fromBase64(text: string): Uint8Array {
  if (!isBase64(text)) throw new RangeError('not base64');
  const characters = atob(text);
  // Counted, not `Uint8Array.from(characters, …)`: that makes a list of single characters first, many times as long as the bytes.
  const bytes = new Uint8Array(characters.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = characters.charCodeAt(at);
  if (text.endsWith('=') && toBase64(bytes) !== text) throw new RangeError('not canonical base64');
  return bytes;
}

export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** @throws {TypeError} when the bytes are not UTF-8. A byte order mark is kept. */
export function fromUtf8(bytes: Uint8Array): string {
  return asciiOf(bytes) ?? strictDecoder.decode(bytes);
}

/** A short text of ASCII alone, as the names of types are: the decoder costs more than all the rest of an event. */
function asciiOf(bytes: Uint8Array): string | undefined {
  if (bytes.length > SHORT) return undefined;
  codes.length = bytes.length;
  for (let at = 0; at < bytes.length; at++) {
    const code = bytes[at] as number;
    if (code > 0x7f) return undefined;
    codes[at] = code;
  }
  return String.fromCharCode(...codes);
}

/** What `subarray` gives, without its search for the array's species: opening a block takes some twenty views. */
export const viewOf = (bytes: Uint8Array, from: number, end: number): Uint8Array =>
  new Uint8Array(bytes.buffer, bytes.byteOffset + from, end - from);

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Equality of public bytes; secrets are compared by the platform's constant-time function. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

/** Byte order, shorter first on a common prefix. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const common = Math.min(a.length, b.length);
  for (let at = 0; at < common; at++) {
    const difference = (a[at] as number) - (b[at] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
