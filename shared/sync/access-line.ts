/**
 * An access line: who looked at what of whom, when and why. The ledger counts *entries*, salted hashes of lines: a line with its
 * salt can be shown to anybody and checked against the anchor, wherever and however it is kept; see docs/protocol.md, section 10.
 */
import { fromHex, toHex } from '../encoding/bytes.ts';
import { choice, type Decoded, decode, encode, fixed, list, opaque, struct, text, u8, u64 } from '../encoding/codec.ts';
import type { Hash } from '../ledger/merkle.ts';
import { ROLES, type Role } from '../ledger/rows.ts';
import { TAG } from '../ledger/tags.ts';
import { Failure } from '../outcome/failure.ts';

/** Bytes of `detail`. */
const MAX_ACCESS_DETAIL = 2_000;
const MAX_ACCESS_LINE = 8_192;

/** Lines are of suite 1, as they were at first, or 2, whose categories are hidden in its entry behind a hash of their own. */
const SUITES = [1, 2] as const;
/** Of a new line. */
export const ACCESS_SUITE = 2;

/** Ids in hexadecimal. */
export interface AccessLine {
  readonly suite: (typeof SUITES)[number];
  readonly chain: string;
  readonly device: string;
  /** Counts the lines of this device from 1. */
  readonly sequence: number;
  readonly patient: string;
  /** Counts the lines of this device about this patient from 1: a line that is held back leaves a gap. */
  readonly ofPatient: number;
  /** Milliseconds since 1970, by that device's clock. */
  readonly at: number;
  /** Who answers for it: the person who looked, or on whose word a program did. */
  readonly staff: string;
  readonly who: string;
  readonly role: Role;
  /** Empty when a person looked; else what the program did: `import`, `sharing`, `export`, `monitoring` … */
  readonly process: string;
  /** The clinic that was given what was read; empty when nobody else was. */
  readonly recipient: string;
  /** `open`, `break-glass`, `consents`, `access-log` … */
  readonly action: string;
  /** An HL7 code of shared/consent/purpose.ts. */
  readonly purpose: string;
  /** What could be seen. */
  readonly categories: readonly string[];
  /** A reason in words, or what else there is to say. */
  readonly detail: string;
  /** 32 bytes: hides the line in its entry from who knows everything about it but has not seen it. */
  readonly salt: string;
}

/** What of a line of suite 2 is shown to somebody who is not to learn which parts of the records could be seen. */
export type AccessLineHead = Omit<AccessLine, 'categories' | 'salt'>;

const said = {
  suite: u8,
  chain: fixed(32),
  device: fixed(32),
  sequence: u64,
  patient: fixed(16),
  ofPatient: u64,
  at: u64,
  staff: fixed(32),
  who: text(200),
  role: choice(...ROLES),
  process: text(40),
  recipient: opaque(32),
  action: text(40),
  purpose: text(20),
};
const seen = { categories: list(text(40), 16) };
const detail = { detail: text(MAX_ACCESS_DETAIL) };

const lineOfSuite1 = struct({ ...said, ...seen, ...detail });
const head = struct({ ...said, ...detail });
const lineOfSuite2 = struct({ ...said, ...detail, ...seen });
const categories = struct(seen);

const withBytes = <Line extends AccessLineHead>(line: Line) => ({
  ...line,
  chain: fromHex(line.chain),
  device: fromHex(line.device),
  patient: fromHex(line.patient),
  staff: fromHex(line.staff),
  recipient: fromHex(line.recipient),
});

const withHex = <Line extends Decoded<typeof head>>({ suite, ...line }: Line) => ({
  ...line,
  suite: knownSuite(suite),
  chain: toHex(line.chain),
  device: toHex(line.device),
  patient: toHex(line.patient),
  staff: toHex(line.staff),
  recipient: toHex(line.recipient),
});

/** @throws {Failure} `ledger.suite-unknown`. */
function knownSuite(suite: number | undefined): AccessLine['suite'] {
  const known = SUITES.find((each) => each === suite);
  if (known) return known;
  throw new Failure(
    'ledger.suite-unknown',
    `This access line is of suite ${suite}, which this program does not know. Update it.`,
  );
}

/** The line's own bytes, without its salt. @throws {Failure} `encoding.malformed` when a text is too long. */
export function encodeAccessLine(line: AccessLine): Uint8Array {
  return encode(line.suite === 1 ? lineOfSuite1 : lineOfSuite2, { ...withBytes(line), categories: [...line.categories] });
}

/** @throws {Failure} `encoding.malformed`, `ledger.suite-unknown`. */
export function decodeAccessLine(bytes: Uint8Array, salt: Uint8Array): AccessLine {
  const codec = knownSuite(bytes[0]) === 1 ? lineOfSuite1 : lineOfSuite2;
  return { ...withHex(decode(codec, bytes)), salt: toHex(salt) };
}

/** @throws {Failure} `encoding.malformed`, `ledger.suite-unknown`. */
export function decodeAccessLineHead(bytes: Uint8Array): AccessLineHead {
  return withHex(decode(head, bytes));
}

/** What proves a line of suite 2 without its categories. */
export interface OpenedEntry {
  /** H(tag('access-opening') ‖ salt): nobody comes from it to the salt. */
  readonly opening: Uint8Array;
  /** The bytes of the line's head. */
  readonly head: Uint8Array;
  /** H(tag('access-categories') ‖ salt ‖ categories): without the salt nobody guesses them. */
  readonly seen: Uint8Array;
}

/** Of a line of suite 2. */
export function openEntry(hash: Hash, line: AccessLine): OpenedEntry {
  const salt = fromHex(line.salt);
  return {
    opening: hash(TAG.accessOpening, salt),
    head: encode(head, withBytes(line)),
    seen: hash(TAG.accessCategories, salt, encode(categories, { categories: [...line.categories] })),
  };
}

export const entryOf = (hash: Hash, { opening, head, seen }: OpenedEntry): Uint8Array =>
  hash(TAG.accessLine, opening, hash(head), seen);

/** What the tree of a device's access log has at `sequence` − 1: docs/protocol.md, section 10. */
export function accessEntry(hash: Hash, line: AccessLine): Uint8Array {
  if (line.suite === 2) return entryOf(hash, openEntry(hash, line));
  return hash(TAG.accessLine, fromHex(line.salt), hash(encodeAccessLine(line)));
}

/** A line with its salt, as rows, messages and receipts carry it: salt[32] ‖ line. */
const salted = struct({ salt: fixed(32), line: opaque(MAX_ACCESS_LINE) });

export const encodeSaltedLine = (line: AccessLine): Uint8Array =>
  encode(salted, { salt: fromHex(line.salt), line: encodeAccessLine(line) });

/** @throws {Failure} as `decodeAccessLine`. */
export function decodeSaltedLine(bytes: Uint8Array): AccessLine {
  const { salt, line } = decode(salted, bytes);
  return decodeAccessLine(line, salt);
}
