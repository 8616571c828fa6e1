/** Pages of sealed blocks from the hub, as bytes with their hashes: what is costly about fetching and needs no state. */
import { blockHash } from '../../../shared/ledger/block.ts';
import { leafHash } from '../../../shared/ledger/merkle.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { placeOf } from '../../ledger/ledger.store.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import type { HubClient } from '../hub-client.ts';

/** Sealed blocks in one piece of memory, and what can be computed of them without knowing what comes before. */
export interface BlockPage {
  readonly bytes: Uint8Array;
  /** Where each block starts and ends in `bytes`. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** 32 bytes for each block: its hash, computed here. */
  readonly hashes: Uint8Array;
  /** 32 bytes for each block: the leaf hash of its name. */
  readonly leaves: Uint8Array;
  /** As in a `BlockRun`. */
  readonly places: string;
}

export type FetchBlocks = (from: number, limit: number) => Promise<BlockPage>;

export const NO_PAGE = 'The hub answered with something that is no page of blocks. Nothing of it was used.';

/** At most `limit` blocks from position `from` on. @throws {Failure} network failures, and what the hub answers. */
export async function fetchBlocks(hub: HubClient, from: number, limit: number): Promise<BlockPage> {
  const { blocks } = await hub.ask<{ blocks: { blocks: string[] } }>('Blocks', { from, limit });
  const texts = blocks?.blocks;
  if (!Array.isArray(texts) || !texts.every((text) => typeof text === 'string'))
    throw new Failure('sync.hub-answer', NO_PAGE, { retry: true });
  const bytes = new Uint8Array(texts.reduce((sum, text) => sum + Buffer.byteLength(text, 'base64'), 0));
  const buffer = Buffer.from(bytes.buffer);
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const text of texts) {
    starts.push(at);
    at += buffer.write(text, at, 'base64');
    ends.push(at);
  }
  return pageOf(bytes, starts, ends);
}

/** The same for long downloads, as one text. */
export async function fetchPackedBlocks(hub: HubClient, from: number, limit: number): Promise<BlockPage> {
  const { packedBlocks } = await hub.ask<{ packedBlocks: string }>('PackedBlocks', { from, limit });
  if (typeof packedBlocks !== 'string') throw new Failure('sync.hub-answer', NO_PAGE, { retry: true });
  const bytes = new Uint8Array(Buffer.byteLength(packedBlocks, 'base64'));
  const length = Buffer.from(bytes.buffer).write(packedBlocks, 'base64');
  const starts: number[] = [];
  const ends: number[] = [];
  for (let at = 0; at < length; at = ends.at(-1) as number) {
    const start = at + 3;
    const end = start + (((bytes[at] as number) << 16) | ((bytes[at + 1] as number) << 8) | (bytes[at + 2] as number));
    if (!(end <= length)) throw new Failure('sync.hub-answer', NO_PAGE, { retry: true });
    starts.push(start);
    ends.push(end);
  }
  return pageOf(bytes, starts, ends);
}

/** Blocks that are here already, as a page of them. */
export function pageOfBlocks(blocks: readonly Uint8Array[]): BlockPage {
  const ends: number[] = [];
  for (const { length } of blocks) ends.push((ends.at(-1) ?? 0) + length);
  const starts = blocks.map((_, at) => ends[at - 1] ?? 0);
  return pageOf(Buffer.concat(blocks), starts, ends);
}

/** `bytes` with blocks in it, hashed. */
export function pageOf(bytes: Uint8Array, starts: readonly number[], ends: readonly number[]): BlockPage {
  const hashes = new Uint8Array(32 * starts.length);
  const leaves = new Uint8Array(32 * starts.length);
  const places: number[] = [];
  for (let index = 0; index < starts.length; index++) {
    const start = starts[index] as number;
    const end = ends[index] as number;
    const name = blockHash(hashParts, bytes.subarray(start, end));
    hashes.set(name, 32 * index);
    leaves.set(leafHash(hashParts, name), 32 * index);
    places.push(placeOf(start, end - start));
  }
  return {
    bytes,
    starts: Uint32Array.from(starts),
    ends: Uint32Array.from(ends),
    hashes,
    leaves,
    places: JSON.stringify(places),
  };
}
