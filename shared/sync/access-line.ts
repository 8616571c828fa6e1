/**
 * An access line: who looked at what of whom, when and why. The ledger counts *entries*, salted hashes of lines: a line with its
 * salt can be shown to anybody and checked against the anchor, wherever and however it is kept; see docs/protocol.md, section 10.
 */
import { fromHex, toHex } from '../encoding/bytes.ts';
import { choice, decode, encode, fixed, list, opaque, struct, text, u8, u64 } from '../encoding/codec.ts';
import { SUITE } from '../ledger/event.ts';
import type { Hash } from '../ledger/merkle.ts';
import { ROLES, type Role } from '../ledger/rows.ts';
import { TAG } from '../ledger/tags.ts';
import { Failure } from '../outcome/failure.ts';

/** Bytes of `detail`. */
const MAX_ACCESS_DETAIL = 2_000;
const MAX_ACCESS_LINE = 8_192;

/** Ids in hexadecimal. */
export interface AccessLine {
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

const lineCodec = struct({
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
  categories: list(text(40), 16),
  detail: text(MAX_ACCESS_DETAIL),
});

/** The line's own bytes, without its salt. @throws {Failure} `encoding.malformed` when a text is too long. */
export function encodeAccessLine(line: AccessLine): Uint8Array {
  return encode(lineCodec, {
    ...line,
    suite: SUITE,
    chain: fromHex(line.chain),
    device: fromHex(line.device),
    patient: fromHex(line.patient),
    staff: fromHex(line.staff),
    recipient: fromHex(line.recipient),
    categories: [...line.categories],
  });
}

/** @throws {Failure} `encoding.malformed`, `ledger.suite-unknown`. */
export function decodeAccessLine(bytes: Uint8Array, salt: Uint8Array): AccessLine {
  const { suite, ...line } = decode(lineCodec, bytes);
  if (suite !== SUITE)
    throw new Failure(
      'ledger.suite-unknown',
      `This access line is of suite ${suite}, which this program does not know. Update it.`,
    );
  return {
    ...line,
    chain: toHex(line.chain),
    device: toHex(line.device),
    patient: toHex(line.patient),
    staff: toHex(line.staff),
    recipient: toHex(line.recipient),
    salt: toHex(salt),
  };
}

/** What the tree of a device's access log has at `sequence` − 1: H(tag('access-line') ‖ salt ‖ H(line)). */
export function accessEntry(hash: Hash, line: AccessLine): Uint8Array {
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
