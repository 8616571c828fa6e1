/**
 * The patient's own copy of their access log: after each anchoring, the new lines about them with their proofs, as a sealed document
 * in the patient's box. Who holds the card's key lists them and checks them against the ledger, with no key of the clinic.
 */
import { concat, equalBytes, toHex } from '../encoding/bytes.ts';
import { decode, encode, fixed, list, opaque, struct, u8, u64 } from '../encoding/codec.ts';
import { SUITE } from '../ledger/event.ts';
import { type Hash, leafHash, verifyInclusion } from '../ledger/merkle.ts';
import { TAG } from '../ledger/tags.ts';
import { Failure } from '../outcome/failure.ts';
import { type AccessLine, accessEntry, decodeSaltedLine, encodeSaltedLine } from '../sync/access-line.ts';
import { lineId } from './access-visits.ts';
import { gaps, isTwice, type MissingLines } from './line-numbers.ts';

/** Kind of the envelope (docs/protocol.md, section 9). */
export const PATIENT_COPY_KIND = 'access-copy';
/** Lines in one copy. */
export const MOST_COPIED = 400;

/** Lines that one computer wrote about the patient, under one of its anchors; and what other clinics told of. */
export interface PatientCopy {
  /** 32 bytes. */
  readonly device: Uint8Array;
  /** As its `access.sealed` says. */
  readonly count: number;
  readonly root: Uint8Array;
  readonly lines: ReadonlyArray<{ readonly line: AccessLine; readonly proof: readonly Uint8Array[] }>;
  /** Lines of other clinics, as they told this one: without a proof. */
  readonly told: readonly AccessLine[];
}

const salted = opaque(16_384);
const copyCodec = struct({
  suite: u8,
  device: fixed(32),
  count: u64,
  root: fixed(32),
  lines: list(struct({ line: salted, proof: list(fixed(32), 64) }), MOST_COPIED),
  told: list(salted, MOST_COPIED),
});

export const encodePatientCopy = ({ lines, told, ...anchor }: PatientCopy): Uint8Array =>
  encode(copyCodec, {
    ...anchor,
    suite: SUITE,
    lines: lines.map(({ line, proof }) => ({ line: encodeSaltedLine(line), proof: [...proof] })),
    told: told.map(encodeSaltedLine),
  });

/** @throws {Failure} `encoding.malformed`, `ledger.suite-unknown`. */
export function decodePatientCopy(bytes: Uint8Array): PatientCopy {
  const { suite, lines, told, ...anchor } = decode(copyCodec, bytes);
  if (suite !== SUITE)
    throw new Failure('ledger.suite-unknown', `This copy is of suite ${suite}, which this program does not know. Update it.`);
  return {
    ...anchor,
    lines: lines.map(({ line, proof }) => ({ line: decodeSaltedLine(line), proof })),
    told: told.map(decodeSaltedLine),
  };
}

/** The record id under which every copy in a box is sealed, as version 1: no row of the ledger names them. */
export const patientCopyRecord = (hash: Hash, box: Uint8Array): Uint8Array => hash(concat(TAG.accessCopy, box)).slice(0, 16);

/** What the ledger says of a computer's log at one moment: an `access.sealed` that was accepted. */
export interface LogAnchor {
  readonly root: Uint8Array;
  readonly count: number;
}

/**
 * How the copies of a computer stand to what the ledger says of that computer. `behind`: the ledger counts later lines, about others or
 * not copied yet; `waiting`: an anchor has not reached this ledger; `differs`: the ledger has another root, or never counted so;
 * `told`: another clinic told of the lines, and nothing proves them here.
 */
type CopyStanding = 'anchored' | 'behind' | 'waiting' | 'differs' | 'told';

/** What there is of one computer about the patient. */
export interface CopiedLog {
  readonly device: string;
  readonly chain: string;
  readonly standing: CopyStanding;
  readonly lines: number;
  /** Lines, about anybody, that the ledger counts. */
  readonly anchored: number;
  readonly missing: readonly MissingLines[];
  /** Lines that are not the ones that were counted. */
  readonly altered: readonly AccessLine[];
  readonly complete: boolean;
}

export interface OwnLog {
  /** Newest first, each once; without those that were altered. */
  readonly lines: readonly AccessLine[];
  /** `lineId` of those that stand under a root of the ledger. */
  readonly proved: ReadonlySet<string>;
  readonly logs: readonly CopiedLog[];
}

/**
 * The patient's log out of all copies, each held against the ledger's own anchor of its count: an older copy proves nothing by itself.
 * @param anchors by device in hexadecimal, counts rising
 */
export function ownLog(hash: Hash, copies: readonly PatientCopy[], anchors: ReadonlyMap<string, readonly LogAnchor[]>): OwnLog {
  const proved = new Set<string>();
  const logs: CopiedLog[] = [];
  const lines: AccessLine[] = [];
  const withProofs = copies.filter((copy) => copy.lines.length > 0);
  for (const [device, theirs] of Map.groupBy(withProofs, (copy) => toHex(copy.device))) {
    const counted = anchors.get(device) ?? [];
    const checked = theirs.flatMap((copy) => checkedLines(hash, copy, standsIn(copy, counted)));
    const intact = distinct(
      hash,
      checked.flatMap(({ line, isIntact }) => (isIntact ? line : [])),
    );
    const altered = distinct(
      hash,
      checked.flatMap(({ line, isIntact }) => (isIntact ? [] : line)),
    );
    for (const { line, isProved } of checked) if (isProved) proved.add(lineId(line));
    lines.push(...intact);
    logs.push(logOf(device, [...intact, ...altered], altered, standingOf(theirs, counted), counted.at(-1)?.count ?? 0));
  }
  const told = distinct(
    hash,
    copies.flatMap((copy) => copy.told),
  );
  const withProof = new Set(logs.map(({ device }) => device));
  // What is told of a computer that proves its lines itself fills none of its gaps.
  for (const [device, theirs] of Map.groupBy(told, (line) => line.device))
    if (!withProof.has(device)) logs.push(logOf(device, theirs, [], 'told', anchors.get(device)?.at(-1)?.count ?? 0));
  const newestFirst = (one: AccessLine, other: AccessLine) => other.at - one.at || lineId(other).localeCompare(lineId(one));
  return { lines: distinct(hash, [...lines, ...told]).sort(newestFirst), proved, logs };
}

/** Lines of one computer with what proves them. */
interface ProvenPart {
  readonly device: Uint8Array;
  /** Of the anchor that counts them. */
  readonly root: Uint8Array;
  readonly lines: PatientCopy['lines'];
}

/** The lines that stand under a root of the ledger, each once, to be shown to others with their proofs. */
export function provenParts(
  hash: Hash,
  copies: readonly PatientCopy[],
  anchors: ReadonlyMap<string, readonly LogAnchor[]>,
): ProvenPart[] {
  const shown = new Set<string>();
  return copies.flatMap((copy): ProvenPart[] => {
    const place = standsIn(copy, anchors.get(toHex(copy.device)) ?? []);
    const proved = checkedLines(hash, copy, place).map(({ isProved }) => isProved);
    const lines = copy.lines.filter(({ line }, at) => proved[at] && !shown.has(lineId(line)) && shown.add(lineId(line)));
    return lines.length > 0 ? [{ device: copy.device, root: copy.root, lines }] : [];
  });
}

type Place = 'holds' | 'waits' | 'differs';

/** Whether the ledger counts what the copy says it counts. */
function standsIn({ count, root }: LogAnchor, anchors: readonly LogAnchor[]): Place {
  const anchor = anchors.find((each) => each.count === count);
  if (anchor) return equalBytes(anchor.root, root) ? 'holds' : 'differs';
  return count > (anchors.at(-1)?.count ?? 0) ? 'waits' : 'differs';
}

function checkedLines(hash: Hash, { device, count, root, lines }: PatientCopy, place: Place) {
  return lines.map(({ line, proof }) => {
    const claim = { leaf: leafHash(hash, accessEntry(hash, line)), index: line.sequence - 1, size: count, root, proof };
    const isIntact = line.device === toHex(device) && verifyInclusion(hash, claim);
    return { line, isIntact, isProved: isIntact && place === 'holds' };
  });
}

function logOf(
  device: string,
  lines: readonly AccessLine[],
  altered: readonly AccessLine[],
  standing: CopyStanding,
  anchored: number,
): CopiedLog {
  const numbers = lines.map(({ ofPatient }) => ofPatient).sort((one, other) => one - other);
  const missing = gaps(numbers, 0);
  const complete = missing.length === 0 && altered.length === 0 && !isTwice(numbers) && standing !== 'differs';
  return { device, chain: (lines[0] as AccessLine).chain, standing, lines: lines.length, anchored, missing, altered, complete };
}

const distinct = (hash: Hash, lines: readonly AccessLine[]): AccessLine[] => [
  ...new Map(lines.map((line) => [toHex(accessEntry(hash, line)), line])).values(),
];

function standingOf(copies: readonly PatientCopy[], anchors: readonly LogAnchor[]): CopyStanding {
  const places = copies.map((copy) => standsIn(copy, anchors));
  if (places.includes('differs')) return 'differs';
  if (places.includes('waits')) return 'waiting';
  const newest = Math.max(...copies.map(({ count }) => count));
  return newest < (anchors.at(-1)?.count ?? 0) ? 'behind' : 'anchored';
}
