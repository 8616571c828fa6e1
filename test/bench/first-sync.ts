/** First sync into an empty replica on disk, and the audit of every signature behind it. */
import { type Claim, contest, type Result, resultOf } from './contest.ts';
import type { Rhythm } from './generated-blocks.ts';
import type { HubAddress } from './hub-role.ts';
import { bulkInsertion, verifyEveryCore, verifyOneThread } from './limits.ts';
import { type Peers, startPeers } from './peers.ts';
import { type Resources, type Role, startRole } from './role.ts';

/** Blocks of 600 bytes on average: three of four have two events. */
const MIXED: Rhythm = [1, 2, 2, 2];
const BLOCKS = 50_000;
const ROUNDS = 3;

const eventsIn = (rhythm: Rhythm, blocks: number): number =>
  Array.from({ length: blocks }, (_, at) => rhythm[at % rhythm.length] as number).reduce((sum, count) => sum + count, 0);

/** A hub with `blocks` blocks for as long as `use` runs. */
export async function withHub<T>(
  blocks: number,
  rhythm: Rhythm,
  use: (hub: HubAddress, role: Role) => Promise<T>,
  certified = 1,
): Promise<T> {
  const role = startRole('hub-role.ts');
  try {
    const address = await role.ask<HubAddress>('found', { blocks, rhythm, certified });
    const result = await use(address, role);
    await role.ask('close');
    return result;
  } finally {
    await role.end();
  }
}

interface Synced {
  readonly seconds: number;
  readonly auditSeconds: number;
  readonly peakMemory: number;
}

/** A new device that knows nothing catches up, in a process of its own. */
export async function sync(hub: HubAddress, withAudit: boolean): Promise<Synced> {
  const device = startRole(
    'replica-role.ts',
    ...(process.env.BENCH_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`] : []),
  );
  try {
    await device.ask('open', hub);
    const seconds = await device.ask<number>('catchUp');
    const { peakMemory } = await device.ask<Resources>('resources');
    const auditSeconds = withAudit ? await device.ask<number>('audit') : 0;
    await device.ask('close');
    return { seconds, auditSeconds, peakMemory };
  } finally {
    await device.end();
  }
}

const FIRST_SYNC = { unit: 'blocks/s', bar: { atLeast: 0 } } as const;

export async function firstSync(note: (text: string) => void): Promise<Result[]> {
  const peers: Peers = await startPeers(BLOCKS, note);
  try {
    return await withHub(BLOCKS, MIXED, async (hub) => {
      const audits: number[] = [];
      const signatures = BLOCKS + eventsIn(MIXED, BLOCKS);
      const samples = await contest(ROUNDS, {
        bulk: bulkInsertion,
        one: verifyOneThread,
        both: verifyEveryCore,
        ours: async () => {
          const { seconds, auditSeconds } = await sync(hub, true);
          audits.push(signatures / auditSeconds);
          return BLOCKS / seconds;
        },
        ...peers.contestants,
      });
      const against = (id: string, atLeast: number, what: string): Claim => ({
        ...FIRST_SYNC,
        id,
        bar: { atLeast },
        against: what,
      });
      const { ours, bulk, one, both } = samples;
      return [
        resultOf(against('first-sync.bulk-insertion', 0.2, 'SQLite bulk insertion'), ours, bulk),
        resultOf(against('first-sync.ed25519', 2, 'Ed25519, one thread'), ours, one),
        ...Object.keys(peers.contestants).map((name) =>
          resultOf(against(`first-sync.${name}`, 3, name), ours, samples[name as keyof typeof samples]),
        ),
        resultOf({ id: 'audit', unit: 'signatures/s', bar: { atLeast: 0.7 }, against: 'Ed25519, every core' }, audits, both),
      ];
    });
  } finally {
    await peers.end();
  }
}

/** Events a second when a block has twenty: imports and busy desks. */
export function manyEvents(): Promise<Result[]> {
  const rhythm: Rhythm = [20];
  const blocks = 10_000;
  return withHub(blocks, rhythm, async (hub) => {
    const samples = await contest(ROUNDS, {
      bulk: bulkInsertion,
      ours: async () => eventsIn(rhythm, blocks) / (await sync(hub, false)).seconds,
    });
    return [
      resultOf(
        { id: 'events', unit: 'events/s', bar: { atLeast: 0.4 }, against: 'SQLite bulk insertion' },
        samples.ours,
        samples.bulk,
      ),
    ];
  });
}

/** Peak memory of the replica's process, ten times the blocks against as many as above. Long. */
export async function memory(): Promise<Result[]> {
  const peak = (blocks: number): Promise<number> =>
    withHub(blocks, MIXED, async (hub) => (await sync(hub, false)).peakMemory / 1e6);
  const few = await peak(BLOCKS);
  const many = await peak(10 * BLOCKS);
  return [resultOf({ id: 'memory', unit: 'MB', bar: { atMost: 1.2 }, against: `${BLOCKS} blocks` }, [many], [few])];
}
