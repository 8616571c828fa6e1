import { expect, test } from 'vitest';
import { BREAKAGES } from './breakages.ts';
import { simulate } from './run-simulate.ts';

test.for(Object.entries(BREAKAGES))('it notices %s', { timeout: 1_200_000 }, async ([name, { noticedBy, from = 1 }]) => {
  const { code, output } = await simulate('--break', name, '--from', String(from), '--seeds', '40', '--shards', '1');
  expect(output).toMatch(/^seed \d+ breaks "/m);
  expect(/^seed \d+ breaks "([^"]+)"/m.exec(output)?.[1]).toMatch(noticedBy);
  expect(code).toBe(1);
});
