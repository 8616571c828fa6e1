/** One SQLite connection: its pragmas set and read back, its statements prepared once, one call at a time. */
import sqlite3 from 'sqlite3';
import { Failure } from '../../shared/outcome/failure.ts';
import type { Dialect } from './dialect.ts';
import { storageFailure } from './faults.ts';
import { sqliteDialect } from './sqlite-dialect.ts';

/** What SQLite can bind. Integers beyond ±2^53 and fractions travel as REAL; a column of INTEGER affinity stores whole ones as integers. */
export type SqlValue = string | number | boolean | null | Uint8Array;
export type SqlParameters = readonly SqlValue[];
/** What SQLite hands back for one column: a BLOB comes as a `Buffer`. */
type SqlColumn = string | number | Buffer | null;

/** Pragmas in the order in which they are set; each must read back as the value on the right. */
export type Pragmas = readonly (readonly [name: string, value: string | number, readsBack: string | number])[];

/** What a database needs of a connection: SQLite's is here, PostgreSQL's in postgresql-connection.ts, the simulation has one of its own. */
export interface Statements {
  readonly dialect: Dialect;
  /**
   * Whether a statement is a transaction by itself, in turn with the others, and whether one that fails leaves the transaction around it
   * whole. PostgreSQL gives the transaction up, and lets a single statement in between those of another process.
   */
  readonly standAlone: boolean;
  /** Calls handed over and not yet answered. */
  readonly waiting: number;
  /** Runs one statement that returns no rows; gives the number of rows it changed (triggers not counted). */
  run(sql: string, parameters: SqlParameters): Promise<number>;
  all<Row>(sql: string, parameters: SqlParameters): Promise<Row[]>;
  /** Runs any number of statements without parameters. */
  script(sql: string): Promise<void>;
  /** `write`: nobody else writes before it ends. `read`: what it sees is one moment, this one. */
  begin(access: 'read' | 'write'): Promise<void>;
  /** Durable when it resolves. */
  commit(): Promise<void>;
  rollback(): Promise<void>;
  /** Tells the other processes of the database, once the transaction that is open is durable; where it has one process, nobody. */
  tell(text: string): Promise<void>;
  /** Makes deleted bytes leave the disk, as far as the database can. @throws {Failure} `storage.busy`. */
  scrub(): Promise<void>;
  close(): Promise<void>;
}

/** More statements than any program of ours has; a bound only so that SQL made at run time cannot fill the memory. */
const STATEMENTS_KEPT = 400;

/** The simulation hands in one of its own. */
export type SqliteStatements = Statements & Pick<Connection, 'set'>;

export class Connection implements Statements {
  readonly dialect = sqliteDialect;
  readonly standAlone = true;
  readonly #database: sqlite3.Database;
  readonly #path: string;
  readonly #statements = new Map<string, sqlite3.Statement>();
  waiting = 0;
  #onIdle: () => void = () => undefined;

  private constructor(database: sqlite3.Database, path: string) {
    this.#database = database;
    this.#path = path;
  }

  /** @throws {Failure} `storage.cannot-open` and the like; what the file holds is read only by the first statement. */
  static open(path: string, access: 'read' | 'write'): Promise<Connection> {
    const flags = access === 'write' ? sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE : sqlite3.OPEN_READONLY;
    return new Promise<Connection>((resolve, reject) => {
      const database = new sqlite3.Database(path, flags | sqlite3.OPEN_FULLMUTEX, (error) => {
        if (error) return reject(storageFailure(error, { path }));
        // Otherwise the package hands several statements of one connection to several pool threads, where they wait for each other.
        database.serialize();
        resolve(new Connection(database, path));
      });
    });
  }

  /** @throws {Failure} `storage.pragma-refused` when one of them does not read back as set. */
  async set(pragmas: Pragmas): Promise<void> {
    for (const pragma of pragmas) await this.#setPragma(pragma);
  }

  async #setPragma([name, value, readsBack]: Pragmas[number]): Promise<void> {
    await this.script(`PRAGMA ${name}=${value}`);
    const got = await this.pragma(name);
    if (got !== readsBack) {
      throw new Failure(
        'storage.pragma-refused',
        `The database would not take the setting ${name}=${value} and was not opened, because writes might not be safe. Check the disk and the file system of the data folder.`,
        { details: { path: this.#path, pragma: name, got: String(got) } },
      );
    }
  }

  /** What the connection says its pragma `name` is. */
  async pragma(name: string): Promise<SqlColumn | undefined> {
    const [row] = await this.all<Record<string, SqlColumn>>(`PRAGMA ${name}`, []);
    return row === undefined ? undefined : Object.values(row)[0];
  }

  run(sql: string, parameters: SqlParameters): Promise<number> {
    return this.#call<number>(sql, parameters, (statement, resolve, reject) => {
      statement.run(bindable(parameters), function (this: sqlite3.RunResult, error: Error | null) {
        if (error) reject(error);
        else resolve(this.changes);
      });
    });
  }

  /** Runs one statement to its end. The package's own `get` would leave it half stepped, its read lock held: it is never used. */
  all<Row>(sql: string, parameters: SqlParameters): Promise<Row[]> {
    return this.#call<Row[]>(sql, parameters, (statement, resolve, reject) => {
      statement.all<Row>(bindable(parameters), (error: Error | null, rows: Row[]) => {
        if (error) reject(error);
        else resolve(rows);
      });
    });
  }

  script(sql: string): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      this.#database.exec(sql, (error) => {
        if (error) reject(storageFailure(error, { path: this.#path }));
        else resolve();
      });
    });
  }

  async begin(access: 'read' | 'write'): Promise<void> {
    await this.run(access === 'write' ? 'BEGIN IMMEDIATE' : 'BEGIN', []);
    // BEGIN alone fixes no moment, the first read does.
    if (access === 'read') await this.all('SELECT 1 FROM sqlite_schema LIMIT 1', []);
  }

  async commit(): Promise<void> {
    await this.run('COMMIT', []);
  }

  async rollback(): Promise<void> {
    await this.run('ROLLBACK', []);
  }

  async tell(): Promise<void> {}

  /** secure_delete has overwritten the rows in the pages; this writes those pages to the file and cuts the WAL, which holds older copies, to nothing. */
  async scrub(): Promise<void> {
    const [row] = await this.all<{ busy: number }>('PRAGMA wal_checkpoint(TRUNCATE)', []);
    if (row?.busy === 0) return;
    throw new Failure(
      'storage.busy',
      'Erased bytes could not leave the disk yet, because something is still reading. Try again in a moment.',
      { retry: true },
    );
  }

  /** Once what was asked before has its answer: a statement still being prepared would keep the file open. */
  async close(): Promise<void> {
    if (this.waiting > 0) {
      await new Promise<void>((resolve) => {
        this.#onIdle = resolve;
      });
    }
    for (const statement of this.#statements.values()) statement.finalize();
    this.#statements.clear();
    await new Promise<void>((resolve, reject) => {
      this.#database.close((error) => {
        if (error) reject(storageFailure(error, { path: this.#path }));
        else resolve();
      });
    });
  }

  async #call<T>(
    sql: string,
    parameters: SqlParameters,
    start: (statement: sqlite3.Statement, resolve: (value: T) => void, reject: (error: Error) => void) => void,
  ): Promise<T> {
    checkParameters(parameters);
    this.waiting++;
    try {
      const statement = this.#statements.get(sql) ?? (await this.#prepare(sql));
      return await new Promise<T>((resolve, reject) => {
        // One that gave up waiting for a lock counts as under way until it is reset, and nothing can commit beside it.
        start(statement, resolve, (error) => statement.reset(() => reject(error)));
      });
    } catch (error) {
      throw storageFailure(error, { path: this.#path });
    } finally {
      this.waiting--;
      if (this.waiting === 0) this.#onIdle();
    }
  }

  /** Awaited before its first use: the package never answers a call on a statement whose preparation failed. */
  async #prepare(sql: string): Promise<sqlite3.Statement> {
    const statement = await new Promise<sqlite3.Statement>((resolve, reject) => {
      const prepared = this.#database.prepare(sql, (error: Error | null) => {
        if (error) reject(error);
        else resolve(prepared);
      });
    });
    const meanwhile = this.#statements.get(sql);
    if (meanwhile !== undefined) {
      statement.finalize();
      return meanwhile;
    }
    this.#statements.set(sql, statement);
    if (this.#statements.size > STATEMENTS_KEPT) this.#forgetOldest();
    return statement;
  }

  /** `finalize` waits in the statement's own queue, so calls already handed over are still answered. */
  #forgetOldest(): void {
    for (const [sql, statement] of this.#statements) {
      this.#statements.delete(sql);
      statement.finalize();
      return;
    }
  }
}

/** The package takes an array, and would write to none of it. */
function bindable(parameters: SqlParameters): SqlValue[] {
  return parameters as SqlValue[];
}

/** The package binds `undefined`, a bigint and NaN as NULL, and an object as the text "[object Object]", all without a word. */
export function checkParameters(parameters: SqlParameters): void {
  for (let at = 0; at < parameters.length; at++) {
    const value = parameters[at];
    const type = typeof value;
    if (type === 'string' || type === 'boolean' || value === null || value instanceof Uint8Array) continue;
    if (type === 'number' && !Number.isNaN(value)) continue;
    throw new Failure(
      'storage.parameter',
      'The program tried to store a value of a kind that its database does not know. Nothing was changed; please report this.',
      { details: { position: at + 1, type } },
    );
  }
}
