import { execFile } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { outsideEnvironment } from '../support/outside-environment.ts';

/** Runs one of package.json's scripts; resolves to its exit code and everything it printed. */
function script(name: string, ...options: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const command = ['run', '--silent', name, '--', ...options];
    const settings = { env: outsideEnvironment(), shell: process.platform === 'win32', maxBuffer: 2 ** 26 };
    const child = execFile('npm', command, settings, (_, output, errors) => {
      resolve({ code: child.exitCode ?? 1, output: output + errors });
    });
  });
}

// What could be forgotten by hand is part of the run, so that `npm test` alone says whether the house stands.
describe('the house stands', { timeout: 180_000 }, () => {
  test.each([
    ['format, lint, import walls and operations in texts', 'lint'],
    ['types', 'types'],
    ['generated files are what the schemas say', 'generate', '--check'],
  ])('%s', async (_, name, ...options) => {
    const { code, output } = await script(name, ...options);
    expect(code, output).toBe(0);
  });
});
