/** Blocks of closed ranges from the hub's static tiles (docs/protocol.md, section 18): files as they lie there, encoded on neither side. */
import { MAX_BLOCK_BYTES } from '../../../shared/ledger/block.ts';
import { TILE_WIDTH, tilePath } from '../../../shared/ledger/tiles.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import type { HubClient } from '../hub-client.ts';
import { type BlockPage, type FetchBlocks, fetchPackedBlocks, NO_PAGE, pageOf } from './fetch-blocks.ts';

/** Blocks of a larger file come by GraphQL, where the hub sends as many of them at once as are easily held. */
const FILE_BYTES = 4_194_304;
/** In front of each block of a file. */
const LENGTH_BYTES = 4;

/**
 * Fetches whole ranges as files while the hub has them, and everything else as `fetchPackedBlocks` does: behind the newest closed
 * range, and at a hub that keeps no files.
 */
export function fetchClosedFirst(hub: HubClient): FetchBlocks {
  let areThere = true;
  return async (from, limit) => {
    if (areThere && from % TILE_WIDTH === 0 && limit > 0 && limit % TILE_WIDTH === 0) {
      const page = await fetchClosedBlocks(hub, from / TILE_WIDTH, limit / TILE_WIDTH);
      if (page) return page;
      areThere = false;
    }
    return fetchPackedBlocks(hub, from, limit);
  };
}

/** `count` ranges from `place` on; undefined where the hub has not got all of them as files of blocks that are easily held. */
async function fetchClosedBlocks(hub: HubClient, place: number, count: number): Promise<BlockPage | undefined> {
  try {
    const files = await Promise.all(Array.from({ length: count }, (_, at) => fetchTile(hub, place + at)));
    return files.every((file) => file !== undefined) ? pageOfFiles(files) : undefined;
  } catch (error) {
    const failure = asFailure(error);
    if (failure.code === 'sync.hub-answer') return undefined;
    throw failure;
  }
}

async function fetchTile(hub: HubClient, place: number): Promise<Buffer | undefined> {
  const pieces: Uint8Array[] = [];
  const path = `/${tilePath({ layer: 'blocks', place, width: TILE_WIDTH })}`;
  const isThere = await hub.fetchFile(path, 0, FILE_BYTES, (piece) => void pieces.push(piece));
  return isThere ? Buffer.concat(pieces) : undefined;
}

/** @throws {Failure} `sync.hub-answer` unless each file holds 256 blocks and nothing else. */
function pageOfFiles(files: readonly Buffer[]): BlockPage {
  const bytes = new Uint8Array(files.reduce((sum, { length }) => sum + length, 0));
  const view = new DataView(bytes.buffer);
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const file of files) {
    bytes.set(file, at);
    const fileEnd = at + file.length;
    for (let block = 0; block < TILE_WIDTH; block++) {
      const length = at + LENGTH_BYTES <= fileEnd ? view.getUint32(at) : Number.POSITIVE_INFINITY;
      const start = at + LENGTH_BYTES;
      if (length > MAX_BLOCK_BYTES || start + length > fileEnd) throw new Failure('sync.hub-answer', NO_PAGE, { retry: true });
      starts.push(start);
      at = start + length;
      ends.push(at);
    }
    if (at !== fileEnd) throw new Failure('sync.hub-answer', NO_PAGE, { retry: true });
  }
  return pageOf(bytes, starts, ends);
}
