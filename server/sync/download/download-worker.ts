/** The thread of a `DownloadThread`. */
import { parentPort, workerData } from 'node:worker_threads';
import { asFailure } from '../../../shared/outcome/failure.ts';
import { GrowingHead, headOfPlain, plainHead } from '../../ledger/growing-head.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { HubClient, type HubTrust } from '../hub-client.ts';
import type { ThreadAnswer, ThreadOrder } from './download-thread.ts';
import { fetchClosedFirst } from './fetch-closed.ts';

const { address, trust } = workerData as { address: string; trust: HubTrust };
const fetchBlocks = fetchClosedFirst(new HubClient(address, trust));
let growing: GrowingHead | undefined;

const answer = (what: ThreadAnswer, moved: ArrayBuffer[] = []): void => parentPort?.postMessage(what, moved);

async function fetchPage(id: number, from: number, limit: number): Promise<void> {
  try {
    const page = await fetchBlocks(from, limit);
    const { bytes, starts, ends, hashes, leaves } = page;
    answer({ id, page }, [bytes.buffer, starts.buffer, ends.buffer, hashes.buffer, leaves.buffer] as ArrayBuffer[]);
  } catch (error) {
    const { code, message, retry } = asFailure(error);
    answer({ id, failure: { code, message, retry } });
  }
}

parentPort?.on('message', (order: ThreadOrder) => {
  if ('fetch' in order) void fetchPage(order.id, order.fetch.from, order.fetch.limit);
  else if ('begin' in order) growing = new GrowingHead(hashParts, headOfPlain(hashParts, order.begin));
  else if ('growths' in order) for (const growth of order.growths) growing?.add(growth);
  else if (growing) {
    const { head, nodes } = growing.done();
    answer({ id: order.id, grown: { head: plainHead(head), nodes } });
  }
});
answer({ isReady: true });
