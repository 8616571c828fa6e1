import { describe, expect, test } from 'vitest';
import { BREAKAGES } from './breakages.ts';
import { killParts } from './kill.ts';
import { POINTS } from './points.ts';
import type { Invariant } from './task.ts';

const INVARIANTS: Readonly<Record<Invariant, true>> = {
  'nothing acknowledged is lost': true,
  'nothing is doubled': true,
  'no half state': true,
  'it starts by itself': true,
  'it can be done again': true,
  'verify is clean': true,
  'what was erased stays erased': true,
  'the mark is never behind': true,
  'a good backup opens': true,
};

test('every invariant has a breakage', () => {
  const noticed = new Set(Object.values(BREAKAGES).map(({ noticedAs }) => noticedAs));
  expect([...noticed].sort()).toEqual(Object.keys(INVARIANTS).sort());
});

describe('a program that is broken on purpose is noticed', { concurrent: true, timeout: 900_000 }, () => {
  test.each(Object.entries(BREAKAGES))('%s', async (_, { edits, point, noticedAs }) => {
    expect(POINTS).toHaveProperty([point]);
    const options = { rounds: 3, seed: 7, points: [point], breakages: edits, say: () => undefined };
    const { failures } = await killParts(options);
    expect(failures.map(({ invariant }) => invariant)).toContain(noticedAs);
  });
});
