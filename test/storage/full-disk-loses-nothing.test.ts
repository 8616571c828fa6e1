import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Database, openDatabase } from '../../server/storage/database.ts';
import { writeFileDurably } from '../../server/storage/durable-file.ts';
import { NUMBERS } from './numbers-table.ts';
import { temporaryFolder } from './temporary-folder.ts';

const INSERT = 'INSERT INTO number (value, note) VALUES (?, ?)';

/** Mounts a disk of 1 MiB on `folder`, which only root may do; the promise itself is also tested without. */
function mountSmallDisk(folder: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'careledger-test', folder], { stdio: 'ignore' });
}

function canMount(): boolean {
  if (process.platform !== 'linux') return false;
  const folder = mkdtempSync(join(tmpdir(), 'careledger-mount-'));
  try {
    mountSmallDisk(folder);
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(folder);
  }
}

async function fill(database: Database): Promise<number> {
  for (let value = 1; ; value++) {
    try {
      await database.writeOnce(INSERT, [value, 'x'.repeat(20_000)]);
    } catch (error) {
      expect(error).toMatchObject({ code: 'storage.disk-full', retry: true });
      return value - 1;
    }
  }
}

async function count(database: Database): Promise<number | undefined> {
  return (await database.read.get<{ count: number }>('SELECT count(*) AS count FROM number'))?.count;
}

test('when no page can be added, writing is refused by name, reading goes on, and later writes succeed', async () => {
  const database = await openDatabase({ path: join(temporaryFolder(), 'a.db'), migrations: NUMBERS, mode: 'desk' });
  await database.write((transaction) => transaction.all('PRAGMA max_page_count=60'));
  const saved = await fill(database);
  expect(await count(database)).toBe(saved);

  const big = 'x'.repeat(20_000);
  const stubborn = database.write(async (transaction) => {
    await transaction.run(INSERT, [9001, big]).catch(() => undefined);
    await transaction.run(INSERT, [9002, 'after the failure']);
  });
  await expect(stubborn).rejects.toMatchObject({ code: 'storage.disk-full' });
  const group = await Promise.allSettled(
    [9003, 9004].map((value) => database.write((transaction) => transaction.run(INSERT, [value, big]), { group: true })),
  );
  expect(group.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await count(database)).toBe(saved);

  await database.write((transaction) => transaction.all('PRAGMA max_page_count=100000'));
  await database.writeOnce(INSERT, [9005, big]);
  expect(await count(database)).toBe(saved + 1);
  await database.close();
});

test.runIf(canMount())('on a disk that is really full, what was acknowledged stays and can be read', async () => {
  const folder = temporaryFolder();
  mountSmallDisk(folder);
  onTestFinished(() => {
    execFileSync('umount', ['-l', folder]);
  });
  const path = join(folder, 'a.db');
  const database = await openDatabase({ path, migrations: NUMBERS, mode: 'desk' });
  const saved = await fill(database);
  expect(saved).toBeGreaterThan(5);
  expect(await count(database)).toBe(saved);
  await expect(writeFileDurably(join(folder, 'large'), Buffer.alloc(900_000))).rejects.toMatchObject({
    code: 'storage.disk-full',
  });
  await database.close();
});

test('a file is replaced whole', async () => {
  const path = join(temporaryFolder(), 'marker');
  await writeFileDurably(path, Buffer.from('one'));
  await writeFileDurably(path, Buffer.from('two'));
  expect(readFileSync(path, 'utf8')).toBe('two');
  await expect(writeFileDurably(join(path, 'below a file'), Buffer.from('x'))).rejects.toMatchObject({
    code: 'storage.io-error',
  });
});
