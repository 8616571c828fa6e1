/** A replica that is there: checked from its genesis on, asked for proofs, and begun from a snapshot instead. */
import { contest, quantile, type Result, resultOf } from './contest.ts';
import { withHub } from './first-sync.ts';
import type { HubAddress } from './hub-role.ts';
import { verifyEveryCore } from './limits.ts';
import { type Role, startRole } from './role.ts';

const BLOCKS = 100_000;
const PROOFS = 2_000;
const PROOF_MS = 10;
const ROUNDS = 3;
/** Blocks of a snapshot, the first size that has one. */
const SNAPSHOT_BLOCKS = 65_536;
const TAIL = 2_000;
const READY_SECONDS = 60;

async function withReplica<T>(hub: HubAddress, use: (replica: Role) => Promise<T>): Promise<T> {
  const replica = startRole('replica-role.ts');
  try {
    await replica.ask('open', hub);
    const result = await use(replica);
    await replica.ask('close');
    return result;
  } finally {
    await replica.end();
  }
}

/** `careledger verify` of 100,000 blocks, each with one signed event, and proofs out of the same replica. */
export function verifying(): Promise<Result[]> {
  return withHub(BLOCKS, [1], (hub) =>
    withReplica(hub, async (replica) => {
      await replica.ask('catchUp');
      const samples = await contest(ROUNDS, { ours: () => replica.ask<number>('verify'), limit: verifyEveryCore });
      const times = await replica.ask<number[]>('proofs', PROOFS);
      return [
        resultOf(
          { id: 'verify', unit: 'signatures/s', bar: { atLeast: 0.6 }, against: 'Ed25519, every core' },
          samples.ours,
          samples.limit,
        ),
        resultOf(
          { id: 'proof', unit: 'ms p99', bar: { atMost: 1 }, against: `${PROOF_MS} ms` },
          [quantile(times, 0.99)],
          [PROOF_MS],
        ),
      ];
    }),
  );
}

/** Events in each block, one after the other, so that a snapshot has at least so many. */
function rhythmOf(events: number): number[] {
  const least = Math.floor(events / SNAPSHOT_BLOCKS);
  const more = Math.ceil((events / SNAPSHOT_BLOCKS - least) * 16);
  return Array.from({ length: 16 }, (_, at) => Math.max(1, least + (at < more ? 1 : 0)));
}

/** A new device begins with a snapshot of so many events, a million unless told otherwise, and its tail. Long. */
export function snapshotReady(note: (text: string) => void, events = 1_000_000): Promise<Result[]> {
  return withHub(
    SNAPSHOT_BLOCKS + TAIL,
    rhythmOf(events),
    (hub) =>
      withReplica(hub, async (replica) => {
        const seconds = await replica.ask<number>('catchUp');
        const { historyFrom, size, disk } = await replica.ask<{ historyFrom: number; size: number; disk: number }>('extent');
        if (historyFrom !== SNAPSHOT_BLOCKS) throw new Error(`the replica began at ${historyFrom}`);
        const { cpu, peakMemory } = await replica.ask<{ cpu: number; peakMemory: number }>('resources');
        note(
          `snapshot of ${events.toLocaleString('en-US')} events, at ${historyFrom} of ${size} blocks: ${cpu.toFixed(1)} s of processor, ${Math.round(peakMemory / 1e6)} MB, ${Math.round(disk / 1e6)} MB on disk`,
        );
        const claim = { id: 'snapshot.ready', unit: 's', bar: { atMost: 1 } as const, against: `${READY_SECONDS} s` };
        return [resultOf(claim, [seconds], [READY_SECONDS])];
      }),
    { snapshotAt: SNAPSHOT_BLOCKS },
  );
}
