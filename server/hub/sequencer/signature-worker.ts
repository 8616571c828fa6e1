/** Worker thread: verifies pages of signatures, one page after the other. */
import { parentPort } from 'node:worker_threads';
import { verifySignature } from '../../vault/primitives.ts';
import { unpackClaims } from './signature-pages.ts';

parentPort?.on('message', (page: ArrayBuffer) => {
  const valid: boolean[] = [];
  for (const { key, message, signature } of unpackClaims(page)) valid.push(verifySignature(key, message, signature));
  parentPort?.postMessage(valid);
});
