/** Where a simulated process keeps its database: a disk in memory, or for one seed in fifty a real file. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SqlValue } from '../../server/storage/connection.ts';
import { type Database, openDatabase, openReader, type ReadConnection } from '../../server/storage/database.ts';
import type { Migration } from '../../server/storage/migrations.ts';
import type { World } from './world.ts';

export interface Storage {
  /** Opens it for a new process; the one before is gone. */
  open(migrations: readonly Migration[]): Promise<Database>;
  /** What was committed stays. Whoever used it waits for ever. */
  crash(): void;
  /** Power goes at the `statements`-th statement from now, just before it or just after; where that cannot be had, nothing happens. */
  crashAt(statements: number, isBefore: boolean, burn: () => void): void;
  /** Reads past the program. */
  look<Row>(sql: string, ...parameters: SqlValue[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** A file on the real disk, by the real `sqlite3` and its threads. It crashes between two steps only, when nothing is under way. */
export class FileStorage implements Storage {
  readonly #world: World;
  readonly #folder: string;
  #open: { database: Database; gate: { isGone: boolean } } | undefined;
  #closing: Promise<void> = Promise.resolve();

  constructor(world: World, folder: string) {
    this.#world = world;
    this.#folder = folder;
  }

  get #path(): string {
    return join(this.#folder, 'simulated.db');
  }

  async open(migrations: readonly Migration[]): Promise<Database> {
    this.crash();
    return this.#world.outside(this.#reopen(migrations));
  }

  async #reopen(migrations: readonly Migration[]): Promise<Database> {
    await this.#closing;
    const database = await openDatabase({ path: this.#path, migrations, mode: 'desk' });
    const gate = { isGone: false };
    this.#open = { database, gate };
    return gated(this.#world, database, gate);
  }

  crash(): void {
    if (!this.#open) return;
    this.#open.gate.isGone = true;
    this.#closing = this.#world.outside(this.#open.database.close());
    this.#open = undefined;
  }

  crashAt(): void {}

  async look<Row>(sql: string, ...parameters: SqlValue[]): Promise<Row[]> {
    await this.#closing;
    const reader = await openReader(this.#path);
    try {
      return await reader.read.all<Row>(sql, parameters);
    } finally {
      await reader.close();
    }
  }

  async close(): Promise<void> {
    this.crash();
    await this.#closing;
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** A database whose answers the world waits for, and which falls silent when its process has ended. */
function gated(world: World, database: Database, gate: { isGone: boolean }): Database {
  const through = <T>(work: () => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      if (gate.isGone) return;
      const heard =
        <V>(hear: (value: V) => void) =>
        (value: V): void => {
          if (!gate.isGone) hear(value);
        };
      world.outside(work()).then(heard(resolve), heard(reject));
    });
  const { read } = database;
  const reading: ReadConnection = {
    kind: 'read',
    all: (sql, parameters) => through(() => read.all(sql, parameters)),
    get: (sql, parameters) => through(() => read.get(sql, parameters)),
    scan: (sql, parameters, pageSize) => read.scan(sql, parameters, pageSize),
    scanPages: (sql, parameters, pageSize) => read.scanPages(sql, parameters, pageSize),
  };
  return {
    path: database.path,
    read: reading,
    write: (body, options) => through(() => database.write(body, options)),
    writeOnce: (sql, parameters) => through(() => database.writeOnce(sql, parameters)),
    snapshot: (body) => through(() => database.snapshot(body)),
    close: () => through(() => database.close()),
    // What `checkpointAfterErasure` asks of a database of its own.
    ...{ truncateLog: () => through(() => (database as Database & { truncateLog(): Promise<void> }).truncateLog()) },
  };
}
