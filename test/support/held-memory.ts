/** What a process holds once its garbage is gone. */
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes on the heap and outside of it, after a full collection; what lies outside is let go a turn after its owner. */
export async function heldMemory(): Promise<number> {
  collect();
  await setImmediate();
  collect();
  await setImmediate();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
