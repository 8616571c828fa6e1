/** A code that a person reads where the program runs and types where its page is: good once, for a few tries and a quarter of an hour. */
import { createHash, randomInt, timingSafeEqual } from 'node:crypto';

const DIGITS = 8;
const TRIES = 5;
/** A code that nobody came for is worth nothing to whoever finds it in a log. */
const CODE_MS = 15 * 60_000;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whether two secrets are the same, in a time that does not tell where they differ. */
export const sameSecret = (given: string, kept: string): boolean => timingSafeEqual(digest(given), digest(kept));

export class OneTimeCode {
  /** Eight digits, shown where no other program of another user sees them. */
  readonly text = Array.from({ length: DIGITS }, () => randomInt(10)).join('');
  readonly #now: () => number;
  readonly #until: number;
  #left = TRIES;

  /** @param now milliseconds; left out, of the clock that nobody sets */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#until = now() + CODE_MS;
  }

  /** Whether this is the code; right or wrong, it counts, and the right one is used up. */
  take(typed: string): boolean {
    if (this.#left === 0 || this.#now() > this.#until) return false;
    this.#left -= 1;
    if (!sameSecret(typed.replaceAll(/[\s-]/g, ''), this.text)) return false;
    this.#left = 0;
    return true;
  }
}
