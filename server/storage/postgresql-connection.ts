/** One connection to PostgreSQL: made again when it was lost, never in the middle of a transaction. */
import { Client, type ClientConfig } from 'pg';
import { parseIntoClientConfig } from 'pg-connection-string';
import { Failure } from '../../shared/outcome/failure.ts';
import { checkParameters, type SqlParameters, type SqlValue, type Statements } from './connection.ts';
import { storageFailure } from './faults.ts';
import { postgresqlDialect } from './postgresql-dialect.ts';
import { passwordFor } from './postgresql-password.ts';

/** Whoever writes holds this lock of the database: one transaction at a time, of however many processes, as in SQLite. */
const WRITER_LOCK = 0x6361_7265;
/** More statements than any program of ours has; a bound only so that SQL made at run time cannot fill the server's memory. */
const STATEMENTS_KEPT = 400;
const CONNECT_TIMEOUT_MS = 5_000;
/** A server that was cut off says nothing: after so long its session is given up, and the next statement connects again. Not for migrations. */
const PATIENCE = { query_timeout: 60_000 };

/** Of pg_type: bool, bytea, int8, int2, int4, numeric. */
const OID = { bool: 16, bytea: 17, int8: 20, int2: 21, int4: 23, numeric: 1700 };
const READ_AS = new Map<number, (text: string) => SqlValue>([
  [OID.bool, (text) => (text === 't' ? 1 : 0)],
  [OID.bytea, (text) => Buffer.from(text.slice(2), 'hex')],
  ...[OID.int8, OID.int2, OID.int4, OID.numeric].map((oid) => [oid, Number] as const),
]);
const asText = (text: string): string => text;

/**
 * What each session is told. A process that stops answering in the middle of a transaction, or is cut off, holds the others up for
 * some seconds only: the server ends its session, and with it the lock.
 */
const SESSION = `
  SET synchronous_commit = on;
  SET bytea_output = 'hex';
  SET client_min_messages = warning;
  SET idle_in_transaction_session_timeout = '10s';
  SET tcp_keepalives_idle = 5;
  SET tcp_keepalives_interval = 2;
  SET tcp_keepalives_count = 3;
`;

/** The channel on which processes of one database hear of each other. */
const CHANNEL = 'careledger';

interface ConnectionTools {
  /** What `tell` puts in front of each word. */
  readonly origin?: string;
  /** Hears of each word that a committed transaction told, after `listen`. */
  onNotice?(payload: string): void;
  /** The session is gone. */
  onLost?(): void;
}

export class PostgresqlConnection implements Statements {
  readonly dialect = postgresqlDialect;
  readonly standAlone = false;
  waiting = 0;
  readonly #config: ClientConfig;
  readonly #tools: ConnectionTools;
  readonly #statements = new Map<string, { text: string; name?: string }>();
  #client: Promise<Client> | undefined;
  /** The session of the transaction that is open: its statements go there or nowhere. */
  #transaction: Client | undefined;
  #closed = false;

  constructor(url: string, tools: ConnectionTools = {}) {
    this.#tools = tools;
    this.#config = {
      ...parseIntoClientConfig(url),
      application_name: 'careledger hub',
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
      // Statements that do not wait for each other are sent without a pause.
      pipeline: true,
      types: { getTypeParser: (oid) => READ_AS.get(Number(oid)) ?? asText } as NonNullable<ClientConfig['types']>,
    };
  }

  async run(sql: string, parameters: SqlParameters): Promise<number> {
    const { rowCount } = await this.#ask(sql, parameters);
    return rowCount ?? 0;
  }

  async all<Row>(sql: string, parameters: SqlParameters): Promise<Row[]> {
    const { rows } = await this.#ask(sql, parameters);
    return rows as Row[];
  }

  async script(sql: string): Promise<void> {
    await this.#call(await this.#session(), (client) => client.query(sql));
  }

  async begin(access: 'read' | 'write'): Promise<void> {
    if (access === 'write') return this.beginWith(WRITER_LOCK);
    // BEGIN alone fixes no moment, the first read does.
    await this.#begin('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1');
  }

  /** A transaction that waits for an advisory lock of the database and holds it to its end. */
  beginWith(lock: number): Promise<void> {
    return this.#begin(`BEGIN; SELECT pg_advisory_xact_lock(${lock})`);
  }

  async #begin(sql: string): Promise<void> {
    const client = await this.#session();
    await this.#call(client, () => client.query({ text: sql, ...PATIENCE }));
    this.#transaction = client;
  }

  async tell(text: string): Promise<void> {
    await this.all(`SELECT pg_notify('${CHANNEL}', ?)`, [`${this.#tools.origin ?? ''} ${text}`]);
  }

  /** From now on, until the session is lost, `onNotice` hears. */
  async listen(): Promise<void> {
    await this.script(`LISTEN ${CHANNEL}`);
  }

  async commit(): Promise<void> {
    const client = await this.#session();
    this.#transaction = undefined;
    const { command } = await this.#call(client, () => client.query({ text: 'COMMIT', ...PATIENCE }));
    // The server answers so, and with no error, when a statement before had failed.
    if (command !== 'COMMIT')
      throw new Failure('storage.statement', 'A transaction was undone by the database. Nothing was changed.');
  }

  async rollback(): Promise<void> {
    const client = this.#transaction;
    this.#transaction = undefined;
    if (client) await this.#call(client, () => client.query('ROLLBACK'));
  }

  /** The server overwrites what was deleted as it needs the place. */
  async scrub(): Promise<void> {}

  /** Holds what only one process may do at a time, until `work` has ended. */
  async withLock<T>(work: () => Promise<T>): Promise<T> {
    const client = await this.#session();
    await this.#call(client, () => client.query(`SELECT pg_advisory_lock(${WRITER_LOCK})`));
    try {
      return await work();
    } finally {
      await this.#call(client, () => client.query(`SELECT pg_advisory_unlock(${WRITER_LOCK})`));
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const client = await this.#client?.catch(() => undefined);
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }

  #ask(sql: string, parameters: SqlParameters): Promise<{ rows: unknown[]; rowCount: number | null }> {
    checkParameters(parameters);
    const statement = this.#statements.get(sql) ?? this.#keep(sql);
    const values = parameters.map((value) => (typeof value === 'boolean' ? Number(value) : value));
    return this.#session().then((client) => this.#call(client, () => client.query({ ...statement, values, ...PATIENCE })));
  }

  #keep(sql: string): { text: string; name?: string } {
    const text = numbered(sql);
    // Prepared under a name once per session. Beyond the bound they are prepared each time, so that names stay as they are.
    const statement = this.#statements.size < STATEMENTS_KEPT ? { text, name: `s${this.#statements.size}` } : { text };
    if (statement.name) this.#statements.set(sql, statement);
    return statement;
  }

  async #call<T>(client: Client, work: (client: Client) => Promise<T>): Promise<T> {
    this.waiting++;
    try {
      return await work(client);
    } catch (error) {
      throw storageFailure(error, { database: 'postgresql' });
    } finally {
      this.waiting--;
    }
  }

  #session(): Promise<Client> {
    if (this.#transaction) return Promise.resolve(this.#transaction);
    if (this.#closed) return Promise.reject(new Failure('storage.closed', 'The database is closed. Open the hub again.'));
    this.#client ??= this.#connect();
    return this.#client;
  }

  async #connect(): Promise<Client> {
    // Asked for with each session where the URL names none: a changed file counts without a new start.
    const password = this.#config.password || (() => passwordFor(client));
    const client = new Client({ ...this.#config, password });
    const forget = (): void => {
      this.#client = undefined;
      this.#tools.onLost?.();
    };
    // Statements that were under way are refused one by one; the next one connects again.
    client.on('error', forget);
    client.on('end', forget);
    client.on('notification', ({ payload }) => this.#tools.onNotice?.(payload ?? ''));
    try {
      await client.connect();
      await client.query(SESSION);
      return client;
    } catch (error) {
      forget();
      await client.end().catch(() => undefined);
      throw storageFailure(error, { database: 'postgresql' });
    }
  }
}

/** Values as `$1`: a lone `?` is the next one, `?3` the third. What is quoted stays as it is. */
function numbered(sql: string): string {
  let next = 0;
  return sql.replaceAll(/'(?:[^']|'')*'|"[^"]*"|\?(\d*)/g, (found, digits: string | undefined) => {
    if (!found.startsWith('?')) return found;
    next = digits ? Number(digits) : next + 1;
    return `$${next}`;
  });
}
