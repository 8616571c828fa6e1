/**
 * A database with one writer and a pool of readers: SQLite's, and what PostgreSQL's (postgresql-database.ts) has in common with it. The
 * `sqlite3` package mixes the statements of all who share a connection, so that one caller's ROLLBACK undoes what another was told is
 * saved: here the writer's connection belongs to one transaction from BEGIN to COMMIT, and everybody else waits in the queue or reads on
 * another connection.
 */
import { existsSync } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Failure } from '../../shared/outcome/failure.ts';
import { Connection, type Pragmas, type SqliteStatements, type SqlParameters, type Statements } from './connection.ts';
import type { Dialect } from './dialect.ts';
import { syncFolder } from './durable-file.ts';
import { storageFailure } from './faults.ts';
import { type Migration, migrate, refuseForeign } from './migrations.ts';
import { dropUpgradeCopy, keepUpgradeCopy } from './upgrade-copy.ts';
import { WriteQueue } from './write-queue.ts';

/**
 * `desk` for what is written a little at a time; `bulk` for what is loaded in pages of thousands of rows: rarer WAL
 * checkpoints; `replica` for what is loaded whole at first, and has checkpoints rarer still. All are as durable. `memory` keeps all in memory and on one connection: `path` is not used,
 * and reading waits for its turn between writes, so a body must not await `read` of its own database.
 */
type DatabaseMode = 'desk' | 'bulk' | 'replica' | 'memory';

interface DatabaseOptions {
  readonly path: string;
  readonly migrations: readonly Migration[];
  readonly mode: DatabaseMode;
  /** Hears in one line that the database is upgraded and where the copy from before is; left out, standard error. */
  readonly tell?: ((line: string) => void) | undefined;
}

/** Where a query may read: what `bulkGet` and the like take. */
export interface Queryable {
  readonly dialect: Dialect;
  /** Every row that `sql` gives. Blobs come as `Buffer`. */
  all<Row>(sql: string, parameters?: SqlParameters): Promise<Row[]>;
  /** The first row, if there is one. */
  get<Row>(sql: string, parameters?: SqlParameters): Promise<Row | undefined>;
}

/** Sees what was committed when each query began, never what a running transaction has written. */
export interface ReadConnection extends Queryable {
  readonly kind: 'read';
  /**
   * All rows in the order of a unique key, `pageSize` at a time, the next page being read while this one is used. In `sql`, ?1 is
   * the key to go on after (at first `parameters[0]`), the placeholder after the last of `parameters` is the page size, and the
   * first column is the key: `scan('SELECT position, bytes FROM block WHERE position > ?1 ORDER BY position LIMIT ?2', [-1], 500)`.
   * Each page sees what is committed by then; inside `snapshot` all pages see one moment.
   */
  scan<Row extends object>(sql: string, parameters: SqlParameters, pageSize: number): AsyncGenerator<Row, void, undefined>;
  /** The same by whole pages, none of them empty: half as much work again faster where every row counts. */
  scanPages<Row extends object>(sql: string, parameters: SqlParameters, pageSize: number): AsyncGenerator<Row[], void, undefined>;
}

/** The body's own view of its transaction; of no use once the body has ended. */
export interface WriteTransaction extends Queryable {
  readonly kind: 'write';
  /** Runs one statement and gives the number of rows it changed, not counting what triggers did. */
  run(sql: string, parameters?: SqlParameters): Promise<number>;
  /** What the other processes of a shared database hear once this transaction is durable; at most 7,000 characters. */
  tell(text: string): Promise<void>;
}

/** What there is where several processes write one database. */
export interface Share {
  /**
   * Runs `work` while no other process is in its turn; who hangs in it for ten seconds loses it. So what `work` writes has to be refused
   * by what is stored when somebody else was there in between.
   */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** Hears what the others told; undefined when words may have been missed. */
  listen(hear: (text: string | undefined) => void): Promise<void>;
  close(): Promise<void>;
}

interface WriteOptions {
  /**
   * May share one COMMIT with other such writes that wait at the same time. Each is still undone alone when it throws, and each
   * is acknowledged only after the COMMIT. They see each other's rows, in the order in which they were asked for.
   */
  readonly group?: boolean;
}

export interface Database {
  readonly path: string;
  readonly read: ReadConnection;
  /** Left out where this process is the only one. */
  readonly share?: Share | undefined;
  /**
   * Runs `body` in a transaction of its own and resolves once it is durable; when `body` throws, nothing of it stays and the same
   * error is thrown here. Awaiting another `write` of the same database inside `body` waits for ever.
   * @throws {Failure} as `storageFailure` sorts it; `storage.closed`.
   */
  write<T>(body: (transaction: WriteTransaction) => Promise<T>, options?: WriteOptions): Promise<T>;
  /**
   * One statement, durable when this resolves: the fastest single write, since it costs one call instead of three. Those that wait
   * together share a COMMIT. Several tables at once: insert into a view that has an INSTEAD OF INSERT trigger.
   */
  writeOnce(sql: string, parameters?: SqlParameters): Promise<number>;
  /** Runs `body` on a reader that sees one moment throughout. Keep it short: the WAL cannot shrink meanwhile. */
  snapshot<T>(body: (connection: ReadConnection) => Promise<T>): Promise<T>;
  /** Ends after the writes already asked for. */
  close(): Promise<void>;
}

/** The folder's lock keeps other processes out: what is left to wait for is a reader that holds up a checkpoint. */
const BUSY_TIMEOUT_MS = 2_000;
const READERS = 2;
/** Each connection's. A ledger of 200,000 blocks synced no faster with four times as much. */
const CACHE_KIB = 16_384;

/** Pages of 4 KiB in the log before it is folded in: whoever commits then waits for it. */
const CHECKPOINT_PAGES: Readonly<Record<DatabaseMode, number>> = { desk: 1_000, bulk: 8_000, replica: 24_000, memory: 1_000 };

function pragmasOf(mode: DatabaseMode, access: 'read' | 'write'): Pragmas {
  const everywhere: Pragmas = [
    ['busy_timeout', BUSY_TIMEOUT_MS, BUSY_TIMEOUT_MS],
    ['journal_mode', mode === 'memory' ? 'MEMORY' : 'WAL', mode === 'memory' ? 'memory' : 'wal'],
    ['synchronous', 'FULL', 2],
    ['foreign_keys', 'ON', 1],
    ['secure_delete', 'ON', 1],
    ['trusted_schema', 'OFF', 0],
    ['temp_store', 'MEMORY', 2],
    ['cache_size', -CACHE_KIB, -CACHE_KIB],
  ];
  if (access === 'read') return [...everywhere, ['query_only', 'ON', 1]];
  const checkpointPages = CHECKPOINT_PAGES[mode];
  return [...everywhere, ['wal_autocheckpoint', checkpointPages, checkpointPages]];
}

/**
 * Opens or creates the database at `path` (file 0600, a new folder 0700) and brings it to the newest of `migrations`.
 * @throws {Failure} `storage.pragma-refused`, `storage.database-newer`, `storage.foreign-file` and what `storageFailure` sorts.
 */
export async function openDatabase({ path, migrations, mode, tell = tellError }: DatabaseOptions): Promise<Database> {
  if (mode === 'memory') return openDatabaseOver(await Connection.open(':memory:', 'write'), migrations);
  await createPrivately(path);
  const upgrade = { before: () => keepUpgradeCopy(path, tell), none: () => dropUpgradeCopy(path) };
  const writer = await migrated(await Connection.open(path, 'write'), migrations, mode, upgrade);
  const readers: Connection[] = [];
  try {
    while (readers.length < READERS) {
      const reader = await Connection.open(path, 'read');
      readers.push(reader);
      await reader.set(pragmasOf(mode, 'read'));
    }
  } catch (error) {
    for (const connection of [...readers, writer]) await connection.close();
    throw error;
  }
  return new PooledDatabase(path, writer, readers);
}

const tellError = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** A database that another process writes: reading connections alone. */
export interface DatabaseReader {
  readonly read: ReadConnection;
  close(): Promise<void>;
}

/** Opens the database at `path`, which must be there, for reading alone. @throws as `openDatabase`. */
export async function openReader(path: string): Promise<DatabaseReader> {
  const connection = await Connection.open(path, 'read');
  try {
    await connection.set(pragmasOf('desk', 'read'));
  } catch (error) {
    await connection.close();
    throw error;
  }
  return {
    read: new Reading(connection.dialect, (sql, parameters) => connection.all(sql, parameters)),
    close: () => connection.close(),
  };
}

/** A database in memory, on one connection, as mode `memory` of `openDatabase`. @throws as `openDatabase`. */
export async function openDatabaseOver(connection: SqliteStatements, migrations: readonly Migration[]): Promise<Database> {
  return new PooledDatabase(':memory:', await migrated(connection, migrations, 'memory'), []);
}

/** What is done about a copy of the database before it is upgraded, or when there is nothing to upgrade. */
interface Upgrade {
  before(): Promise<void>;
  none(): Promise<void>;
}

const NO_COPY: Upgrade = { before: async () => undefined, none: async () => undefined };

async function migrated<Kind extends SqliteStatements>(
  connection: Kind,
  migrations: readonly Migration[],
  mode: DatabaseMode,
  upgrade: Upgrade = NO_COPY,
): Promise<Kind> {
  try {
    await refuseForeign(connection);
    await connection.set(pragmasOf(mode, 'write'));
    if (!(await migrate(connection, migrations, upgrade.before))) await upgrade.none();
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** SQLite gives its WAL and index files the mode of the database file, so that one must be right before SQLite sees it. */
async function createPrivately(path: string): Promise<void> {
  if (existsSync(path)) return;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(path, 'a', 0o600);
    await file.close();
    await syncFolder(dirname(path));
  } catch (error) {
    throw storageFailure(error, { path });
  }
}

/**
 * Makes erased bytes leave the disk. PostgreSQL overwrites them only as it needs their place, and its log keeps them longer: what makes an
 * erasure final there is that their keys are gone.
 * @throws {Failure} `storage.busy` while a snapshot is open: try again when it has ended.
 */
export async function checkpointAfterErasure(database: Database): Promise<void> {
  await (database as PooledDatabase).scrub();
}

/** One connection that writes, and some that read. */
export class PooledDatabase implements Database {
  readonly path: string;
  readonly read: ReadConnection;
  readonly share: Share | undefined;
  readonly #queue: WriteQueue;
  readonly #writer: Statements;
  readonly #readers: readonly Statements[];
  /** Readers lent to a snapshot, which have a transaction open. */
  readonly #lent = new Set<Statements>();
  readonly #awaitingReader: (() => void)[] = [];
  #closed = false;

  constructor(path: string, writer: Statements, readers: readonly Statements[], share?: Share) {
    this.path = path;
    this.share = share;
    this.#writer = writer;
    this.#readers = readers;
    this.#queue = new WriteQueue(writer);
    this.read = new Reading(writer.dialect, (sql, parameters) => this.#query(sql, parameters));
  }

  write<T>(body: (transaction: WriteTransaction) => Promise<T>, options: WriteOptions = {}): Promise<T> {
    return this.#queue.transaction(body, options.group ?? false);
  }

  writeOnce(sql: string, parameters: SqlParameters = []): Promise<number> {
    return this.#queue.statement(sql, parameters);
  }

  async snapshot<T>(body: (connection: ReadConnection) => Promise<T>): Promise<T> {
    if (this.#readers.length === 0)
      return this.#queue.alone(() =>
        body(new Reading(this.#writer.dialect, (sql, parameters) => this.#writer.all(sql, parameters))),
      );
    const connection = await this.#borrow();
    try {
      await connection.begin('read');
      return await body(new Reading(connection.dialect, (sql, parameters) => connection.all(sql, parameters)));
    } finally {
      await connection.rollback().catch(() => undefined);
      this.#lent.delete(connection);
      this.#awaitingReader.shift()?.();
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    if (this.share) await this.share.close();
    await this.#queue.close();
    for (const reader of this.#readers) await reader.close();
    await this.#writer.close();
  }

  scrub(): Promise<void> {
    return this.#queue.alone(() => this.#writer.scrub());
  }

  #query<Row>(sql: string, parameters: SqlParameters): Promise<Row[]> {
    if (this.#closed) return Promise.reject(closedFailure());
    if (this.#readers.length === 0) return this.#queue.alone(() => this.#writer.all<Row>(sql, parameters));
    return this.#idlest().all<Row>(sql, parameters);
  }

  /** The reader with the fewest calls before ours; one is always left for single queries, since snapshots take all but one. */
  #idlest(): Statements {
    let best: Statements | undefined;
    for (const reader of this.#readers) {
      if (this.#lent.has(reader)) continue;
      if (best === undefined || reader.waiting < best.waiting) best = reader;
    }
    return best as Statements;
  }

  async #borrow(): Promise<Statements> {
    while (this.#lent.size >= this.#readers.length - 1) await new Promise<void>((resolve) => this.#awaitingReader.push(resolve));
    if (this.#closed) throw closedFailure();
    const connection = this.#idlest();
    this.#lent.add(connection);
    return connection;
  }
}

function closedFailure(): Failure {
  return new Failure('storage.closed', 'The database is closed. Open the data folder again.');
}

class Reading implements ReadConnection {
  readonly kind = 'read';
  readonly dialect: Dialect;
  readonly #query: <Row>(sql: string, parameters: SqlParameters) => Promise<Row[]>;

  constructor(dialect: Dialect, query: <Row>(sql: string, parameters: SqlParameters) => Promise<Row[]>) {
    this.dialect = dialect;
    this.#query = query;
  }

  all<Row>(sql: string, parameters: SqlParameters = []): Promise<Row[]> {
    return this.#query<Row>(sql, parameters);
  }

  async get<Row>(sql: string, parameters: SqlParameters = []): Promise<Row | undefined> {
    const rows = await this.#query<Row>(sql, parameters);
    return rows[0];
  }

  async *scan<Row extends object>(
    sql: string,
    parameters: SqlParameters,
    pageSize: number,
  ): AsyncGenerator<Row, void, undefined> {
    for await (const page of this.scanPages<Row>(sql, parameters, pageSize)) for (const row of page) yield row;
  }

  async *scanPages<Row extends object>(
    sql: string,
    parameters: SqlParameters,
    pageSize: number,
  ): AsyncGenerator<Row[], void, undefined> {
    const [start, ...others] = parameters;
    if (start === undefined) throw new RangeError('a scan needs the key to start after');
    let page = await this.#query<Row>(sql, [start, ...others, pageSize]);
    while (page.length > 0) {
      const key = Object.values(page.at(-1) as Row)[0];
      const next = page.length < pageSize ? Promise.resolve([]) : this.#query<Row>(sql, [key, ...others, pageSize]);
      // Whoever stops early leaves this page unread; its failure is then nobody's.
      next.catch(() => undefined);
      yield page;
      page = await next;
    }
  }
}
