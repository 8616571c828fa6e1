/**
 * Lengths tell what a document is, so plaintexts are padded with zeros to one of few sizes: 512, 768, 1,024, 1,536,
 * 2,048 … bytes. At most a third is waste, and a size gives away less than two bits within a doubling.
 */
import { Failure } from '../outcome/failure.ts';

const SMALLEST_BUCKET = 512;

/** The least bucket that holds `length` bytes. */
export function bucketOf(length: number): number {
  if (length <= SMALLEST_BUCKET) return SMALLEST_BUCKET;
  const power = 2 ** (31 - Math.clz32(length - 1));
  return length <= power * 1.5 ? power * 1.5 : power * 2;
}

/**
 * Checks that `padded` is what padding its first `length` bytes gives: the right bucket, filled with zeros.
 * @throws {Failure} `encoding.malformed` otherwise: one plaintext has one padded form.
 */
export function checkPadding(padded: Uint8Array, length: number): void {
  let slack = 0;
  for (let at = length; at < padded.length; at++) slack |= padded[at] as number;
  if (slack !== 0 || padded.length !== bucketOf(length)) {
    throw new Failure('encoding.malformed', 'These bytes are not in the agreed form: the padding is not that of their length.');
  }
}
