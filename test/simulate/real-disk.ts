/**
 * The real store in a simulated world: a file, the program's own connection to it with its write-ahead log, and the threads behind that.
 * Statements of all disks go one after another, so that what follows what is fixed by the seed here too. A process that ended is never
 * answered and what it had open is undone; at which statement power goes cannot be had.
 */
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Connection,
  type Pragmas,
  type SqliteStatements,
  type SqlParameters,
  type SqlValue,
} from '../../server/storage/connection.ts';
import { type Database, openDatabaseOver } from '../../server/storage/database.ts';
import type { Migration } from '../../server/storage/migrations.ts';
import { sqliteDialect } from '../../server/storage/sqlite-dialect.ts';
import type { Storage } from './storage.ts';
import type { World } from './world.ts';

export class RealDisk implements Storage {
  readonly #world: World;
  readonly #folder = mkdtempSync(join(tmpdir(), 'careledger-simulated-'));
  readonly #path = join(this.#folder, 'disk.db');
  #session: RealConnection | undefined;
  #onlooker: Promise<Connection> | undefined;

  constructor(world: World) {
    this.#world = world;
  }

  async open(migrations: readonly Migration[]): Promise<Database> {
    this.crash();
    const session = new RealConnection(await this.#world.outside(() => Connection.open(this.#path, 'write')), this.#world);
    this.#session = session;
    return openDatabaseOver(session, migrations);
  }

  crash(): void {
    const session = this.#session;
    this.#session = undefined;
    if (session) this.#world.background(session.end());
  }

  crashAt(): void {}

  look<Row>(sql: string, ...parameters: SqlValue[]): Promise<Row[]> {
    return this.#world.outside(async () => {
      this.#onlooker ??= Connection.open(this.#path, 'read');
      return (await this.#onlooker).all<Row>(sql, parameters);
    });
  }

  async close(): Promise<void> {
    this.crash();
    await this.#world.outside(async () => (await this.#onlooker)?.close());
    await rm(this.#folder, { recursive: true, force: true });
  }
}

class RealConnection implements SqliteStatements {
  readonly dialect = sqliteDialect;
  readonly standAlone = true;
  readonly #connection: Connection;
  readonly #world: World;
  waiting = 0;
  #isGone = false;

  constructor(connection: Connection, world: World) {
    this.#connection = connection;
    this.#world = world;
  }

  run(sql: string, parameters: SqlParameters): Promise<number> {
    return this.#ask((connection) => connection.run(sql, parameters));
  }

  all<Row>(sql: string, parameters: SqlParameters): Promise<Row[]> {
    return this.#ask((connection) => connection.all<Row>(sql, parameters));
  }

  script(sql: string): Promise<void> {
    return this.#ask((connection) => connection.script(sql));
  }

  begin(access: 'read' | 'write'): Promise<void> {
    return this.#ask((connection) => connection.begin(access));
  }

  commit(): Promise<void> {
    return this.#ask((connection) => connection.commit());
  }

  rollback(): Promise<void> {
    return this.#ask((connection) => connection.rollback());
  }

  async tell(): Promise<void> {}

  scrub(): Promise<void> {
    return this.#ask((connection) => connection.scrub());
  }

  /** As a desk sets them, the log included, which a database over one connection would do without. */
  set(pragmas: Pragmas): Promise<void> {
    const all = pragmas.map((each) => (each[0] === 'journal_mode' ? (['journal_mode', 'WAL', 'wal'] as const) : each));
    return this.#ask((connection) => connection.set(all));
  }

  async close(): Promise<void> {
    await this.end();
  }

  /** Its process has ended: what is open is undone, and nobody is answered any more. */
  async end(): Promise<void> {
    if (this.#isGone) return;
    this.#isGone = true;
    await this.#world.outside(async () => {
      // Mostly nothing is open.
      await this.#connection.rollback().catch(() => undefined);
      await this.#connection.close();
    });
  }

  #ask<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    if (this.#isGone) return new Promise(() => undefined);
    return new Promise((resolve, reject) => {
      const asked = this.#world.outside(() => (this.#isGone ? Promise.resolve(undefined) : work(this.#connection)));
      asked.then(
        (answer) => {
          if (!this.#isGone) resolve(answer as T);
        },
        (error: unknown) => {
          if (!this.#isGone) reject(error);
        },
      );
    });
  }
}
