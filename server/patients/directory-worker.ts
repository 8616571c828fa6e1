/** The thread beside the reading of a large directory: takes packed rows, answers with what they say, or nothing when one does not open. */
import { parentPort, workerData } from 'node:worker_threads';
import type { SealingKey } from '../vault/primitives.ts';
import { type PackedPart, unpacked } from './directory-reading.ts';
import { type OpenedPatients, openPatients } from './directory-rows.ts';

const key = workerData as SealingKey;

function opened(part: PackedPart): OpenedPatients | undefined {
  try {
    return openPatients(key, unpacked(part));
  } catch {
    return undefined;
  }
}

parentPort?.on('message', (part: PackedPart) => {
  const answer = opened(part);
  parentPort?.postMessage(answer, answer ? [answer.rest.buffer as ArrayBuffer] : []);
});
parentPort?.postMessage('ready');
