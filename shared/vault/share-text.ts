/**
 * A recovery share as people carry it: one text for a QR code or a file, which says all, and nine short lines to type where there is no
 * camera. Both in Crockford's base 32 (no I, L, O, U); small letters, spaces and hyphens do not matter.
 *
 *     text  = 'CLSHARE1:' ‖ base32(share)
 *     typed = base32 of set[8] ‖ index u8 ‖ value[33] ‖ zeros[3], five bytes a line, each followed by two check characters over its number and bytes
 */
import { BASE32, canonicalBase32, fromBase32, toBase32 } from '../encoding/base32.ts';
import { concat, equalBytes } from '../encoding/bytes.ts';
import { Failure } from '../outcome/failure.ts';
import { SHARE_VALUE_BYTES } from './recovery-share.ts';
import { RECOVERY_LINE_TAG } from './vault-tags.ts';

const PREFIX = 'CLSHARE1:';
const LINE_BYTES = 5;
const SET_BYTES = 8;
const LINES = 9;
const TYPED_BYTES = LINES * LINE_BYTES;

type Hash = (...parts: readonly Uint8Array[]) => Uint8Array;

/** What the typed lines say: the beginning of the set's id, the share's number and its value. */
interface TypedShare {
  readonly set: Uint8Array;
  readonly index: number;
  readonly value: Uint8Array;
}

export const shareText = (share: Uint8Array): string => PREFIX + toBase32(share);

export const isShareText = (text: string): boolean => text.trim().toUpperCase().startsWith(PREFIX);

/** The share's bytes. @throws {Failure} `recovery.share-unreadable`. */
export function readShareText(text: string): Uint8Array {
  const bytes = fromBase32(text.trim().toUpperCase().slice(PREFIX.length));
  if (!isShareText(text) || !bytes) throw unreadable('This is not the whole text of a recovery share. Scan it again.');
  return bytes;
}

/** Nine lines like `1  8QK3-M0ZV-7T`. */
export function typedLines(hash: Hash, { set, index, value }: TypedShare): string[] {
  const bytes = concat(
    set.subarray(0, SET_BYTES),
    Uint8Array.of(index),
    value,
    new Uint8Array(TYPED_BYTES - SET_BYTES - 1 - SHARE_VALUE_BYTES),
  );
  return Array.from({ length: LINES }, (_, line) => {
    const piece = bytes.subarray(line * LINE_BYTES, (line + 1) * LINE_BYTES);
    const text = toBase32(piece) + checkOf(hash, line, piece);
    return `${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`;
  });
}

/**
 * What was typed, in nine lines or in one piece; numbers in front of the lines do not matter.
 * @throws {Failure} `recovery.share-unreadable`, which names the line.
 */
export function readTyped(hash: Hash, text: string): TypedShare {
  const lines = text
    .toUpperCase()
    .split(/\r?\n/)
    .map((line) => line.replace(/^\s*\d[\s.):]+/, '').replaceAll(/[\s-]/g, ''))
    .filter((line) => line !== '');
  if (lines.length !== LINES)
    throw unreadable(`A recovery share has ${LINES} lines; ${lines.length} are here. Type one line below the other.`);
  const pieces = lines.map((line, at) => {
    const piece = line.length === 10 ? fromBase32(line.slice(0, 8)) : undefined;
    if (piece?.length !== LINE_BYTES || checkOf(hash, at, piece) !== canonicalBase32(line.slice(8)))
      throw unreadable(`Line ${at + 1} of this recovery share is mistyped. Compare it with the sheet.`, at + 1);
    return piece;
  });
  const bytes = concat(...pieces);
  const end = SET_BYTES + 1 + SHARE_VALUE_BYTES;
  if (!equalBytes(bytes.subarray(end), new Uint8Array(TYPED_BYTES - end)))
    throw unreadable('This is not a recovery share of this program.');
  return { set: bytes.slice(0, SET_BYTES), index: bytes[SET_BYTES] as number, value: bytes.slice(SET_BYTES + 1, end) };
}

function checkOf(hash: Hash, line: number, piece: Uint8Array): string {
  const [high, low] = hash(RECOVERY_LINE_TAG, Uint8Array.of(line), piece) as unknown as [number, number];
  return `${BASE32[high & 31]}${BASE32[low & 31]}`;
}

function unreadable(message: string, line?: number): Failure {
  return new Failure('recovery.share-unreadable', message, line === undefined ? {} : { details: { line } });
}
