/** A desk that nobody uses locks by itself, and says so half a minute before. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IdleWatch } from '../../renderer/staff/idle-watch.ts';

const MINUTE = 60_000;

function watched(minutes = 5) {
  const desk = { now: 1_000_000, locks: 0 };
  const watch = new IdleWatch({ minutes, clock: () => desk.now, onLock: () => void desk.locks++ });
  const pass = (ms: number): number | null => {
    desk.now += ms;
    return watch.look();
  };
  return { desk, watch, pass };
}

test('it locks after so many minutes without a sign, and counts down half a minute before', () => {
  const { desk, pass } = watched();
  expect(pass(4 * MINUTE)).toBeNull();
  expect(pass(29_000)).toBeNull();
  expect(pass(1_000)).toBe(30);
  expect(pass(29_000)).toBe(1);
  expect(desk.locks).toBe(0);
  expect(pass(1_000)).toBe(0);
  expect(desk.locks).toBe(1);
});

test('each sign of life begins the time anew, also while it counts down', () => {
  const { desk, watch, pass } = watched();
  for (let times = 0; times < 20; times++) {
    pass(4 * MINUTE + 45_000);
    watch.sign();
    expect(pass(0)).toBeNull();
  }
  expect(desk.locks).toBe(0);
});

test('who wakes a computer that slept does not stay in', () => {
  const { desk, watch } = watched();
  desk.now += 8 * 60 * MINUTE;
  watch.sign();
  expect(desk.locks).toBe(1);
  watch.sign();
  expect(watch.look()).toBe(0);
});

test('a lock that did not come about is asked for again', () => {
  const { desk, pass } = watched();
  pass(5 * MINUTE);
  pass(1_000);
  expect(desk.locks).toBe(1);
  pass(10_000);
  expect(desk.locks).toBe(2);
});

test('whatever the clock does, nobody stays in longer than the minutes that it shows', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -10 * MINUTE, max: 4 * MINUTE }), { maxLength: 30 }), (steps) => {
      const { desk, pass } = watched();
      for (const step of steps) pass(step);
      desk.locks = 0;
      pass(15_000);
      pass(5 * MINUTE);
      expect(desk.locks).toBeGreaterThan(0);
    }),
    // Put back just after it locked, the clock comes to the time of that lock once more.
    { examples: [[[94_544, 117_588, 63_987, 23_881, -305_001]]] },
  );
});
