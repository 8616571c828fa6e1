import { readdir, rm } from 'node:fs/promises';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hubCommand } from '../../../server/hub/commands/hub-command.ts';
import { databaseUrl } from '../../../server/hub/hub-database.ts';
import { openHub } from '../../../server/hub/hub-service.ts';
import { bulkDelete, bulkGet, bulkInsert } from '../../../server/storage/bulk-insert.ts';
import type { Database } from '../../../server/storage/database.ts';
import { openPostgresql } from '../../../server/storage/postgresql-database.ts';
import { act, bytesFor } from '../../support/ledger-builder.ts';
import { askOnce } from '../../support/postgresql.ts';
import { databaseOfRun, HubBench, type Line, sealedDocument, temporaryFolder } from '../hub-bench.ts';

async function hub(...args: string[]) {
  let err = '';
  const code = await hubCommand(args, { out: () => undefined, err: (text) => (err += text) });
  return { code, err };
}

describe('the hub of a folder that names a database', () => {
  let folder: string;
  let url: string;
  beforeEach(async () => {
    folder = await temporaryFolder('hub-on-postgresql');
    url = (await databaseOfRun()) as string;
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('is made there and nowhere else, and says why where it cannot be', async () => {
    const init = (database: string) => hub('init', '--data', folder, '--name', 'North', '--database', database);
    expect((await init('mysql://localhost/hub')).err).toContain('hub.database-malformed');
    expect((await init('postgres://careledger@127.0.0.1:1/hub')).err).toContain('storage.unreachable');
    expect((await init(url.replace(/hub_\d+_\d+/, 'missing'))).err).toContain('storage.refused');
    await askOnce(url, 'CREATE TABLE somebody_elses (id integer)');
    expect((await init(url)).err).toContain('storage.foreign-file');
    await askOnce(url, 'DROP TABLE somebody_elses');
    expect(await init(url)).toEqual({ code: 0, err: '' });
    expect((await init(url)).err).toContain('hub.exists');
    expect(await readdir(folder)).not.toContain('hub.db');
    expect(await askOnce(url, 'SELECT kind FROM invitation')).toEqual([{ kind: 'found' }]);
    expect((await hub('backup', '--data', folder, '--to', folder)).err).toContain('hub.database-elsewhere');
  });

  test('where it keeps a file, another database is refused', async () => {
    expect((await hub('init', '--data', folder, '--name', 'North')).code).toBe(0);
    expect((await hub('serve', '--data', folder, '--database', url)).err).toContain('hub.database-in-file');
  });

  test('a database that a later program has changed is refused, and left as it is', async () => {
    await hub('init', '--data', folder, '--name', 'North', '--database', url);
    await askOnce(url, "INSERT INTO schema_migration VALUES (999999, 'later', 'x', '99.0.0')");
    expect((await hub('serve', '--data', folder)).err).toContain('storage.database-newer');
  });
});

describe('a database that was put back from an older copy', () => {
  let bench: HubBench;
  let line: Line;
  beforeAll(async () => {
    bench = await HubBench.open();
    line = await bench.join(bench.founder);
  });
  afterAll(() => bench.close());
  const again = async () => {
    bench.hub = await openHub(bench.folder, { warn: () => undefined });
    bench.port = await bench.hub.start(0, '127.0.0.1');
    line = bench.line({ privateKey: line.agent.options.key as string, certificate: line.agent.options.cert as string });
  };
  const put = (label: string) => line.ask('PutDocuments', { documents: [sealedDocument(label, bytesFor('handle', 16)).upload] });
  const anchor = (count: number) =>
    bench.founder.desk.write(act(bench.founder, 'access.sealed', { root: bytesFor(`root ${count}`), count }));

  test('orders nothing before the witnesses have spoken, and numbers documents where nobody has read yet', async () => {
    await put('first');
    await bench.submit(line, anchor(1));
    await bench.hub.close();
    const putBack = await bench.copyStore();
    await putBack();
    expect(await hub('restore', '--data', bench.folder)).toEqual({ code: 0, err: '' });
    await again();
    const [refused] = await bench.submit(line, anchor(2));
    expect(refused).toMatchObject({ receipt: null, refusal: { code: 'hub.recovering' } });
    await put('second');
    const url = (await databaseUrl(bench.folder)) as string;
    const numbers = await askOnce<{ sequence: string }>(url, 'SELECT sequence FROM document ORDER BY sequence');
    const [first, second] = numbers.map(({ sequence }) => Number(sequence));
    expect(second).toBeGreaterThan((first as number) + 2 ** 32);
  });
});

describe('a page of rows in one statement', () => {
  const COLUMNS = [
    { name: 'id', kind: 'integer' },
    { name: 'name', kind: 'text', nullable: true },
    { name: 'body', kind: 'blob', nullable: true },
    { name: 'amount', kind: 'integer', nullable: true },
  ] as const;
  const [ID, NAME, BODY] = COLUMNS;
  let database: Database;
  beforeAll(async () => {
    const sql = 'CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT, body BLOB, amount INTEGER) STRICT, WITHOUT ROWID;';
    database = await openPostgresql((await databaseOfRun()) as string, [{ id: 10, name: 'things', sql }]);
  });
  afterAll(() => database.close());

  test('stores what is given, finds it by its key, and takes it away', async () => {
    const row = fc.tuple(
      fc.integer({ min: -50, max: 50 }),
      fc.option(fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\u0000'))),
      fc.option(fc.uint8Array({ maxLength: 40 })),
      fc.option(fc.maxSafeInteger()),
    );
    const rows = fc.uniqueArray(row, { maxLength: 30, selector: ([id]) => id });
    await fc.assert(
      fc.asyncProperty(rows, async (all) => {
        const ids = all.map(([id]) => id);
        await database.write(async (transaction) => {
          await transaction.run('DELETE FROM thing');
          await bulkInsert(transaction, 'thing', COLUMNS, all);
          // Again, and the second one counts.
          await bulkInsert(transaction, 'thing', COLUMNS, all.toReversed(), { key: ['id'], action: 'update', sorted: true });
        });
        const stored = await database.read.all<Record<string, unknown>>('SELECT id, name, body, amount FROM thing ORDER BY id');
        const expected = all
          .toSorted(([a], [b]) => a - b)
          .map(([id, name, body, amount]) => ({ id, name, body: body && Buffer.from(body), amount }));
        expect(stored).toEqual(expected);
        expect(await bulkGet(database.read, 'thing', ID, NAME, [...ids, 99])).toEqual([
          ...all.map(([, name]) => name),
          undefined,
        ]);
        expect(await bulkGet(database.read, 'thing', ID, BODY, ids)).toEqual(all.map(([, , body]) => body && Buffer.from(body)));
        await database.write((transaction) =>
          bulkDelete(
            transaction,
            'thing',
            [ID],
            ids.map((id) => [id]),
          ),
        );
        expect(await database.read.all('SELECT id FROM thing')).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test('one that fails leaves its neighbours in a shared commit as they were', async () => {
    const insert = (id: number, name: string) =>
      database.write((transaction) => transaction.run('INSERT INTO thing (id, name) VALUES (?, ?)', [id, name]), { group: true });
    const results = await Promise.allSettled([
      insert(1, 'a'),
      insert(1, 'b'),
      insert(2, 'c'),
      database.writeOnce('INSERT INTO thing (id) VALUES (1)'),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected']);
    expect((results[1] as PromiseRejectedResult).reason).toMatchObject({
      code: 'storage.constraint',
      details: { constraint: 'thing_pkey' },
    });
    expect(await database.read.all('SELECT id, name FROM thing ORDER BY id')).toEqual([
      { id: 1, name: 'a' },
      { id: 2, name: 'c' },
    ]);
  });

  test('a body that goes on after a failed statement commits nothing', async () => {
    const going = database.write(async (transaction) => {
      await transaction.run('INSERT INTO thing (id) VALUES (7)');
      await transaction.run('INSERT INTO thing (id) VALUES (7)').catch(() => undefined);
    });
    await expect(going).rejects.toMatchObject({ code: 'storage.constraint' });
    expect(await database.read.all('SELECT id FROM thing WHERE id = 7')).toEqual([]);
  });
});
