/**
 * Something that subscriptions follow: each subscriber gets its own iterator, which holds one value at most (the newest, or
 * all that came merged into one), so that a slow page does not grow memory. `return()` ends a `next()` that still waits.
 */
export class Topic<T> {
  readonly #followers = new Set<(value: T) => void>();
  readonly #merge: (older: T, newer: T) => T;
  #published = 0;

  /** @param merge what a follower that has not looked yet gets of two values; the newer one unless told. */
  constructor(merge: (older: T, newer: T) => T = (_, newer) => newer) {
    this.#merge = merge;
  }

  /** How many values there have been. */
  get published(): number {
    return this.#published;
  }

  publish(value: T): void {
    this.#published += 1;
    for (const follower of this.#followers) follower(value);
  }

  /** @param first what a new follower hears at once, if anything. */
  follow(first?: T): AsyncGenerator<T, void, undefined> {
    const followers = this.#followers;
    let newest = first;
    let waiting: ((result: IteratorResult<T, void>) => void) | undefined;
    let ended = false;
    const hear = (value: T): void => {
      if (waiting) {
        waiting({ done: false, value });
        waiting = undefined;
      } else {
        newest = newest === undefined ? value : this.#merge(newest, value);
      }
    };
    const end = (): void => {
      ended = true;
      followers.delete(hear);
      waiting?.({ done: true, value: undefined });
      waiting = undefined;
    };
    followers.add(hear);
    return {
      next(): Promise<IteratorResult<T, void>> {
        if (ended) return Promise.resolve({ done: true, value: undefined });
        if (newest !== undefined) {
          const value = newest;
          newest = undefined;
          return Promise.resolve({ done: false, value });
        }
        return new Promise((resolve) => {
          waiting = resolve;
        });
      },
      return(): Promise<IteratorResult<T, void>> {
        end();
        return Promise.resolve({ done: true, value: undefined });
      },
      throw(error: unknown): Promise<IteratorResult<T, void>> {
        end();
        return Promise.reject(error);
      },
      [Symbol.asyncIterator]() {
        return this;
      },
      async [Symbol.asyncDispose]() {
        end();
      },
    };
  }
}
