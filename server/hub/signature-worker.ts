/** Worker thread: verifies pages of signatures and signs receipts, one job after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import { signReceipt } from '../../shared/sync/wire.ts';
import { type SigningKey, sign, verifySignature } from '../vault/primitives.ts';
import { unpackClaims } from './signature-pages.ts';
import type { ReceiptDraft, SigningIdentity, WorkerJob } from './signature-pool.ts';

const { region } = workerData as SigningIdentity;

function verifyPage(page: ArrayBuffer): boolean[] {
  const valid: boolean[] = [];
  for (const { key, message, signature } of unpackClaims(page)) valid.push(verifySignature(key, message, signature));
  return valid;
}

const signed = (draft: ReceiptDraft, hubKey: SigningKey): Uint8Array =>
  signReceipt({ region, ...draft, documents: [...draft.documents] }, (message) => sign(hubKey, message));

parentPort?.on('message', (job: WorkerJob) => {
  parentPort?.postMessage('claims' in job ? verifyPage(job.claims) : job.receipts.map((draft) => signed(draft, job.hubKey)));
});
