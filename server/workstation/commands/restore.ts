/** `careledger restore`: a backup becomes a data folder again. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { counted } from '../../../shared/outcome/counted.ts';
import { type CommandIo, required, TEXT } from '../../command-line/command-line.ts';
import { noKeychain } from '../../identity/keychain.ts';
import { erasedHandles } from '../backup/backup.store.ts';
import { readHeader } from '../backup/backup-files.ts';
import { recoverKeys } from '../backup/recover.ts';
import { type RestoreOptions, restoreBackup } from '../backup/restore.ts';
import { COMMON, type CommonValues, passphraseOf, unlockWith, withService } from './command.ts';
import { readShareFiles } from './drill.ts';

type Opening = Pick<RestoreOptions, 'keys' | 'officers' | 'erased'>;

const STEPS = { unpacking: 'unpacking', checking: 'checking all of it', finishing: 'making it this machine’s own' } as const;

export async function restore(args: string[], io: CommandIo): Promise<void> {
  const options = { ...COMMON, keys: TEXT, administrator: TEXT, share: { type: 'string', multiple: true } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const from = resolve(required(positionals[0], 'The folder of the backup'));
  const to = resolve(required(values.data, '--data'));
  const { header } = await readHeader(from);
  const opening: Opening = values.share
    ? await keysOfOfficers(from, values.share, required(values.administrator, '--administrator'), values, io)
    : await keysFrom(required(values.keys, '--keys or --share'), header.id, values, io);
  let said = '';
  const report = await restoreBackup({
    from,
    to,
    ...opening,
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
      : `Restored as it was on ${day}: ${counted(report.documents, 'document')}, ${counted(report.keys, 'key')}, ${counted(report.blocks, 'block')}, all of them checked.\n${opening.officers ? `${opening.officers.name} unlocks with the new passphrase, as administrator; others` : 'Staff unlock'} with the passphrases they had then. Folder: ${to}\n`,
  );
}

/** From the data folder that made the backup; what was erased there since stays erased. */
async function keysFrom(folder: string, id: string, values: CommonValues, io: CommandIo): Promise<Opening> {
  const passphrase = await passphraseOf(values, io);
  return withService({ ...values, data: folder }, async (service) => {
    await unlockWith(service, values, () => passphrase);
    const erased = await erasedHandles(service.installation.database.read);
    return { keys: await service.backups.keysOf(id, passphrase), erased };
  });
}

/** From recovery shares; the passphrase asked for is the new one of who restores. */
async function keysOfOfficers(
  from: string,
  files: readonly string[],
  name: string,
  values: CommonValues,
  io: CommandIo,
): Promise<Opening> {
  const texts = await readShareFiles(files);
  const { keys, officers } = await recoverKeys(from, texts);
  return { keys, officers: { name, passphrase: await passphraseOf(values, io), keys: officers } };
}
