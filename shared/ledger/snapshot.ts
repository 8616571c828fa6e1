/**
 * Snapshots: every state row as it stood at a size where a checkpoint carries the root over them, in pages, and a head from
 * which the ledger goes on. Nothing in one is signed: a reader believes what a witnessed checkpoint vouches for.
 */
import { fromHex, fromUtf8, toHex } from '../encoding/bytes.ts';
import {
  type Decoded,
  decode,
  encode,
  fixed,
  list,
  opaque,
  Reader,
  struct,
  text,
  u8,
  u16,
  u64,
  written,
} from '../encoding/codec.ts';
import { Failure } from '../outcome/failure.ts';
import type { StoredAct } from './policy-book.ts';
import type { StateRow } from './state-tree.ts';

const VERSION = 1;
/** A page ends with the row that reaches so many bytes. */
export const SNAPSHOT_PAGE_BYTES = 1_048_576;
const MAX_PAGES = 1_000_000;

const actCodec = struct({ position: u64, event: u16, chain: fixed(32), type: text(40), body: opaque(8192) });

const headCodec = struct({
  version: u8,
  region: fixed(32),
  size: u64,
  effects: fixed(32),
  /** Roots of the complete subtrees of the first `size` blocks, largest first. */
  nodes: list(fixed(32), 64),
  /** What has changed the region's policy since its genesis, in order. */
  acts: list(actCodec, 10_000),
  rows: u64,
  /** SHA-256 of each page. */
  pages: list(fixed(32), MAX_PAGES),
});

export interface SnapshotHead extends Omit<Decoded<typeof headCodec>, 'version' | 'acts'> {
  readonly acts: readonly StoredAct[];
}

export function encodeSnapshotHead(head: SnapshotHead): Uint8Array {
  const acts = head.acts.map((act) => ({ ...act, chain: fromHex(act.chain) }));
  return encode(headCodec, { ...head, version: VERSION, acts });
}

/** @throws {Failure} `encoding.malformed`, `ledger.snapshot-unknown`. */
export function openSnapshotHead(bytes: Uint8Array): SnapshotHead {
  if (bytes[0] !== VERSION)
    throw new Failure(
      'ledger.snapshot-unknown',
      `A snapshot is of version ${bytes[0]}, which this program does not know. Update Careledger.`,
    );
  const head = decode(headCodec, bytes);
  return { ...head, acts: head.acts.map((act) => ({ ...act, chain: toHex(act.chain) })) };
}

/** u16 length of the key, the key, u24 length of the value, the value, for each row. */
export function encodeRows(rows: Iterable<StateRow>): Uint8Array {
  return written((out) => {
    for (const { key, value } of rows) {
      out.uint(2, key.length);
      out.characters(key);
      out.uint(3, value.length);
      out.raw(value);
    }
  });
}

/** @throws {Failure} `encoding.malformed`. */
export function openRows(bytes: Uint8Array): StateRow[] {
  const input = new Reader(bytes);
  const rows: StateRow[] = [];
  while (input.left > 0) {
    const key = input.raw(input.uint(2));
    if (key.some((byte) => byte > 0x7e)) throw new Failure('encoding.malformed', 'A key of a state row is not ASCII.');
    rows.push({ key: fromUtf8(key), value: input.raw(input.uint(3)) });
  }
  return rows;
}

/** Where the files of the snapshot at `size` lie under the prefix of the static tiles. */
export const snapshotPath = (size: number, file: 'head' | 'checkpoint' | number): string =>
  typeof file === 'number' ? `snapshot/${size}/rows/${String(file).padStart(6, '0')}` : `snapshot/${size}/${file}`;

/** The size and the file at `path`, or undefined where no snapshot lies. */
export function snapshotFileAt(path: string): { size: number; file: 'head' | 'checkpoint' | number } | undefined {
  const parts = /^snapshot\/([1-9][0-9]{0,15})\/(head|checkpoint|rows\/[0-9]{6,7})$/.exec(path);
  if (!parts) return undefined;
  const size = Number(parts[1]);
  const name = parts[2] as string;
  const file = name === 'head' || name === 'checkpoint' ? name : Number(name.slice('rows/'.length));
  return snapshotPath(size, file) === path ? { size, file } : undefined;
}
