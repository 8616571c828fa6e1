/** `careledger join`: found or join a region with an invitation; or, on a new machine, ask a clinic to be let in. */
import { parseArgs } from 'node:util';
import { toHex } from '../../../shared/encoding/bytes.ts';
import { readInvitation } from '../../../shared/sync/wire.ts';
import { type CommandIo, required, TEXT } from '../../command-line/command-line.ts';
import { COMMON, type CommonValues, passphraseOf, withService, withUnlocked } from './command.ts';

export async function join(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseArgs({ args, options: { ...COMMON, name: TEXT }, allowPositionals: true });
  const invitation = required(positionals[0], 'The invitation');
  if (readInvitation(invitation).kind === 'device') return joinClinic(invitation, values, io);
  await withUnlocked(values, io, async (service) => {
    await service.entrance.joinRegion(invitation);
    await service.syncOnce();
    const region = service.installation.region;
    const connection = service.sync?.connection;
    const answer = { region: region && toHex(region.id), name: region?.genesis.name, connection };
    const words = connection === 'ADMISSION_PENDING' ? 'asked to join; a clinic of the region has to admit this one' : 'joined';
    io.out(values.json ? `${JSON.stringify(answer)}\n` : `Region "${answer.name}" (${answer.region}): ${words}.\n`);
  });
}

/** The request is with the clinic when it ends; `careledger sync --once` goes on once somebody there has let the device in. */
async function joinClinic(
  invitation: string,
  values: CommonValues & { name?: string | undefined },
  io: CommandIo,
): Promise<void> {
  const name = required(values.name, '--name (of who works at this device)');
  const passphrase = await passphraseOf(values, io);
  await withService(values, async (service) => {
    await service.entrance.joinClinic(invitation, name, passphrase);
    await service.syncOnce();
    const { region, chain } = service.installation;
    const answer = {
      device: service.deviceId,
      clinic: chain && toHex(chain),
      region: region && toHex(region.id),
      connection: service.sync?.connection,
    };
    io.out(
      values.json
        ? `${JSON.stringify(answer)}\n`
        : `This device (${answer.device}) has asked to be let in. Somebody at another desk of the clinic approves it; then sync.\n`,
    );
  });
}
