/** What processes that use one PostgreSQL database have beside it: taking turns, and hearing of each other. */
import { Turns } from '../../shared/outcome/turns.ts';
import type { Share } from './database.ts';
import { PostgresqlConnection } from './postgresql-connection.ts';

/** Whoever sequences holds this lock of the database. */
const TURN_LOCK = 0x7365_7175;
/** How soon a lost line is tried again. */
const AGAIN_MS = 500;

export class PostgresqlShare implements Share {
  readonly #origin: string;
  readonly #seat: PostgresqlConnection;
  readonly #line: PostgresqlConnection;
  readonly #turns = new Turns();
  #hear: ((text: string | undefined) => void) | undefined;
  #again: NodeJS.Timeout | undefined;
  #closed = false;

  /** @param origin what the database's own writer signs its words with: they are not heard here. */
  constructor(url: string, origin: string) {
    this.#origin = origin;
    this.#seat = new PostgresqlConnection(url);
    this.#line = new PostgresqlConnection(url, {
      onNotice: (payload) => this.#heard(payload),
      onLost: () => this.#lost(),
    });
  }

  /** In a transaction, so that the server takes the turn back from a process that hangs or is cut off. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns.take(async () => {
      await this.#seat.beginWith(TURN_LOCK);
      try {
        return await work();
      } finally {
        await this.#seat.rollback().catch(() => undefined);
      }
    });
  }

  async listen(hear: (text: string | undefined) => void): Promise<void> {
    await this.#line.listen();
    this.#hear = hear;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#again);
    await this.#turns.take(() => undefined);
    await this.#line.close();
    await this.#seat.close();
  }

  #heard(payload: string): void {
    const end = payload.indexOf(' ');
    if (payload.slice(0, end) !== this.#origin) this.#hear?.(payload.slice(end + 1));
  }

  #lost(): void {
    if (this.#closed || !this.#hear) return;
    clearTimeout(this.#again);
    this.#again = setTimeout(() => {
      this.#line.listen().then(
        () => this.#hear?.(undefined),
        () => this.#lost(),
      );
    }, AGAIN_MS);
    this.#again.unref();
  }
}
