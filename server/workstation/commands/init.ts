/** `careledger init`: a clinic in an empty folder. */
import { parseArgs } from 'node:util';
import { toHex } from '../../../shared/encoding/bytes.ts';
import { type CommandIo, required, TEXT, WrongUsage } from '../../command-line/command-line.ts';
import { COMMON, passphraseOf, withService } from './command.ts';

export async function init(args: string[], io: CommandIo): Promise<void> {
  const { values } = parseArgs({ args, options: { ...COMMON, clinic: TEXT, administrator: TEXT, kind: TEXT } });
  const kind = values.kind ?? 'clinic';
  if (kind !== 'clinic' && kind !== 'research') throw new WrongUsage('--kind is clinic or research.');
  const name = required(values.clinic, '--clinic');
  const administrator = required(values.administrator, '--administrator');
  const passphrase = await passphraseOf(values, io);
  await withService(values, async (service) => {
    await service.entrance.createClinic({ name, kind, administrator, passphrase });
    const chain = toHex(service.installation.founding?.chain ?? new Uint8Array(0));
    io.err('This command keeps no keychain secret: device keys are sealed under the passphrase, and syncing needs an unlock.\n');
    io.out(
      values.json
        ? `${JSON.stringify({ chain, device: service.deviceId, clinic: name })}\n`
        : `${name} is ready. Its chain is ${chain}.\n`,
    );
  });
}
