/**
 * `npm run simulate -- [--seeds N] [--from N] [--steps N] [--shards N] [--resume FILE] [--json FILE]`, or `--seed N [--trace]` for
 * one of them, or `--liar NAME` to choose who lies, `--world 1` for the world before people erased and changed who witnesses, `--world 3` for desks with the program's own vault, `--world 4` for such desks with wrong clocks, `--world 5` for such desks of which one is shut out, `--world 6` for a region that activates the second version of the rules, `--break NAME` to see the harness notice a broken program. What it is and its figures: docs/reliability.md.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { countIn, endAsWrong, optionsOf } from '../support/command-options.ts';
import { BREAKAGES } from './breakages.ts';
import { LIES } from './lies.ts';
import type { SeedResult } from './run-seed.ts';
import type { ShardTask } from './shard.ts';

const TWICE_EVERY = 10;
const PROGRESS_MS = 10_000;
/** Seeds that a process takes at once: a new one now and then keeps its memory small, and costs as much as some four seeds. */
const SEEDS_OF_TASK = { least: 6, most: 250 };

const USAGE = `npm run simulate -- [--seeds N] [--from N] [--steps N] [--shards N] [--world N] [--resume FILE] [--json FILE]
npm run simulate -- --seed N [--trace]

  --seeds   how many regions, from the seed --from on; 300 from 1 unless told otherwise
  --steps   of each region; 500 unless told otherwise
  --shards  processes at once
  --seed    this one alone; --trace tells everything that happens in it
  --liar    who lies, by name
  --world   1: before people erased and changed who witnesses; 2, the usual one; 3: desks with the program's own vault;
            4: such desks with wrong clocks; 5: such desks of which one is shut out; 6: the second version of the rules is
            activated, with older and newer programs and a kiosk that was carried off
  --break   breaks a line of the program, to see it noticed
  --resume  writes to that file how far it got, and goes on there
  --json    writes the figures to that file

Exits with 0 when all held, with 1 when something did not. What must hold: docs/reliability.md.`;
const options = optionsOf(USAGE, {
  seeds: { type: 'string', default: '300' },
  from: { type: 'string', default: '1' },
  steps: { type: 'string', default: '500' },
  shards: { type: 'string', default: String(Math.min(2, availableParallelism())) },
  seed: { type: 'string' },
  trace: { type: 'boolean', default: false },
  liar: { type: 'string' },
  break: { type: 'string' },
  world: { type: 'string', default: '2' },
  resume: { type: 'string' },
  json: { type: 'string' },
});

if (options.break !== undefined && !Object.hasOwn(BREAKAGES, options.break))
  endAsWrong(`There is no breakage "${options.break}". There are:\n  ${Object.keys(BREAKAGES).join('\n  ')}`);

const liar = options.liar ?? (options.break === undefined ? undefined : BREAKAGES[options.break]?.liar);
if (liar !== undefined && !['nobody', 'device', 'forked hub', ...Object.keys(LIES)].includes(liar))
  endAsWrong(
    `Nobody lies by the name "${liar}". There are: nobody, device, forked hub, or a hub with one of\n  ${Object.keys(LIES).join('\n  ')}`,
  );
const asked =
  ([1, 2, 3, 4, 5, 6] as const).find((each) => String(each) === options.world) ??
  endAsWrong(`There is no world ${options.world}. There are: 1 to 6.`);
const world = options.break === undefined ? asked : (BREAKAGES[options.break]?.world ?? 1);
const steps = countIn(options.steps, 'steps');
const one = options.seed === undefined ? undefined : countIn(options.seed, 'seed');
const from = one ?? countIn(options.from, 'from');
const end = from + (one === undefined ? countIn(options.seeds, 'seeds') : 1);
const began = performance.now();

/** How far an interrupted run had got: every seed below `next` is done. */
interface Progress {
  readonly steps: number;
  readonly next: number;
  readonly failed: number[];
}
const kept: Progress | undefined =
  options.resume && existsSync(options.resume) ? (JSON.parse(readFileSync(options.resume, 'utf8')) as Progress) : undefined;
let next = kept?.steps === steps ? Math.max(from, kept.next) : from;
const failed: number[] = kept?.steps === steps ? kept.failed : [];
const done = new Set<number>();
let lowest = next;
const results: SeedResult[] = [];
const totals = { steps: 0, blocks: 0, liars: 0, caught: 0 };

function take(result: SeedResult): void {
  done.add(result.seed);
  while (done.delete(lowest)) lowest += 1;
  totals.steps += result.steps;
  totals.blocks += result.blocks;
  totals.liars += result.liar === 'nobody' ? 0 : 1;
  totals.caught += result.caught;
  if (options.json) results.push(result);
  const { broken, seed } = result;
  if (broken) {
    failed.push(seed);
    const again = `npm run simulate -- --seed ${seed} --steps ${steps} --trace${options.liar ? ` --liar '${liar}'` : ''}${options.break || world === 2 ? '' : ` --world ${world}`}${options.break ? ` --break "${options.break}"` : ''}`;
    process.stdout.write(
      `seed ${seed} breaks "${broken.invariant}" at step ${broken.step}: ${broken.what}\n  replay: ${again}\n`,
    );
  }
  if (options.resume) writeFileSync(options.resume, JSON.stringify({ steps, next: lowest, failed } satisfies Progress));
}

/** A process at its next seeds; ends when nothing is left, or a breakage was noticed. */
async function shard(): Promise<void> {
  while (next < end && !(options.break && failed.length > 0)) {
    const size = options.break
      ? 1
      : Math.min(SEEDS_OF_TASK.most, Math.max(SEEDS_OF_TASK.least, Math.ceil((end - next) / (4 * shards))));
    const seeds = Array.from({ length: Math.min(options.break ? 8 : size, end - next) }, (_, at) => next + at);
    next += seeds.length;
    await task({
      seeds,
      steps,
      twiceEvery: options.break ? 0 : TWICE_EVERY,
      trace: options.trace,
      liar,
      breakage: options.break,
      version: world,
    });
  }
}

function task(work: ShardTask): Promise<void> {
  return new Promise((resolve, reject) => {
    const child: ChildProcess = fork(new URL('./shard.ts', import.meta.url), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    child.on('message', (result) => {
      take(result as SeedResult);
      if (options.break && failed.length > 0) child.kill();
    });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 || (options.break && failed.length > 0) ? resolve() : reject(new Error(`a process ended with ${code}`)),
    );
    child.send(work);
  });
}

const shards = one === undefined ? countIn(options.shards, 'shards') : 1;
const watching = setInterval(() => {
  const seconds = Math.round((performance.now() - began) / 1000);
  process.stdout.write(
    `… ${lowest - from} of ${end - from} seeds, ${totals.steps} steps, ${failed.length} failed, ${seconds} s\n`,
  );
}, PROGRESS_MS);
await Promise.all(Array.from({ length: shards }, shard));
clearInterval(watching);
if (options.json) writeFileSync(options.json, JSON.stringify(results.sort((a, b) => a.seed - b.seed)));
const seconds = ((performance.now() - began) / 1000).toFixed(1);
process.stdout.write(
  `${failed.length === 0 ? 'all held' : `${failed.length} FAILED`}: seeds ${from} to ${end - 1}, ${totals.steps} steps, ${totals.blocks} blocks, ` +
    `${totals.liars} liars, noticed by ${totals.caught} desks, ${seconds} s\n`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
