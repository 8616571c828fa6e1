/** `careledger restore`: a backup becomes a data folder again. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { noKeychain } from '../../identity/keychain.ts';
import { readHeader } from '../backup/backup-files.ts';
import type { BackupKeys } from '../backup/open-backup.ts';
import { restoreBackup } from '../backup/restore.ts';
import { COMMON, type CommandIo, type CommonValues, passphraseOf, required, TEXT, unlockWith, withService } from './command.ts';

const STEPS = { unpacking: 'unpacking', checking: 'checking all of it', finishing: 'making it this machine’s own' } as const;

export async function restore(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseArgs({ args, options: { ...COMMON, keys: TEXT }, allowPositionals: true });
  const from = resolve(required(positionals[0], 'The folder of the backup'));
  const to = resolve(required(values.data, '--data'));
  const { header } = await readHeader(from);
  const keys = await keysFrom(required(values.keys, '--keys'), header.id, values, io);
  let said = '';
  const report = await restoreBackup({
    from,
    to,
    keys,
    keychain: noKeychain,
    clock: Date.now,
    onProgress: (step) => {
      if (step !== said) io.err(`${STEPS[step]}\n`);
      said = step;
    },
  });
  const day = new Date(report.made).toISOString();
  io.out(
    values.json
      ? `${JSON.stringify({ folder: to, ...report })}\n`
      : `Restored as it was on ${day}: ${report.documents} documents, ${report.keys} keys, ${report.blocks} blocks, all of them checked.\nStaff unlock with the passphrases they had then. Folder: ${to}\n`,
  );
}

/** From the data folder that made the backup. */
async function keysFrom(folder: string, id: string, values: CommonValues, io: CommandIo): Promise<BackupKeys> {
  const passphrase = await passphraseOf(values, io);
  return withService({ ...values, data: folder }, async (service) => {
    await unlockWith(service, values, () => passphrase);
    return service.backups.keysOf(id, passphrase);
  });
}
