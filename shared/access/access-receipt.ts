/**
 * A receipt of the access log: lines about one patient with the proof that the region's ledger counts them, to keep and to check
 * with no hub and no database. JSON with base64 bytes; see docs/protocol.md, section 11.
 */
import { fromBase64, toBase64, toHex } from '../encoding/bytes.ts';
import { decode } from '../encoding/codec.ts';
import type { Region, Verify } from '../ledger/founding.ts';
import { type Hash, leafHash, verifyInclusion } from '../ledger/merkle.ts';
import { type Receipt, verifyReceipt } from '../ledger/receipt.ts';
import { Failure } from '../outcome/failure.ts';
import {
  type AccessLine,
  type AccessLineHead,
  accessEntry,
  decodeAccessLine,
  decodeAccessLineHead,
  entryOf,
  type OpenedEntry,
  openEntry,
} from '../sync/access-line.ts';
import { accessSealedBody } from './access-rules.ts';
import { gaps, type MissingLines } from './line-numbers.ts';

/**
 * Version 2 shows who looked when and why, and leaves out which parts of the records could be seen: what a patient keeps from somebody is
 * then not told by the proof either. Version 1 shows whole lines; it is made no more, and verified as before.
 */
export interface AccessReceipt {
  readonly careledger: 'access-receipt/2';
  /** The patient's id, hexadecimal. */
  readonly patient: string;
  readonly logs: readonly ReceiptLog[];
}

/** Lines that one computer wrote, under one of its anchors: of one computer there may be several. */
export interface ReceiptLog {
  /** Of the event `access.sealed` that counts them. */
  readonly anchor: Receipt;
  readonly lines: readonly ReceiptLine[];
}

interface ReceiptLine extends Readonly<Record<keyof OpenedEntry, string>> {
  /** RFC 9162 inclusion proof of the entry under the anchor's root. */
  readonly proof: readonly string[];
}

/** Whether a receipt can show it: of a line of suite 1 it could show all or nothing. */
export const isShowable = ({ suite }: AccessLine): boolean => suite === 2;

/** @param line one that is showable */
export function receiptLine(hash: Hash, line: AccessLine, proof: readonly Uint8Array[]): ReceiptLine {
  const { opening, head, seen } = openEntry(hash, line);
  return { opening: toBase64(opening), head: toBase64(head), seen: toBase64(seen), proof: proof.map(toBase64) };
}

/** As it stands in a receipt of either version. */
type WrittenLine = Partial<Record<keyof OpenedEntry | 'salt' | 'line', string>> & Pick<ReceiptLine, 'proof'>;
type WrittenReceipt = Pick<AccessReceipt, 'patient'> & {
  readonly logs: ReadonlyArray<Pick<ReceiptLog, 'anchor'> & { readonly lines: readonly WrittenLine[] }>;
};

/** `categories` only of a receipt of version 1. */
type VerifiedLine = AccessLineHead & Partial<Pick<AccessLine, 'categories'>>;

interface VerifiedLog {
  /** Hexadecimal. */
  readonly device: string;
  readonly chain: string;
  /** How many lines of the computer, about anybody, the anchor counts. */
  readonly count: number;
  readonly anchoredAt: number;
  readonly witnessed: boolean;
  readonly lines: readonly VerifiedLine[];
  /** Numbers (of the lines about this patient) that the receipt leaves out between its first possible and its last one. */
  readonly missing: readonly MissingLines[];
}

type VerifiedPart = Omit<VerifiedLog, 'missing'>;

interface VerifiedAccessReceipt {
  readonly region: Region;
  readonly patient: string;
  readonly logs: readonly VerifiedLog[];
}

export const looksLikeAccessReceipt = (text: string): boolean => /^\s*\{\s*"careledger"\s*:\s*"access-receipt\//.test(text);

const refused = (reason: string, message: string): Failure => new Failure(`access-receipt.${reason}`, message);

/**
 * Shows that each line was written by that computer as it stands, and counted by the ledger. It cannot show that there is no
 * later line; those that are left out in between are named.
 * @throws {Failure} `access-receipt.malformed`, `access-receipt.foreign`, `access-receipt.altered`; as `verifyReceipt`.
 */
export function verifyAccessReceipt(hash: Hash, verify: Verify, value: unknown): VerifiedAccessReceipt {
  const { patient, logs } = parse(value);
  let region: Region | undefined;
  const parts = logs.map(({ anchor, lines }): VerifiedPart => {
    const receipt = verifyReceipt(hash, verify, anchor);
    if (region && toHex(region.id) !== toHex(receipt.region.id))
      throw refused('foreign', 'The parts of this receipt are of two regions.');
    region = receipt.region;
    if (receipt.event.type !== 'access.sealed')
      throw refused('foreign', 'A part of this receipt is about another act of the ledger.');
    const { root, count } = decode(accessSealedBody, receipt.event.body);
    const [device, chain] = [toHex(receipt.block.device), toHex(receipt.block.chain)];
    const opened = lines.map((line) => {
      const { read, entry } = readLine(hash, line);
      if (read.device !== device || read.chain !== chain || read.patient !== patient)
        throw refused('foreign', 'A line in this receipt is of another computer or about another patient.');
      const leaf = leafHash(hash, entry);
      const proof = line.proof.map(bytesOf);
      if (!verifyInclusion(hash, { leaf, index: read.sequence - 1, size: count, root, proof }))
        throw refused(
          'altered',
          `Line ${read.sequence} is not the one that the ledger counts: it was altered, or was never in this log.`,
        );
      return read;
    });
    return { device, chain, count, anchoredAt: receipt.event.time, witnessed: receipt.witnessed, lines: opened };
  });
  if (!region) throw refused('malformed', 'This receipt holds no lines.');
  return { region, patient, logs: [...Map.groupBy(parts, ({ device }) => device).values()].map(logOf) };
}

function readLine(hash: Hash, { salt = '', line, opening = '', head = '', seen = '' }: WrittenLine) {
  if (line !== undefined) {
    const whole = decodeAccessLine(bytesOf(line), bytesOf(salt));
    const { salt: _, ...read } = whole;
    return { read: read satisfies VerifiedLine as VerifiedLine, entry: accessEntry(hash, whole) };
  }
  const opened = { opening: bytesOf(opening), head: bytesOf(head), seen: bytesOf(seen) };
  return { read: decodeAccessLineHead(opened.head) as VerifiedLine, entry: entryOf(hash, opened) };
}

/** What the anchors of one computer show together: as of the newest of them. */
function logOf(parts: readonly VerifiedPart[]): VerifiedLog {
  const newest = parts.reduce((one, other) => (other.count > one.count ? other : one));
  const lines = parts.flatMap((part) => part.lines);
  const numbers = lines.map(({ ofPatient }) => ofPatient).sort((one, other) => one - other);
  return { ...newest, witnessed: parts.every(({ witnessed }) => witnessed), lines, missing: gaps(numbers, 0) };
}

/** Fields of a line beside its proof, by version. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  'access-receipt/1': ['salt', 'line'],
  'access-receipt/2': ['opening', 'head', 'seen'],
};

function parse(value: unknown): WrittenReceipt {
  const receipt = value as Partial<WrittenReceipt & { readonly careledger: string }> | null;
  const fields = FIELDS[String(receipt?.careledger)];
  const right =
    fields !== undefined &&
    receipt !== null &&
    typeof receipt.patient === 'string' &&
    /^[0-9a-f]{32}$/.test(receipt.patient) &&
    Array.isArray(receipt.logs) &&
    Object.keys(receipt).every((field) => ['careledger', 'patient', 'logs'].includes(field)) &&
    receipt.logs.every((log) => isLog(log, fields));
  if (!right)
    throw refused('malformed', 'This is not a receipt of an access log (version 1 or 2). Check that the whole file was copied.');
  return receipt as WrittenReceipt;
}

const isLog = (log: Partial<ReceiptLog> | null, fields: readonly string[]): boolean =>
  typeof log?.anchor === 'object' &&
  Array.isArray(log.lines) &&
  log.lines.length > 0 &&
  log.lines.every((line) => isLine(line, fields));

const isLine = (line: Record<string, unknown> | null, fields: readonly string[]): boolean =>
  line !== null &&
  Object.keys(line).length === fields.length + 1 &&
  fields.every((field) => typeof line[field] === 'string') &&
  Array.isArray(line.proof) &&
  line.proof.length <= 64 &&
  line.proof.every((each) => typeof each === 'string');

function bytesOf(text: string): Uint8Array {
  try {
    return fromBase64(text);
  } catch (cause) {
    throw new Failure('access-receipt.malformed', 'Bytes in this receipt are not base64. Check that the whole file was copied.', {
      cause,
    });
  }
}
