/** A verification thread: takes packed claims, answers one byte for each. */
import { parentPort } from 'node:worker_threads';
import { verifySignature } from './primitives.ts';

parentPort?.on('message', ({ id, count, packed }: { id: number; count: number; packed: Uint8Array }) => {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const verdicts = new Uint8Array(count);
  let at = 0;
  for (let index = 0; index < count; index++) {
    const length = view.getUint32(at + 96);
    const message = packed.subarray(at + 100, at + 100 + length);
    verdicts[index] = verifySignature(packed.subarray(at, at + 32), message, packed.subarray(at + 32, at + 96)) ? 1 : 0;
    at += 100 + length;
  }
  parentPort?.postMessage({ id, verdicts });
});
