/**
 * A region under load: desks of many clinics work at a steady beat against real hub processes over the real line, while one clinic floods,
 * one device attacks and, where there are two processes, one is killed and comes back. Tells how long the others waited, and proves from the
 * ledger itself that nothing that was acknowledged is missing or stands twice.
 */
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fromBase64, toHex } from '../../shared/encoding/bytes.ts';
import { blockHash } from '../../shared/ledger/block.ts';
import { LIMITS } from '../../shared/sync/wire.ts';
import { type Role, startRole } from '../bench/role.ts';
import { Line } from '../hub/hub-bench.ts';
import { type HubProcess, serveInProcess } from '../hub/hub-process.ts';
import { hash } from '../support/ledger-builder.ts';
import { type BeatParts, slowest } from './beat-parts.ts';
import type { HostileFigures, HostileOrder } from './hostile-role.ts';
import { foundLoadedRegion, type LoadedRegion } from './loaded-region.ts';
import { type HubPlace, LoadingDesk } from './loading-desk.ts';

export interface LoadOrder {
  readonly clinics: number;
  readonly desksOfClinic: number;
  /** How long it lasts. */
  readonly ms: number;
  /** How long a desk waits between two beats, or which part of what the machine was seen to carry is asked of it. */
  readonly everyMs: number | { readonly ofCapacity: number };
  /**
   * Whether one clinic floods and one device attacks, with the same right to this machine's cores as the hub, or behind it: real ones
   * would bring cores of their own.
   */
  readonly hostile: false | 'beside' | 'behind';
  /** URL of an empty PostgreSQL database, which two processes then share; left out, a file and one process. */
  readonly database?: string;
  /** After this long one of the two processes is killed; it starts again a while after. */
  readonly killAfterMs?: number;
}

export interface LoadFigures {
  /** Blocks a second: what all desks together got in when none of them waited, and what was then asked. */
  readonly capacity: number | undefined;
  readonly rate: number;
  /** Milliseconds until the receipt, and until a page was read, of all desks that do not flood. */
  readonly written: readonly number[];
  readonly read: readonly number[];
  /** How often such a desk had to try again. */
  readonly retries: number;
  /** Where the time of the slowest hundredth of what was written went. */
  readonly slowest: BeatParts;
  /**
   * Bytes of the process that lives through it: once it is warm, or has taken over the desks of the one that was killed, and at the end.
   */
  readonly memory: { readonly middle: number; readonly end: number };
  /** Milliseconds of processor by which one turn held the event loop of a process at most. */
  readonly held: number;
  /** Acknowledged blocks that the ledger does not have where it said, and blocks that it has twice. */
  readonly lost: number;
  readonly doubled: number;
  readonly blocks: number;
  readonly hostile: HostileFigures | undefined;
}

/** A process that was killed is away for so long. */
const AWAY_MS = 3_000;
const SAMPLE_MS = 250;
/**
 * After so many sixths of a run a process is warm; after so many, where the other one is killed in the first half, it has that one's desks
 * too: memory is compared from then on, as twice the lines and requests are no growth.
 */
const WARM_SIXTHS = 2;
const TAKEN_OVER_SIXTHS = 3;
/** For so long no desk waits, to see what the machine carries, clients and hub together; what comes first counts for nothing. */
const CAPACITY_MS = 12_000;
const WARMING_MS = 4_000;

export async function underLoad(order: LoadOrder): Promise<LoadFigures> {
  const region = await foundLoadedRegion(order.clinics, order.desksOfClinic, order.database);
  const { bench } = region;
  await bench.hub.close();
  const folders = order.database ? [bench.folder, await bench.fellowFolder()] : [bench.folder];
  const processes = await Promise.all(folders.map((folder) => serveInProcess(folder)));
  const enemies = order.hostile ? startRole('../load/hostile-role.ts') : undefined;
  try {
    const figures = await work(order, region, processes, folders, enemies);
    await Promise.all(processes.map((each) => each.end('SIGTERM')));
    return { ...figures, held: Math.max(...processes.map((each) => each.held())) };
  } finally {
    await enemies?.end();
    await Promise.all(processes.map((each) => each.end('SIGTERM')));
    await bench.close();
    for (const folder of folders.slice(1)) await rm(folder, { recursive: true, force: true });
  }
}

async function work(
  order: LoadOrder,
  { bench, papers }: LoadedRegion,
  processes: HubProcess[],
  folders: readonly string[],
  enemies: Role | undefined,
): Promise<Omit<LoadFigures, 'held'>> {
  const place: HubPlace = {
    ports: processes.map(({ port }) => port),
    authority: bench.authority,
    hubKey: bench.hubKey,
  };
  const { ms, desksOfClinic, killAfterMs } = order;
  // The last clinic floods and the first of the one before it attacks, when there are such.
  const quiet = enemies ? papers.slice(0, -desksOfClinic - 1) : papers;
  const desks = quiet.map((paper, at) => new LoadingDesk(place, paper, at));
  const flooding = papers.slice(-desksOfClinic);
  await Promise.all([...desks.map((desk) => desk.begin()), enemies?.ask('prepare', { flooding, pages: 1 })]);
  if (order.hostile === 'behind') await enemies?.ask('giveWay');
  const capacity = typeof order.everyMs === 'number' ? undefined : await capacityOf(desks);
  const everyMs = everyMsOf(order, desks.length, capacity);
  const begun = performance.now();
  const hostile = enemies?.ask<HostileFigures>('act', {
    place,
    flooding,
    attacking: papers.at(-desksOfClinic - 1),
    ms,
  } satisfies HostileOrder);
  const sampling = sampleMemory(processes, ms, killAfterMs === undefined ? WARM_SIXTHS : TAKEN_OVER_SIXTHS);
  const dying = killAfterMs === undefined ? undefined : dieAndComeBack(processes, folders, killAfterMs);
  await Promise.all(desks.map((desk, at) => desk.work(begun + (at * everyMs) / desks.length, everyMs, begun + ms)));
  const [memory, figures] = await Promise.all([sampling, hostile, dying]);
  for (const desk of desks) desk.close();
  const last = new Line(place.ports[0] as number, place.authority, papers[0]?.certificate);
  const audit = await auditOf(last, desks);
  last.close();
  return {
    capacity,
    rate: (desks.length * 1000) / everyMs,
    written: desks.flatMap(({ written }) => written),
    read: desks.flatMap(({ read }) => read),
    retries: desks.reduce((sum, { retries }) => sum + retries, 0),
    slowest: slowest(
      desks.flatMap(({ parts }) => parts),
      0.01,
    ),
    memory,
    ...audit,
    hostile: figures,
  };
}

/** Blocks a second that enter while no desk waits and nobody means harm. */
async function capacityOf(desks: readonly LoadingDesk[]): Promise<number> {
  const written = (): number => desks.reduce((sum, desk) => sum + desk.written.length, 0);
  const end = performance.now() + WARMING_MS + CAPACITY_MS;
  const working = Promise.all(desks.map((desk) => desk.hurry(end)));
  await sleep(WARMING_MS);
  const [before, began] = [written(), performance.now()];
  await working;
  const capacity = ((written() - before) * 1000) / (performance.now() - began);
  for (const desk of desks) desk.forgetTimes();
  return capacity;
}

function everyMsOf({ everyMs }: LoadOrder, desks: number, capacity: number | undefined): number {
  if (typeof everyMs === 'number') return everyMs;
  return (desks * 1000) / (everyMs.ofCapacity * Math.max(1, capacity ?? 0));
}

/** Kills the last process as a power failure would, and starts it again at its port. */
async function dieAndComeBack(processes: HubProcess[], folders: readonly string[], afterMs: number): Promise<void> {
  await sleep(afterMs);
  const at = processes.length - 1;
  const dying = processes[at] as HubProcess;
  await dying.end('SIGKILL');
  await sleep(AWAY_MS);
  processes[at] = await serveInProcess(folders[at] as string, dying.port);
}

/** Means of the sixth of the run that begins after `passed` others, and of the last. */
async function sampleMemory([first]: readonly HubProcess[], ms: number, passed: number): Promise<LoadFigures['memory']> {
  const samples: number[] = [];
  for (const end = performance.now() + ms; performance.now() < end; await sleep(SAMPLE_MS)) samples.push(first?.memory() ?? 0);
  const sixth = Math.max(1, Math.floor(samples.length / 6));
  const mean = (some: readonly number[]): number => some.reduce((sum, each) => sum + each, 0) / Math.max(1, some.length);
  return { middle: mean(samples.slice(passed * sixth, (passed + 1) * sixth)), end: mean(samples.slice(-sixth)) };
}

export type Audit = Pick<LoadFigures, 'lost' | 'doubled' | 'blocks'>;

/** Reads the whole ledger, and holds what these desks were acknowledged against it. */
export async function auditOf(line: Line, desks: readonly LoadingDesk[]): Promise<Audit> {
  const names: string[] = [];
  for (;;) {
    const { blocks } = await line.ask<{ blocks: { blocks: string[] } }>('Blocks', {
      from: names.length,
      limit: LIMITS.blocksPerPage,
    });
    for (const block of blocks.blocks) names.push(toHex(blockHash(hash, fromBase64(block))));
    if (blocks.blocks.length < LIMITS.blocksPerPage) break;
  }
  const lost = desks.flatMap(({ acknowledged }) => [...acknowledged].filter(([index, name]) => names[index] !== name)).length;
  return { lost, doubled: names.length - new Set(names).size, blocks: names.length };
}
