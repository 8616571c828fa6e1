/** The hub beside what its stores and bare libraries do: what it accepts, what it serves, and whether it stays so as the ledger grows. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ledgerMigration } from '../../server/ledger/ledger.store.ts';
import { bulkInsert } from '../../server/storage/bulk-insert.ts';
import { type Database, openDatabase } from '../../server/storage/database.ts';
import { openPostgresql } from '../../server/storage/postgresql-database.ts';
import { newSigningKey, randomBytes, sha256, sign, verifySignature } from '../../server/vault/primitives.ts';
import { STATE_INTERVAL } from '../../shared/ledger/state-interval.ts';
import { type HubSetting, measureHub } from '../hub/measure.ts';
import { hasPostgresql, newDatabase, PostgresqlServer } from '../support/postgresql.ts';
import { contest, type Result, resultOf } from './contest.ts';

const BLOCKS_OF_DEVICE = 1_000;
const ROUNDS = 3;
/** What the store takes by itself. */
const BULK_BLOCKS = 20_000;
const BULK_PAGE = 2_000;
const BLOCK_BYTES = 600;

type Note = (text: string) => void;

/** Blocks that the hub accepts from 20 devices that send batches at once, on both stores, and in two processes. */
export async function hubAccepts(note: Note): Promise<Result[]> {
  const verified: number[] = [];
  const measured = async (setting: HubSetting): Promise<number> => {
    const figures = await measureHub(BLOCKS_OF_DEVICE, setting);
    if (!setting.database) verified.push(figures.verified);
    return figures.accepted;
  };
  const sqlite = await contest(ROUNDS, { accepted: () => measured({}), bulk: () => onFile(bulkRate) });
  const results = [
    resultOf(
      { id: 'hub.accepted', unit: 'blocks/s', bar: { atLeast: 0.4 }, against: 'Ed25519, one thread' },
      sqlite.accepted,
      verified,
    ),
    resultOf(
      {
        id: 'hub.accepted.sqlite',
        unit: 'blocks/s',
        bar: { atLeast: 0.5 },
        against: 'SQLite bulk insertion and a signature each',
      },
      sqlite.accepted,
      sqlite.bulk,
    ),
  ];
  if (!hasPostgresql()) {
    note('no PostgreSQL on this machine: hub.accepted.postgresql and hub.accepted.processes are left out');
    return results;
  }
  const server = await PostgresqlServer.start();
  try {
    const database = (): Promise<string> => newDatabase(server.url('postgres'));
    const samples = await contest(ROUNDS, {
      one: async () => measured({ database: await database() }),
      two: async () => measured({ database: await database(), processes: 2 }),
      bulk: async () => onServer(await database(), bulkRate),
    });
    results.push(
      resultOf(
        {
          id: 'hub.accepted.postgresql',
          unit: 'blocks/s',
          bar: { atLeast: 0.5 },
          against: 'PostgreSQL bulk insertion and a signature each',
        },
        samples.one,
        samples.bulk,
      ),
      resultOf(
        { id: 'hub.accepted.processes', unit: 'blocks/s', bar: { atLeast: 1.6 }, against: 'one process; two need four cores' },
        samples.two,
        samples.one,
      ),
    );
    return results;
  } finally {
    await server.close();
  }
}

/** Blocks of 600 bytes a second into the table of blocks, each with its signature checked while the page before is written. */
async function bulkRate(database: Database): Promise<number> {
  const key = newSigningKey();
  const bytes = randomBytes(BLOCK_BYTES);
  const signature = sign(key, bytes);
  const columns = [
    { name: 'position', kind: 'integer' },
    { name: 'hash', kind: 'blob' },
    { name: 'bytes', kind: 'blob' },
  ] as const;
  const start = performance.now();
  let writing: Promise<unknown> = Promise.resolve();
  for (let from = 0; from < BULK_BLOCKS; from += BULK_PAGE) {
    const rows = Array.from({ length: BULK_PAGE }, (_, at) => {
      if (!verifySignature(key.publicKey, bytes, signature)) throw new Error('the signature does not hold');
      return [from + at, sha256(bytes), bytes];
    });
    await writing;
    writing = database.write((transaction) => bulkInsert(transaction, 'block', columns, rows));
  }
  await writing;
  return BULK_BLOCKS / ((performance.now() - start) / 1000);
}

async function onFile<T>(use: (database: Database) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'careledger-bulk-'));
  const database = await openDatabase({ path: join(folder, 'bulk.db'), migrations: [ledgerMigration], mode: 'bulk' });
  try {
    return await use(database);
  } finally {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function onServer<T>(url: string, use: (database: Database) => Promise<T>): Promise<T> {
  const database = await openPostgresql(url, [ledgerMigration]);
  try {
    return await use(database);
  } finally {
    await database.close();
  }
}

/** What a block costs behind 10,000 others and behind many more: 200,000, or about as many as are asked for. */
export async function hubStaysFlat(_note: Note, many = 200_000): Promise<Result[]> {
  // A state root is due every 65,536 blocks and costs by rows: it has its own line in docs/scaling.md.
  const grown = STATE_INTERVAL * Math.floor(many / STATE_INTERVAL) + 100;
  const accepted = async (blocksBefore: number): Promise<number> =>
    (await measureHub(BLOCKS_OF_DEVICE, { blocksBefore })).accepted;
  const samples = await contest(ROUNDS, { small: () => accepted(10_000), large: () => accepted(grown) });
  return [
    resultOf(
      { id: 'hub.flat', unit: `blocks/s behind ${grown}`, bar: { atLeast: 0.8 }, against: 'the same behind 10,000' },
      samples.large,
      samples.small,
    ),
  ];
}
