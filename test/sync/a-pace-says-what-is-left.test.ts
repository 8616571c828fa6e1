import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Pace } from '../../shared/sync/pace.ts';

test('at a steady pace the time left is what is missing at that pace, from the second second on', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5000 }),
      fc.integer({ min: 10, max: 1000 }),
      fc.integer({ min: 10, max: 400 }),
      (perStep, step, steps) => {
        const pace = new Pace();
        const total = perStep * steps;
        for (let at = 0; at <= steps; at++) {
          const left = pace.left(at * step, at * perStep, total);
          if (at * step < 2000) expect(left).toBeUndefined();
          else expect(left).toBeCloseTo((steps - at) * step, 3);
        }
      },
    ),
  );
});

test('what slows down is judged by how it goes now', () => {
  const pace = new Pace();
  let done = 0;
  let left: number | undefined;
  for (let second = 0; second <= 120; second++) {
    done += second < 60 ? 1000 : 10;
    left = pace.left(second * 1000, done, 100_000);
  }
  expect(left).toBeCloseTo(((100_000 - done) / 10) * 1000, -3);
});

test('nothing is promised while nothing moves, and a clock or a count put back begins anew', () => {
  const pace = new Pace();
  pace.left(0, 0, 100);
  expect(pace.left(10_000, 0, 100)).toBeUndefined();
  expect(pace.left(20_000, 50, 100)).toBe(20_000);
  expect(pace.left(5000, 50, 100)).toBeUndefined();
  expect(pace.left(8000, 10, 100)).toBeUndefined();
  expect(pace.left(11_000, 40, 100)).toBe(6000);
});
