import { spawnSync } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDataFolder } from '../../server/storage/data-folder.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('files that a killed process was writing go with the next start, and nobody else’s', async () => {
  const path = join(temporaryFolder(), 'data');
  await (await openDataFolder(path)).close();
  const { pid: ended } = spawnSync(process.execPath, ['-e', '']);
  const left = [`.backups.sealed.${ended}.tmp`, `.device.sealed.${process.pid}.tmp`];
  const kept = ['.backups.sealed.1.tmp', '.notes.tmp', 'x.5.tmp'];
  for (const name of [...left, ...kept]) await writeFile(join(path, name), 'half');
  const folder = await openDataFolder(path);
  const names = await readdir(path);
  for (const name of left) expect(names).not.toContain(name);
  for (const name of kept) expect(names).toContain(name);
  await folder.close();
});
