import { expect, test } from 'vitest';
import { isSoundOnly, type LineSample, poorInARow } from '../../renderer/parts/call/line-quality.ts';

const good: LineSample = { lost: 0.01, room: 900_000, roundTrip: 0.08 };
const after = (...samples: readonly LineSample[]): boolean => isSoundOnly(samples.reduce(poorInARow, 0));

test.each<[string, LineSample]>([
  ['loses packets', { ...good, lost: 0.2 }],
  ['has no room', { ...good, room: 60_000 }],
  ['is slow', { ...good, roundTrip: 2 }],
])('a line that %s for some seconds carries sound alone', (_, poor) => {
  expect(after(poor, poor, poor)).toBe(false);
  expect(after(poor, poor, poor, poor)).toBe(true);
  expect(after(poor, poor, poor, good, poor)).toBe(false);
});

test('a good line, and one of which nothing is known yet, carries pictures', () => {
  expect(after(good, good, good, good, good)).toBe(false);
  const unknown: LineSample = { lost: 0, room: undefined, roundTrip: undefined };
  expect(after(unknown, unknown, unknown, unknown)).toBe(false);
});
