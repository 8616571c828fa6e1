import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { Connection } from '../../server/storage/connection.ts';
import { openDatabase } from '../../server/storage/database.ts';
import { NUMBERS } from './numbers-table.ts';
import { temporaryFolder } from './temporary-folder.ts';

const PRAGMAS = ['journal_mode', 'synchronous', 'foreign_keys', 'secure_delete', 'trusted_schema', 'temp_store', 'busy_timeout'];

test('every connection, readers too, has the settings that make writes safe', async () => {
  const database = await openDatabase({ path: join(temporaryFolder(), 'a.db'), migrations: NUMBERS, mode: 'desk' });
  const expected = ['wal', 2, 1, 1, 0, 2, 2000];
  const read = async (all: (sql: string) => Promise<object[]>): Promise<unknown[]> =>
    (await Promise.all(PRAGMAS.map((name) => all(`PRAGMA ${name}`)))).map(([row]) => Object.values(row as object)[0]);
  expect(await database.write((transaction) => read((sql) => transaction.all(sql)))).toEqual(expected);
  expect(await database.snapshot((connection) => read((sql) => connection.all(sql)))).toEqual(expected);
  expect(await database.read.get('PRAGMA query_only')).toEqual({ query_only: 1 });
  await database.close();
});

test('a setting that does not read back is refused', async () => {
  const connection = await Connection.open(join(temporaryFolder(), 'a.db'), 'write');
  await expect(connection.set([['synchronous', 'FULL', 7]])).rejects.toMatchObject({ code: 'storage.pragma-refused' });
  await connection.close();
});

test('readers cannot write', async () => {
  const database = await openDatabase({ path: join(temporaryFolder(), 'a.db'), migrations: NUMBERS, mode: 'desk' });
  await expect(database.read.all(`INSERT INTO number VALUES (1, 'x')`)).rejects.toMatchObject({ code: 'storage.read-only' });
  await database.close();
});

test.runIf(process.platform !== 'win32')('only this user can read the files', async () => {
  const folder = join(temporaryFolder(), 'new', 'deep');
  const path = join(folder, 'a.db');
  const database = await openDatabase({ path, migrations: NUMBERS, mode: 'desk' });
  await database.writeOnce(`INSERT INTO number VALUES (1, 'x')`);
  for (const file of [path, `${path}-wal`, `${path}-shm`]) expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  await database.close();
});

test('later steps are added to what is there, each once', async () => {
  const path = join(temporaryFolder(), 'a.db');
  const old = await openDatabase({ path, migrations: NUMBERS, mode: 'desk' });
  await old.writeOnce(`INSERT INTO number VALUES (1, 'kept')`);
  await old.close();
  const more = [
    ...NUMBERS,
    { id: 20, name: 'colour', sql: `ALTER TABLE number ADD COLUMN colour TEXT; UPDATE number SET colour = 'red'` },
  ];
  for (const _ of ['upgrade', 'again']) {
    const database = await openDatabase({ path, migrations: more, mode: 'desk' });
    expect(await database.read.all('SELECT * FROM number')).toEqual([{ value: 1, note: 'kept', colour: 'red' }]);
    expect(await database.read.all('SELECT id, name FROM schema_migration')).toEqual([
      { id: 10, name: 'numbers' },
      { id: 20, name: 'colour' },
    ]);
    await database.close();
  }
});

test('a step that fails leaves nothing of itself', async () => {
  const path = join(temporaryFolder(), 'a.db');
  const broken = [...NUMBERS, { id: 20, name: 'broken', sql: 'CREATE TABLE half (a); CREATE TABLE half (a)' }];
  await expect(openDatabase({ path, migrations: broken, mode: 'desk' })).rejects.toMatchObject({ code: 'storage.statement' });
  const database = await openDatabase({ path, migrations: NUMBERS, mode: 'desk' });
  expect(await database.read.all(`SELECT name FROM sqlite_schema WHERE name = 'half'`)).toEqual([]);
  await database.close();
});

test('a database of a newer program is refused, naming the version to use', async () => {
  const path = join(temporaryFolder(), 'a.db');
  const newer = [...NUMBERS, { id: 20, name: 'future', sql: 'CREATE TABLE future (a)' }];
  await (await openDatabase({ path, migrations: newer, mode: 'desk' })).close();
  const file = new DatabaseSync(path);
  file.exec(`UPDATE schema_migration SET program = '7.1.0' WHERE id = 20`);
  file.close();
  const refused = openDatabase({ path, migrations: NUMBERS, mode: 'desk' });
  await expect(refused).rejects.toMatchObject({
    code: 'storage.database-newer',
    message: expect.stringContaining('use version 7.1.0'),
  });
});

test('a step that was changed after its release is refused', async () => {
  const path = join(temporaryFolder(), 'a.db');
  await (await openDatabase({ path, migrations: NUMBERS, mode: 'desk' })).close();
  const changed = NUMBERS.map((migration) => ({ ...migration, sql: `${migration.sql}, WITHOUT ROWID` }));
  await expect(openDatabase({ path, migrations: changed, mode: 'desk' })).rejects.toMatchObject({
    code: 'storage.migration-changed',
  });
});

test('a file that is no database, and a database of another program, are refused and stay as they are', async () => {
  const folder = temporaryFolder();
  const letter = join(folder, 'letter.db');
  writeFileSync(letter, 'Dear colleague, '.repeat(300));
  const other = join(folder, 'other.db');
  const database = new DatabaseSync(other);
  database.exec('CREATE TABLE theirs (a)');
  database.close();
  for (const path of [letter, other]) {
    const before = readFileSync(path);
    await expect(openDatabase({ path, migrations: NUMBERS, mode: 'desk' })).rejects.toMatchObject({
      code: 'storage.foreign-file',
    });
    expect(readFileSync(path)).toEqual(before);
  }
});

test('a damaged database says so', async () => {
  const path = join(temporaryFolder(), 'a.db');
  const database = await openDatabase({ path, migrations: NUMBERS, mode: 'desk' });
  await database.writeOnce(
    `WITH RECURSIVE n(v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n WHERE v < 2000) INSERT INTO number SELECT v, 'row' FROM n`,
  );
  await database.close();
  const bytes = readFileSync(path);
  bytes.fill(0x5a, 4096 * 3);
  writeFileSync(path, bytes);
  const again = await openDatabase({ path, migrations: NUMBERS, mode: 'desk' });
  await expect(again.read.all('SELECT * FROM number')).rejects.toMatchObject({ code: 'storage.corrupt' });
  await again.close();
});

test('a path that cannot be opened is named', async () => {
  const path = join(temporaryFolder(), 'folder.db');
  mkdirSync(path);
  await expect(openDatabase({ path, migrations: NUMBERS, mode: 'desk' })).rejects.toMatchObject({
    code: 'storage.cannot-open',
    details: { path },
  });
});
