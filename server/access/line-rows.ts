/** Access lines as rows of the vault: this device's own, numbered and chained, and those that came from elsewhere. */
import { fromHex } from '../../shared/encoding/bytes.ts';
import { decode, encode, fixed, opaque, struct, u64 } from '../../shared/encoding/codec.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { type AccessLine, accessEntry, decodeSaltedLine, encodeSaltedLine } from '../../shared/sync/access-line.ts';
import type { VaultRow } from '../sync/gateway.ts';
import { SealedRows } from '../sync/vault-context/sealed-rows.ts';
import { hashParts } from '../vault/hash-parts.ts';

/** Kind of the rows that this device wrote. */
export const OWN_LINES = 'access';
/** Kind of the rows that other desks of this clinic and other clinics wrote. */
export const RECEIVED_LINES = 'access-received';
type LineKind = typeof OWN_LINES | typeof RECEIVED_LINES;

/** `previous`: the entry of the line before, zeroes for the first and for lines from elsewhere; `line`: salt and line. */
const rowCodec = struct({ previous: fixed(32), line: opaque(16_384) });
const NO_LINE = new Uint8Array(32);
/** Patients whose tags are remembered: each line asks for its own five times. */
const TAGS_KEPT = 1_000;

type SealedRow = Omit<VaultRow, 'kind'> & { readonly sealed: Uint8Array };

interface OpenedLine {
  readonly previous: Uint8Array;
  readonly line: AccessLine;
}

export class LineRows {
  readonly sealed: SealedRows;
  readonly #tags = new Map<string, Uint8Array>();

  /** @param key 32 bytes: the clinic's access-log key. */
  constructor(key: Uint8Array) {
    this.sealed = new SealedRows(key);
  }

  tag(patient: string): Uint8Array {
    const known = this.#tags.get(patient);
    if (known) return known;
    const tag = this.sealed.name('patient', fromHex(patient));
    if (this.#tags.size >= TAGS_KEPT) this.#tags.clear();
    this.#tags.set(patient, tag);
    return tag;
  }

  own(line: AccessLine, previous: Uint8Array): VaultRow {
    return this.#row(OWN_LINES, sequenceKey(line.sequence), line, previous);
  }

  /** Named by its entry: whoever tells two different lines under one number has told both. */
  received(line: AccessLine, entry = accessEntry(hashParts, line)): VaultRow {
    return this.#row(RECEIVED_LINES, this.sealed.name(RECEIVED_LINES, entry), line, NO_LINE);
  }

  /** @throws {Failure} `vault.row-altered`. */
  open(kind: LineKind, row: SealedRow): OpenedLine {
    const { previous, line } = decode(rowCodec, this.sealed.open(kind, row));
    return { previous, line: decodeSaltedLine(line) };
  }

  /** The line, unless the row was altered. */
  readable(kind: LineKind, row: SealedRow): AccessLine | undefined {
    try {
      return this.open(kind, row).line;
    } catch (error) {
      if (error instanceof Failure) return undefined;
      throw error;
    }
  }

  /** The entry that the ledger counts; of a row that does not open something that is no entry of a line. */
  entry(row: SealedRow): Uint8Array {
    const line = this.readable(OWN_LINES, row);
    return line ? accessEntry(hashParts, line) : hashParts(row.sealed);
  }

  #row(kind: LineKind, key: Uint8Array, line: AccessLine, previous: Uint8Array): VaultRow {
    return this.sealed.seal(kind, key, this.tag(line.patient), encode(rowCodec, { previous, line: encodeSaltedLine(line) }));
  }
}

/** Big-endian in sixteen bytes, so that rows lie in the order of the chain. */
export function sequenceKey(sequence: number): Uint8Array {
  const key = new Uint8Array(16);
  key.set(encode(u64, sequence), 8);
  return key;
}

/** The number of an own row, by its place. */
export const sequenceAt = (key: Uint8Array): number => decode(u64, key.subarray(8));
