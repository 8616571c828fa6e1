/** `careledger demo`: a hub and two clinics as real processes, without a screen, from founding to withdrawal. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { counted } from '../../../shared/outcome/counted.ts';
import { samplePatients } from '../../../shared/patients/sample-patients.ts';
import { type CommandIo, FLAG, TEXT } from '../../command-line/command-line.ts';
import { DemoRegion } from '../demo/region.ts';
import { play } from '../demo/story.ts';

export async function demo(args: string[], io: CommandIo): Promise<void> {
  const { values } = parseArgs({ args, options: { data: TEXT, input: TEXT, json: FLAG } });
  const kept = values.data !== undefined;
  const folder = values.data ? resolve(values.data) : await mkdtemp(join(tmpdir(), 'careledger-demo-'));
  await mkdir(folder, { recursive: true });
  const input = values.input ? resolve(values.input) : await writeSamples(join(folder, 'samples'));
  const region = new DemoRegion(folder);
  const started = performance.now();
  try {
    const steps = await play(region, input, (step) => {
      if (values.json) io.out(`${JSON.stringify(step)}\n`);
      else
        io.out(
          `${String(step.number).padStart(2)}  ${step.title}  (${step.milliseconds} ms)\n${step.proof.map((line) => `      ${line}\n`).join('')}`,
        );
    });
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    if (!values.json) io.out(`\n${counted(steps, 'step')}, all proved, in ${seconds} s.${kept ? ` Folders: ${folder}` : ''}\n`);
  } finally {
    await region.close();
    if (!kept) await rm(folder, { recursive: true, force: true });
  }
}

/** The project's own patients as NDJSON, one file. */
async function writeSamples(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const lines: string[] = [];
  for (const { text } of samplePatients({ seed: 7, patients: 20, encountersPerPatient: 10, referenceDate: '2026-11-01' }))
    lines.push(text);
  await writeFile(join(folder, 'sample-patients.ndjson'), `${lines.join('\n')}\n`);
  return folder;
}
