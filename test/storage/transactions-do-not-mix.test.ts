import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { Connection } from '../../server/storage/connection.ts';
import { type Database, openDatabase, type WriteTransaction } from '../../server/storage/database.ts';
import { NUMBERS } from './numbers-table.ts';
import { temporaryFolder } from './temporary-folder.ts';

const INSERT = 'INSERT INTO number (value, note) VALUES (?, ?)';

async function numbers(): Promise<Database> {
  const database = await openDatabase({ path: join(temporaryFolder(), 'numbers.db'), migrations: NUMBERS, mode: 'desk' });
  onTestFinished(() => database.close());
  return database;
}

async function kept(database: Database): Promise<number[]> {
  const rows = await database.read.all<{ value: number }>('SELECT value FROM number ORDER BY value');
  return rows.map(({ value }) => value);
}

test('a write that rolls back takes nobody else with it', async () => {
  const database = await numbers();
  const failing = database.write(async (transaction) => {
    await transaction.run(INSERT, [1, 'undone']);
    await transaction.all('SELECT * FROM number');
    throw new Error('changed my mind');
  });
  const other = database.write((transaction) => transaction.run(INSERT, [2, 'kept']));
  const single = database.writeOnce(INSERT, [3, 'kept']);
  await expect(failing).rejects.toThrow('changed my mind');
  await Promise.all([other, single]);
  expect(await kept(database)).toEqual([2, 3]);
});

test('members of a shared commit are each undone alone, whatever the mixture', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ how: fc.constantFrom('shared', 'alone', 'once'), ends: fc.constantFrom('well', 'throws', 'twice') }), {
        maxLength: 40,
      }),
      async (acts) => {
        const database = await openDatabase({ path: ':memory:', migrations: NUMBERS, mode: 'memory' });
        const expected: number[] = [];
        const order: number[] = [];
        const outcomes = acts.map(({ how, ends }, at) => {
          const value = ends === 'twice' ? -1 : at;
          if (how === 'once') {
            if (ends === 'well' || (ends === 'throws' && value >= 0)) expected.push(value);
            return database.writeOnce(INSERT, [value, how]).then(() => order.push(at));
          }
          if (ends === 'well') expected.push(value);
          const body = async (transaction: WriteTransaction): Promise<void> => {
            await transaction.run(INSERT, [value, how]);
            if (ends === 'throws') throw new Error('no');
          };
          return database.write(body, { group: how === 'shared' }).then(() => order.push(at));
        });
        const settled = await Promise.allSettled(outcomes);
        const twice = acts.flatMap(({ ends }, at) => (ends === 'twice' ? [at] : []));
        if (twice.length > 0) expected.unshift(-1);
        expect(await kept(database)).toEqual(expected);
        expect(order).toEqual(order.toSorted((a, b) => a - b));
        for (const [at, { status }] of settled.entries()) {
          const act = acts[at] as (typeof acts)[number];
          const fine = act.ends === 'twice' ? at === twice[0] : act.ends === 'well' || act.how === 'once';
          expect(status).toBe(fine ? 'fulfilled' : 'rejected');
        }
        await database.close();
      },
    ),
    { numRuns: 60 },
  );
});

test('nobody reads what is not committed', async () => {
  const database = await numbers();
  await database.write(async (transaction) => {
    await transaction.run(INSERT, [1, 'not yet']);
    expect(await kept(database)).toEqual([]);
    expect(await transaction.get('SELECT value FROM number')).toEqual({ value: 1 });
  });
  expect(await kept(database)).toEqual([1]);
});

test('a snapshot sees one moment while others write', async () => {
  const database = await numbers();
  await database.writeOnce(INSERT, [1, 'before']);
  await database.snapshot(async (connection) => {
    await database.writeOnce(INSERT, [2, 'meanwhile']);
    expect(await connection.get('SELECT count(*) AS count FROM number')).toEqual({ count: 1 });
    expect(await kept(database)).toEqual([1, 2]);
  });
});

test('a scan gives every row once, in order, for any page size', async () => {
  const database = await numbers();
  for (let value = 0; value < 23; value++) await database.writeOnce(INSERT, [value, 'row']);
  for (const pageSize of [1, 2, 7, 23, 24]) {
    const seen: number[] = [];
    const rows = database.read.scan<{ value: number }>(
      'SELECT value FROM number WHERE value > ?1 ORDER BY value LIMIT ?2',
      [-1],
      pageSize,
    );
    for await (const { value } of rows) seen.push(value);
    expect(seen).toEqual(Array.from({ length: 23 }, (_, value) => value));
  }
});

test('a transaction that ends before its statements is undone', async () => {
  const database = await numbers();
  const hasty = database.write(async (transaction) => {
    void transaction.run(INSERT, [1, 'not awaited']);
  });
  await expect(hasty).rejects.toMatchObject({ code: 'storage.statement-not-awaited' });
  expect(await kept(database)).toEqual([]);
});

test('a transaction that has ended takes no more statements', async () => {
  const database = await numbers();
  const old = await database.write(async (transaction) => transaction);
  await expect(old.run(INSERT, [1, 'late'])).rejects.toMatchObject({ code: 'storage.transaction-over' });
  expect(await kept(database)).toEqual([]);
});

test('a body may catch a refused row and go on', async () => {
  const database = await numbers();
  await database.write(async (transaction) => {
    await transaction.run(INSERT, [1, 'first']);
    await expect(transaction.run(INSERT, [1, 'again'])).rejects.toMatchObject({
      code: 'storage.constraint',
      details: { constraint: 'UNIQUE constraint failed: number.value' },
    });
    await transaction.run(INSERT, [2, 'second']);
  });
  expect(await kept(database)).toEqual([1, 2]);
});

test('a write that something else kept waiting too long holds up none of those after it', async () => {
  const path = join(temporaryFolder(), 'numbers.db');
  const database = await openDatabase({ path, migrations: NUMBERS, mode: 'desk' });
  onTestFinished(() => database.close());
  const other = await Connection.open(path, 'write');
  onTestFinished(() => other.close());
  await other.script('BEGIN IMMEDIATE');
  await expect(database.writeOnce(INSERT, [1, 'too late'])).rejects.toMatchObject({ code: 'storage.busy', retry: true });
  await other.script('ROLLBACK');
  await database.write((transaction) => transaction.run('DELETE FROM number', []));
  await database.write((transaction) => transaction.run(INSERT, [2, 'kept']));
  expect(await kept(database)).toEqual([2]);
});

test('closing lets the writes asked for finish and refuses later ones', async () => {
  const path = join(temporaryFolder(), 'numbers.db');
  const database = await openDatabase({ path, migrations: NUMBERS, mode: 'bulk' });
  const writes = [1, 2, 3].map((value) => database.writeOnce(INSERT, [value, 'last minute']));
  const closing = database.close();
  await expect(database.writeOnce(INSERT, [4, 'late'])).rejects.toMatchObject({ code: 'storage.closed' });
  await expect(database.read.all('SELECT 1')).rejects.toMatchObject({ code: 'storage.closed' });
  await Promise.all([...writes, closing]);
  const again = await openDatabase({ path, migrations: NUMBERS, mode: 'desk' });
  expect(await kept(again)).toEqual([1, 2, 3]);
  await again.close();
});

test.each([[undefined], [Number.NaN], [10n], [{}], [new Date(0)]])(
  'a value that SQLite would silently bend is refused: %s',
  async (value) => {
    const database = await numbers();
    await expect(database.writeOnce(INSERT, [1, value as never])).rejects.toMatchObject({ code: 'storage.parameter' });
    expect(await kept(database)).toEqual([]);
  },
);

test('closing waits for what was asked before: nothing is left half prepared, and every question has an answer', async () => {
  const database = await numbers();
  await database.writeOnce(INSERT, [1, 'kept']);
  // Each is a statement that was never prepared before.
  const asked = Array.from({ length: 60 }, (_, at) =>
    database.read.all<{ n: number }>(`SELECT count(*) AS n, ${at} FROM number`),
  );
  const closed = database.close();
  expect((await Promise.all(asked)).map(([row]) => row?.n)).toEqual(asked.map(() => 1));
  await closed;
  await expect(database.read.all('SELECT 1')).rejects.toMatchObject({ code: 'storage.closed' });
});
