/** `careledger join`: found or join a region with an invitation. */
import { parseArgs } from 'node:util';
import { toHex } from '../../../shared/encoding/bytes.ts';
import { COMMON, type CommandIo, required, withUnlocked } from './command.ts';

export async function join(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseArgs({ args, options: COMMON, allowPositionals: true });
  const invitation = required(positionals[0], 'The invitation');
  await withUnlocked(values, io, async (service) => {
    await service.joinRegion(invitation);
    await service.syncOnce();
    const region = service.installation.region;
    const connection = service.sync?.connection;
    const answer = { region: region && toHex(region.id), name: region?.genesis.name, connection };
    const words = connection === 'ADMISSION_PENDING' ? 'asked to join; a clinic of the region has to admit this one' : 'joined';
    io.out(values.json ? `${JSON.stringify(answer)}\n` : `Region "${answer.name}" (${answer.region}): ${words}.\n`);
  });
}
