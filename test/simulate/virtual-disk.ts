/**
 * A disk in memory under the program's own database code: real SQL by the SQLite inside Node, one statement at a time, so that
 * what follows what is fixed by the seed. A crash keeps what was committed and nothing else, and whoever used the disk waits
 * for ever, as a process that is gone does.
 */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { Pragmas, SqliteStatements, SqlParameters, SqlValue } from '../../server/storage/connection.ts';
import { type Database, openDatabaseOver } from '../../server/storage/database.ts';
import { storageFailure } from '../../server/storage/faults.ts';
import type { Migration } from '../../server/storage/migrations.ts';
import { sqliteDialect } from '../../server/storage/sqlite-dialect.ts';
import type { Storage } from './storage.ts';

const STATEMENTS_KEPT = 400;
/** New databases as their migrations leave them: running those anew for each disk would take longer than most of what is done on it. */
const EMPTY = new Map<readonly Migration[], Uint8Array>();

export class VirtualDisk implements Storage {
  readonly #pulse: () => void;
  #file: DatabaseSync;
  /** Nobody has opened it yet. */
  #isNew = true;
  readonly #statements = new Map<string, StatementSync>();
  #session: VirtualConnection | undefined;
  #fuse: { left: number; isBefore: boolean; burn: () => void } | undefined;

  /** @param pulse hears of every statement: who waits for quiet watches it. */
  constructor(pulse: () => void) {
    this.#pulse = pulse;
    this.#file = new DatabaseSync(':memory:');
  }

  /** The disk as a process opens it, once at a time. */
  async open(migrations: readonly Migration[]): Promise<Database> {
    this.crash();
    const empty = this.#isNew ? EMPTY.get(migrations) : undefined;
    if (empty) this.restore(empty);
    else if (this.#isNew) EMPTY.set(migrations, await this.#migrated(migrations));
    this.#isNew = false;
    this.#session = new VirtualConnection(this);
    return openDatabaseOver(this.#session, migrations);
  }

  /** The image of this disk, which is a new one, after its migrations. */
  async #migrated(migrations: readonly Migration[]): Promise<Uint8Array> {
    this.#session = new VirtualConnection(this);
    await openDatabaseOver(this.#session, migrations);
    this.crash();
    return this.image();
  }

  /** Power goes: an open transaction is undone, and no statement of before is ever answered. */
  crash(): void {
    if (this.#session) this.#session.isGone = true;
    this.#session = undefined;
    this.#fuse = undefined;
    if (this.#file.isTransaction) this.#file.exec('ROLLBACK');
  }

  /** Power goes at the `statements`-th statement from now, just before it or just after; then `burn` is called. */
  crashAt(statements: number, isBefore: boolean, burn: () => void): void {
    this.#fuse = { left: statements, isBefore, burn };
  }

  /** The disk is put back to an earlier image of it. */
  restore(image: Uint8Array): void {
    this.crash();
    this.#isNew = false;
    this.#statements.clear();
    this.#file.close();
    this.#file = new DatabaseSync(':memory:');
    this.#file.deserialize(image);
  }

  /** What is committed, as an image of the whole disk. */
  image(): Uint8Array {
    return this.#file.serialize();
  }

  /** Looks at what is on the disk, past the program. A transaction that is open just now shows as well. */
  async look<Row>(sql: string, ...parameters: SqlValue[]): Promise<Row[]> {
    return this.#statement(sql)
      .all(...parameters.map(bound))
      .map(row) as Row[];
  }

  async close(): Promise<void> {
    this.crash();
    this.#statements.clear();
    this.#file.close();
  }

  /** Runs one statement for a session; undefined when it is never to be answered. */
  execute<T>(
    session: VirtualConnection,
    work: (file: DatabaseSync, prepare: (sql: string) => StatementSync) => T,
  ): { answer: T } | undefined {
    if (session.isGone) return undefined;
    this.#pulse();
    const fuse = this.#fuse;
    const isLast = fuse !== undefined && --fuse.left <= 0;
    if (isLast && fuse.isBefore) return this.#burn(fuse.burn);
    const answer = work(this.#file, (sql) => this.#statement(sql));
    return isLast ? this.#burn(fuse.burn) : { answer };
  }

  #burn(burn: () => void): undefined {
    this.crash();
    burn();
    return undefined;
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement) return statement;
    if (this.#statements.size >= STATEMENTS_KEPT) this.#statements.clear();
    statement = this.#file.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

class VirtualConnection implements SqliteStatements {
  readonly dialect = sqliteDialect;
  readonly standAlone = true;
  readonly #disk: VirtualDisk;
  waiting = 0;
  isGone = false;

  constructor(disk: VirtualDisk) {
    this.#disk = disk;
  }

  run(sql: string, parameters: SqlParameters): Promise<number> {
    return this.#call((_, prepare) => Number(prepare(sql).run(...parameters.map(bound)).changes));
  }

  all<Row>(sql: string, parameters: SqlParameters): Promise<Row[]> {
    return this.#call(
      (_, prepare) =>
        prepare(sql)
          .all(...parameters.map(bound))
          .map(row) as Row[],
    );
  }

  script(sql: string): Promise<void> {
    return this.#call((file) => file.exec(sql));
  }

  async begin(access: 'read' | 'write'): Promise<void> {
    await this.run(access === 'write' ? 'BEGIN IMMEDIATE' : 'BEGIN', []);
  }

  async commit(): Promise<void> {
    await this.run('COMMIT', []);
  }

  async rollback(): Promise<void> {
    await this.run('ROLLBACK', []);
  }

  async tell(): Promise<void> {}

  async scrub(): Promise<void> {
    await this.all('PRAGMA wal_checkpoint(TRUNCATE)', []);
  }

  /** How the real file is kept durable is the crash harness's to prove; here a commit is durable by construction. */
  async set(_pragmas: Pragmas): Promise<void> {}

  async close(): Promise<void> {
    this.isGone = true;
  }

  #call<T>(work: (file: DatabaseSync, prepare: (sql: string) => StatementSync) => T): Promise<T> {
    return new Promise((resolve, reject) => {
      try {
        const done = this.#disk.execute(this, work);
        if (done) resolve(done.answer);
      } catch (error) {
        reject(storageFailure(asPackageError(error)));
      }
    });
  }
}

/** As the `sqlite3` package binds: whole numbers as integers, flags as 0 and 1. */
function bound(value: SqlValue): SQLInputValue {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;
}

/** As the `sqlite3` package gives: blobs are Buffers. */
function row(values: Record<string, unknown>): Record<string, unknown> {
  for (const name in values) {
    const value = values[name];
    if (value instanceof Uint8Array) values[name] = Buffer.from(value.buffer, value.byteOffset, value.length);
  }
  return values;
}

function asPackageError(error: unknown): unknown {
  const { errcode, message } = error as { errcode?: number; message: string };
  return errcode === undefined
    ? error
    : Object.assign(new Error(message, { cause: error }), { code: 'SQLITE_ERROR', errno: errcode });
}
