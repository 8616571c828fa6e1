/** One who tells, many who listen: what subscriptions stand on. A slow listener gets the news that waited as one. */
export class ChangeFeed<T> {
  readonly #listeners = new Set<Listening<T>>();
  #closed = false;

  publish(news: T): void {
    for (const listener of this.#listeners) listener.hear(news);
  }

  /** Ends every listening after what it has not seen yet. */
  close(): void {
    this.#closed = true;
    for (const listener of this.#listeners) listener.end();
  }

  /**
   * News from now on; ends with `close`, or when the listener stops.
   * @param merge makes one of two pieces of news that wait; without it only the newer one stays
   */
  subscribe(merge: (older: T, newer: T) => T = (_, newer) => newer): AsyncIterableIterator<T> {
    const listener = new Listening(merge, () => this.#listeners.delete(listener));
    if (this.#closed) listener.end();
    else this.#listeners.add(listener);
    return listener;
  }
}

/** Written by hand: the `return()` of an async generator would wait behind a `next()` that waits for news. */
class Listening<T> implements AsyncIterableIterator<T> {
  readonly #merge: (older: T, newer: T) => T;
  readonly #gone: () => void;
  #news: { readonly value: T } | undefined;
  #ended = false;
  #wake: () => void = () => undefined;

  constructor(merge: (older: T, newer: T) => T, gone: () => void) {
    this.#merge = merge;
    this.#gone = gone;
  }

  hear(value: T): void {
    this.#news = { value: this.#news ? this.#merge(this.#news.value, value) : value };
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
    while (!this.#news && !this.#ended) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (!this.#news) return { done: true, value: undefined };
    const { value } = this.#news;
    this.#news = undefined;
    return { done: false, value };
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    this.#gone();
    this.#news = undefined;
    this.end();
    return { done: true, value: undefined };
  }
}
