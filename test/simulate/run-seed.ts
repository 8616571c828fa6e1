/** One seed from its beginning to its end, and what came of it. */
import { withoutOutside } from './no-outside.ts';
import { Simulation, type SimulationOptions } from './simulation.ts';
import { Violation } from './world.ts';

export interface Broken {
  readonly invariant: string;
  readonly what: string;
  readonly step: number;
}

export interface SeedResult {
  readonly seed: number;
  readonly steps: number;
  readonly blocks: number;
  readonly desks: number;
  /** Who lied, and how. */
  readonly liar: string;
  /** Desks that caught a lying hub, or acts of a lying device that the hub refused. */
  readonly caught: number;
  /** SHA-256 over everything that happened. */
  readonly trace: string;
  readonly broken?: Broken | undefined;
}

export async function runSeed(options: SimulationOptions): Promise<SeedResult> {
  const { seed } = options;
  const simulation = new Simulation(options);
  const { world } = simulation;
  let broken: Broken | undefined;
  const fail = (invariant: string, what: string): void => {
    broken ??= { invariant, what, step: world.steps };
  };
  try {
    await withoutOutside(
      (what) => fail('nothing from outside', `the program reached for ${what}`),
      () => simulation.run(),
    );
  } catch (error) {
    if (error instanceof Violation) fail(error.invariant, error.message);
    else fail('no surprise', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  await simulation.close();
  const { desks, truth, liar, device, fork } = simulation;
  return {
    seed,
    steps: world.steps,
    blocks: truth.size,
    desks: desks.length,
    liar: liar?.name ?? (device ? 'a device' : fork ? 'a forked hub' : 'nobody'),
    caught: (liar ?? fork)?.caught.size ?? device?.refused ?? 0,
    trace: world.trace(),
    broken,
  };
}

/** Twice: the second run must be the first one, word for word. */
export async function runTwice(options: SimulationOptions): Promise<SeedResult> {
  const first = await runSeed(options);
  const second = await runSeed(options);
  if (first.trace === second.trace || first.broken) return first;
  return { ...first, broken: { invariant: 'a seed replays', what: 'the same seed went another way', step: first.steps } };
}
