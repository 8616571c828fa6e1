/**
 * Two hundred desks of fifty clinics for a minute, at half of the rate that the machine was seen to carry just before, while one clinic floods
 * and one device attacks.
 */

import { type BeatParts, PARTS } from '../load/beat-parts.ts';
import { type LoadFigures, type LoadOrder, underLoad } from '../load/load.ts';
import { hasPostgresql, newDatabase, PostgresqlServer } from '../support/postgresql.ts';
import { quantile, type Result } from './contest.ts';

const SECONDS = Number(process.env.BENCH_LOAD_SECONDS ?? 60);
const ORDER: LoadOrder = { clinics: 50, desksOfClinic: 4, ms: SECONDS * 1000, everyMs: { ofCapacity: 0.5 }, hostile: 'behind' };
const P99_MS = 500;
const GROWTH = 0.05;
const HELD_MS = 200;

/** Who waited in each part of a beat. */
const WAITING: Readonly<Record<keyof BeatParts, string>> = {
  behind: 'the same desk was not done with what came before',
  late: 'the bench began late',
  sign: 'the bench signed',
  tries: 'tries before',
  there: 'until the hub had read the head',
  hub: 'in the hub',
  back: 'until the bench had read the answer',
};

type Note = (text: string) => void;

export async function hubLoad(note: Note): Promise<Result[]> {
  const results = resultsOf('hub.load', await underLoad(ORDER), note);
  if (!hasPostgresql()) {
    note('no PostgreSQL on this machine: hub.load.processes is left out');
    return results;
  }
  const server = await PostgresqlServer.start();
  try {
    const database = await newDatabase(server.url('postgres'));
    const figures = await underLoad({ ...ORDER, database, killAfterMs: ORDER.ms / 4 });
    return [...results, ...resultsOf('hub.load.processes', figures, note)];
  } finally {
    await server.close();
  }
}

function resultsOf(id: string, figures: LoadFigures, note: Note): Result[] {
  const { capacity = 0, rate, written, read, memory, hostile, retries, lost, doubled, blocks, held, slowest } = figures;
  const ms = (value: number): string => value.toFixed(0);
  note(`${id}: ${capacity.toFixed(0)} blocks/s entered when no desk waited; asked for were ${rate.toFixed(0)}`);
  note(
    `${id}: ${written.length} blocks of others, median ${ms(quantile(written, 0.5))} ms, longest ${ms(Math.max(...written))} ms, ${retries} tries more; reading p99 ${ms(quantile(read, 0.99))} ms`,
  );
  note(`${id}: of its slowest hundredth, in ms: ${PARTS.map((part) => `${WAITING[part]} ${ms(slowest[part])}`).join(', ')}`);
  if (hostile)
    note(
      `${id}: the flooder got ${hostile.accepted} blocks in and ${hostile.pages} pages out, was told to wait ${hostile.toldToWait} times; ${hostile.attacks} attacks; ${blocks} blocks in all, ${lost} lost, ${doubled} doubled`,
    );
  if (lost + doubled > 0) throw new Error(`${id}: ${lost} acknowledged blocks were lost, ${doubled} stand twice`);
  const p99 = quantile(written, 0.99);
  const growth = memory.end / memory.middle - 1;
  note(
    `${id}: memory ${(memory.middle / 2 ** 20).toFixed(0)} MB once it is warm (and has taken over who was at the other), ${(memory.end / 2 ** 20).toFixed(0)} MB at the end`,
  );
  return [
    {
      id,
      value: p99,
      unit: 'ms, p99',
      limit: P99_MS,
      ratio: p99 / P99_MS,
      bar: { atMost: 1 },
      against: `${P99_MS} ms for those who do not flood`,
    },
    {
      id: `${id}.memory`,
      value: growth * 100,
      unit: '% of memory',
      limit: GROWTH * 100,
      ratio: growth / GROWTH,
      bar: { atMost: 1 },
      against: 'growth of 5 %',
    },
    {
      id: `${id}.held`,
      value: held,
      unit: 'ms of processor, longest turn',
      limit: HELD_MS,
      ratio: held / HELD_MS,
      bar: { atMost: 1 },
      against: `event loop held ${HELD_MS} ms`,
    },
  ];
}
