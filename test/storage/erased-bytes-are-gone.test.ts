import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkpointAfterErasure, openDatabase } from '../../server/storage/database.ts';
import { NUMBERS } from './numbers-table.ts';
import { temporaryFolder } from './temporary-folder.ts';

const SECRET = 'canary-4711-of-a-patient';

function filesHolding(folder: string): string[] {
  return readdirSync(folder).filter((file) => readFileSync(join(folder, file)).includes(SECRET));
}

test('after erasure and its checkpoint no file of the folder holds the bytes', async () => {
  const folder = temporaryFolder();
  const database = await openDatabase({ path: join(folder, 'a.db'), migrations: NUMBERS, mode: 'desk' });
  for (let value = 0; value < 300; value++) {
    await database.writeOnce('INSERT INTO number VALUES (?, ?)', [
      value,
      value % 3 === 0 ? `${SECRET} `.repeat(1 + (value % 400)) : 'other',
    ]);
  }
  expect(filesHolding(folder)).not.toEqual([]);
  await database.writeOnce('DELETE FROM number WHERE value % 3 = 0');
  await checkpointAfterErasure(database);
  expect(filesHolding(folder)).toEqual([]);
  expect(await database.read.get('SELECT count(*) AS count FROM number')).toEqual({ count: 200 });
  await database.close();
});

test('an open snapshot is named as the reason why bytes cannot leave yet', { timeout: 30_000 }, async () => {
  const folder = temporaryFolder();
  const database = await openDatabase({ path: join(folder, 'a.db'), migrations: NUMBERS, mode: 'desk' });
  await database.writeOnce('INSERT INTO number VALUES (?, ?)', [1, SECRET]);
  await database.snapshot(async (connection) => {
    await connection.all('SELECT * FROM number');
    await database.writeOnce('DELETE FROM number');
    await expect(checkpointAfterErasure(database)).rejects.toMatchObject({ code: 'storage.busy', retry: true });
  });
  await checkpointAfterErasure(database);
  expect(filesHolding(folder)).toEqual([]);
  await database.close();
});
