/** Reading arguments of operations: exact forms, checked before anything is done with them. */
import { fromHex } from '../../../shared/encoding/bytes.ts';
import { Failure } from '../../../shared/outcome/failure.ts';

const refused = (name: string, wanted: string): Failure =>
  new Failure('hub.argument', `The argument "${name}" should be ${wanted}. Nothing was done.`);

/** @throws {Failure} `hub.argument`. */
export function wholeNumber(value: number, name: string, max = Number.MAX_SAFE_INTEGER): number {
  if (!Number.isSafeInteger(value) || value < 0 || value > max) throw refused(name, `a whole number from 0 to ${max}`);
  return value;
}

/** @throws {Failure} `hub.argument`. */
export function hexBytes(text: string, length: number, name: string): Uint8Array {
  if (text.length !== 2 * length || !/^[0-9a-f]*$/.test(text)) throw refused(name, `${length} bytes in lower-case hexadecimal`);
  return fromHex(text);
}

/** Strict base64 (RFC 4648 section 4) of at most `max` bytes. @throws {Failure} `hub.argument`. */
export function base64Bytes(text: string, max: number, name: string): Uint8Array {
  const bytes = text.length <= 4 * Math.ceil(max / 3) ? Buffer.from(text, 'base64') : undefined;
  // Node's decoder forgives; each byte string has one text here.
  if (!bytes || bytes.length > max || bytes.toString('base64') !== text) throw refused(name, `base64 of at most ${max} bytes`);
  return bytes;
}

/** @throws {Failure} `hub.too-many`. */
export function atMost<T>(items: readonly T[], max: number, name: string): readonly T[] {
  if (items.length > max) throw new Failure('hub.too-many', `At most ${max} "${name}" fit one call. Send them in parts.`);
  return items;
}

export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
