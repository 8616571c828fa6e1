/** `careledger bundle export | import`: syncing by a file on a stick. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { counted } from '../../../shared/outcome/counted.ts';
import { type CommandIo, required, TEXT, WrongUsage } from '../../command-line/command-line.ts';
import { importBundle, writeBundleFile } from '../device/bundle-files.ts';
import { COMMON, withUnlocked } from './command.ts';

export async function bundle(args: string[], io: CommandIo): Promise<void> {
  const options = { ...COMMON, to: TEXT, for: TEXT, after: TEXT } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [verb, file] = positionals;
  if (verb === 'export') {
    const to = resolve(required(values.to, '--to'));
    const after = values.after ?? '0';
    if (!/^[0-9]{1,15}$/.test(after)) throw new WrongUsage('--after is how many blocks the other computer has.');
    if (values.for !== undefined && !/^[0-9a-f]{64}$/.test(values.for))
      throw new WrongUsage('--for is the chain id of a clinic: 64 hexadecimal digits.');
    await withUnlocked(values, io, async (service) => {
      const recipient = values.for === undefined ? undefined : Buffer.from(values.for, 'hex');
      const { bytes, ...written } = await service.writeBundle(Number(after), recipient);
      await writeBundleFile(to, bytes);
      io.out(
        values.json
          ? `${JSON.stringify({ ...written, bytes: bytes.length })}\n`
          : `${to}: blocks ${written.from} to ${written.size}, and of what waits here ${counted(written.pending, 'block')} and ${counted(written.documents, 'document')}. Signed by this device, sealed to the other clinic's computers.\n`,
      );
    });
  } else if (verb === 'import' && file) {
    await withUnlocked(values, io, async (service) => {
      const read = await importBundle(service, file);
      io.out(
        values.json
          ? `${JSON.stringify(read)}\n`
          : `New here: ${counted(read.blocks, 'block')} of ${read.size}. Brought to the hub for another computer of this clinic: ${counted(read.carried, 'block')}.\n`,
      );
    });
  } else throw new WrongUsage('Say bundle export --to FILE, or bundle import FILE.');
}
