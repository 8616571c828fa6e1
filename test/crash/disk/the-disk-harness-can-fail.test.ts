import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { BREAKAGES } from './breakages.ts';

test.for(Object.entries(BREAKAGES))('it notices %s', { timeout: 600_000 }, async ([name, { says }]) => {
  const program = fileURLToPath(new URL('./broken.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', program, name]);
  expect(stdout).toMatch(says);
});
