/**
 * The access log: who opened whose records, when and why. Each line is sealed, chained to the one before and counted, and is
 * durable before anything is shown; the ledger gets the root over all lines of this device from time to time.
 */

import { accessSealedBody } from '../../shared/access/access-rules.ts';
import { lineId } from '../../shared/access/access-visits.ts';
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { decode, encode, fixed, list, struct, u64 } from '../../shared/encoding/codec.ts';
import { encodeEvent } from '../../shared/ledger/event.ts';
import { CompactRange, leafHash } from '../../shared/ledger/merkle.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { Turns } from '../../shared/outcome/turns.ts';
import { ACCESS_SUITE, type AccessLine, accessEntry } from '../../shared/sync/access-line.ts';
import type { ReadConnection } from '../storage/database.ts';
import type { LocalWrite, VaultRow } from '../sync/gateway.ts';
import { NO_TAG } from '../sync/vault-context/sealed-rows.ts';
import {
  type AccessDetails,
  type AccessGate,
  lastingKey,
  type PatientDirectory,
  type PatientEntry,
  type ProgramAccess,
  type VaultContext,
} from '../sync/vault-context/vault-context.ts';
import { countOfTag, countsByTag, everyRow, rowsOfKeys } from '../sync/vault-context/vault-rows.store.ts';
import { hashParts } from '../vault/hash-parts.ts';
import { accessResolvers } from './access.resolvers.ts';
import { Complaints } from './complaints.ts';
import { completenessFor, type DeviceCompleteness, verifyLines } from './completeness.ts';
import { LineRows, OWN_LINES, sequenceKey } from './line-rows.ts';
import { type MadeReceipt, makeAccessReceipt } from './make-receipt.ts';
import { PatientCopies } from './patient-copies.ts';
import { ShownLogs } from './shown-logs.ts';

const ANCHOR = 'access-anchor';
const NOTHING = new Uint8Array(0);

/** What was anchored last, so that an unlock reads only the lines after it. */
const anchorCodec = struct({ count: u64, last: fixed(32), nodes: list(fixed(32), 64) });

export class AccessLog implements AccessGate {
  readonly #context: VaultContext;
  readonly #rows: LineRows;
  /** The log of one patient as screens show it. */
  readonly shown: ShownLogs;
  #range = new CompactRange(hashParts);
  /** The newest entry. */
  #last: Uint8Array = new Uint8Array(32);
  #anchored = 0;
  /** The right edge of the tree that was anchored last. */
  #anchoredNodes: readonly Uint8Array[] = [];
  /** Until `copyInto` nobody gets a copy. */
  #copies: PatientCopies | undefined;
  /** How many lines of this device there are about a patient, by the tag of their rows; those that were asked for so far. */
  #ofPatient = new Map<string, number>();
  /** Whether every patient's is known. */
  #countedAll = false;
  /** Set when it is not known whether the last line was written: the disk is asked before the next one. */
  #doubtful = false;
  readonly #turns = new Turns();

  private constructor(context: VaultContext, rows: LineRows) {
    this.#context = context;
    this.#rows = rows;
    this.shown = new ShownLogs(context, rows);
  }

  static async open(context: VaultContext): Promise<AccessLog> {
    const log = new AccessLog(context, new LineRows(await lastingKey(context.keyStore, 'access-log', context.random)));
    await log.#readTail();
    return log;
  }

  /** Lines of this device so far. */
  get count(): number {
    return this.#range.size;
  }

  /**
   * A line about a look at a patient, durable when it resolves: nothing is shown before.
   * @param purpose HL7 purpose of use
   * @throws {Failure} `access.line-not-durable`.
   */
  note(patient: PatientEntry, action: string, purpose: string, details: AccessDetails = {}): Promise<AccessLine> {
    return this.#turns.take(async () => {
      const { gateway, hooks } = this.#context;
      try {
        if (this.#doubtful) await this.#readTail();
        const [line] = (await this.#next([{ process: '', ...details, patient: patient.id, action, purpose }])) as [AccessLine];
        const messages = line.chain === patient.custodian ? [] : await hooks.onAccessLine(line, patient);
        await this.#write([line], (along) => gateway.commit({ ...along, messages }));
        return line;
      } catch (cause) {
        throw notDurable(cause);
      }
    });
  }

  expect(patient: string): void {
    void this.shown.of(patient).catch(() => undefined);
  }

  noteAlong<T>(
    lines: readonly ProgramAccess[],
    commit: (along: Pick<LocalWrite, 'rows' | 'elsewhere'>) => Promise<T>,
  ): Promise<T> {
    if (lines.length === 0) return commit({});
    return this.#turns.take(async () => {
      if (this.#doubtful) await this.#readTail();
      return this.#write(await this.#next(lines), commit);
    });
  }

  /** Writes `access.sealed` when there are lines that the ledger does not count yet. On a cadence, and before locking. */
  sealAccessLog(): Promise<boolean> {
    return this.#turns.take(async () => {
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
      const before = { size: this.#anchored, nodes: this.#anchoredNodes };
      this.#anchored = count;
      this.#anchoredNodes = this.#range.nodes;
      await this.#copies?.settle({ root: this.#range.root(), count }, before);
      return true;
    });
  }

  /** From now on each anchoring lays the patients' new lines into the boxes of their care cards. */
  copyInto(directory: PatientDirectory): void {
    this.#copies = new PatientCopies(this.#context, this.#rows, directory);
  }

  /** Lines about a patient, of this clinic and of others that told us, newest first. @throws {Failure} `vault.row-altered`. */
  async linesOf(patient: string): Promise<readonly AccessLine[]> {
    const { lines, unreadable } = await this.shown.of(patient);
    if (unreadable === 0) return lines;
    throw new Failure(
      'vault.row-altered',
      'Lines of this access log were altered on the disk and do not open. Run `careledger verify`, and tell your administrator.',
    );
  }

  /**
   * How far the log of a patient can be shown to be whole: of each desk of this clinic every line, compared with what the ledger
   * anchors; of other clinics' devices the lines about this patient, by their numbers. This device's comes first.
   */
  completeness(patient: string): Promise<DeviceCompleteness[]> {
    return completenessFor(this.#context, this.#rows, patient);
  }

  /** The lines of this clinic in that log with their proofs, for the patient to keep. @throws {Failure} as `makeAccessReceipt`. */
  async receipt(patient: string, lines?: ReadonlySet<string>): Promise<MadeReceipt> {
    const own = toHex(this.#context.chain);
    const chosen = (await this.linesOf(patient)).filter((line) => line.chain === own && (lines?.has(lineId(line)) ?? true));
    return makeAccessReceipt(this.#context, this.#rows, patient, chosen);
  }

  /** The row of a line that was not written here: another desk’s, or another clinic’s about one of our patients. @param entry of the line, where it is known */
  receivedRow(line: AccessLine, entry?: Uint8Array): VaultRow {
    this.#copies?.mark(line.patient);
    return this.#rows.received(line, entry);
  }

  /** The next lines of this device, nothing of them written yet. */
  async #next(accesses: readonly ProgramAccess[]): Promise<AccessLine[]> {
    const { staff, device, chain, clock, random } = this.#context;
    await this.#count(accesses.map(({ patient }) => patient));
    const salts = random(32 * accesses.length);
    const ofPatient = new Map<string, number>();
    return accesses.map((access, at) => {
      const { patient, process, action, purpose, recipient = '', categories = [], detail = '' } = access;
      const nth = (ofPatient.get(patient) ?? this.#ofPatient.get(this.#tagName(patient)) ?? 0) + 1;
      ofPatient.set(patient, nth);
      return {
        suite: ACCESS_SUITE,
        chain: toHex(chain),
        device: toHex(device),
        sequence: this.#range.size + 1 + at,
        patient,
        ofPatient: nth,
        at: clock(),
        staff: access.staff ?? toHex(staff.id),
        who: access.who ?? staff.name,
        role: access.role ?? staff.role,
        process,
        recipient,
        action,
        purpose,
        categories: [...categories].sort(),
        detail,
        salt: toHex(salts.subarray(32 * at, 32 * at + 32)),
      };
    });
  }

  async #write<T>(
    lines: readonly AccessLine[],
    commit: (along: Pick<LocalWrite, 'rows' | 'elsewhere'>) => Promise<T>,
  ): Promise<T> {
    const entries = lines.map((line) => accessEntry(hashParts, line));
    const rows = lines.map((line, at) => this.#rows.own(line, entries[at - 1] ?? this.#last));
    this.#doubtful = true;
    const answer = await commit({ rows, elsewhere: lines.map((line, at) => this.receivedRow(line, entries[at])) });
    this.#doubtful = false;
    for (const entry of entries) this.#append(entry);
    for (const { patient, ofPatient } of lines) this.#ofPatient.set(this.#tagName(patient), ofPatient);
    return answer;
  }

  #append(entry: Uint8Array): void {
    this.#range.append(leafHash(hashParts, entry));
    this.#last = entry;
  }

  #tagName(patient: string): string {
    return toHex(this.#rows.tag(patient));
  }

  /** Finds out how many lines there are about these patients. */
  async #count(patients: readonly string[]): Promise<void> {
    const { reader } = this.#context;
    const unknown = patients.filter((patient) => !this.#ofPatient.has(this.#tagName(patient)));
    if (unknown.length === 0 || this.#countedAll) return;
    if (unknown.length === 1) {
      const tag = this.#tagName(unknown[0] as string);
      this.#ofPatient.set(tag, await countOfTag(reader, OWN_LINES, fromHex(tag)));
    } else {
      for (const { tag, many } of await countsByTag(reader, OWN_LINES)) this.#ofPatient.set(toHex(tag), many);
      this.#countedAll = true;
    }
  }

  /** Takes up the chain where the disk says it ends. */
  async #readTail(): Promise<void> {
    const { reader, rows, device } = this.#context;
    const [stored] = await rowsOfKeys(reader, ANCHOR, [rows.name(ANCHOR, device)]);
    const anchor = stored && decode(anchorCodec, rows.open(ANCHOR, stored));
    this.#range = new CompactRange(hashParts, anchor?.count ?? 0, anchor?.nodes ?? []);
    this.#last = anchor?.last ?? new Uint8Array(32);
    this.#anchored = anchor?.count ?? 0;
    this.#anchoredNodes = anchor?.nodes ?? [];
    this.#ofPatient.clear();
    this.#countedAll = false;
    for await (const page of everyRow(reader, OWN_LINES, sequenceKey(this.#anchored)))
      for (const row of page) this.#append(this.#rows.entry(row));
    this.#doubtful = false;
  }
}

/**
 * The access lines that were written here, each opened at its number in the chain, and compared with what the ledger anchors. Gives
 * how many there are. @param key the access-log key @param faults gets a sentence for each thing that does not hold
 */
export const verifyAccessLines = (read: ReadConnection, key: Uint8Array, faults: string[]): Promise<number> =>
  verifyLines(read, new LineRows(key), faults);

function notDurable(cause: unknown): Failure {
  return new Failure(
    'access.line-not-durable',
    'The chart stays closed, because the line that says who opened it could not be saved. Look at the disk and try again.',
    { retry: true, cause, details: cause instanceof Failure ? { because: cause.code } : {} },
  );
}

export type AccessComplaints = Complaints;
export type { Complaint } from './complaints.ts';

export const openComplaints = (context: VaultContext, directory: PatientDirectory, log: AccessLog): AccessComplaints =>
  new Complaints(context, directory, log);

/** What the registry of domains needs of this one. */
export const accessDomain = { name: 'access', sdl: 'shared/access/access.graphql', resolvers: accessResolvers };
