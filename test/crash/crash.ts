/**
 * `npm run crash -- [--only part,…] [--rounds N] [--seed N] [--point NAME] [--json FILE]`: the long forms of what CI does to real processes
 * and files. One line for each part, then what did not hold, with the call that makes it again. Exit 1 when there is any.
 * What each part breaks and its figures: docs/reliability.md.
 */
import { writeFileSync } from 'node:fs';
import { countIn, namesIn, optionsOf } from '../support/command-options.ts';
import type { CrashReport } from './crash-part.ts';
import { CRASH_PARTS } from './crash-parts.ts';

const parts = Object.keys(CRASH_PARTS);
const USAGE = `npm run crash -- [--only PART,…] [--rounds N] [--seed N] [--point NAME]… [--json FILE]

  --only    parts of it: ${parts.join(', ')}; all of them unless told otherwise
  --rounds  how much of each part is done; each has its own measure (docs/reliability.md)
  --seed    another order and other places; 1 unless told otherwise
  --point   of the part "kill", the lines at which processes are killed
  --json    writes the figures to that file

Exits with 0 when all held, with 1 when something did not.`;

const values = optionsOf(USAGE, {
  only: { type: 'string' },
  rounds: { type: 'string' },
  seed: { type: 'string', default: '1' },
  point: { type: 'string', multiple: true },
  json: { type: 'string' },
});
const rounds = values.rounds === undefined ? undefined : countIn(values.rounds, 'rounds');
const seed = countIn(values.seed, 'seed');
const chosen = values.only === undefined ? parts : namesIn(values.only, parts, 'part');

const reports: Record<string, CrashReport> = {};
let failed = 0;
for (const name of chosen) {
  const part = CRASH_PARTS[name];
  if (!part) continue;
  const began = performance.now();
  const report = await part({ rounds, seed, points: values.point, say: (line) => process.stdout.write(`… ${name}: ${line}\n`) });
  reports[name] = report;
  failed += report.failures.length;
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(
    `${name.padEnd(8)} ${report.tried} tried, ${report.failures.length} did not hold, ${seconds} s; ${report.figures}\n`,
  );
  for (const { at, what, again } of report.failures)
    process.stdout.write(`  ${at}: ${what}\n  again: npm run crash -- ${again}\n`);
}
if (values.json) writeFileSync(values.json, JSON.stringify(reports));
process.stdout.write(failed === 0 ? 'all held\n' : `${failed} FAILED\n`);
process.exit(failed === 0 ? 0 : 1);
