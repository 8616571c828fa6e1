/** Whether the access log is whole: counters, the roots that the ledger anchors, and what is missing, by its number. */
import { accessKey, accessRow } from '../../shared/access/access-rules.ts';
import { gaps, isTwice, type MissingLines } from '../../shared/access/line-numbers.ts';
import { compareBytes, equalBytes, toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { CompactRange, leafHash } from '../../shared/ledger/merkle.ts';
import { counted } from '../../shared/outcome/counted.ts';
import { asFailure } from '../../shared/outcome/failure.ts';
import { type AccessLine, accessEntry } from '../../shared/sync/access-line.ts';
import type { ReadConnection } from '../storage/database.ts';
import { listOverlaid } from '../sync/own-acts/pending.ts';
import { desksOf } from '../sync/vault-context/clinic-people.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';
import { everyRow } from '../sync/vault-context/vault-rows.store.ts';
import { hashParts } from '../vault/hash-parts.ts';
import { type LineRows, OWN_LINES, RECEIVED_LINES, sequenceAt, sequenceKey } from './line-rows.ts';

/** What is known of the lines of one device. */
export interface DeviceCompleteness {
  /** Hexadecimal, as `chain`. */
  readonly device: string;
  readonly chain: string;
  /** Whether `lines` and `missing` count every line of the device; of another clinic's only those about one patient come here. */
  readonly everyLine: boolean;
  readonly lines: number;
  /** How many lines of the device, about anybody, the ledger counts. */
  readonly anchored: number;
  /** Lines that are here and that the ledger does not count yet. */
  readonly waiting: number;
  /** Lines that ought to be here and are not: the device owes them, or they were taken away. */
  readonly missing: readonly MissingLines[];
  /** A line was altered, or two stand under one number. */
  readonly altered: boolean;
  readonly complete: boolean;
}

/** One line as it is here: under its number, with the entry that the ledger counts. */
export interface Numbered {
  readonly number: number;
  readonly entry: Uint8Array;
}

/** For each desk of this clinic, and each of another whose lines about the patient came here: how many the ledger counts, and how many are here, so that a gap shows. */
export async function completenessFor(context: VaultContext, rows: LineRows, patient: string): Promise<DeviceCompleteness[]> {
  const { gateway, reader, chain, device } = context;
  const [own, clinic] = [toHex(device), toHex(chain)];
  const here = await ownLines(reader, rows);
  const received = await receivedLines(reader, rows, clinic, patient);
  const desks = new Set([...(await desksOf(gateway, clinic)), ...received.desks.keys()]);
  desks.delete(own);
  const devices = [own, ...desks, ...received.others.keys()];
  const anchors = new Map(
    (await gateway.state(devices.map(accessKey))).map((stored, at) => [
      devices[at] as string,
      stored ? decode(accessRow, stored) : undefined,
    ]),
  );
  const mine = ofDesk({ device: own, chain: clinic }, here, anchors.get(own));
  const spoilt = received.unreadable > 0;
  return [
    { ...mine, altered: mine.altered || spoilt, complete: mine.complete && !spoilt },
    ...[...desks].map((desk) => ofDesk({ device: desk, chain: clinic }, received.desks.get(desk) ?? [], anchors.get(desk))),
    ...[...received.others].map(([other, lines]) => ofAnotherClinic(other, lines, anchors.get(other)?.count ?? 0)),
  ];
}

async function ownLines(reader: ReadConnection, rows: LineRows, after = 0): Promise<Numbered[]> {
  const here: Numbered[] = [];
  for await (const page of everyRow(reader, OWN_LINES, sequenceKey(after)))
    for (const row of page) here.push({ number: sequenceAt(row.key), entry: rows.entry(row) });
  return here;
}

/** Every line of a desk of this clinic that is here, in the order of their numbers. @param desk its device, hexadecimal @param after the number before the first */
export async function numberedLines(
  { reader, chain, device }: VaultContext,
  rows: LineRows,
  desk: string,
  after = 0,
): Promise<Numbered[]> {
  if (desk === toHex(device)) return ownLines(reader, rows, after);
  const lines = (await receivedLines(reader, rows, toHex(chain), '')).desks.get(desk) ?? [];
  return lines.filter(({ number }) => number > after).sort((one, other) => one.number - other.number);
}

/** What came from elsewhere: of other desks of this clinic every line, of other clinics those about one patient. */
async function receivedLines(reader: ReadConnection, rows: LineRows, clinic: string, patient: string) {
  const desks = new Map<string, Numbered[]>();
  const others = new Map<string, AccessLine[]>();
  let unreadable = 0;
  for await (const page of everyRow(reader, RECEIVED_LINES)) {
    for (const row of page) {
      const line = rows.readable(RECEIVED_LINES, row);
      if (!line) unreadable += 1;
      else if (line.chain === clinic)
        listed(desks, line.device).push({ number: line.sequence, entry: accessEntry(hashParts, line) });
      else if (line.patient === patient) listed(others, line.device).push(line);
    }
  }
  return { desks, others, unreadable };
}

function ofDesk(
  who: Pick<DeviceCompleteness, 'device' | 'chain'>,
  lines: readonly Numbered[],
  anchor: { readonly root: Uint8Array; readonly count: number } | undefined,
): DeviceCompleteness {
  const sorted = lines.toSorted((one, other) => one.number - other.number);
  const anchored = anchor?.count ?? 0;
  const numbers = sorted.map(({ number }) => number);
  const missing = gaps(numbers, anchored);
  const altered = isTwice(numbers) || (missing.length === 0 && anchor !== undefined && !hasRoot(sorted, anchor));
  return {
    ...who,
    everyLine: true,
    lines: lines.length,
    anchored,
    waiting: numbers.filter((number) => number > anchored).length,
    missing,
    altered,
    complete: missing.length === 0 && !altered,
  };
}

function ofAnotherClinic(device: string, lines: readonly AccessLine[], anchored: number): DeviceCompleteness {
  const numbers = lines.map(({ ofPatient }) => ofPatient).sort((one, other) => one - other);
  const missing = gaps(numbers, 0);
  const altered = isTwice(numbers);
  return {
    device,
    chain: (lines[0] as AccessLine).chain,
    everyLine: false,
    lines: lines.length,
    anchored,
    waiting: lines.filter(({ sequence }) => sequence > anchored).length,
    missing,
    altered,
    complete: missing.length === 0 && !altered,
  };
}

function hasRoot(lines: readonly Numbered[], { root, count }: { readonly root: Uint8Array; readonly count: number }): boolean {
  const range = new CompactRange(hashParts);
  for (const { entry } of lines.slice(0, count)) range.append(leafHash(hashParts, entry));
  return equalBytes(range.root(), root);
}

function listed<T>(map: Map<string, T[]>, key: string): T[] {
  const known = map.get(key);
  if (known) return known;
  const begun: T[] = [];
  map.set(key, begun);
  return begun;
}

/** Opens every line that was written here; see `verifyAccessLines`. */
export async function verifyLines(read: ReadConnection, rows: LineRows, faults: string[]): Promise<number> {
  const range = new CompactRange(hashParts);
  let last: Uint8Array = new Uint8Array(32);
  let device: string | undefined;
  const anchors = new Map(
    (await listOverlaid(read, accessKey(''))).map(({ key: name, value }) => [name, decode(accessRow, value)]),
  );
  const counts = new Set([...anchors.values()].map(({ count }) => count));
  const roots = new Map<number, Uint8Array>();
  for await (const page of everyRow(read, OWN_LINES)) {
    for (const row of page) {
      const number = range.size + 1;
      try {
        const { previous, line } = rows.open(OWN_LINES, row);
        device = line.device;
        if (line.sequence !== number || compareBytes(previous, last) !== 0)
          faults.push(
            `Line ${line.sequence} of the access log does not follow the one before it: a line is missing or was put there.`,
          );
      } catch (error) {
        faults.push(`Line ${number} of the access log does not open: ${asFailure(error).message}`);
      }
      last = rows.entry(row);
      range.append(leafHash(hashParts, last));
      if (counts.has(range.size)) roots.set(range.size, range.root());
    }
  }
  const anchor = device === undefined ? undefined : anchors.get(accessKey(device));
  if (!anchor || anchor.count === 0) return range.size;
  const root = roots.get(anchor.count);
  if (!root || compareBytes(root, anchor.root) !== 0)
    faults.push(
      `The ledger counts ${counted(anchor.count, 'line')} of this device's access log; those that are here are not the same ones.`,
    );
  return range.size;
}
