/**
 * `npm run fuzz -- [--inputs N] [--seed N] [--only target,…] [--resume FILE]`: the long form of the fuzzing that CI does. It goes round all
 * targets, a share of the inputs each time, and writes to FILE how far it got, so that it can be stopped and goes on there. Each finding comes
 * with the seed that makes it again, then one line for each target. Exit 1 when there is a finding.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { countIn, namesIn, optionsOf } from '../support/command-options.ts';
import { fuzz } from './fuzz.ts';
import { fuzzTargets } from './targets.ts';

/** Inputs of a target before the next has its turn. */
const SHARE = 50_000;

/** How far a target has got. */
interface Progress {
  inputs: number;
  taken: number;
  findings: number;
  codes: string[];
  /** Milliseconds of processor. */
  processor: number;
}

const targets = await fuzzTargets();
const USAGE = `npm run fuzz -- [--inputs N] [--seed N] [--only TARGET,…] [--resume FILE]

  --inputs  for each target; 1000000 unless told otherwise
  --seed    of the first input; 1 unless told otherwise
  --only    some of them: ${[...targets.keys()].join(', ')}
  --resume  writes to that file how far it got, and goes on there

Exits with 0 when nothing was found, with 1 otherwise.`;
const values = optionsOf(USAGE, {
  inputs: { type: 'string', default: '1000000' },
  seed: { type: 'string', default: '1' },
  only: { type: 'string' },
  resume: { type: 'string' },
});
const [wanted, first] = [countIn(values.inputs, 'inputs'), countIn(values.seed, 'seed')];
const chosen = values.only === undefined ? [...targets.keys()] : namesIn(values.only, [...targets.keys()], 'target');

const kept = values.resume && existsSync(values.resume) ? JSON.parse(readFileSync(values.resume, 'utf8')) : undefined;
const progress: Record<string, Progress> = kept?.seed === first ? kept.progress : {};
const of = (name: string): Progress => {
  progress[name] ??= { inputs: 0, taken: 0, findings: 0, codes: [], processor: 0 };
  return progress[name];
};

function share(name: string): void {
  const target = targets.get(name);
  const reached = of(name);
  const inputs = Math.min(SHARE, wanted - reached.inputs);
  if (!target || inputs <= 0) return;
  const begin = process.cpuUsage().user;
  const result = fuzz(target, inputs, first + reached.inputs);
  reached.processor += (process.cpuUsage().user - begin) / 1000;
  reached.inputs += inputs;
  reached.taken += result.accepted;
  reached.findings += result.findings.length;
  reached.codes = [...new Set([...reached.codes, ...result.refusals.keys()])];
  for (const { fault, detail, seed, input } of result.findings)
    process.stdout.write(
      `  ${fault}: ${detail}\n  again: npm run fuzz -- --only ${name} --seed ${seed} --inputs 1\n  input: ${input.slice(0, 400)}\n`,
    );
  if (values.resume) writeFileSync(values.resume, JSON.stringify({ seed: first, progress }));
}

for (let round = 0; round < wanted; round += SHARE) for (const name of chosen) share(name);

for (const name of chosen) {
  const { inputs, taken, codes, processor, findings } = of(name);
  const rate = Math.round(inputs / (processor / 1000));
  process.stdout.write(
    `${name.padEnd(22)} ${inputs} inputs, ${taken} taken, ${codes.length} codes of refusal, ${rate} a second, ${findings} findings\n`,
  );
}
const findings = chosen.reduce((sum, name) => sum + of(name).findings, 0);
process.stdout.write(`${findings} findings\n`);
process.exit(findings > 0 ? 1 : 0);
