/** What the hub's own processes have counted, read from their metrics as Prometheus does. */
import type { HubSeat } from './stage.ts';

interface Counted {
  /** Refusals by code, of requests and of operations, since each process began. */
  readonly refusals: ReadonlyMap<string, number>;
  /** Milliseconds of processor that one turn of an event loop took at most, since somebody last asked. */
  readonly heldMs: number;
}

const REFUSALS =
  /^careledger_hub_(?:requests_refused_total\{code="(?<request>[^"]+)"\}|operations_total\{.*code="(?<operation>[^"]+)".*\}) (?<count>\S+)$/gm;
const HELD = /^careledger_hub_turn_processor_seconds (\S+)$/m;

/** Of the processes that are up, together. */
export async function countedBy(hubs: readonly HubSeat[]): Promise<Counted> {
  const texts = await Promise.all(
    hubs.map(({ child, operations }) =>
      child ? fetch(`http://127.0.0.1:${operations}/metrics`).then((each) => each.text()) : '',
    ),
  );
  const refusals = new Map<string, number>();
  for (const { groups = {} } of texts.flatMap((text) => [...text.matchAll(REFUSALS)])) {
    const code = groups.request ?? groups.operation ?? '';
    if (code !== 'ok') refusals.set(code, (refusals.get(code) ?? 0) + Number(groups.count));
  }
  return { refusals, heldMs: Math.max(...texts.map((text) => 1000 * Number(HELD.exec(text)?.[1] ?? 0))) };
}

/** What was counted between two readings; a process that began anew in between has counted from nothing. */
export function since(before: Counted, after: Counted): Map<string, number> {
  const grown = [...after.refusals].map(([code, count]): [string, number] => {
    const was = before.refusals.get(code) ?? 0;
    return [code, count >= was ? count - was : count];
  });
  return new Map(grown.filter(([, count]) => count > 0).sort(([, one], [, other]) => other - one));
}
