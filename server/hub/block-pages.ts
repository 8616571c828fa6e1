/** Pages of sealed blocks as base64, encoded once: every replica of a region asks for the same ones. */
import { readBlockRun, readPackedBlocks } from '../ledger/ledger.store.ts';
import type { Queryable } from '../storage/database.ts';

const KEPT_CHARACTERS = 64 * 1024 * 1024;

/** A text for each block, or one for all of them. */
type Page = string | string[];

export class BlockPages {
  readonly #connection: Queryable;
  readonly #pages = new Map<string, Promise<Page>>();
  readonly #sizes = new Map<string, number>();
  #kept = 0;

  constructor(connection: Queryable) {
    this.#connection = connection;
  }

  /** `count` blocks from position `from` on, all of which are in the ledger. */
  texts(from: number, count: number): Promise<string[]> {
    if (count === 0) return Promise.resolve([]);
    return this.#page(`${from}+${count}`, () => readPackedBlocks(this.#connection, from, count));
  }

  /** The same in one text: see `readBlockRun`. */
  packed(from: number, count: number): Promise<string> {
    if (count === 0) return Promise.resolve('');
    return this.#page(`${from}+${count} packed`, () => readBlockRun(this.#connection, from, count));
  }

  #page<P extends Page>(key: string, read: () => Promise<P>): Promise<P> {
    const known = this.#pages.get(key);
    if (known) {
      this.#pages.delete(key);
      this.#pages.set(key, known);
      return known as Promise<P>;
    }
    const page = read();
    this.#pages.set(key, page);
    page.then(
      (read) => this.#weigh(key, read),
      () => this.#pages.delete(key),
    );
    return page;
  }

  #weigh(key: string, page: Page): void {
    const size = typeof page === 'string' ? page.length : page.reduce((sum, block) => sum + block.length, 0);
    this.#sizes.set(key, size);
    this.#kept += size;
    for (const [oldest] of this.#pages) {
      if (this.#kept <= KEPT_CHARACTERS) return;
      this.#kept -= this.#sizes.get(oldest) ?? 0;
      this.#sizes.delete(oldest);
      this.#pages.delete(oldest);
    }
  }
}
