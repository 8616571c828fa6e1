/** One seed from its beginning to its end, and what came of it. */
import { DesksSimulation } from './desks/desks-simulation.ts';
import { type Inside, withoutOutside } from './no-outside.ts';
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

/** 3: a region of desks with the program's own vault; 4: the same, with clocks that are wrong and jump; 5: the same as 3, with second desks that are shut out; 6: the rules change. */
export type WorldVersion = 1 | 2 | 3 | 4 | 5 | 6;
export type SeedOptions = Omit<SimulationOptions, 'version'> & { readonly version?: WorldVersion | undefined };

export function runSeed({ version, ...options }: SeedOptions): Promise<SeedResult> {
  if (version === 3 || version === 4 || version === 5)
    return runDesks({ ...options, wrongClocks: version === 4, revokes: version === 5 });
  return runRegion({ ...options, version });
}

async function runRegion(options: SimulationOptions): Promise<SeedResult> {
  const simulation = new Simulation(options);
  const broken = await breaks(simulation);
  const { world, desks, truth, liar, device, fork } = simulation;
  return {
    seed: options.seed,
    steps: world.steps,
    blocks: truth.size,
    desks: desks.length,
    liar: liar?.name ?? (device ? 'a device' : fork ? 'a forked hub' : 'nobody'),
    caught: (liar ?? fork)?.caught.size ?? device?.refused ?? 0,
    trace: world.trace(),
    broken,
  };
}

async function runDesks(options: ConstructorParameters<typeof DesksSimulation>[0]): Promise<SeedResult> {
  const simulation = new DesksSimulation(options);
  const { world, desks, hub } = simulation;
  const inside = { random: (length: number) => world.random.bytes(length), later: world.timer };
  const broken = await breaks(simulation, inside);
  const { steps } = world;
  return {
    seed: options.seed,
    steps,
    blocks: hub.size,
    desks: desks.length,
    liar: 'nobody',
    caught: 0,
    trace: world.trace(),
    broken,
  };
}

/** Runs it to its end and closes it; what did not hold. */
async function breaks(simulation: Simulation | DesksSimulation, inside?: Inside): Promise<Broken | undefined> {
  const { world } = simulation;
  let broken: Broken | undefined;
  const fail = (invariant: string, what: string): void => {
    broken ??= { invariant, what, step: world.steps };
  };
  const reached = (what: string): void => fail('nothing from outside', `the program reached for ${what}`);
  try {
    await withoutOutside(reached, () => simulation.run(), inside);
  } catch (error) {
    if (error instanceof Violation) fail(error.invariant, error.message);
    else fail('no surprise', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  await simulation.close();
  return broken;
}

/** Twice: the second run must be the first one, word for word. */
export async function runTwice(options: SeedOptions): Promise<SeedResult> {
  const first = await runSeed(options);
  const second = await runSeed(options);
  if (first.trace === second.trace || first.broken) return first;
  return { ...first, broken: { invariant: 'a seed replays', what: 'the same seed went another way', step: first.steps } };
}
