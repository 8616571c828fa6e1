/** `kill -9` of real processes at named points: what is done in which order, and what came of it. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FhirDesk } from '../../../server/fhir/fhir-desk.ts';
import type { Edit } from '../../support/broken-source.ts';
import type { CrashFailure, CrashOptions, CrashReport } from '../crash-part.ts';
import { runChild } from './child-run.ts';
import type { Point } from './point.ts';
import { POINTS } from './points.ts';
import type { Act, Invariant, Task } from './task.ts';
import { makeTemplates, type Template } from './templates.ts';

const LONG_ROUNDS = 250;
/** Lives at once: each is one process most of the time. */
const AT_ONCE = 2;

interface KillOptions extends CrashOptions {
  /** How the program is broken, for tests of the harness. */
  readonly breakages?: readonly Edit[];
}

interface KillFinding extends CrashFailure {
  readonly invariant: Invariant | 'the point is on the way';
}

interface KillReport extends CrashReport {
  readonly failures: readonly KillFinding[];
}

/** Every point as often as `rounds` says. */
export async function killParts(options: KillOptions): Promise<KillReport> {
  const rounds = options.rounds ?? LONG_ROUNDS;
  const chosen = Object.entries(POINTS).filter(([name]) => options.points?.includes(name) ?? true);
  const root = mkdtempSync(join(tmpdir(), 'careledger-crash-'));
  const fhir = new FhirDesk();
  const bench: Bench = { root, fhir, keys: {}, options, failures: [], killed: 0, processor: 0 };
  try {
    const templates = await makeTemplates(
      { ...bench, options: { ...options, breakages: [] } },
      new Set(chosen.map(([, { life }]) => life)),
    );
    const queue = [...Map.groupBy(chosen, ([, { life }]) => life)].flatMap(([life, points]) =>
      inParts(points, 4).map((part) => ({ life, plan: shuffled(part, rounds, options.seed) })),
    );
    let number = 0;
    const worker = async (): Promise<void> => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const { life, plan } = next;
        await live(bench, templates.get(life) as Template, `${life}-${number++}`, plan);
        options.say(`${bench.killed} killed, ${bench.failures.length} did not hold`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  } finally {
    await fhir.close();
    rmSync(root, { recursive: true, force: true });
  }
  const figures = `${chosen.length} points, ${rounds} times each, ${(bench.processor / 1000).toFixed(0)} s of processor time`;
  return { tried: bench.killed, figures, failures: bench.failures };
}

export interface Bench {
  readonly root: string;
  readonly fhir: FhirDesk;
  readonly keys: Record<string, string>;
  readonly options: KillOptions;
  readonly failures: KillFinding[];
  killed: number;
  /** Milliseconds of all processes that have ended. */
  processor: number;
}

interface Round {
  readonly name: string;
  readonly point: Point;
  readonly pass: number;
  readonly delay: number;
}

/** One folder through all its deaths: each process looks at what the one before it left, and dies at the next point. */
async function live(bench: Bench, template: Template, name: string, plan: readonly Round[]): Promise<void> {
  let folder = '';
  let acts: Act[] = [];
  let births = 0;
  let fresh = true;
  const begin = (): void => {
    folder = join(bench.root, `${name}-${births++}`, 'data');
    cpSync(template.folder, join(folder, '..'), { recursive: true });
    acts = structuredClone(template.acts) as Act[];
    fresh = true;
  };
  begin();
  let before: Round | undefined;
  for (const round of [...plan, undefined]) {
    const task: Task = {
      life: template.life,
      folder,
      fresh,
      act: round?.point.act,
      trap: round && {
        edit: round.point.edit,
        pass: round.pass,
        delay: round.delay,
        armed: round.point.act && !round.point.atOnce ? 'for the act' : 'at once',
      },
      breakages: bench.options.breakages ?? [],
      keys: bench.keys,
      acts,
      nextId: (acts.at(-1)?.id ?? 0) + 1,
    };
    const ended = await runChild(bench, task);
    // Who died while it opened had no beginning yet: the next one makes it.
    fresh &&= !ended.looked;
    acts = [...acts, ...ended.acts];
    const findings = ended.faults.map(({ invariant, what }) => finding(before ?? round, bench, invariant, what));
    if (round && !ended.killed && ended.faults.length === 0)
      findings.push(finding(round, bench, 'the point is on the way', 'the process did not pass it'));
    bench.failures.push(...findings);
    if (round && ended.killed) bench.killed += 1;
    if (findings.length > 0) {
      rmSync(join(folder, '..'), { recursive: true, force: true });
      begin();
      before = undefined;
    } else before = round;
  }
  rmSync(join(folder, '..'), { recursive: true, force: true });
}

function finding(round: Round | undefined, { options }: Bench, invariant: KillFinding['invariant'], what: string): KillFinding {
  const at = round?.name ?? 'before the first kill';
  return { at, invariant, what: `${invariant}: ${what}`, again: `--only kill --seed ${options.seed} --point "${at}"` };
}

function inParts<T>(all: readonly T[], most: number): T[][] {
  const parts = Math.ceil(all.length / most);
  return Array.from({ length: parts }, (_, part) => all.filter((_, at) => at % parts === part));
}

/** Every point `rounds` times in an order that the seed gives, each with the pass on which it is sprung. */
function shuffled(points: readonly (readonly [string, Point])[], rounds: number, seed: number): Round[] {
  const random = randomOf(seed);
  const plan = points.flatMap(([name, point]) =>
    Array.from({ length: rounds }, () => ({
      name,
      point,
      pass: point.act && !point.atOnce ? 1 + Math.floor(random() * 2) : 1,
      delay: random() * (point.within ?? 0),
    })),
  );
  for (let at = plan.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [plan[at], plan[other]] = [plan[other] as Round, plan[at] as Round];
  }
  return plan;
}

/** Mulberry32: small, and the same everywhere. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
