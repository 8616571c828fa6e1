/** The short form of `npm run crash -- --only kill`: docs/reliability.md says what must hold. */
import { expect, test } from 'vitest';
import { killParts } from './kill.ts';
import { POINTS } from './points.ts';

/**
 * So many of each life's points, evenly chosen, once each, are what CI has minutes for: a region and a clinic of two desks are slow to open.
 * `npm run crash` goes through all of them, often. Orders of the hub's administrator, which wait for a desk's round, are left to it.
 */
const COUNTS = { desk: 27, region: 11, clinic: 2, kiosk: 4 };
const points = Object.entries(COUNTS).flatMap(([life, count]) => {
  const names = Object.keys(POINTS).filter((name) => POINTS[name]?.life === life && POINTS[name].act !== 'rebaseline');
  return Array.from({ length: count }, (_, at) => names[Math.floor((at * names.length) / count)] as string);
});

test('killed at forty-four named points, everything acknowledged is there, whole and once', { timeout: 1_200_000 }, async () => {
  const { failures, tried } = await killParts({ rounds: 1, seed: 1, points, say: () => undefined });
  expect(failures).toEqual([]);
  expect(points).toHaveLength(44);
  expect(tried).toBe(44);
});
