/**
 * Contestants take turns, so that a machine whose speed drifts is fair to all of them, and medians count. Each round a
 * contestant is given waits until others leave the machine alone, for some seconds at most.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** One figure of a run; `limit` is what `ratio` is held against, and `id` stays the same for ever. */
export interface Result {
  readonly id: string;
  readonly value: number;
  readonly unit: string;
  readonly limit: number;
  readonly ratio: number;
  /** What `ratio` should reach; below it for memory and times, above it for rates. */
  readonly bar: { readonly atLeast: number } | { readonly atMost: number };
  /** What the limit is, for the table. */
  readonly against: string;
}

export type Contestant = () => Promise<number>;
type Samples<Name extends string> = Readonly<Record<Name, readonly number[]>>;

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
};

/** The `share` quantile: 0.99 for p99. */
export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] as number;

/** Runs each contestant once a round. */
export async function contest<Name extends string>(
  rounds: number,
  contestants: Readonly<Record<Name, Contestant>>,
): Promise<Samples<Name>> {
  const names = Object.keys(contestants) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      await quiet();
      samples[name].push(await contestants[name]());
    }
  }
  return samples;
}

export interface Claim {
  readonly id: string;
  readonly unit: string;
  readonly bar: Result['bar'];
  readonly against: string;
}

/** A result out of samples of a round each: the medians of both, and of their ratios within a round. */
export function resultOf(claim: Claim, values: readonly number[], limits: readonly number[]): Result {
  const ratios = values.map((value, round) => value / (limits[round] as number));
  return { ...claim, value: median(values), limit: median(limits), ratio: median(ratios) };
}

export const holds = ({ ratio, bar }: Result): boolean => ('atLeast' in bar ? ratio >= bar.atLeast : ratio <= bar.atMost);

/** How long a contestant waits for others to leave the machine alone. */
const QUIET_MS = 1000 * Number(process.env.BENCH_WAIT_SECONDS ?? 20);
const LOOK_MS = 200;
/** Cores that others may keep busy. */
const FOREIGN = 0.25;

/** Seconds that the machine's cores have worked since it started; on Linux. */
function busySeconds(): number {
  try {
    const [, user, nice, system, , , interrupt, soft, stolen] = (readFileSync('/proc/stat', 'utf8').split('\n')[0] as string)
      .split(/\s+/)
      .map(Number) as [number, number, number, number, number, number, number, number, number];
    return (user + nice + system + interrupt + soft + stolen) / 100;
  } catch {
    return 0;
  }
}

async function quiet(): Promise<void> {
  for (const end = performance.now() + QUIET_MS; performance.now() < end; ) {
    const before = busySeconds();
    await sleep(LOOK_MS);
    if ((busySeconds() - before) / (LOOK_MS / 1000) < FOREIGN) return;
  }
}
