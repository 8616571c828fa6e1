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

/** How the newest copy of a computer stands to what the ledger says of that computer. */
export type CopyStanding = 'anchored' | 'behind' | 'waiting' | 'differs';

export interface CopiedLog {
  readonly device: string;
  readonly chain: string;
  /** `behind`: the ledger counts later lines, about others or not copied yet; `waiting`: the anchor has not reached this ledger. */
  readonly standing: CopyStanding;
  readonly missing: readonly MissingLines[];
  readonly complete: boolean;
}

export interface OwnLog {
  /** Newest first, each once. */
  readonly lines: readonly AccessLine[];
  readonly logs: readonly CopiedLog[];
}

/**
 * The patient's log out of all copies.
 * @param anchors what the ledger counts (rows `access/<device>`), by device in hexadecimal
 * @throws {Failure} `access.copy-altered` when a line does not stand under the root that its copy names
 */
export function ownLog(
  hash: Hash,
  copies: readonly PatientCopy[],
  anchors: ReadonlyMap<string, { readonly root: Uint8Array; readonly count: number }>,
): OwnLog {
  const proven = copies.flatMap(({ device, count, root, lines }) =>
    lines.map(({ line, proof }) => {
      const claim = { leaf: leafHash(hash, accessEntry(hash, line)), index: line.sequence - 1, size: count, root, proof };
      if (line.device !== toHex(device) || !verifyInclusion(hash, claim))
        throw new Failure(
          'access.copy-altered',
          'A line in your copy of the log is not the one that was counted. Ask at the desk, and keep this message.',
        );
      return line;
    }),
  );
  const all = [...proven, ...copies.flatMap(({ told }) => told)];
  const lines = [...new Map(all.map((line) => [toHex(accessEntry(hash, line)), line])).values()].sort(
    (one, other) => other.at - one.at || lineId(other).localeCompare(lineId(one)),
  );
  const newest = new Map<string, PatientCopy>();
  for (const copy of copies) {
    const device = toHex(copy.device);
    if (copy.lines.length > 0 && copy.count >= (newest.get(device)?.count ?? 0)) newest.set(device, copy);
  }
  const logs = [...Map.groupBy(lines, ({ device }) => device)].map(([device, theirs]): CopiedLog => {
    const numbers = theirs.map(({ ofPatient }) => ofPatient).sort((one, other) => one - other);
    const missing = gaps(numbers, 0);
    const standing = standingOf(newest.get(device), anchors.get(device));
    const complete = missing.length === 0 && !isTwice(numbers) && standing !== 'differs';
    return { device, chain: (theirs[0] as AccessLine).chain, standing, missing, complete };
  });
  return { lines, logs };
}

function standingOf(
  copy: PatientCopy | undefined,
  anchor: { readonly root: Uint8Array; readonly count: number } | undefined,
): CopyStanding {
  if (!copy || !anchor || copy.count > anchor.count) return 'waiting';
  if (copy.count < anchor.count) return 'behind';
  return equalBytes(copy.root, anchor.root) ? 'anchored' : 'differs';
}
