/** The short form of `npm run crash -- --only kill`: docs/reliability.md says what must hold. */
import { expect, test } from 'vitest';
import { killParts } from './kill.ts';
import { POINTS } from './points.ts';

/** So many of more than a hundred points, once each, are what CI has minutes for; `npm run crash` goes through all of them, often. */
const COUNT = 40;
const names = Object.keys(POINTS);
const points = names.filter((_, at) => Math.floor((at * COUNT) / names.length) < Math.floor(((at + 1) * COUNT) / names.length));

test('killed at forty named points, everything acknowledged is there, whole and once', { timeout: 1_200_000 }, async () => {
  const { failures, tried } = await killParts({ rounds: 1, seed: 1, points, say: () => undefined });
  expect(failures).toEqual([]);
  expect(points).toHaveLength(COUNT);
  expect(tried).toBe(COUNT);
});
