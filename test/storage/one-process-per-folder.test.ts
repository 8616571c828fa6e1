import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDataFolder } from '../../server/storage/data-folder.ts';
import { start } from './child-process.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('a second process is told who has the folder, and gets it once that one is killed', async () => {
  const path = join(temporaryFolder(), 'data');
  const first = start('holding-process.ts', path);
  expect(await first.line()).toBe('open');
  await expect(openDataFolder(path)).rejects.toMatchObject({
    code: 'storage.folder-in-use',
    details: { path, pid: first.process.pid },
    message: expect.stringContaining(`process ${first.process.pid}`),
  });
  await first.kill();
  const folder = await openDataFolder(path);
  await folder.close();
});

test('one process does not open a folder twice, and its lock outlives the attempt', async () => {
  const path = join(temporaryFolder(), 'data');
  const folder = await openDataFolder(path);
  for (const _ of ['once', 'twice']) await expect(openDataFolder(path)).rejects.toMatchObject({ code: 'storage.folder-in-use' });
  const other = start('holding-process.ts', path);
  await folder.close();
  expect(await other.line()).toBe('open');
  await other.kill();
});

test('of several that start at once on a new folder exactly one gets it', async () => {
  const path = join(temporaryFolder(), 'data');
  const outcomes = await Promise.allSettled([openDataFolder(path), openDataFolder(path), openDataFolder(path)]);
  const opened = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  expect(opened).toHaveLength(1);
  await opened[0]?.close();
});

test('a folder is private, marked, and opens again', async () => {
  const path = join(temporaryFolder(), 'deep', 'data');
  for (const _ of ['new', 'again']) {
    const folder = await openDataFolder(path);
    expect(folder.path).toBe(path);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(readdirSync(path).toSorted()).toEqual(['FORMAT', 'lock', 'lock-owner']);
    await folder.close();
  }
});

test('a folder with other files, another marker, or a file in its place is refused and stays as it is', async () => {
  const root = temporaryFolder();
  for (const [name, file, content] of [
    ['letters', 'letter.txt', 'Dear colleague'],
    ['theirs', 'FORMAT', 'something else 1'],
  ] as const) {
    mkdirSync(join(root, name), { mode: 0o755 });
    writeFileSync(join(root, name, file), content);
    await expect(openDataFolder(join(root, name))).rejects.toMatchObject({ code: 'storage.foreign-folder' });
    expect(readdirSync(join(root, name))).toEqual([file]);
  }
  await expect(openDataFolder(join(root, 'letters', 'letter.txt'))).rejects.toMatchObject({ code: 'storage.foreign-folder' });
});

test('a folder of a newer program is refused', async () => {
  const path = temporaryFolder();
  writeFileSync(join(path, 'FORMAT'), 'Careledger data folder, format 2\n');
  await expect(openDataFolder(path)).rejects.toMatchObject({ code: 'storage.folder-newer' });
});
