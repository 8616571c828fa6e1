/** `careledger backup`: a backup by hand, opened in a clean place before it is called good. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { localDay } from '../../../shared/encoding/wall-clock.ts';
import { counted } from '../../../shared/outcome/counted.ts';
import { type CommandIo, required, TEXT } from '../../command-line/command-line.ts';
import type { DeviceService } from '../device/device-service.ts';
import { COMMON, withUnlocked } from './command.ts';

const STEPS = { copying: 'copying', sealing: 'sealing', checking: 'opening it in a clean place' } as const;

export async function backup(args: string[], io: CommandIo): Promise<void> {
  const { values } = parseArgs({ args, options: { ...COMMON, to: TEXT } });
  const to = resolve(required(values.to, '--to'));
  await withUnlocked(values, io, async (service) => {
    const stop = showProgress(service, io);
    const made = await service.backups.make(to).finally(stop);
    const { counts } = made;
    if (values.json)
      io.out(`${JSON.stringify({ id: made.id, folder: made.folder, state: made.state, expires: made.expires, counts })}\n`);
    else
      io.out(
        `A good backup: it was opened in a clean place, and all of it opens.\n  ${made.folder}\n  ${counted(counts?.documents ?? 0, 'document')}, ${counted(counts?.keys ?? 0, 'key')}, ${counted(counts?.blocks ?? 0, 'block')}. It can be opened until ${localDay(made.expires)}.\n`,
      );
  });
}

function showProgress(service: DeviceService, io: CommandIo): () => void {
  const changes = service.backupsChanged.follow(true)[Symbol.asyncIterator]();
  void (async () => {
    let said = '';
    for (;;) {
      const { done } = await changes.next();
      if (done) return;
      const { progress } = service.backups;
      if (!progress) continue;
      const share = progress.total > 0 ? ` ${Math.floor((100 * progress.done) / progress.total)} %` : '';
      const line = `${STEPS[progress.step]}${share}`;
      if (line !== said) io.err(`${line}\n`);
      said = line;
    }
  })();
  return () => void changes.return?.();
}
