/** The short form of `npm run crash -- --only kill`: docs/reliability.md says what must hold. */
import { expect, test } from 'vitest';
import { killParts } from './kill.ts';
import { POINTS } from './points.ts';

/** Each of more than seventy points once, for the minutes that CI has; `npm run crash` does more. */
const ROUNDS = 1;

test('there are more than forty points', () => {
  expect(Object.keys(POINTS).length).toBeGreaterThanOrEqual(40);
});

test('killed at every named point, everything acknowledged is there, whole and once', { timeout: 1_200_000 }, async () => {
  const { failures, tried } = await killParts({ rounds: ROUNDS, seed: 1, say: () => undefined });
  expect(failures).toEqual([]);
  expect(tried).toBe(ROUNDS * Object.keys(POINTS).length);
});
