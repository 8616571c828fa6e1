import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { outsideEnvironment } from '../support/outside-environment.ts';
import { together, triedAgain } from '../support/try-again.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Runs vitest with our reporter over the given files, as `npm test` would; resolves to its exit code and its output. */
function run(files: Record<string, string>): Promise<{ code: number; lines: string[] }> {
  mkdirSync('test-results', { recursive: true });
  const folder = mkdtempSync(join('test-results', 'closing-line-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, 'vitest.config.ts'), 'export default {};\n');
  const command = [resolve('node_modules/vitest/vitest.mjs'), 'run', '--root', folder];
  const reporters = ['--reporter', 'default', '--reporter', resolve('test/support/summary-reporter.ts')];
  return new Promise((done) => {
    const child = execFile(process.execPath, [...command, ...reporters], { env: outsideEnvironment() }, (_, output) => {
      done({ code: child.exitCode ?? 1, lines: output.trimEnd().split('\n') });
    });
  });
}

const head = "import { beforeAll, describe, expect, test } from 'vitest';\n";

test('a run that is all well ends with the line alone', async () => {
  const { code, lines } = await run({ 'a.test.ts': `${head}test('one', () => {}); test('two', () => {});` });
  expect(lines.at(-1)).toBe('2 passed, 0 failed');
  expect(code).toBe(0);
});

test('what failed, what was skipped and what could not be loaded is counted, and the skipped are named', async () => {
  const { code, lines } = await run({
    'a.test.ts': `${head}test('one', () => {}); test('two', () => expect(1).toBe(2));`,
    'b.test.ts': `${head}import './missing.ts'; test('three', () => {});`,
    'c.test.ts': `${head}test.runIf(false)('needs the sample data', () => {});`,
    'd.test.ts': `${head}describe('hook', () => { beforeAll(() => { throw new Error('no'); }); test('four', () => {}); });`,
  });
  expect(lines.at(-1)).toBe('1 passed, 3 failed, 2 skipped');
  expect(lines).toContain('  c.test.ts > needs the sample data');
  expect(code).not.toBe(0);
});

test('an error outside any test is a failure', async () => {
  const { code, lines } = await run({
    'a.test.ts': `${head}test('one', () => { setTimeout(() => { throw new Error('late'); }, 0); return new Promise((go) => setTimeout(go, 20)); });`,
  });
  expect(lines.at(-1)).toBe('1 passed, 1 failed');
  expect(code).not.toBe(0);
});

test('a run without any test is no success', async () => {
  const { code, lines } = await run({ 'a.ts': '' });
  expect(lines.at(-1)).toBe('0 passed, 1 failed');
  expect(code).not.toBe(0);
});

const file = (project: string, passed: number, failed: number) => ({
  file: `${project}.test.ts`,
  project,
  tally: { passed, failed, skipped: 0 },
});

test('only a few files are tried again, none where a seed of the simulation or something outside of any test failed', () => {
  const journey = file('journeys', 4, 2);
  expect(triedAgain({ tally: { passed: 90, failed: 2, skipped: 0 }, failed: [journey] })).toEqual(['journeys.test.ts']);
  const seed = file('simulation', 1, 1);
  expect(triedAgain({ tally: { passed: 90, failed: 3, skipped: 0 }, failed: [journey, seed] })).toEqual([]);
  expect(triedAgain({ tally: { passed: 90, failed: 3, skipped: 0 }, failed: [journey] }), 'an error outside of any test').toEqual(
    [],
  );
  expect(triedAgain({ tally: { passed: 90, failed: 8, skipped: 0 }, failed: [journey, journey, journey, journey] })).toEqual([]);
});

test('the line of both tries counts each test once', () => {
  const first = { tally: { passed: 90, failed: 2, skipped: 1 }, failed: [file('journeys', 4, 2)] };
  expect(together(first, { passed: 6, failed: 0, skipped: 0 })).toEqual({ passed: 92, failed: 0, skipped: 1 });
  expect(together(first, { passed: 5, failed: 1, skipped: 0 })).toEqual({ passed: 91, failed: 1, skipped: 1 });
});
