/** One process of a simulation: runs its seeds and sends each result to the process that started it. */
import { breakOnPurpose } from './breakages.ts';
import type { SeedResult, WorldVersion } from './run-seed.ts';

export interface ShardTask {
  readonly seeds: readonly number[];
  readonly steps: number;
  /** Each seed that it divides is run twice. */
  readonly twiceEvery: number;
  readonly trace: boolean;
  readonly liar?: string | undefined;
  readonly breakage?: string | undefined;
  readonly version: WorldVersion;
}

process.once('message', async ({ seeds, steps, twiceEvery, trace, liar, breakage, version }: ShardTask) => {
  if (breakage) breakOnPurpose(breakage);
  // Loaded only now: a breakage has to be there first.
  const { runSeed, runTwice } = await import('./run-seed.ts');
  const { REAL_EVERY } = await import('./simulation.ts');
  const print = trace ? (line: string): void => void process.stdout.write(`${line}\n`) : undefined;
  for (const seed of seeds) {
    // Real files take their time.
    const isTwice = !trace && twiceEvery > 0 && seed % twiceEvery === 0 && seed % REAL_EVERY !== 0;
    const options = { seed, steps, liar, print, version };
    const result: SeedResult = isTwice ? await runTwice(options) : await runSeed(options);
    await new Promise<void>((sent) => process.send?.(result, undefined, {}, () => sent()));
  }
  // Who started it may be gone.
  if (process.connected) process.disconnect();
});
