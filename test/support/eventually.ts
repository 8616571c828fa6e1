import { expect } from 'vitest';

/** Expects something of other processes, which on a busy machine may take their time. */
export function eventually(ask: () => unknown): ReturnType<typeof expect.poll> {
  return expect.poll(ask, { timeout: 10_000 });
}
