/** Pages of sealed blocks as base64, encoded once: every replica of a region asks for the same ones. */
import { readPackedBlocks } from '../ledger/ledger.store.ts';
import type { Queryable } from '../storage/database.ts';

const KEPT_CHARACTERS = 64 * 1024 * 1024;

export class BlockPages {
  readonly #connection: Queryable;
  readonly #pages = new Map<string, Promise<string[]>>();
  readonly #sizes = new Map<string, number>();
  #kept = 0;

  constructor(connection: Queryable) {
    this.#connection = connection;
  }

  /** `count` blocks from position `from` on, all of which are in the ledger. */
  page(from: number, count: number): Promise<string[]> {
    if (count === 0) return Promise.resolve([]);
    const key = `${from}+${count}`;
    const known = this.#pages.get(key);
    if (known) {
      this.#pages.delete(key);
      this.#pages.set(key, known);
      return known;
    }
    const page = readPackedBlocks(this.#connection, from, count);
    this.#pages.set(key, page);
    page.then(
      (blocks) => this.#weigh(key, blocks),
      () => this.#pages.delete(key),
    );
    return page;
  }

  #weigh(key: string, blocks: readonly string[]): void {
    const size = blocks.reduce((sum, block) => sum + block.length, 0);
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
