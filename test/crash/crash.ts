/**
 * `npm run crash -- [--only part,…] [--rounds N] [--seed N] [--point NAME] [--json FILE]`: the long forms of what CI does to real processes
 * and files. One line for each part, then what did not hold, with the call that makes it again. Exit 1 when there is any.
 * What each part breaks and its figures: docs/reliability.md.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { CrashReport } from './crash-part.ts';
import { CRASH_PARTS } from './crash-parts.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string' },
    seed: { type: 'string', default: '1' },
    point: { type: 'string', multiple: true },
    json: { type: 'string' },
  },
});
const count = (text: string, name: string): number => {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  process.stderr.write(`--${name} takes a whole number above 0, not "${text}".\n`);
  process.exit(2);
};
const rounds = values.rounds === undefined ? undefined : count(values.rounds, 'rounds');
const seed = count(values.seed, 'seed');
const chosen = values.only?.split(',') ?? Object.keys(CRASH_PARTS);
const unknown = chosen.filter((name) => !Object.hasOwn(CRASH_PARTS, name));
if (unknown.length > 0) {
  process.stderr.write(`There is no part ${unknown.join(', ')}. There are: ${Object.keys(CRASH_PARTS).join(', ')}.\n`);
  process.exit(2);
}

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
