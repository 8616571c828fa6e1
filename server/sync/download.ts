/** Blocks on their way from the hub: pages asked for ahead of their use, in the order of the ledger. What is in them is not believed here. */
import { LIMITS } from '../../shared/sync/wire.ts';
import { roomInPage } from '../ledger/fold.ts';
import { caught } from './caught.ts';
import type { HubClient } from './hub-client.ts';

const PAGES_AHEAD = 2;
/** A page of fewer characters leaves room for twice as many blocks. */
const SMALL_PAGE = LIMITS.bodyBytes / 8;

export interface DownloadedPage {
  /** Position of the first block. */
  readonly from: number;
  /** Sealed blocks as base64. */
  readonly blocks: readonly string[];
  /** That the tree of these blocks and all before them begins the tree of the target; empty when they reach it. */
  readonly proof: () => Promise<readonly string[]>;
}

interface Request {
  readonly wanted: number;
  readonly blocks: Promise<string[]>;
  readonly proof: Promise<string[]>;
}

/**
 * The blocks from `start` up to the checkpoint of `size` blocks. A page ends where a state root is due; the hub may send fewer
 * blocks than it is asked for when they are large, and then is asked for no more than that.
 * @throws {Failure} `sync.blocks-missing`; network failures.
 */
export async function* download(hub: HubClient, start: number, size: number): AsyncGenerator<DownloadedPage, void, undefined> {
  let limit: number = LIMITS.blocksPerPage;
  let next = start;
  let ahead: Request[] = [];
  for (let from = start; from < size; ) {
    while (next < size && ahead.length <= PAGES_AHEAD) {
      const wanted = Math.min(limit, roomInPage(next), size - next);
      ahead.push(request(hub, next, wanted, size));
      next += wanted;
    }
    const { wanted, blocks: asked, proof } = ahead.shift() as Request;
    const blocks = await asked;
    if (blocks.length === 0 || blocks.length > wanted)
      throw caught('sync.blocks-missing', `The hub sent ${blocks.length} of ${wanted} blocks from position ${from}.`);
    const end = from + blocks.length;
    const isWhole = blocks.length === wanted;
    yield { from, blocks, proof: () => (isWhole ? proof : askProof(hub, end, size)) };
    if (!isWhole) {
      limit = blocks.length;
      next = end;
      ahead = [];
    } else if (limit < LIMITS.blocksPerPage && characters(blocks) < SMALL_PAGE) {
      limit = Math.min(LIMITS.blocksPerPage, 2 * limit);
    }
    from = end;
  }
}

function request(hub: HubClient, from: number, wanted: number, size: number): Request {
  const blocks = hub.ask<{ blocks: { blocks: string[] } }>('Blocks', { from, limit: wanted }).then((data) => data.blocks.blocks);
  const proof = askProof(hub, from + wanted, size);
  // Whoever stops early leaves the rest unread; its failure is then nobody's.
  for (const promise of [blocks, proof]) promise.catch(() => undefined);
  return { wanted, blocks, proof };
}

async function askProof(hub: HubClient, from: number, size: number): Promise<string[]> {
  if (from === size) return [];
  const { consistencyProof } = await hub.ask<{ consistencyProof: string[] }>('ConsistencyProof', { from, size });
  return consistencyProof;
}

const characters = (texts: readonly string[]): number => texts.reduce((sum, { length }) => sum + length, 0);
