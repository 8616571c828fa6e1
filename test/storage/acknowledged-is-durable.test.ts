import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openDatabase } from '../../server/storage/database.ts';
import { start } from './child-process.ts';
import { NUMBERS } from './numbers-table.ts';
import { canWatch, printedTooEarly, watched } from './system-calls.ts';
import { temporaryFolder } from './temporary-folder.ts';

test.each([1, 40, 200])('every write acknowledged before kill -9 is there afterwards (%i seen first)', async (seen) => {
  const path = join(temporaryFolder(), 'numbers.db');
  const writer = start('writing-process.ts', path);
  const acknowledged: string[] = [];
  while (acknowledged.length < seen) acknowledged.push((await writer.line()) as string);
  acknowledged.push(...(await writer.kill()));

  const database = await openDatabase({ path, migrations: NUMBERS, mode: 'desk' });
  const rows = await database.read.all<{ value: number }>('SELECT value FROM number');
  const kept = new Set(rows.map(({ value }) => value));
  expect(acknowledged.filter((value) => !kept.has(Number(value)))).toEqual([]);
  expect(await database.read.get('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' });
  await database.close();
});

test.each(['desk', 'bulk'] as const)('whatever way something is written, its commit waits for the disk (%s)', async (mode) => {
  const database = await openDatabase({ path: join(temporaryFolder(), 'numbers.db'), migrations: NUMBERS, mode });
  // Each row holds what the connection that saved it says of itself: 2 is FULL, the least at which a power failure takes nothing back.
  const sql = 'INSERT INTO number (value, note) SELECT ?, synchronous FROM pragma_synchronous';
  await database.write((transaction) => transaction.run(sql, [1]));
  await database.writeOnce(sql, [2]);
  await Promise.all([3, 4].map((value) => database.write((transaction) => transaction.run(sql, [value]), { group: true })));
  const rows = await database.read.all<{ note: string }>('SELECT note FROM number');
  expect(rows.map(({ note }) => Number(note) >= 2)).toEqual([true, true, true, true]);
  await database.close();
});

test.runIf(canWatch)('what is acknowledged was forced to the disk before, as the system saw it (strace)', async () => {
  const folder = temporaryFolder();
  const [command, ...options] = watched(join(folder, 'calls')) as [string, ...string[]];
  const writer = fileURLToPath(new URL('writing-process.ts', import.meta.url));
  const { status } = spawnSync(command, [...options, process.execPath, writer, join(folder, 'numbers.db'), '60']);
  expect(status).toBe(0);
  expect(printedTooEarly(readFileSync(join(folder, 'calls'), 'utf8'))).toEqual({ printed: 60, early: 0 });
});
