/** The parts of `npm run crash`, by the name that `--only` takes. */
import type { CrashPart } from './crash-part.ts';
import { bitFlips } from './disk/bit-flips.ts';
import { diskFaults } from './disk/disk-faults.ts';
import { logCuts } from './disk/log-cuts.ts';
import { killParts } from './kill/kill.ts';

export const CRASH_PARTS: Readonly<Record<string, CrashPart>> = {
  kill: killParts,
  log: logCuts,
  flips: bitFlips,
  disk: diskFaults,
};
