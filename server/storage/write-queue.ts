/** Who may use the writing connection, and when: one transaction at a time, in the order asked for, sharing a COMMIT where allowed. */
import { Failure } from '../../shared/outcome/failure.ts';
import type { SqlParameters, Statements } from './connection.ts';
import type { WriteTransaction } from './database.ts';
import type { Dialect } from './dialect.ts';
import { endsTransaction, storageFailure } from './faults.ts';

/** What waits in the queue. `settle` and `refuse` answer its caller; they are called once, and `settle` only when it is durable. */
type Job = { refuse(error: unknown): void } & (
  | { kind: 'statement'; sql: string; parameters: SqlParameters; settle(changed: number): void }
  | { kind: 'body'; group: boolean; body(transaction: WriteTransaction): Promise<unknown>; settle(value: unknown): void }
  | { kind: 'alone'; work(): Promise<unknown>; settle(value: unknown): void }
);

/** Members of one shared COMMIT: enough to spread the cost of a sync, few enough that the first need not wait long. */
const GROUP_LIMIT = 128;

export class WriteQueue {
  readonly #connection: Statements;
  readonly #waiting: Job[] = [];
  #draining: Promise<void> | undefined;
  #closed = false;

  constructor(connection: Statements) {
    this.#connection = connection;
  }

  /** A body in a transaction of its own, or one shared with its neighbours when `group`. */
  transaction<T>(body: (transaction: WriteTransaction) => Promise<T>, group: boolean): Promise<T> {
    return new Promise<T>((resolve, refuse) =>
      this.#add({ kind: 'body', group, body, settle: (value) => resolve(value as T), refuse }),
    );
  }

  /** One statement, which the database itself makes all or nothing. */
  statement(sql: string, parameters: SqlParameters): Promise<number> {
    return new Promise<number>((settle, refuse) => this.#add({ kind: 'statement', sql, parameters, settle, refuse }));
  }

  /** Work on the connection while no transaction is open. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, refuse) =>
      this.#add({ kind: 'alone', work, settle: (value) => resolve(value as T), refuse }),
    );
  }

  /** Refuses what is asked for from now on and ends when the rest is done. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#draining;
  }

  #add(job: Job): void {
    if (this.#closed) {
      job.refuse(new Failure('storage.closed', 'The database is closed, so this was not saved. Open the data folder again.'));
      return;
    }
    this.#waiting.push(job);
    this.#draining ??= this.#drain();
  }

  async #drain(): Promise<void> {
    // Whoever else asks before this turn of the event loop's microtasks ends can still share the first COMMIT.
    await undefined;
    while (this.#waiting.length > 0) {
      const jobs = this.#waiting.splice(0, this.#shareable());
      const [first] = jobs as [Job];
      if (jobs.length === 1 && (first.kind === 'alone' || (first.kind === 'statement' && this.#connection.standAlone)))
        await this.#single(first);
      else await this.#commitTogether(jobs);
    }
    this.#draining = undefined;
  }

  /** How many at the head of the queue may run as one; at least one. */
  #shareable(): number {
    let count = 0;
    for (const job of this.#waiting) {
      if (job.kind === 'alone' || (job.kind === 'body' && !job.group) || count === GROUP_LIMIT) break;
      count++;
    }
    return Math.max(count, 1);
  }

  async #single(job: Exclude<Job, { kind: 'body' }>): Promise<void> {
    try {
      if (job.kind === 'alone') job.settle(await job.work());
      else job.settle(await this.#connection.run(job.sql, job.parameters));
    } catch (error) {
      job.refuse(error);
    }
  }

  async #commitTogether(jobs: readonly Job[]): Promise<void> {
    const settlements: (() => void)[] = [];
    const open = new Set(jobs);
    try {
      await this.#connection.begin('write');
      for (const job of jobs) {
        try {
          const settle = await this.#member(job, jobs.length > 1);
          settlements.push(settle);
        } catch (error) {
          if (jobs.length === 1 || error instanceof TransactionEnded) throw error;
          open.delete(job);
          job.refuse(error);
        }
      }
      await this.#connection.commit();
    } catch (error) {
      // The database may have rolled back by itself, and then there is nothing to do; the first error is the one to tell.
      await this.#connection.rollback().catch(() => undefined);
      for (const job of open) job.refuse(error instanceof TransactionEnded ? error.cause : error);
      return;
    }
    for (const settle of settlements) settle();
  }

  /** Runs one job inside the open transaction; what it gives back answers the caller once the COMMIT is done. */
  async #member(job: Job, shared: boolean): Promise<() => void> {
    if (job.kind === 'alone') throw new RangeError('work that wants no transaction cannot share one');
    const { standAlone } = this.#connection;
    if (job.kind === 'statement') {
      if (shared && !standAlone) await this.#mark('SAVEPOINT member');
      try {
        const changed = await this.#connection.run(job.sql, job.parameters);
        return () => job.settle(changed);
      } catch (error) {
        if (endsTransaction(storageFailure(error))) throw new TransactionEnded(error);
        if (shared && !standAlone) await this.#mark('ROLLBACK TO member');
        throw error;
      }
    }
    // Never released one by one: ROLLBACK TO finds the innermost of the name, and COMMIT releases all, a call saved for each.
    if (shared) await this.#mark('SAVEPOINT member');
    const transaction = new OpenTransaction(this.#connection);
    try {
      const value = await job.body(transaction);
      transaction.end();
      return () => job.settle(value);
    } catch (error) {
      await transaction.abandon();
      if (transaction.lost !== undefined) throw new TransactionEnded(transaction.lost);
      if (shared) await this.#mark('ROLLBACK TO member');
      throw error;
    }
  }

  async #mark(sql: string): Promise<void> {
    try {
      await this.#connection.run(sql, []);
    } catch (error) {
      throw new TransactionEnded(error);
    }
  }
}

/** Carries the cause through a shared transaction: none of its members can be committed any more. */
class TransactionEnded extends Error {
  constructor(cause: unknown) {
    super('the transaction has ended', { cause });
  }
}

class OpenTransaction implements WriteTransaction {
  readonly kind = 'write';
  readonly #connection: Statements;
  readonly #running = new Set<Promise<unknown>>();
  #over = false;
  /** The failure after which the database may have rolled the transaction back: a later statement would commit by itself. */
  lost: Failure | undefined;
  /** The failure after which this part of the transaction takes no more, where a statement does not fail alone. */
  #failed: Failure | undefined;

  get dialect(): Dialect {
    return this.#connection.dialect;
  }

  constructor(connection: Statements) {
    this.#connection = connection;
  }

  run(sql: string, parameters: SqlParameters = []): Promise<number> {
    return this.#watch(() => this.#connection.run(sql, parameters));
  }

  all<Row>(sql: string, parameters: SqlParameters = []): Promise<Row[]> {
    return this.#watch(() => this.#connection.all<Row>(sql, parameters));
  }

  async get<Row>(sql: string, parameters: SqlParameters = []): Promise<Row | undefined> {
    const rows = await this.all<Row>(sql, parameters);
    return rows[0];
  }

  tell(text: string): Promise<void> {
    return this.#watch(() => this.#connection.tell(text));
  }

  /** @throws {Failure} when a statement is still running, or the database gave the transaction up and the body went on regardless. */
  end(): void {
    this.#over = true;
    const failed = this.lost ?? this.#failed;
    if (failed !== undefined) throw failed;
    if (this.#running.size > 0) {
      throw new Failure(
        'storage.statement-not-awaited',
        'A transaction ended before its own statements had, so it was undone. Nothing was changed; please report this.',
      );
    }
  }

  /** Takes no more statements and waits for those that run. */
  async abandon(): Promise<void> {
    this.#over = true;
    await Promise.allSettled(this.#running);
  }

  async #watch<T>(start: () => Promise<T>): Promise<T> {
    if (this.#over) {
      throw new Failure(
        'storage.transaction-over',
        'The program wrote to a transaction that had ended. Nothing was changed; please report this.',
      );
    }
    const failed = this.lost ?? this.#failed;
    if (failed !== undefined) throw failed;
    const running = start();
    this.#running.add(running);
    try {
      return await running;
    } catch (error) {
      const failure = storageFailure(error);
      if (endsTransaction(failure)) this.lost ??= failure;
      if (!this.#connection.standAlone) this.#failed ??= failure;
      throw failure;
    } finally {
      this.#running.delete(running);
    }
  }
}
