/**
 * This device's acts before the ledger has them: their effects lie over the replica's state, so that the desk never waits.
 */

import { concat, equalBytes } from '../../../shared/encoding/bytes.ts';
import { admitBlock, type ChainPosition } from '../../../shared/ledger/admission.ts';
import {
  blockHash,
  blockMessage,
  encodeBlock,
  MAX_BLOCK_BYTES,
  MAX_BLOCK_EVENTS,
  NO_BLOCK,
} from '../../../shared/ledger/block.ts';
import type { Hash } from '../../../shared/ledger/merkle.ts';
import { type Judgement, judgeBlock, type OpenedBlock, PageView, type Rules } from '../../../shared/ledger/rules.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { openSealed } from '../../ledger/fold.ts';
import { listState } from '../../ledger/state-rows.store.ts';
import type { Queryable } from '../../storage/database.ts';
import { listPending, overlaidRows } from '../clinic.store.ts';
import type { OutgoingEvent } from '../gateway.ts';

/** Room for the block's own fields, its signature and the events' length prefixes. */
const BLOCK_FRAME = 512;

/** Splits events into blocks' worth, in order. */
export function portion(events: readonly OutgoingEvent[]): OutgoingEvent[][] {
  const portions: OutgoingEvent[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const event of events) {
    const size = event.event.length + event.signature.length + 3;
    const current = portions.at(-1);
    if (!current || current.length === MAX_BLOCK_EVENTS || bytes + size > MAX_BLOCK_BYTES - BLOCK_FRAME) {
      portions.push([event]);
      bytes = size;
    } else {
      current.push(event);
      bytes += size;
    }
  }
  return portions;
}

export interface BlockAuthor {
  readonly chain: Uint8Array;
  readonly device: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
}

export interface SealedBlock {
  readonly sealed: Uint8Array;
  readonly opened: OpenedBlock;
}

/** Makes and signs the block that comes next at `at`. */
export function sealBlock(
  { hash, rules, author }: { readonly hash: Hash; readonly rules: Rules; readonly author: BlockAuthor },
  at: ChainPosition,
  time: number,
  events: readonly OutgoingEvent[],
): SealedBlock {
  const content = encodeBlock({
    chain: author.chain,
    device: author.device,
    epoch: at.epoch,
    height: at.height,
    previous: at.previous,
    time,
    events: events.map(({ event, signature }) => ({ event, signature })),
  });
  const sealed = concat(content, author.sign(blockMessage(content)));
  return { sealed, opened: openSealed(hash, rules, sealed, blockHash(hash, sealed)) };
}

/**
 * That an own block, as it waits on the disk, is the one that was written: a hub would answer an altered one as if it lied.
 * @throws {Failure} `storage.act-altered`.
 */
export function checkWhole(
  hash: Hash,
  { hash: name, bytes }: { readonly hash: Uint8Array; readonly bytes: Uint8Array | null },
): void {
  if (isWhole(hash, { hash: name, bytes })) return;
  throw new Failure(
    'storage.act-altered',
    'An act that was saved on this computer and waits to be sent was altered on its disk. It is put right or aside when this computer next syncs, or starts. The disk is failing: make a backup, and go on with another disk.',
    { retry: true },
  );
}

/** Whether a block has the hash by which it is named. */
export const isWhole = (hash: Hash, block: { readonly hash: Uint8Array; readonly bytes: Uint8Array | null }): boolean =>
  block.bytes !== null && equalBytes(blockHash(hash, block.bytes), block.hash);

/** The position after a block. */
export const following = (at: ChainPosition, hash: Uint8Array): ChainPosition => ({
  epoch: at.epoch,
  height: at.height + 1,
  previous: hash,
});

/** A device's first position ever. */
export const firstPosition = (epoch: Uint8Array): ChainPosition => ({ epoch, height: 0, previous: NO_BLOCK });

/** State rows as they stand with what is pending on top. @throws {Failure} `storage.row-altered`. */
export async function loadOverlaid(connection: Queryable, keys: readonly string[]): Promise<Map<string, Uint8Array | undefined>> {
  const rows = await overlaidRows(connection, keys);
  return new Map(keys.map((key, at) => [key, rows[at]]));
}

/** State rows whose key begins with `prefix`, with what is pending on top, in byte order. */
export async function listOverlaid(connection: Queryable, prefix: string): Promise<Array<{ key: string; value: Uint8Array }>> {
  const rows = new Map<string, Uint8Array>((await listState(connection, prefix)).map(({ key, value }) => [key, value]));
  for (const { key, value } of await listPending(connection, prefix)) {
    if (value) rows.set(key, value);
    else rows.delete(key);
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => ({ key, value }));
}

/** Judges blocks of one's own over `rows`; gives the judgements of each and the rows that they change. */
export function judgePending(
  rows: Map<string, Uint8Array | undefined>,
  blocks: readonly OpenedBlock[],
): { judgements: ReadonlyArray<readonly Judgement[]>; changes: ReadonlyMap<string, Uint8Array | undefined> } {
  const view = new PageView(rows);
  const judgements = blocks.map((opened) => {
    admitBlock(view, opened);
    return judgeBlock(view, opened);
  });
  return { judgements, changes: view.changes };
}
