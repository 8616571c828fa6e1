/** A replica on disk beside the slow twin: blocks, head, every state row, and what its own waiting acts lay over it. */
import { sealRow } from '../../server/ledger/row-seal.ts';
import { equalBytes, toHex } from '../../shared/encoding/bytes.ts';
import { CompactRange } from '../../shared/ledger/merkle.ts';
import { hash } from '../support/ledger-builder.ts';
import type { SimulatedDesk } from './simulated-desk.ts';
import type { SlowLedger } from './slow-ledger.ts';
import type { Storage } from './storage.ts';
import { Violation } from './world.ts';

interface HeadRow {
  readonly size: number;
  readonly effects: Buffer;
  readonly nodes: Buffer;
}

const nodesOf = (bytes: Uint8Array): Uint8Array[] =>
  Array.from({ length: bytes.length / 32 }, (_, at) => bytes.slice(32 * at, 32 * at + 32));

/** Head and blocks of a database are those of `truth` up to their size; gives that size, -1 before there is a ledger. */
export async function checkLedger(name: string, storage: Storage, truth: SlowLedger): Promise<number> {
  const [head] = await storage.look<HeadRow>('SELECT size, effects, nodes FROM ledger_head');
  if (!head) return -1;
  const { size } = head;
  if (size > truth.size) throw new Violation('one ledger', `${name} has ${size} blocks, and the ledger has ${truth.size}`);
  const rows = await storage.look<{ position: number; hash: Buffer }>('SELECT position, hash FROM block ORDER BY position');
  if (rows.length !== size) throw new Violation('one ledger', `${name} says ${size} blocks and has ${rows.length}`);
  const wrong = rows.findIndex(
    (row, at) => row.position !== at || !equalBytes(row.hash, truth.blocks[at]?.hash ?? row.hash.subarray(1)),
  );
  if (wrong >= 0) throw new Violation('one ledger', `${name} has another block at position ${wrong} than the ledger`);
  if (!equalBytes(new CompactRange(hash, size, nodesOf(head.nodes)).root(), truth.rootAt(size)))
    throw new Violation('one ledger', `${name} has another root at size ${size} than the slow twin`);
  if (!equalBytes(head.effects, truth.effectsAt(size)))
    throw new Violation('one ledger', `${name} has another effects hash at size ${size} than the slow twin`);
  return size;
}

/** Every state row is that of the slow twin. */
export async function checkState(name: string, storage: Storage, truth: SlowLedger, size: number): Promise<void> {
  const rows = await storage.look<{ key: string; value: Buffer }>('SELECT key, value FROM state_row');
  const expected = truth.rowsAt(size);
  for (const { key, value } of rows) {
    const wanted = expected.get(key);
    if (!wanted || !equalBytes(sealRow(key, wanted), value))
      throw new Violation('one state', `${name} has another row ${key} than the slow twin`);
  }
  if (rows.length !== expected.size)
    throw new Violation('one state', `${name} has ${rows.length} state rows and the slow twin ${expected.size}`);
}

/** What waits at a desk lies over its state as the slow twin lays it there. */
export async function checkPending(desk: SimulatedDesk, truth: SlowLedger, size: number): Promise<void> {
  const waiting = await desk.storage.look<{ bytes: Buffer }>(
    'SELECT bytes FROM own_block WHERE position IS NULL ORDER BY sequence',
  );
  const rows = await desk.storage.look<{ key: string; value: Buffer | null }>('SELECT key, value FROM pending_row');
  const expected = truth.overlay(
    size,
    waiting.map(({ bytes }) => bytes),
    desk.options.clinic.founding,
  );
  const shown = new Map(rows.map(({ key, value }) => [key, value ?? undefined]));
  const differing = [...new Set([...shown.keys(), ...expected.keys()])].find((key) => {
    const [here, there] = [shown.get(key), expected.get(key)];
    return shown.has(key) !== expected.has(key) || (here && there ? !equalBytes(here, there) : here !== there);
  });
  if (differing !== undefined)
    throw new Violation(
      'pending acts count',
      `${desk.name} shows ${differing} otherwise than its waiting acts make it (${waiting.length} wait)`,
    );
}

/** What this desk holds keys and documents of: only what its clinic was granted, by hexadecimal handle and grant. */
export async function checkKeys(desk: SimulatedDesk, truth: SlowLedger, size: number): Promise<void> {
  const rows = truth.rowsAt(size);
  const keys = await desk.storage.look<{ key: Buffer; tag: Buffer }>("SELECT key, tag FROM vault_row WHERE kind = 'held-key'");
  for (const { key, tag } of keys) {
    const grant = rows.get(`grant/${toHex(key)}`);
    const isTheirs = grant && toHex(grant.subarray(48, 80)) === desk.chain && equalBytes(grant.subarray(32, 48), tag);
    if (!isTheirs)
      throw new Violation('only consented keys', `${desk.name} holds the key of a grant that its clinic was never given`);
  }
  const documents = await desk.storage.look<{ handle: Buffer }>('SELECT DISTINCT handle FROM document WHERE block IS NULL');
  for (const { handle } of documents) {
    const granted = [...rows].some(
      ([key, row]) =>
        key.startsWith('grant/') && equalBytes(row.subarray(32, 48), handle) && toHex(row.subarray(48, 80)) === desk.chain,
    );
    if (!granted)
      throw new Violation('only consented keys', `${desk.name} has documents of a compartment that nobody granted it`);
  }
}

/** Of compartments that are erased by these rows, no sealed document is on a disk. */
export async function checkErased(name: string, storage: Storage, rows: ReadonlyMap<string, Uint8Array>): Promise<void> {
  const documents = await storage.look<{ handle: Buffer }>('SELECT DISTINCT handle FROM document');
  const left = documents.find(({ handle }) => rows.has(`erased/${toHex(handle)}`));
  if (left) throw new Violation('erased stays erased', `${name} has documents of a compartment that was erased`);
}

/** Of grants that have ended by what this desk knows, nothing is left; for when all have caught up. */
export async function checkPurged(desk: SimulatedDesk, truth: SlowLedger, time: number): Promise<void> {
  const keys = await desk.storage.look<{ key: Buffer }>("SELECT key FROM vault_row WHERE kind = 'held-key'");
  for (const { key } of keys) {
    const row = truth.rowsAt(truth.size).get(`grant/${toHex(key)}`);
    if (row && truth.rowsAt(truth.size).has(`erased/${toHex(row.subarray(32, 48))}`))
      throw new Violation('erased stays erased', `${desk.name} kept a key of a compartment that was erased`);
    if (row && !grantStands(row, time))
      throw new Violation('only consented keys', `${desk.name} kept the key of a grant that has ended`);
  }
}

/** Whether a row `grant/…` is not withdrawn and not over, whatever its beginning. */
function grantStands(row: Uint8Array, time: number): boolean {
  const ends = Number(Buffer.from(row).readBigUInt64BE(89));
  return row.at(-1) === 0 && (ends === 0 || time < ends);
}

/** The same with its beginning. */
export const grantOpens = (row: Uint8Array, time: number): boolean =>
  grantStands(row, time) && Number(Buffer.from(row).readBigUInt64BE(81)) <= time;
