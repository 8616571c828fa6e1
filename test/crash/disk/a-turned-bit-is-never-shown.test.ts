import { expect, test } from 'vitest';
import { bitFlips } from './bit-flips.ts';

test('200 bits turned over in databases, keys, backups and tiles: named, or in unused bytes, and no record is shown wrong', async () => {
  const report = await bitFlips({ rounds: 200, seed: 1, say: () => undefined });
  expect(report.failures).toEqual([]);
  expect(report.tried).toBe(200);
});
