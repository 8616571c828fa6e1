/**
 * `node test/support/try-again.ts OUTCOME`: the second and last try of what failed in a run, for CI alone. Most tests drive real processes, sockets
 * or a real browser, and a machine that stalls can starve one: up to three files are run once more, apart from the rest, and named. What
 * depends on no machine, the simulation and every property, has its seed and fails again. Closes with the line of both runs together; the exit code is 0 only when nothing is left that failed.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { closingLine, type RunOutcome, type Tally } from './summary-reporter.ts';

const MOST_FILES = 3;
const NEVER = 'simulation';

/** The files that are tried again: none where something else failed as well, or too much. */
export function triedAgain({ tally, failed }: RunOutcome): string[] {
  const known = failed.reduce((sum, file) => sum + file.tally.failed, 0);
  const other = failed.some(({ project }) => project === NEVER) || known !== tally.failed;
  return other || failed.length > MOST_FILES ? [] : failed.map(({ file }) => file);
}

/** The counts of the first run with those of the second in place of what was tried again. */
export function together(first: RunOutcome, again: Tally): Tally {
  const of = (count: keyof Tally): number =>
    first.tally[count] - first.failed.reduce((sum, { tally }) => sum + tally[count], 0) + again[count];
  return { passed: of('passed'), failed: of('failed'), skipped: of('skipped') };
}

function main(path: string): number {
  const read = (): RunOutcome => JSON.parse(readFileSync(path, 'utf8'));
  const first = read();
  const files = triedAgain(first);
  if (files.length === 0) return 1;
  process.stdout.write(`\nTried once more, apart from the rest:\n${files.map((file) => `  ${file}\n`).join('')}`);
  const projects = new Set(first.failed.map(({ project }) => project));
  const { status } = spawnSync('vitest', ['run', ...[...projects].flatMap((name) => ['--project', name]), ...files], {
    stdio: 'inherit',
  });
  const counts = together(first, read().tally);
  process.stdout.write(
    `\nFailed at the first try, passed at the second: ${first.tally.failed - counts.failed}\n\n${closingLine(counts)}\n`,
  );
  return status === 0 && counts.failed === 0 ? 0 : 1;
}

if (import.meta.main) process.exitCode = main(process.argv[2] ?? '');
