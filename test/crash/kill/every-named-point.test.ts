/** The short form of `npm run crash -- --only kill`: docs/reliability.md says what must hold. */
import { expect, test } from 'vitest';
import { killParts } from './kill.ts';
import { POINTS } from './points.ts';

/** Of more than seventy points: as many deaths as forty points five times. */
const ROUNDS = 3;

test('there are as many deaths as forty points five times', () => {
  expect(Object.keys(POINTS).length).toBeGreaterThanOrEqual(40);
  expect(Object.keys(POINTS).length * ROUNDS).toBeGreaterThanOrEqual(200);
});

test('killed at every named point, everything acknowledged is there, whole and once', { timeout: 1_200_000 }, async () => {
  const { failures, tried } = await killParts({ rounds: ROUNDS, seed: 1, say: () => undefined });
  expect(failures).toEqual([]);
  expect(tried).toBe(ROUNDS * Object.keys(POINTS).length);
});
