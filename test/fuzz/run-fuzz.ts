/**
 * `npm run fuzz -- [--inputs N] [--seed N] [--only target,…]`: the long form of the fuzzing that CI does. One line for each
 * target, then each finding with the seed that makes it again. Exit 1 when there is one.
 */
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.ts';
import { fuzzTargets } from './targets.ts';

const { values } = parseArgs({
  options: { inputs: { type: 'string', default: '1000000' }, seed: { type: 'string', default: '1' }, only: { type: 'string' } },
});
const targets = await fuzzTargets();
const chosen = values.only?.split(',') ?? [...targets.keys()];
const unknown = chosen.filter((name) => !targets.has(name));
if (unknown.length > 0) {
  process.stderr.write(`There is no target ${unknown.join(', ')}. There are: ${[...targets.keys()].join(', ')}.\n`);
  process.exit(2);
}

let findings = 0;
for (const name of chosen) {
  const target = targets.get(name);
  if (!target) continue;
  const begin = performance.now();
  const result = fuzz(target, Number(values.inputs), Number(values.seed));
  const rate = Math.round(Number(values.inputs) / ((performance.now() - begin) / 1000));
  const codes = [...result.refusals.keys()].length;
  process.stdout.write(`${name.padEnd(22)} ${result.accepted} taken, ${codes} codes of refusal, ${rate} a second\n`);
  for (const { fault, detail, seed, input } of result.findings) {
    findings += 1;
    process.stdout.write(
      `  ${fault}: ${detail}\n  again: npm run fuzz -- --only ${name} --seed ${seed} --inputs 1\n  input: ${input.slice(0, 400)}\n`,
    );
  }
}
process.stdout.write(`${findings} findings\n`);
process.exit(findings > 0 ? 1 : 0);
