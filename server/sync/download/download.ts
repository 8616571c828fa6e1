/** Blocks on their way from the hub: pages asked for ahead of their use, in the order of the ledger. What is in them is not believed here. */
import { TILE_WIDTH } from '../../../shared/ledger/tiles.ts';
import { counted } from '../../../shared/outcome/counted.ts';
import { LIMITS } from '../../../shared/sync/wire.ts';
import { roomInPage } from '../../ledger/fold.ts';
import { caught } from '../evidence/caught.ts';
import type { HubClient } from '../hub-client.ts';
import type { BlockPage, FetchBlocks } from './fetch-blocks.ts';

const PAGES_AHEAD = 2;

export interface DownloadedPage extends BlockPage {
  /** Position of the first block, and the one after the last. */
  readonly from: number;
  readonly end: number;
}

interface Request {
  readonly wanted: number;
  readonly page: Promise<BlockPage>;
}

/**
 * The blocks from `start` up to the checkpoint of `size` blocks. A page ends where a state root is due; the hub may send fewer
 * blocks than it is asked for when they are large, and then is asked for no more than that.
 * @throws {Failure} `sync.blocks-missing`; network failures.
 */
export async function* download(
  fetch: FetchBlocks,
  start: number,
  size: number,
): AsyncGenerator<DownloadedPage, void, undefined> {
  let limit: number = LIMITS.blocksPerPage;
  /** Bytes that the hub sends at once; known after its first page of fewer blocks than asked for. */
  let most = Number.POSITIVE_INFINITY;
  let next = start;
  let ahead: Request[] = [];
  const askAhead = (pages: number): void => {
    while (next < size && ahead.length < pages) {
      const wanted = untilClosed(next, Math.min(limit, roomInPage(next), size - next));
      const page = fetch(next, wanted);
      // Whoever stops early leaves the rest unread; its failure is then nobody's.
      page.catch(() => undefined);
      ahead.push({ wanted, page });
      next += wanted;
    }
  };
  // The first page says how large blocks are: until then nothing is asked for that may have to be asked for again.
  askAhead(1);
  for (let from = start; from < size; ) {
    const { wanted, page: asked } = ahead.shift() as Request;
    const page = await asked;
    const count = page.ends.length;
    if (count === 0 || count > wanted)
      throw caught('sync.blocks-missing', `The hub sent ${count} of ${counted(wanted, 'block')} from position ${from}.`);
    const end = from + count;
    if (count < wanted) {
      most = page.bytes.length;
      // A little less, so that blocks which are a little larger fit as well.
      limit = Math.ceil((3 * count) / 4);
      next = end;
      ahead = [];
    } else if (limit < LIMITS.blocksPerPage && page.bytes.length < most / 4) {
      limit = Math.min(LIMITS.blocksPerPage, 2 * limit);
    }
    askAhead(PAGES_AHEAD);
    yield { from, end, ...page };
    from = end;
  }
}

/** Of `most` blocks from `next` on as many as end where a static tile does, if any do: the hub has those as files. */
function untilClosed(next: number, most: number): number {
  const beyond = (next + most) % TILE_WIDTH;
  return beyond < most ? most - beyond : most;
}

/** The hub's proof that the tree of `size` blocks begins with the first `from`; nothing is to be proved of the whole. */
export async function proofOf(hub: HubClient, from: number, size: number): Promise<readonly string[]> {
  if (from === size) return [];
  const { consistencyProof } = await hub.ask<{ consistencyProof: string[] }>('ConsistencyProof', { from, size });
  return consistencyProof;
}
