/**
 * What storage costs beside SQLite itself, on this machine: `node test/storage/measure.ts [rounds]`. Contestants take turns and the
 * median ratio of each to its limit counts, because the machine's speed drifts. Not a test.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import sqlite3 from 'sqlite3';
import { bulkGet, bulkInsert } from '../../server/storage/bulk-insert.ts';
import { type Database, openDatabase } from '../../server/storage/database.ts';
import type { Column } from '../../server/storage/packed-rows.ts';

const ROUNDS = Number(process.argv[2] ?? 5);
const ROWS = 100_000;
const PAGE = 10_000;
const WRITES = 400;
const TABLES = `CREATE TABLE block (position INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, bytes BLOB NOT NULL) STRICT;
  CREATE TABLE document (name BLOB PRIMARY KEY, sealed BLOB NOT NULL) STRICT, WITHOUT ROWID;
  CREATE VIEW act AS SELECT position, hash, bytes, name, sealed FROM block, document;
  CREATE TRIGGER act_insert INSTEAD OF INSERT ON act BEGIN
    INSERT INTO block VALUES (new.position, new.hash, new.bytes);
    INSERT INTO document VALUES (new.name, new.sealed);
  END;`;
const PRAGMAS = `PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;`;
const BULK_PRAGMAS = `${PRAGMAS} PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=8000;`;
const INSERT_BLOCK = 'INSERT INTO block VALUES (?, ?, ?)';
const INSERT_DOCUMENT = 'INSERT INTO document VALUES (?, ?)';
const INSERT_ACT = 'INSERT INTO act VALUES (?, ?, ?, ?, ?)';
const SCAN = 'SELECT position, hash, bytes FROM block WHERE position > ?1 ORDER BY position LIMIT ?2';
const COLUMNS: readonly Column[] = [
  { name: 'position', kind: 'integer' },
  { name: 'hash', kind: 'blob' },
  { name: 'bytes', kind: 'blob' },
];

const folder = mkdtempSync(join(tmpdir(), 'careledger-measure-'));
const rows = Array.from({ length: ROWS }, (_, at) => [at, randomBytes(32), randomBytes(580 + (at % 41))] as const);
const wanted = Array.from({ length: ROWS }, () => rows[Math.floor(Math.random() * ROWS)]?.[1] as Buffer);
const sealed = randomBytes(2048);

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] as number;

type Contest = readonly (readonly [name: string, run: () => Promise<number>])[];

/** The first is the limit that the others are held against. */
async function contest(title: string, contestants: Contest): Promise<void> {
  const rates = contestants.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [at, [, run]] of contestants.entries()) rates[at]?.push(await run());
  }
  console.log(`\n${title}`);
  for (const [at, [name]] of contestants.entries()) {
    const own = rates[at] as number[];
    const ratios = own.map((rate, round) => rate / (rates[0]?.[round] as number));
    console.log(`  ${name.padEnd(52)} ${Math.round(median(own)).toString().padStart(8)} /s   ${median(ratios).toFixed(2)} x`);
  }
}

async function rate(count: number, work: () => Promise<unknown> | unknown): Promise<number> {
  const begin = performance.now();
  await work();
  return (1000 * count) / (performance.now() - begin);
}

const fresh = (): string => {
  rmSync(folder, { recursive: true, force: true });
  return join(folder, 'a.db');
};

async function ours(mode: 'desk' | 'bulk', count: number, work: (database: Database) => Promise<unknown>): Promise<number> {
  const database = await openDatabase({ path: fresh(), mode, migrations: [{ id: 10, name: 'measure', sql: TABLES }] });
  const result = await rate(count, () => work(database));
  await database.close();
  return result;
}

async function nodeSqliteInsert(): Promise<number> {
  await ours('bulk', 1, async () => undefined);
  const database = new DatabaseSync(join(folder, 'a.db'));
  database.exec(BULK_PRAGMAS);
  const insert = database.prepare(INSERT_BLOCK);
  const result = await rate(ROWS, () => {
    for (let from = 0; from < ROWS; from += PAGE) {
      database.exec('BEGIN');
      for (const row of rows.slice(from, from + PAGE)) insert.run(...row);
      database.exec('COMMIT');
    }
  });
  database.close();
  return result;
}

/** One prepared statement of the bare package, one call awaited after the other, each its own commit. */
async function bareAutocommit(): Promise<number> {
  await ours('desk', 1, async () => undefined);
  const database = new sqlite3.Database(join(folder, 'a.db'));
  await new Promise((resolve) => database.exec(PRAGMAS, resolve));
  const insert = database.prepare(INSERT_BLOCK);
  const one = (at: number): Promise<void> =>
    new Promise((resolve, reject) => insert.run(rows[at], (error: Error | null) => (error ? reject(error) : resolve())));
  const result = await rate(WRITES, async () => {
    for (let at = 0; at < WRITES; at++) await one(at);
  });
  await new Promise<void>((resolve) => insert.finalize(() => resolve()));
  await new Promise((resolve) => database.close(resolve));
  return result;
}

const act = (at: number): [number, Buffer, Buffer, Buffer, Buffer] => [
  ...(rows[at] as (typeof rows)[number]),
  randomBytes(32),
  sealed,
];

function writeBoth(database: Database, at: number, group: boolean): Promise<unknown> {
  const [position, hash, bytes, name, document] = act(at);
  const body = async (transaction: Parameters<Parameters<Database['write']>[0]>[0]): Promise<void> => {
    await transaction.run(INSERT_BLOCK, [position, hash, bytes]);
    await transaction.run(INSERT_DOCUMENT, [name, document]);
  };
  return database.write(body, { group });
}

async function oneAfterTheOther(write: (at: number) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < WRITES; at++) await write(at);
}

async function fromWriters(writers: number, write: (at: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const writer = async (): Promise<void> => {
    while (next < 10 * WRITES) await write(next++);
  };
  await Promise.all(Array.from({ length: writers }, writer));
}

async function insertInPages(database: Database, page: number): Promise<void> {
  for (let from = 0; from < ROWS; from += page) {
    await database.write((transaction) => bulkInsert(transaction, 'block', COLUMNS, rows.slice(from, from + page)));
  }
}

async function countRows<T>(scan: AsyncIterable<T>, count: (step: T) => number): Promise<void> {
  let seen = 0;
  for await (const step of scan) seen += count(step);
  if (seen !== ROWS) throw new Error(`${seen} rows instead of ${ROWS}`);
}

await contest(`bulk insert, ${ROWS} rows of about 600 B with a unique hash, synchronous=FULL`, [
  ['node:sqlite row by row, 10,000 in a transaction', nodeSqliteInsert],
  ['bulkInsert, 10,000 in a transaction', () => ours('bulk', ROWS, (database) => insertInPages(database, PAGE))],
  ['bulkInsert, 1,000 in a transaction', () => ours('bulk', ROWS, (database) => insertInPages(database, 1_000))],
  ['bulkInsert, all in one transaction', () => ours('bulk', ROWS, (database) => insertInPages(database, ROWS))],
]);

const shared = await openDatabase({ path: fresh(), mode: 'bulk', migrations: [{ id: 10, name: 'measure', sql: TABLES }] });
await insertInPages(shared, PAGE);
const direct = new DatabaseSync(shared.path);
direct.exec(BULK_PRAGMAS);
const select = direct.prepare('SELECT bytes FROM block WHERE hash = ?');
const selectPage = direct.prepare('SELECT position, hash, bytes FROM block WHERE position > ? ORDER BY position LIMIT ?');
const getInPages = async (page: number): Promise<void> => {
  for (let from = 0; from < wanted.length; from += page) {
    await bulkGet(
      shared.read,
      'block',
      { name: 'hash', kind: 'blob' },
      { name: 'bytes', kind: 'blob' },
      wanted.slice(from, from + page),
    );
  }
};
await contest('point gets by a 32-byte hash, warm', [
  ['node:sqlite get', () => rate(ROWS, () => wanted.map((hash) => select.get(hash)))],
  ['bulkGet, 100 keys', () => rate(ROWS, () => getInPages(100))],
  ['bulkGet, 1,000 keys', () => rate(ROWS, () => getInPages(1_000))],
]);
await contest('scan of all rows in pages of 500', [
  [
    'node:sqlite all',
    () =>
      rate(ROWS, () => {
        for (let after = -1; after < ROWS - 1; after += 500) selectPage.all(after, 500);
      }),
  ],
  ['read.scan', () => rate(ROWS, () => countRows(shared.read.scan<object>(SCAN, [-1], 500), () => 1))],
  ['read.scanPages', () => rate(ROWS, () => countRows(shared.read.scanPages<object>(SCAN, [-1], 500), (page) => page.length))],
]);
direct.close();
await shared.close();

await contest('durable writes (WAL, FULL): a block of about 600 B, or with its document of 2 KiB', [
  ['bare sqlite3, one row, one autocommit', bareAutocommit],
  [
    'writeOnce: block',
    () => ours('desk', WRITES, (database) => oneAfterTheOther((at) => database.writeOnce(INSERT_BLOCK, act(at).slice(0, 3)))),
  ],
  [
    'writeOnce into a view: block + document',
    () => ours('desk', WRITES, (database) => oneAfterTheOther((at) => database.writeOnce(INSERT_ACT, act(at)))),
  ],
  ['write: block + document', () => ours('desk', WRITES, (database) => oneAfterTheOther((at) => writeBoth(database, at, false)))],
  ...[4, 16, 64].flatMap(
    (writers): Contest => [
      [
        `write, group, ${writers} writers: block + document`,
        () => ours('desk', 10 * WRITES, (database) => fromWriters(writers, (at) => writeBoth(database, at, true))),
      ],
      [
        `writeOnce into a view, ${writers} writers: block + document`,
        () => ours('desk', 10 * WRITES, (database) => fromWriters(writers, (at) => database.writeOnce(INSERT_ACT, act(at)))),
      ],
    ],
  ),
]);
rmSync(folder, { recursive: true, force: true });
