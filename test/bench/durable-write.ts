/** One record after the other: sealed, signed, judged, and synced to the disk before the next begins. */
import { contest, type Result, resultOf } from './contest.ts';
import { durableCommits } from './limits.ts';
import { startRole } from './role.ts';

const WRITES = 400;
const ROUNDS = 5;

export async function durableWrite(): Promise<Result[]> {
  const desk = startRole('desk-role.ts');
  try {
    const samples = await contest(ROUNDS, {
      commits: durableCommits,
      ours: async () => WRITES / (await desk.ask<number>('write', WRITES)),
    });
    const claim = {
      id: 'durable-write',
      unit: 'records/s',
      bar: { atLeast: 0.5 },
      against: "the machine's commits of one row",
    } as const;
    return [resultOf(claim, samples.ours, samples.commits)];
  } finally {
    await desk.end();
  }
}
