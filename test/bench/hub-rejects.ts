/** How long the hub takes to refuse what an attacker sends, and how long its event loop is held by it: over the real line, each attack ten times. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { hostileBodies, hostileDocuments, hostileRequests, nearlyAllowed } from '../hub/hostile-documents.ts';
import { HubBench } from '../hub/hub-bench.ts';
import { quantile, type Result } from './contest.ts';

const P99_MS = 50;
const HELD_MS = 200;
const ROUNDS = 10;

export async function hubRejects(note: (text: string) => void): Promise<Result[]> {
  const bench = await HubBench.open();
  try {
    const line = await bench.join(bench.founder);
    const documents = [...hostileDocuments, ...nearlyAllowed].map(({ name: _, ...asked }) => ({ body: JSON.stringify(asked) }));
    const attacks = [...documents, ...hostileBodies.map(({ body }) => ({ body })), ...hostileRequests];
    const times: number[] = [];
    const held = monitorEventLoopDelay({ resolution: 5 });
    held.enable();
    for (let round = 0; round < ROUNDS; round += 1)
      for (const attack of attacks) {
        const began = performance.now();
        // Some are answered by a closed line.
        await line.http(attack).catch(() => undefined);
        times.push(performance.now() - began);
      }
    held.disable();
    const p99 = quantile(times, 0.99);
    const longest = held.max / 1e6;
    note(
      `${attacks.length} attacks, ${times.length} refusals, median ${quantile(times, 0.5).toFixed(2)} ms; who attacks runs in the same process`,
    );
    return [
      {
        id: 'hub.reject',
        value: p99,
        unit: 'ms, p99',
        limit: P99_MS,
        ratio: p99 / P99_MS,
        bar: { atMost: 1 },
        against: `${P99_MS} ms`,
      },
      {
        id: 'hub.reject.held',
        value: longest,
        unit: 'ms, longest',
        limit: HELD_MS,
        ratio: longest / HELD_MS,
        bar: { atMost: 1 },
        against: `event loop held ${HELD_MS} ms`,
      },
    ];
  } finally {
    await bench.close();
  }
}
