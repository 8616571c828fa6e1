/** Threat D4: an upgrade of a database that holds something, killed in the middle, without room, and looked back on. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test, vi } from 'vitest';
import { openDatabase } from '../../server/storage/database.ts';
import { upgradeCopyOf } from '../../server/storage/upgrade-copy.ts';
import { start } from './child-process.ts';
import { COUNTED, NUMBERS } from './numbers-table.ts';
import { temporaryFolder } from './temporary-folder.ts';

const ROWS = 3000;
const room = vi.hoisted(() => ({ isFull: false }));
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const statfs = async (path: string) => (room.isFull ? { bavail: 1, bsize: 1 } : real.statfs(path));
  return { ...real, statfs };
});

async function filled(): Promise<string> {
  const path = join(temporaryFolder(), 'a.db');
  const database = await openDatabase({ path, migrations: NUMBERS, mode: 'desk' });
  await database.write((transaction) =>
    transaction.run(
      "INSERT INTO number (value, note) WITH RECURSIVE n(v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n WHERE v < ?) SELECT v, 'kept' FROM n",
      [ROWS],
    ),
  );
  await database.close();
  return path;
}

async function open(path: string, migrations = COUNTED) {
  const lines: string[] = [];
  const database = await openDatabase({ path, migrations, mode: 'desk', tell: (line) => lines.push(line) });
  return { database, lines };
}

function rowsOf<Row>(path: string, sql: string): Row[] {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return database.prepare(sql).all() as Row[];
  } finally {
    database.close();
  }
}

const TIMES = 'SELECT times, count(*) AS rows FROM number GROUP BY times';

test('a copy of before is kept, told of in one line, and goes with the next start that has nothing to upgrade', async () => {
  const path = await filled();
  const upgraded = await open(path);
  expect(upgraded.lines).toEqual([
    expect.stringMatching(/a\.db is being upgraded\. A copy from before is kept .*a\.db\.before-upgrade$/),
  ]);
  await upgraded.database.close();
  expect(rowsOf(upgradeCopyOf(path), 'SELECT count(*) AS rows FROM number')).toEqual([{ rows: ROWS }]);
  expect(rowsOf<{ name: string }>(upgradeCopyOf(path), 'SELECT name FROM schema_migration')).toEqual([{ name: 'numbers' }]);

  const again = await open(path);
  expect(again.lines).toEqual([]);
  expect(existsSync(upgradeCopyOf(path))).toBe(false);
  expect(await again.database.read.all(TIMES)).toEqual([{ times: 1, rows: ROWS }]);
  await again.database.close();
});

test('killed in the middle of a step in parts, it goes on with what is left, and the copy stays that of before', async () => {
  const path = await filled();
  const child = start('upgrading-process.ts', path);
  expect(await child.line()).toMatch(/is being upgraded/);
  await expect
    .poll(() => rowsOf<{ done: number }>(path, 'SELECT coalesce(sum(times), 0) AS done FROM number')[0]?.done ?? 0, {
      timeout: 30_000,
      interval: 5,
    })
    .toBeGreaterThan(20);
  expect(await child.kill()).not.toContain('upgraded');
  const [done] = rowsOf<{ done: number }>(path, 'SELECT sum(times) AS done FROM number');
  expect(done?.done).toBeLessThan(ROWS);
  expect(rowsOf(path, 'SELECT name FROM schema_migration')).toEqual([{ name: 'numbers' }, { name: 'times' }]);

  const { database } = await open(path);
  expect(await database.read.all(TIMES)).toEqual([{ times: 1, rows: ROWS }]);
  await database.close();
  expect(rowsOf(upgradeCopyOf(path), 'SELECT name FROM schema_migration')).toEqual([{ name: 'numbers' }]);
}, 120_000);

test('without room for a copy nothing is changed, and the earlier program opens it as before', async () => {
  const path = await filled();
  room.isFull = true;
  try {
    await expect(open(path)).rejects.toMatchObject({ code: 'storage.no-space-to-upgrade', retry: true });
  } finally {
    room.isFull = false;
  }
  expect(existsSync(upgradeCopyOf(path))).toBe(false);
  const { database, lines } = await open(path, NUMBERS);
  expect(lines).toEqual([]);
  expect(await database.read.all('SELECT count(*) AS rows FROM number')).toEqual([{ rows: ROWS }]);
  await database.close();
});

test('who goes back puts the copy in its place; a newer database is refused by the earlier program', async () => {
  const path = await filled();
  await (await open(path)).database.close();
  await expect(open(path, NUMBERS)).rejects.toMatchObject({ code: 'storage.database-newer' });
  const { database } = await open(upgradeCopyOf(path), NUMBERS);
  expect(await database.read.all('SELECT count(*) AS rows FROM number')).toEqual([{ rows: ROWS }]);
  await database.close();
});

test('a step whose parts read otherwise now is refused', async () => {
  const path = await filled();
  await (await open(path)).database.close();
  const [first, second, third] = COUNTED;
  if (!first || !second || !third) throw new Error('three steps');
  const changed = [first, second, { ...third, repeat: 'DELETE FROM number WHERE false' }];
  await expect(open(path, changed)).rejects.toMatchObject({ code: 'storage.migration-changed' });
});
