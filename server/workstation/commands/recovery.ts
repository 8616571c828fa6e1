/** `careledger recovery make`: recovery shares for officers, as pages to print. */
import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { utf8 } from '../../../shared/encoding/bytes.ts';
import { counted } from '../../../shared/outcome/counted.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { type CommandIo, required, TEXT, WrongUsage } from '../../command-line/command-line.ts';
import { writeFileDurably } from '../../storage/durable-file.ts';
import { sheetPage } from '../backup/recovery-sheet.ts';
import { COMMON, passphraseOf, unlockWith, withCode, withService } from './command.ts';

export async function recovery(args: string[], io: CommandIo): Promise<void> {
  const options = { ...COMMON, to: TEXT, threshold: TEXT, code: TEXT, officer: { type: 'string', multiple: true } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  if (positionals[0] !== 'make') throw new WrongUsage('There is "careledger recovery make".');
  const holders = values.officer ?? [];
  const threshold = Number(required(values.threshold, '--threshold'));
  const to = resolve(required(values.to, '--to'));
  if (existsSync(to) && (await readdir(to)).length > 0)
    throw new Failure('recovery.not-empty', `The folder ${to} is not empty. Choose a new one for the sheets.`);
  const passphrase = await passphraseOf(values, io);
  await withService(values, async (service) => {
    await unlockWith(service, values, () => passphrase);
    const make = () => service.backups.makeRecovery({ holders, threshold, passphrase });
    const sheets = await withCode(service, values.code, make);
    const clinic = service.installation.founding?.statement.name ?? '';
    await mkdir(to, { recursive: true, mode: 0o700 });
    for (const sheet of sheets) {
      const page = await sheetPage(sheet, { clinic, threshold, count: sheets.length, made: service.clock() });
      await writeFileDurably(join(to, `sheet-${sheet.index}.html`), utf8(page));
    }
    if (values.json) io.out(`${JSON.stringify({ sheets: sheets.length, threshold, folder: to })}\n`);
    else
      io.out(
        `${counted(sheets.length, 'sheet')}, any ${threshold} of which open this clinic’s backups: ${to}\nPrint them, give each to its officer, and destroy the files. Earlier sheets are worth nothing now.\n`,
      );
  });
}
