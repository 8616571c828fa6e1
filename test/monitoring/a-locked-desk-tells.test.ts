/** While every desk is locked an alert still waits: the door says how far its ladder has gone, by the clock alone and in numbers alone. */
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LockedDoor } from '../../server/workstation/vault-process/locked-door.ts';
import { nextCalls, reached } from '../../shared/monitoring/ladder.ts';

const MINUTE = 60_000;

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000_000_000 }));
afterEach(() => void vi.useRealTimers());

test('the door says more at each step that is due, and nothing before', () => {
  const changed = vi.fn();
  const door = new LockedDoor(Date.now, changed);
  expect(door.notice).toBeUndefined();
  const at = Date.now();
  door.tell({ alerts: 1, tasks: 2, calls: [at + 10 * MINUTE, at + 30 * MINUTE], quiet: [at + 20 * MINUTE] });
  expect(door.notice).toEqual({ alerts: 1, tasks: 2, at, calls: 0, quiet: 0, calledAt: undefined });
  vi.advanceTimersByTime(10 * MINUTE);
  expect(changed).toHaveBeenCalledTimes(1);
  expect(door.notice).toMatchObject({ calls: 1, quiet: 0, calledAt: at + 10 * MINUTE });
  vi.advanceTimersByTime(60 * MINUTE);
  expect(changed).toHaveBeenCalledTimes(3);
  expect(door.notice).toMatchObject({ alerts: 1, calls: 2, quiet: 1, calledAt: at + 30 * MINUTE });
  // Somebody was there and has acknowledged it: nothing is left of it.
  door.tell({ alerts: 0, tasks: 2, calls: [], quiet: [] });
  expect(door.notice).toMatchObject({ alerts: 0, calls: 0, quiet: 0, calledAt: undefined });
  door.close();
});

test('the door waits for exactly the moments at which the ladder tells somebody again', () => {
  const minutes = fc.integer({ min: 1, max: 600 });
  const ladders = fc.record({
    escalateMinutes: minutes,
    ladder: fc
      .uniqueArray(minutes, { maxLength: 5 })
      .map((steps) => steps.sort((one, other) => one - other).map((afterMinutes) => ({ afterMinutes, tell: [] }))),
    repeatMinutes: fc.option(minutes, { nil: undefined }),
  });
  fc.assert(
    fc.property(ladders, fc.integer({ min: 0, max: 2_000 }), (terms, stood) => {
      const next = nextCalls(terms, stood, 8);
      const expected: number[] = [];
      for (let at = stood + 1; at <= stood + 5_000 && expected.length < 8; at++)
        if (reached(terms, at).calls > reached(terms, at - 1).calls) expected.push(at);
      expect(next).toEqual(expected);
    }),
    { numRuns: 100 },
  );
});
