import { expect, test } from 'vitest';
import { diskFaults } from './disk-faults.ts';

test('5 full disks and 200 refused writes: refused by name, reading goes on, nothing is lost when there is room again', async () => {
  const report = await diskFaults({ rounds: 200, seed: 1, say: () => undefined });
  expect(report.failures).toEqual([]);
  expect(report.tried).toBe(200 + Math.round(200 / 33));
});
