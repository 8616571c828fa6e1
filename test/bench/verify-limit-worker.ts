/** A thread of `verifyEveryCore`: says when it is ready, and when it has verified. */
import { parentPort } from 'node:worker_threads';
import { verifyOneThread } from './limits.ts';

await verifyOneThread();
parentPort?.on('message', async () => {
  await verifyOneThread();
  parentPort?.postMessage('verified');
});
parentPort?.postMessage('ready');
