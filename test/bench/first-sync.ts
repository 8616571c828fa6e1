/** First sync into an empty replica on disk, and the audit of every signature behind it. */
import { type Claim, contest, type Result, resultOf } from './contest.ts';
import type { Rhythm } from './generated-blocks.ts';
import type { HubAddress } from './hub-role.ts';
import { bulkInsertion, verifyEveryCore, verifyOneThread } from './limits.ts';
import { type Peers, startPeers } from './peers.ts';
import { type Resources, type Role, startRole } from './role.ts';

/** One signed record event a block: 420 bytes, 560 as they travel. */
const SINGLE: Rhythm = [1];
/** Three of four blocks have two events: 600 bytes on average. */
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
  { certified = 1, snapshotAt }: { certified?: number; snapshotAt?: number } = {},
): Promise<T> {
  const role = startRole('hub-role.ts');
  try {
    const address = await role.ask<HubAddress>('found', { blocks, rhythm, certified, snapshotAt });
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
async function sync(hub: HubAddress, withAudit: boolean): Promise<Synced> {
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

const claim = (id: string, atLeast: number, against: string): Claim => ({ id, unit: 'blocks/s', bar: { atLeast }, against });

export async function firstSync(note: (text: string) => void): Promise<Result[]> {
  const peers: Peers = await startPeers(BLOCKS, note);
  try {
    return await withHub(BLOCKS, SINGLE, (single) =>
      withHub(BLOCKS, MIXED, async (mixed) => {
        const audits: number[] = [];
        const signatures = BLOCKS + eventsIn(MIXED, BLOCKS);
        const samples = await contest(ROUNDS, {
          bulk: bulkInsertion,
          one: verifyOneThread,
          both: verifyEveryCore,
          single: async () => BLOCKS / (await sync(single, false)).seconds,
          mixed: async () => {
            const { seconds, auditSeconds } = await sync(mixed, true);
            audits.push(signatures / auditSeconds);
            return BLOCKS / seconds;
          },
          ...peers.contestants,
        });
        return [
          resultOf(claim('first-sync.bulk-insertion', 0.2, 'SQLite bulk insertion'), samples.single, samples.bulk),
          resultOf(claim('first-sync.ed25519', 2, 'Ed25519, one thread'), samples.single, samples.one),
          ...Object.keys(peers.contestants).map((name) =>
            resultOf(claim(`first-sync.${name}`, 3, name), samples.single, samples[name as keyof typeof samples]),
          ),
          resultOf(claim('first-sync.600-bytes.bulk-insertion', 0.2, 'SQLite bulk insertion'), samples.mixed, samples.bulk),
          resultOf(claim('first-sync.600-bytes.ed25519', 2, 'Ed25519, one thread'), samples.mixed, samples.one),
          resultOf({ ...claim('audit', 0.7, 'Ed25519, every core'), unit: 'signatures/s' }, audits, samples.both),
        ];
      }),
    );
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
    withHub(blocks, SINGLE, async (hub) => (await sync(hub, false)).peakMemory / 1e6);
  const few = await peak(BLOCKS);
  const many = await peak(10 * BLOCKS);
  return [resultOf({ id: 'memory', unit: 'MB', bar: { atMost: 1.2 }, against: `${BLOCKS} blocks` }, [many], [few])];
}
