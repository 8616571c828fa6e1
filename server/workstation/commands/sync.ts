/** `careledger sync --once`: one whole round with the hub. */
import { parseArgs } from 'node:util';
import { counted } from '../../../shared/outcome/counted.ts';
import { type CommandIo, FLAG, WrongUsage } from '../../command-line/command-line.ts';
import { COMMON, withUnlocked } from './command.ts';

export async function sync(args: string[], io: CommandIo): Promise<void> {
  const { values } = parseArgs({ args, options: { ...COMMON, once: FLAG } });
  if (!values.once) throw new WrongUsage('Say --once: the workstation itself syncs by itself while it runs.');
  await withUnlocked(values, io, async (service) => {
    await service.syncOnce();
    const state = service.sync;
    const answer = {
      connection: state?.connection,
      replicaSize: state?.replicaSize,
      auditedSize: state?.auditedSize,
      witnessedSize: state?.witnessedSize,
      pendingEvents: state?.pendingEvents,
      clockSkew: state?.clockSkew ?? null,
    };
    io.out(
      values.json
        ? `${JSON.stringify(answer)}\n`
        : `In step with the hub: ${counted(answer.replicaSize ?? 0, 'block')}, ${answer.auditedSize} audited, ${answer.witnessedSize} witnessed, ${counted(answer.pendingEvents ?? 0, 'act')} waiting.\n`,
    );
    const minutes = Math.round((state?.clockSkew ?? 0) / 60_000);
    if (minutes !== 0 && !values.json)
      io.err(
        `The clock of this computer is ${counted(Math.abs(minutes), 'minute')} ${minutes > 0 ? 'ahead of' : 'behind'} the hub's. Look which is right.\n`,
      );
  });
}
