/**
 * `npm run test:breakages [-- security | harness | NAME]`: the program is broken on purpose, one place at a time. The tests that docs/security.md names
 * for each threat have to fail, and the harnesses of crashes and of the simulation have to notice. One line for each; exit 1 when one does not.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BREAKAGES } from './breakages.ts';

const [wanted] = process.argv.slice(2);
const run = (args: readonly string[], env: NodeJS.ProcessEnv, stdio: 'inherit' | 'ignore') =>
  spawnSync('vitest', ['run', ...args], { stdio, env: { ...process.env, ...env } });

const folder = mkdtempSync(join(tmpdir(), 'careledger-breakages-'));
let unnoticed = 0;
for (const [name, { threat, test }] of Object.entries(BREAKAGES)) {
  if (wanted && wanted !== 'security' && wanted !== name) continue;
  const report = join(folder, 'report.json');
  rmSync(report, { force: true });
  const reported = ['--root', '.', '--config', 'test/breakages/vitest.config.ts', '--reporter', 'json', '--outputFile', report];
  run(['--project', 'unit', '--project', 'domains', ...reported, test], { BREAK_ON_PURPOSE: name }, 'ignore');
  const { numFailedTests = 0, testResults = [] } = existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as Report) : {};
  // A file that did not load at all has noticed nothing.
  const noticed = numFailedTests > 0 && testResults.every(({ assertionResults }) => assertionResults.length > 0);
  if (!noticed) unnoticed += 1;
  process.stdout.write(`${noticed ? 'noticed  ' : 'UNNOTICED'} ${threat} ${name}: ${test} (${numFailedTests} failed)\n`);
}

rmSync(folder, { recursive: true });

// Each keeps two lives going: more at once than cores make them look as if they hung.
const harnesses = ['--project', 'crash', '--project', 'simulation', '--maxConcurrency', '2', 'harness-can-fail'];
const status = wanted && wanted !== 'harness' ? 0 : run(harnesses, { BREAKAGES: '1' }, 'inherit').status;
process.exitCode = unnoticed > 0 ? 1 : (status ?? 1);

interface Report {
  readonly numFailedTests?: number;
  readonly testResults?: ReadonlyArray<{ readonly assertionResults: readonly unknown[] }>;
}
