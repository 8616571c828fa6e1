/** `careledger drill`: a restore rehearsed for real and timed; it ends in a signed certificate. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { utf8 } from '../../../shared/encoding/bytes.ts';
import { counted } from '../../../shared/outcome/counted.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { checkDrill, type DrillCertificate } from '../../../shared/workstation/drill.ts';
import { type CommandIo, TEXT } from '../../command-line/command-line.ts';
import { writeFileDurably } from '../../storage/durable-file.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { verifySignature } from '../../vault/primitives.ts';
import { COMMON, passphraseOf, unlockWith, withService } from './command.ts';

export async function drill(args: string[], io: CommandIo): Promise<void> {
  const options = { ...COMMON, out: TEXT, from: TEXT, share: { type: 'string', multiple: true } } as const;
  const { values } = parseArgs({ args, options });
  const passphrase = await passphraseOf(values, io);
  const shares = await readShareFiles(values.share ?? []);
  await withService(values, async (service) => {
    await unlockWith(service, values, () => passphrase);
    io.err('restoring into a temporary place\n');
    const certificate = await service.backups.drill(passphrase, shares, values.from);
    const text = `${JSON.stringify(certificate, null, 1)}\n`;
    if (values.out) await writeFileDurably(resolve(values.out), utf8(text));
    if (values.json || !values.out) io.out(text);
    else io.out(`${drillSentence(certificate)}\nCertificate: ${resolve(values.out)}\n`);
  });
}

/** @throws {Failure} `command.share-file`. */
export function readShareFiles(files: readonly string[]): Promise<string[]> {
  return Promise.all(
    files.map((file) =>
      readFile(file, 'utf8').catch((cause: unknown) => {
        throw new Failure(
          'command.share-file',
          `The recovery share in ${file} cannot be read. Look at its path, and whether this account may read it.`,
          { cause },
        );
      }),
    ),
  );
}

/** What a certificate that holds says. @throws {Failure} as `checkDrill`. */
export function drillSentence(certificate: DrillCertificate): string {
  const { report, isFoundingKey } = checkDrill(hashParts, verifySignature, certificate);
  const keys = report.openedBy === 'shares' ? 'recovery shares alone' : 'the keys of the machine';
  const key = isFoundingKey ? '' : '\nThe clinic signed with a later key than its founding names: compare it with the ledger.';
  return `This certificate holds. On ${new Date(report.started).toISOString().slice(0, 16)}Z ${report.ranBy} (${report.role}) of ${report.clinic} restored the backup of ${new Date(report.backupMade).toISOString().slice(0, 16)}Z with ${keys} in ${report.seconds} s:
  ${counted(report.documents, 'document')}, ${counted(report.records, 'record')} opened, ${counted(report.keys, 'key')}, ${counted(report.blocks, 'block')} and ${counted(report.signatures, 'signature')} checked; the bar is ${counted(report.withinHours, 'hour')}.${key}`;
}
