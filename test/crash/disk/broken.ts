/** `node broken.ts NAME`: runs a part of the harness with the program broken by that name, and prints what it says. */
import { BREAKAGES, breakOnPurpose } from './breakages.ts';

const [name = ''] = process.argv.slice(2);
breakOnPurpose(name);
// Read by the desks that the parts start.
process.env.CARELEDGER_BREAKAGE = name;
const { CRASH_PARTS } = await import('../crash-parts.ts');
const breakage = BREAKAGES[name];
const report = await CRASH_PARTS[breakage?.part ?? '']?.({ rounds: breakage?.rounds, seed: 1, say: () => undefined });
for (const { at, what } of report?.failures ?? []) process.stdout.write(`${at}: ${what}\n`);
process.exit(0);
