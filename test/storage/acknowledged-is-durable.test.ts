import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../server/storage/database.ts';
import { start } from './child-process.ts';
import { NUMBERS } from './numbers-table.ts';
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
