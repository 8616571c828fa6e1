/** The trace of a request (W3C Trace Context): the same id at the device that asked, in the hub's answer and in its log. Random, of one request. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

/** In which a hub says the trace back. */
export const TRACE_HEADER = 'x-careledger-trace';

const TRACEPARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;
const NO_TRACE = '0'.repeat(32);

const running = new AsyncLocalStorage<string>();

/** The trace that a request brings; a new one where it brings none of the right form. */
export function traceOf(header: string | undefined): string {
  const trace = TRACEPARENT.exec(header ?? '')?.[1];
  return trace === undefined || trace === NO_TRACE ? randomBytes(16).toString('hex') : trace;
}

/** Runs `act` so that what it logs carries `trace`. */
export const traced = <T>(trace: string, act: () => T): T => running.run(trace, act);

/** The trace of what runs now. */
export const presentTrace = (): string | undefined => running.getStore();
