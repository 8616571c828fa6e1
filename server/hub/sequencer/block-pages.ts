/** Pages of sealed blocks as base64, encoded once: every replica of a region asks for the same ones. */
import { readBlockRun, readPackedBlocks } from '../../ledger/blocks.store.ts';
import type { Queryable } from '../../storage/database.ts';
import { KeptAnswers } from '../line/kept-answers.ts';

const KEPT_CHARACTERS = 64 * 1024 * 1024;

const lengthOf = (texts: readonly string[]): number => texts.reduce((sum, { length }) => sum + length, 0);

export class BlockPages {
  readonly #connection: Queryable;
  /** A text for each block, or one for all of them. */
  readonly #pages = new KeptAnswers<string[]>(KEPT_CHARACTERS, lengthOf);

  constructor(connection: Queryable) {
    this.#connection = connection;
  }

  /** `count` blocks from position `from` on, all of which are in the ledger. */
  async texts(from: number, count: number): Promise<string[]> {
    return count === 0 ? [] : this.#pages.get(`${from}+${count}`, () => readPackedBlocks(this.#connection, from, count));
  }

  /** The same in one text: see `readBlockRun`. */
  async packed(from: number, count: number): Promise<string> {
    if (count === 0) return '';
    const [run] = await this.#pages.get(`${from}+${count} packed`, async () => [
      await readBlockRun(this.#connection, from, count),
    ]);
    return run as string;
  }
}
