/** `careledger export`: records as FHIR with a signed manifest, into a new folder. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { counted } from '../../../shared/outcome/counted.ts';
import { type CommandIo, required, TEXT } from '../../command-line/command-line.ts';
import { ask, COMMON, passphraseOf, unlockWith, withService } from './command.ts';

interface Written {
  readonly path: string;
  readonly files: number;
  readonly bytes: number;
  readonly resources: number;
  readonly missing: readonly string[];
}

export async function exportRecords(args: string[], io: CommandIo): Promise<void> {
  const { values } = parseArgs({ args, options: { ...COMMON, to: TEXT, patient: TEXT } });
  const folder = resolve(required(values.to, '--to'));
  const passphrase = await passphraseOf(values, io);
  await withService(values, async (service) => {
    await unlockWith(service, values, () => passphrase);
    const { exportRecords: written } = await ask<{ exportRecords: Written }>(
      service,
      `mutation Export($folder: String!, $patient: ID, $passphrase: String!) {
        exportRecords(folder: $folder, patient: $patient, passphrase: $passphrase) { path files bytes resources missing } }`,
      { folder, patient: values.patient, passphrase },
    );
    if (values.json) return io.out(`${JSON.stringify(written)}\n`);
    io.out(
      `${counted(written.resources, 'resource')} in ${counted(written.files, 'file')}, ${counted(written.bytes, 'byte')}: ${written.path}\n`,
    );
    for (const name of written.missing) io.out(`  not on this computer yet, and so not in it: ${name}\n`);
    io.out(`Nothing in it is sealed. "careledger verify ${written.path}/manifest.json" checks it anywhere.\n`);
  });
}
