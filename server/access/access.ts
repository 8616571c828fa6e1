/**
 * The access log: who opened whose records, when and why. Each line is sealed, chained to the one before and counted, and is
 * durable before anything is shown; the ledger gets the root over all lines of this device from time to time.
 */

import { accessKey, accessRow, accessSealedBody } from '../../shared/access/access-rules.ts';
import { compareBytes, fromHex, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { decode, encode, fixed, list, struct, text, u64 } from '../../shared/encoding/codec.ts';
import { encodeEvent } from '../../shared/ledger/event.ts';
import { CompactRange, leafHash } from '../../shared/ledger/merkle.ts';
import { asFailure, Failure } from '../../shared/outcome/failure.ts';
import type { ReadConnection } from '../storage/database.ts';
import type { VaultRow } from '../sync/gateway.ts';
import { listOverlaid } from '../sync/pending.ts';
import { NO_TAG, SealedRows } from '../sync/sealed-rows.ts';
import { type AccessGate, type AccessLine, lastingKey, type PatientEntry, type VaultContext } from '../sync/vault-context.ts';
import { everyRow, rowsOfKeys, rowsOfTag } from '../sync/vault-rows.store.ts';
import { hashParts } from '../vault/hash-parts.ts';
import { accessResolvers } from './access.resolvers.ts';

const OWN = 'access';
const RECEIVED = 'access-received';
const ANCHOR = 'access-anchor';
const NOTHING = new Uint8Array(0);

/** `previous`: SHA-256 of the sealed line before, zeroes for the first; `line`: an AccessLine as JSON. */
const lineCodec = struct({ previous: fixed(32), line: text(8_192) });
/** What was anchored last, so that an unlock reads only the lines after it. */
const anchorCodec = struct({ count: u64, last: fixed(32), nodes: list(fixed(32), 64) });

/** How many lines of this device are here, and how many the ledger says there were. */
export interface Completeness {
  readonly device: string;
  readonly lines: number;
  readonly anchored: number;
  /** All anchored lines are here, unaltered and in their order. */
  readonly complete: boolean;
}

export class AccessLog implements AccessGate {
  readonly #context: VaultContext;
  readonly #rows: SealedRows;
  #range = new CompactRange(hashParts);
  /** SHA-256 of the newest sealed line. */
  #last: Uint8Array = new Uint8Array(32);
  #anchored = 0;
  /** Set when it is not known whether the last line was written: the disk is asked before the next one. */
  #doubtful = false;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(context: VaultContext, rows: SealedRows) {
    this.#context = context;
    this.#rows = rows;
  }

  static async open(context: VaultContext): Promise<AccessLog> {
    const log = new AccessLog(context, new SealedRows(await lastingKey(context.keyStore, 'access-log', context.random)));
    await log.#readTail();
    return log;
  }

  /** Lines of this device so far. */
  get count(): number {
    return this.#range.size;
  }

  note(patient: PatientEntry, action: string, purpose: string): Promise<AccessLine> {
    return this.#inTurn(async () => {
      const { staff, device, chain, clock, gateway, hooks } = this.#context;
      try {
        if (this.#doubtful) await this.#readTail();
        const line: AccessLine = {
          patient: patient.id,
          staff: toHex(staff.id),
          who: staff.name,
          role: staff.role,
          purpose,
          action,
          at: clock(),
          chain: toHex(chain),
          device: toHex(device),
          sequence: this.#range.size + 1,
        };
        const row = this.#sealed(line);
        const messages = line.chain === patient.custodian ? [] : await hooks.onAccessLine(line, patient);
        this.#doubtful = true;
        await gateway.commit({ rows: [row], messages, elsewhere: [this.receivedRow(line)] });
        this.#doubtful = false;
        this.#append(row.sealed as Uint8Array);
        return line;
      } catch (cause) {
        throw new Failure(
          'access.line-not-durable',
          'The chart stays closed, because the line that says who opened it could not be saved. Look at the disk and try again.',
          { retry: true, cause, details: cause instanceof Failure ? { because: cause.code } : {} },
        );
      }
    });
  }

  /** Writes `access.sealed` when there are lines that the ledger does not count yet. On a cadence, and before locking. */
  sealAccessLog(): Promise<boolean> {
    return this.#inTurn(async () => {
      if (this.#doubtful) await this.#readTail();
      const count = this.#range.size;
      if (count === this.#anchored) return false;
      const { gateway, device, clock, rows } = this.#context;
      const body = encode(accessSealedBody, { root: this.#range.root(), count });
      const event = encodeEvent({
        type: 'access.sealed',
        handle: NOTHING,
        body,
        author: device,
        time: clock(),
        commitment: NOTHING,
      });
      const anchor = encode(anchorCodec, { count, last: this.#last, nodes: [...this.#range.nodes] });
      const row = rows.seal(ANCHOR, rows.name(ANCHOR, device), NO_TAG, anchor);
      await gateway.commit({ events: [{ event, signature: NOTHING }], rows: [row] });
      this.#anchored = count;
      return true;
    });
  }

  /** Lines about a patient, of this clinic and of others that told us, newest first. */
  async linesOf(patient: string): Promise<AccessLine[]> {
    const tag = this.#tag(patient);
    const lines: AccessLine[] = [];
    for (const kind of [OWN, RECEIVED]) {
      for (const row of await rowsOfTag(this.#context.reader, kind, tag)) lines.push(this.#opened(kind, row));
    }
    return lines.sort((one, other) => other.at - one.at || other.sequence - one.sequence);
  }

  /** Compares every line of this device with what the ledger anchors. */
  async completeness(): Promise<Completeness> {
    const device = toHex(this.#context.device);
    const [stored] = await this.#context.gateway.state([accessKey(device)]);
    const anchor = stored ? decode(accessRow, stored) : { count: 0, root: NOTHING };
    const range = new CompactRange(hashParts);
    let root = range.root();
    for await (const page of everyRow(this.#context.reader, OWN)) {
      for (const { sealed } of page) {
        range.append(leafOf(sealed));
        if (range.size === anchor.count) root = range.root();
      }
    }
    const unaltered = anchor.count === 0 || compareBytes(root, anchor.root) === 0;
    return { device, lines: range.size, anchored: anchor.count, complete: range.size >= anchor.count && unaltered };
  }

  /** The row of a line that was not written here: another desk's, or another clinic's about one of our patients. */
  receivedRow(line: AccessLine): VaultRow {
    const key = this.#rows.name(RECEIVED, fromHex(line.device), utf8(String(line.sequence)), fromHex(line.patient));
    const plaintext = encode(lineCodec, { previous: new Uint8Array(32), line: JSON.stringify(line) });
    return this.#rows.seal(RECEIVED, key, this.#tag(line.patient), plaintext);
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(act);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  #tag(patient: string): Uint8Array {
    return this.#rows.name('patient', fromHex(patient));
  }

  #sealed(line: AccessLine): VaultRow {
    const plaintext = encode(lineCodec, { previous: this.#last, line: JSON.stringify(line) });
    return this.#rows.seal(OWN, sequenceKey(line.sequence), this.#tag(line.patient), plaintext);
  }

  #opened(kind: string, row: Omit<VaultRow, 'kind'>): AccessLine {
    return JSON.parse(decode(lineCodec, this.#rows.open(kind, row)).line) as AccessLine;
  }

  #append(sealed: Uint8Array): void {
    this.#range.append(leafOf(sealed));
    this.#last = hashParts(sealed);
  }

  /** Takes up the chain where the disk says it ends. */
  async #readTail(): Promise<void> {
    const { reader, rows, device } = this.#context;
    const [stored] = await rowsOfKeys(reader, ANCHOR, [rows.name(ANCHOR, device)]);
    const anchor = stored && decode(anchorCodec, rows.open(ANCHOR, stored));
    this.#range = new CompactRange(hashParts, anchor?.count ?? 0, anchor?.nodes ?? []);
    this.#last = anchor?.last ?? new Uint8Array(32);
    this.#anchored = anchor?.count ?? 0;
    for await (const page of everyRow(reader, OWN, sequenceKey(this.#anchored)))
      for (const { sealed } of page) this.#append(sealed);
    this.#doubtful = false;
  }
}

/**
 * The access lines that were written here, each opened at its number in the chain, and compared with what the ledger anchors. Gives
 * how many there are. @param key the access-log key @param faults gets a sentence for each thing that does not hold
 */
export async function verifyAccessLines(read: ReadConnection, key: Uint8Array, faults: string[]): Promise<number> {
  const rows = new SealedRows(key);
  const range = new CompactRange(hashParts);
  let last: Uint8Array = new Uint8Array(32);
  let device: string | undefined;
  const anchors = new Map(
    (await listOverlaid(read, accessKey(''))).map(({ key: name, value }) => [name, decode(accessRow, value)]),
  );
  const counts = new Set([...anchors.values()].map(({ count }) => count));
  const roots = new Map<number, Uint8Array>();
  for await (const page of everyRow(read, OWN)) {
    for (const row of page) {
      const number = range.size + 1;
      try {
        const { previous, line } = decode(lineCodec, rows.open(OWN, row));
        const { sequence, device: writer } = JSON.parse(line) as AccessLine;
        device = writer;
        if (sequence !== number || compareBytes(previous, last) !== 0)
          faults.push(
            `Line ${sequence} of the access log does not follow the one before it: a line is missing or was put there.`,
          );
      } catch (error) {
        faults.push(`Line ${number} of the access log does not open: ${asFailure(error).message}`);
      }
      last = hashParts(row.sealed);
      range.append(leafOf(row.sealed));
      if (counts.has(range.size)) roots.set(range.size, range.root());
    }
  }
  const anchor = device === undefined ? undefined : anchors.get(accessKey(device));
  if (!anchor || anchor.count === 0) return range.size;
  const root = roots.get(anchor.count);
  if (!root || compareBytes(root, anchor.root) !== 0)
    faults.push(
      `The ledger counts ${anchor.count} lines of this device's access log; those that are here are not the same ones.`,
    );
  return range.size;
}

const leafOf = (sealed: Uint8Array): Uint8Array => leafHash(hashParts, hashParts(sealed));

/** Big-endian in sixteen bytes, so that rows lie in the order of the chain. */
function sequenceKey(sequence: number): Uint8Array {
  const key = new Uint8Array(16);
  key.set(encode(u64, sequence), 8);
  return key;
}

/** What the registry of domains needs of this one. */
export const accessDomain = { name: 'access', sdl: 'shared/access/access.graphql', resolvers: accessResolvers };
