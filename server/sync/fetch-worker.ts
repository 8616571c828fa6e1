/** The thread of a `BlockFetcher`. */
import { parentPort, workerData } from 'node:worker_threads';
import { asFailure } from '../../shared/outcome/failure.ts';
import { type FetchAnswer, fetchPackedBlocks } from './fetch-blocks.ts';
import { HubClient, type HubTrust } from './hub-client.ts';

const { address, trust } = workerData as { address: string; trust: HubTrust };
const hub = new HubClient(address, trust);

parentPort?.on('message', async ({ id, from, limit }: { id: number; from: number; limit: number }) => {
  try {
    const page = await fetchPackedBlocks(hub, from, limit);
    const answer: FetchAnswer = { id, page };
    parentPort?.postMessage(answer, [
      page.bytes.buffer,
      page.starts.buffer,
      page.ends.buffer,
      page.hashes.buffer,
      page.leaves.buffer,
    ] as ArrayBuffer[]);
  } catch (error) {
    const { code, message, retry } = asFailure(error);
    const answer: FetchAnswer = { id, failure: { code, message, retry } };
    parentPort?.postMessage(answer);
  }
});
parentPort?.postMessage({ isReady: true } satisfies FetchAnswer);
