/** Blocks on their way from the hub: pages asked for ahead of their use, in the order of the ledger. What is in them is not believed here. */
import { LIMITS } from '../../shared/sync/wire.ts';
import { roomInPage } from '../ledger/fold.ts';
import { caught } from './caught.ts';
import type { HubClient } from './hub-client.ts';

const PAGES_AHEAD = 2;

export interface DownloadedPage {
  /** Position of the first block, and the one after the last. */
  readonly from: number;
  readonly end: number;
  /** Sealed blocks as base64. */
  readonly blocks: readonly string[];
}

interface Request {
  readonly wanted: number;
  readonly blocks: Promise<string[]>;
}

/**
 * The blocks from `start` up to the checkpoint of `size` blocks. A page ends where a state root is due; the hub may send fewer
 * blocks than it is asked for when they are large, and then is asked for no more than that.
 * @throws {Failure} `sync.blocks-missing`; network failures.
 */
export async function* download(hub: HubClient, start: number, size: number): AsyncGenerator<DownloadedPage, void, undefined> {
  let limit: number = LIMITS.blocksPerPage;
  /** Characters that the hub sends at once; known after its first page of fewer blocks than asked for. */
  let most = Number.POSITIVE_INFINITY;
  let next = start;
  let ahead: Request[] = [];
  for (let from = start; from < size; ) {
    // The first page says how large blocks are: until then nothing is asked for that may have to be asked for again.
    while (next < size && ahead.length <= (from === start ? 0 : PAGES_AHEAD)) {
      const wanted = Math.min(limit, roomInPage(next), size - next);
      ahead.push(request(hub, next, wanted));
      next += wanted;
    }
    const { wanted, blocks: asked } = ahead.shift() as Request;
    const blocks = await asked;
    if (blocks.length === 0 || blocks.length > wanted)
      throw caught('sync.blocks-missing', `The hub sent ${blocks.length} of ${wanted} blocks from position ${from}.`);
    const end = from + blocks.length;
    yield { from, end, blocks };
    if (blocks.length < wanted) {
      most = characters(blocks);
      // A little less, so that blocks which are a little larger fit as well.
      limit = Math.ceil((3 * blocks.length) / 4);
      next = end;
      ahead = [];
    } else if (limit < LIMITS.blocksPerPage && characters(blocks) < most / 4) {
      limit = Math.min(LIMITS.blocksPerPage, 2 * limit);
    }
    from = end;
  }
}

function request(hub: HubClient, from: number, wanted: number): Request {
  const blocks = hub.ask<{ blocks: { blocks: string[] } }>('Blocks', { from, limit: wanted }).then((data) => data.blocks.blocks);
  // Whoever stops early leaves the rest unread; its failure is then nobody's.
  blocks.catch(() => undefined);
  return { wanted, blocks };
}

/** The hub's proof that the tree of `size` blocks begins with the first `from`; nothing is to be proved of the whole. */
export async function proofOf(hub: HubClient, from: number, size: number): Promise<readonly string[]> {
  if (from === size) return [];
  const { consistencyProof } = await hub.ask<{ consistencyProof: string[] }>('ConsistencyProof', { from, size });
  return consistencyProof;
}

const characters = (texts: readonly string[]): number => texts.reduce((sum, { length }) => sum + length, 0);
