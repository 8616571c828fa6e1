/** A download's blocks taken apart in the order of the ledger, some slices ahead of their folding, their rows being read meanwhile. */
import { viewOf } from '../../../shared/encoding/bytes.ts';
import type { Checkpoint } from '../../../shared/ledger/checkpoint.ts';
import type { Hash } from '../../../shared/ledger/merkle.ts';
import type { Rules } from '../../../shared/ledger/rules.ts';
import { STATE_INTERVAL } from '../../../shared/ledger/state-interval.ts';
import { asFailure, type Failure } from '../../../shared/outcome/failure.ts';
import { type BlockToFold, openSealed } from '../../ledger/fold.ts';
import type { BlockRun } from '../../ledger/ledger.store.ts';
import { caught } from '../evidence/caught.ts';
import type { HubClient } from '../hub-client.ts';
import { type DownloadedPage, download, proofOf } from './download.ts';
import type { FetchBlocks } from './fetch-blocks.ts';
import type { RecentRows } from './recent-rows.ts';

/** On a slow line what was folded is written after so many milliseconds: the line may break before there is more. */
const COMMIT_MS = 1_000;
/** Bytes of blocks that are folded at once: opened blocks are many small objects, which should be dead before they are moved. */
const SLICE_BYTES = 150_000;
/** Slices that are opened before their turn, while the database reads their rows. */
const SLICES_AHEAD = 2;

export interface Slice {
  readonly from: number;
  /** Counts what is written together: all slices up to one that `closes` it. */
  readonly commit: number;
  /** The hub's proof for what ends with this slice, when it is to be written then. */
  readonly closes: Promise<readonly string[]> | undefined;
  readonly blocks: readonly BlockToFold[];
  /** 32 bytes for each block: its leaf hash. */
  readonly leaves: Uint8Array;
  /** Resolves when the rows that the blocks read are at hand. */
  readonly rows: Promise<void>;
  /** The downloaded page that these are of, and whether it ends with them. */
  readonly page: DownloadedPage;
  readonly isLast: boolean;
  /** Why the blocks behind these could not be opened: unless other rules begin with the last of these, the hub is caught. */
  readonly broken?: unknown;
  /** The type of an event in the block behind these that no version of the rules known here has. */
  readonly newerType?: string | undefined;
}

interface SliceSource {
  readonly hub: HubClient;
  readonly fetch: FetchBlocks;
  /** Position of the first block, and the checkpoint up to which they go. */
  readonly from: number;
  readonly target: Checkpoint;
  readonly hash: Hash;
  /** The rules that are active now, and the newest that this program knows. */
  rules(): Rules;
  readonly newest: Rules;
  readonly recent: RecentRows;
  /** Bytes of blocks after which what was folded is written. */
  readonly commitBytes: number;
}

/** Never further ahead than the next commit: see `RecentRows`. */
export async function* openedSlices(source: SliceSource): AsyncGenerator<Slice, void, undefined> {
  const { hub, fetch, target, commitBytes } = source;
  const ahead: Slice[] = [];
  let commit = 0;
  let bytes = 0;
  let since = performance.now();
  let ended: unknown;
  try {
    for await (const page of download(fetch, source.from, target.size)) {
      while (ahead[0] && ahead[0].commit < commit - 1) yield ahead.shift() as Slice;
      bytes += page.bytes.length;
      const isFull = bytes >= commitBytes || performance.now() - since > COMMIT_MS;
      const isDue = isFull || page.end === target.size || page.end % STATE_INTERVAL === 0;
      // Asked for before the page is opened, so that it is here once the page is folded.
      const proof = isDue ? proofOf(hub, page.end, target.size) : undefined;
      proof?.catch(() => undefined);
      for (const { begin, end, isLast } of slicesOf(page)) {
        const closes = isLast ? proof : undefined;
        ahead.push(openSlice(source, { from: page.from, commit, closes, page, isLast }, begin, end));
        if (ahead.length > SLICES_AHEAD) yield ahead.shift() as Slice;
        if (!closes) continue;
        commit += 1;
        bytes = 0;
        since = performance.now();
      }
    }
  } catch (error) {
    ended = error;
  }
  yield* ahead;
  if (ended !== undefined) throw ended;
}

function openSlice(
  { hash, rules, newest, recent }: SliceSource,
  place: Omit<Slice, 'blocks' | 'leaves' | 'rows' | 'broken' | 'newerType'>,
  begin: number,
  end: number,
): Slice {
  const active = rules();
  const { bytes, starts, ends, hashes } = place.page;
  const blocks: BlockToFold[] = [];
  let broken: unknown;
  let newerType: string | undefined;
  try {
    for (let at = begin; at < end; at++) {
      const sealed = viewOf(bytes, starts[at] as number, ends[at] as number);
      blocks.push({ sealed, opened: openSealed(hash, active, sealed, viewOf(hashes, 32 * at, 32 * at + 32)) });
    }
  } catch (error) {
    newerType = newerTypeIn(error, newest);
    broken = caughtAt(place.from, error);
    if (blocks.length === 0 && newerType === undefined) throw broken;
  }
  const rows = recent.load(blocks.map(({ opened }) => opened));
  rows.catch(() => undefined);
  return { ...place, blocks, leaves: place.page.leaves.subarray(32 * begin, 32 * end), rows, broken, newerType };
}

/** The type that made a block unreadable, where a newer program may know it: then nobody has lied. */
function newerTypeIn(error: unknown, newest: Rules): string | undefined {
  const { code, details } = asFailure(error);
  const { type } = details;
  return code === 'ledger.type-unknown' && typeof type === 'string' && !newest.knowsType(type) ? type : undefined;
}

/** What the hub sent, taken apart and judged: whatever does not hold has caught it. */
export function believed<T>(from: number, judge: () => T): T {
  try {
    return judge();
  } catch (error) {
    throw caughtAt(from, error);
  }
}

function caughtAt(from: number, error: unknown): Failure {
  const failure = asFailure(error);
  if (/^(?:sync|internal)\./.test(failure.code)) return failure;
  return caught(
    'sync.block-invalid',
    `A block from position ${from} on breaks the rules (${failure.code}: ${failure.message}).`,
    {
      from,
    },
  );
}

/** A page's blocks in order, some of about `SLICE_BYTES` together: from one up to another. */
function* slicesOf({ ends }: DownloadedPage): Generator<{ begin: number; end: number; isLast: boolean }> {
  let begin = 0;
  let from = 0;
  for (let end = 1; end <= ends.length; end++) {
    const isLast = end === ends.length;
    const byte = ends[end - 1] as number;
    if (byte - from < SLICE_BYTES && !isLast) continue;
    yield { begin, end, isLast };
    begin = end;
    from = byte;
  }
}

/** The first `count` blocks of a page. */
export function beginOf(page: DownloadedPage, count: number): BlockRun {
  if (count === page.ends.length) return page;
  const places = JSON.stringify((JSON.parse(page.places) as unknown[]).slice(0, count));
  return { from: page.from, bytes: page.bytes, hashes: page.hashes.subarray(0, 32 * count), places };
}
