import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bulkDelete, bulkGet, bulkInsert } from '../../server/storage/bulk-insert.ts';
import { type Database, openDatabase } from '../../server/storage/database.ts';
import type { Column, PackedRow } from '../../server/storage/packed-rows.ts';

const MIGRATIONS = [
  {
    id: 10,
    name: 'things',
    sql: `CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT, body BLOB, amount INTEGER, label TEXT, hash BLOB UNIQUE) STRICT`,
  },
];
const COLUMNS: readonly Column[] = [
  { name: 'id', kind: 'integer' },
  { name: 'name', kind: 'text', nullable: true },
  { name: 'body', kind: 'blob', nullable: true },
  { name: 'amount', kind: 'integer', nullable: true },
  { name: 'label', kind: 'text' },
  { name: 'hash', kind: 'blob' },
];
const LOOK =
  'SELECT id, hex(name) AS name, typeof(name) AS kind, hex(body) AS body, typeof(body) AS of, amount, hex(label) AS label, hex(hash) AS hash FROM thing ORDER BY id';

const things = (): Promise<Database> => openDatabase({ path: ':memory:', migrations: MIGRATIONS, mode: 'memory' });

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', 'a', 'Zoë', '\u0000inside\u0000', '{"a":"\\u0000"}', '\ud800'),
);
const integer = fc.oneof(
  fc.maxSafeInteger(),
  fc.integer(),
  fc.constantFrom(0, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER),
);
const bytes = fc.uint8Array({ maxLength: 40 });
const row = fc.tuple(
  fc.integer({ min: -50, max: 50 }),
  fc.option(text),
  fc.option(bytes),
  fc.option(integer),
  text,
  fc.uint8Array({ minLength: 0, maxLength: 3 }),
);
const rows = fc.uniqueArray(row, { maxLength: 30, selector: ([id]) => id });
const withOwnHash = rows.map((all) =>
  all.map(([id, name, body, amount, label], at) => [id, name, body, amount, label, Buffer.from([at])]),
);

async function oneByOne(database: Database, all: readonly PackedRow[], conflict = ''): Promise<void> {
  for (const values of all) await database.writeOnce(`INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?) ${conflict}`, values);
}

describe('a page of rows in one statement', () => {
  test('stores what row by row would store', async () => {
    await fc.assert(
      fc.asyncProperty(withOwnHash, async (all) => {
        const [slow, fast] = [await things(), await things()];
        await oneByOne(slow, all);
        await fast.write((transaction) => bulkInsert(transaction, 'thing', COLUMNS, all));
        expect(await fast.read.all(LOOK)).toEqual(await slow.read.all(LOOK));
        await Promise.all([slow.close(), fast.close()]);
      }),
      { numRuns: 150 },
    );
  });

  test.each(['update', 'ignore'] as const)('meets rows that are there as row by row would: %s', async (action) => {
    const clause =
      action === 'ignore'
        ? 'ON CONFLICT (id) DO NOTHING'
        : 'ON CONFLICT (id) DO UPDATE SET name = excluded.name, body = excluded.body, amount = excluded.amount, label = excluded.label, hash = excluded.hash';
    await fc.assert(
      fc.asyncProperty(withOwnHash, rows, async (before, after) => {
        const second = after.map(([id, name, body, amount, label], at) => [id, name, body, amount, label, Buffer.from([1, at])]);
        const [slow, fast] = [await things(), await things()];
        await oneByOne(slow, before);
        await oneByOne(slow, second, clause);
        await fast.write(async (transaction) => {
          await bulkInsert(transaction, 'thing', COLUMNS, before);
          await bulkInsert(transaction, 'thing', COLUMNS, second, { key: ['id'], action });
        });
        expect(await fast.read.all(LOOK)).toEqual(await slow.read.all(LOOK));
        await Promise.all([slow.close(), fast.close()]);
      }),
      { numRuns: 60 },
    );
  });

  test('gets and deletes by key what one by one would', async () => {
    await fc.assert(
      fc.asyncProperty(withOwnHash, fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 60 }), async (all, wanted) => {
        const database = await things();
        await database.write((transaction) => bulkInsert(transaction, 'thing', COLUMNS, all));
        const keys = wanted.map((at) => Buffer.from([at]));
        for (const [column, at] of [
          [COLUMNS[1], 1],
          [COLUMNS[2], 2],
          [COLUMNS[3], 3],
        ] as const) {
          const got = await bulkGet(database.read, 'thing', { name: 'hash', kind: 'blob' }, column as Column, keys);
          const one = await Promise.all(
            keys.map((key) =>
              database.read.get<{ value: unknown }>(`SELECT ${column?.name} AS value FROM thing WHERE hash = ?`, [key]),
            ),
          );
          expect(got, String(at)).toEqual(one.map((found) => found?.value));
        }
        const ids = wanted.map((at) => [at - 20]);
        await database.write((transaction) => bulkDelete(transaction, 'thing', [{ name: 'id', kind: 'integer' }], ids));
        const gone = new Set(ids.map(([id]) => id));
        const left = await database.read.all<{ id: number }>('SELECT id FROM thing');
        expect(left.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(
          all
            .map(([id]) => id as number)
            .filter((id) => !gone.has(id))
            .toSorted((a, b) => a - b),
        );
        await database.close();
      }),
      { numRuns: 80 },
    );
  });
});

test('more rows than one statement takes', async () => {
  const database = await things();
  const all = Array.from({ length: 25_001 }, (_, id) => [id, null, null, -id, `label ${id}`, Buffer.from(`hash ${id}`)]);
  await database.write((transaction) => bulkInsert(transaction, 'thing', COLUMNS, all));
  expect(await database.read.get('SELECT count(*) AS count, sum(amount) AS sum FROM thing')).toEqual({
    count: 25_001,
    sum: -312_512_500,
  });
  const labels = await bulkGet(
    database.read,
    'thing',
    { name: 'id', kind: 'integer' },
    { name: 'label', kind: 'text' },
    [25_000, -1, 0],
  );
  expect(labels).toEqual(['label 25000', undefined, 'label 0']);
  await database.close();
});

test('keys of several columns delete by all of them', async () => {
  const database = await things();
  await oneByOne(database, [
    [1, 'a', null, 5, '', Buffer.from('1')],
    [2, 'a', null, 6, '', Buffer.from('2')],
  ]);
  const key: readonly Column[] = [
    { name: 'name', kind: 'text' },
    { name: 'amount', kind: 'integer' },
  ];
  await database.write((transaction) =>
    bulkDelete(transaction, 'thing', key, [
      ['a', 6],
      ['b', 5],
    ]),
  );
  expect(await database.read.all('SELECT id FROM thing')).toEqual([{ id: 1 }]);
  await database.close();
});

test('one row that cannot be stored undoes its transaction, and one of the wrong kind is named', async () => {
  const database = await things();
  const hash = Buffer.from('same');
  const doubled = [1, 2].map((id) => [id, null, null, null, '', hash]);
  const refused = database.write((transaction) => bulkInsert(transaction, 'thing', COLUMNS, doubled));
  await expect(refused).rejects.toMatchObject({ code: 'storage.constraint' });
  for (const wrong of [
    ['1', null, null, null, '', hash],
    [1.5, null, null, null, '', hash],
    [1, hash, null, null, '', hash],
    [1, null, null, null, null, hash],
    [1, null, null, null, ''],
  ]) {
    const bent = database.write((transaction) => bulkInsert(transaction, 'thing', COLUMNS, [wrong]));
    await expect(bent).rejects.toMatchObject({ code: 'storage.parameter' });
  }
  expect(await database.read.all('SELECT * FROM thing')).toEqual([]);
  await database.close();
});
