/** What this machine can do at best, in the same run: the figures that the others are held against. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import sodium from 'sodium-native';
import sqlite3 from 'sqlite3';
import { newSigningKey, sign } from '../../server/vault/primitives.ts';

const ROWS = 100_000;
const ROW_BYTES = 601;
const ROWS_IN_STATEMENT = 10_000;
const SIGNATURES = 4_000;
const COMMITS = 400;
const PRAGMAS = 'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=8000;';
const TABLE = 'CREATE TABLE block (position INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, bytes BLOB NOT NULL);';

const seconds = async (work: () => Promise<unknown> | unknown): Promise<number> => {
  const begin = performance.now();
  await work();
  return (performance.now() - begin) / 1000;
};

async function withBareDatabase<T>(use: (database: sqlite3.Database) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'careledger-bench-limit-'));
  const database = new sqlite3.Database(join(folder, 'limit.db'));
  try {
    await done((callback) => database.exec(PRAGMAS + TABLE, callback));
    return await use(database);
  } finally {
    await done((callback) => database.close(callback));
    rmSync(folder, { recursive: true, force: true });
  }
}

const done = (start: (callback: (error: Error | null) => void) => unknown): Promise<void> =>
  new Promise((resolve, reject) => start((error) => (error ? reject(error) : resolve())));

let pages: Buffer[] | undefined;
const pagesOfRows = (): Buffer[] =>
  Array.from({ length: ROWS / ROWS_IN_STATEMENT }, () => randomBytes(ROWS_IN_STATEMENT * (32 + ROW_BYTES)));
const STARTS = JSON.stringify(Array.from({ length: ROWS_IN_STATEMENT }, (_, at) => at * (32 + ROW_BYTES) + 1));

/**
 * Rows a second of the `sqlite3` package at its best: 601 bytes and a unique 32-byte hash each, 10,000 rows in a statement that
 * commits by itself, the next one handed over before the last is acknowledged.
 */
export function bulkInsertion(): Promise<number> {
  pages ??= pagesOfRows();
  const rows = pages;
  return withBareDatabase(async (database) => {
    const insert = database.prepare(
      `INSERT INTO block SELECT ?1 + key, substr(?2, value, 32), substr(?2, value + 32, ${ROW_BYTES}) FROM json_each(?3)`,
    );
    const taken = await seconds(async () => {
      let before: Promise<void> = Promise.resolve();
      for (const [at, page] of rows.entries()) {
        const running = done((callback) => insert.run([at * ROWS_IN_STATEMENT, page, STARTS], callback));
        await before;
        before = running;
      }
      await before;
    });
    await done((callback) => insert.finalize(() => callback(null)));
    return ROWS / taken;
  });
}

/** One-row transactions a second, one awaited after the other, each synced to the disk. */
export function durableCommits(): Promise<number> {
  return withBareDatabase(async (database) => {
    const insert = database.prepare('INSERT INTO block VALUES (?, ?, ?)');
    const rows = Array.from({ length: COMMITS }, (_, at) => [at, randomBytes(32), randomBytes(ROW_BYTES)]);
    const taken = await seconds(async () => {
      for (const row of rows) await done((callback) => insert.run(row, callback));
    });
    await done((callback) => insert.finalize(() => callback(null)));
    return COMMITS / taken;
  });
}

interface Signed {
  readonly key: Buffer;
  readonly message: Buffer;
  readonly signature: Buffer;
}

function signed(count: number): Signed[] {
  const key = newSigningKey();
  return Array.from({ length: count }, () => {
    const message = randomBytes(ROW_BYTES);
    return { key: Buffer.from(key.publicKey), message, signature: Buffer.from(sign(key, message)) };
  });
}

let prepared: Signed[] | undefined;

/** Ed25519 signatures over 601 bytes that libsodium verifies a second on one thread. */
export async function verifyOneThread(): Promise<number> {
  prepared ??= signed(SIGNATURES);
  const claims = prepared;
  const taken = await seconds(() => {
    for (const { key, message, signature } of claims)
      if (!sodium.crypto_sign_verify_detached(signature, message, key)) throw new Error('a signature does not hold');
  });
  return SIGNATURES / taken;
}

/** The same in a worker thread for each core, with everything already there. */
export async function verifyEveryCore(): Promise<number> {
  const threads = availableParallelism();
  const workers = Array.from({ length: threads }, () => new Worker(new URL('./verify-limit-worker.ts', import.meta.url)));
  const answers = (): Promise<unknown> =>
    Promise.all(workers.map((worker) => new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject))));
  try {
    await answers();
    const verified = answers();
    const taken = await seconds(() => {
      for (const worker of workers) worker.postMessage('verify');
      return verified;
    });
    return (threads * SIGNATURES) / taken;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
