/**
 * Something that subscriptions follow: each follower has its own iterator, which holds one value at most (the newest, or all
 * that came merged into one), so that a slow page does not grow memory.
 */
export class Topic<T> {
  readonly #followers = new Set<Following<T>>();
  readonly #merge: (older: T, newer: T) => T;
  #published = 0;
  #closed = false;

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
    for (const follower of this.#followers) follower.hear(value);
  }

  /** Ends every following, after what it has not seen yet. */
  close(): void {
    this.#closed = true;
    for (const follower of this.#followers) follower.end();
  }

  /**
   * Values from now on; ends with `close`, or with its `return()`, which does not wait for a `next()` that waits.
   * @param first what a new follower hears at once, if anything.
   */
  follow(first?: T): Following<T> {
    const follower = new Following(this.#merge, () => this.#followers.delete(follower));
    if (first !== undefined) follower.hear(first);
    if (this.#closed) follower.end();
    else this.#followers.add(follower);
    return follower;
  }
}

/** Written by hand: the `return()` of an async generator would wait behind a `next()` that waits for a value. */
export class Following<T> implements AsyncIterableIterator<T, undefined> {
  readonly #merge: (older: T, newer: T) => T;
  readonly #gone: () => void;
  #unseen: { readonly value: T } | undefined;
  #ended = false;
  #wake: () => void = () => undefined;

  constructor(merge: (older: T, newer: T) => T, gone: () => void) {
    this.#merge = merge;
    this.#gone = gone;
  }

  hear(value: T): void {
    this.#unseen = { value: this.#unseen ? this.#merge(this.#unseen.value, value) : value };
    this.#wake();
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    while (!this.#unseen && !this.#ended) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (!this.#unseen) return { done: true, value: undefined };
    const { value } = this.#unseen;
    this.#unseen = undefined;
    return { done: false, value };
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    this.#gone();
    this.#unseen = undefined;
    this.end();
    return { done: true, value: undefined };
  }
}
