import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
const programs = Object.values(scripts).flatMap((script) => /node (test\/\S+\.ts)$/.exec(script)?.[1] ?? []);

const call = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['test/simulate/simulate.ts', ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
};

describe('programs behind "npm run"', () => {
  test('tell what they take when they are asked for help', () => {
    expect(call('--help')).toEqual({
      status: 0,
      stdout: expect.stringMatching(/^npm run simulate -- .*\n[\s\S]*--seed /),
      stderr: '',
    });
  });

  test('say what is wrong with a call, and end with 2 before anything is done', () => {
    expect(call('--sede', '5')).toEqual({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(/^Unknown option '--sede'\n\nnpm run simulate -- /),
    });
    expect(call('--seed', 'five')).toMatchObject({
      status: 2,
      stderr: '--seed takes a whole number above 0, not "five".\n',
    });
    expect(call('5')).toMatchObject({ status: 2, stderr: expect.not.stringContaining('    at ') });
  });

  test('all read their options in this one way', () => {
    const readers = programs.filter((path) => readFileSync(path, 'utf8').includes('optionsOf('));
    expect(readers).toEqual(
      expect.arrayContaining([
        'test/bench/bench.ts',
        'test/crash/crash.ts',
        'test/fuzz/run-fuzz.ts',
        'test/region/run-region.ts',
      ]),
    );
    expect(programs.filter((path) => readFileSync(path, 'utf8').includes('parseArgs('))).toEqual([]);
  });
});
