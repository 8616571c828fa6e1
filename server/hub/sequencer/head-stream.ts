/** The subscription to the newest head: always the newest, never a backlog, and gone at once when its reader leaves. */

/** So many heads a second are enough for anybody; a busy ledger makes hundreds. */
const PAUSE_MS = 100;

interface HeadEvent {
  readonly checkpoint: string;
  readonly messages: number;
}

/** Wakes streams when there may be something new. */
export class HeadSignal {
  readonly #streams = new Set<() => void>();

  notify(): void {
    for (const wake of this.#streams) wake();
  }

  add(wake: () => void): void {
    this.#streams.add(wake);
  }

  remove(wake: () => void): void {
    this.#streams.delete(wake);
  }
}

/**
 * An iterator of heads: the first at once, then one for each change. `read` gives the head as it is now and throws when
 * the reader may not go on. `return()` ends a `next()` that waits.
 */
export class HeadStream implements AsyncIterableIterator<HeadEvent> {
  readonly #signal: HeadSignal;
  readonly #read: () => Promise<HeadEvent>;
  #last: HeadEvent | undefined;
  #dirty = true;
  #ended = false;
  #resume: (() => void) | undefined;
  #pause: NodeJS.Timeout | undefined;
  readonly #wake = (): void => {
    this.#dirty = true;
    if (!this.#pause) this.#resume?.();
  };

  constructor(signal: HeadSignal, read: () => Promise<HeadEvent>) {
    this.#signal = signal;
    this.#read = read;
    signal.add(this.#wake);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** The newest head once there is one that was not given yet; heads in between are left out. */
  async next(): Promise<IteratorResult<HeadEvent>> {
    while (!this.#ended) {
      if (!this.#dirty || this.#pause) await this.#somethingNew();
      if (this.#ended) break;
      this.#dirty = false;
      let head: HeadEvent;
      try {
        head = await this.#read();
      } catch (error) {
        this.#end();
        throw error;
      }
      if (head.checkpoint === this.#last?.checkpoint && head.messages === this.#last.messages) continue;
      this.#last = head;
      this.#startPause();
      return { done: this.#ended, value: head };
    }
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<HeadEvent>> {
    this.#end();
    return { done: true, value: undefined };
  }

  #somethingNew(): Promise<void> {
    return new Promise((resolve) => {
      this.#resume = resolve;
    });
  }

  #startPause(): void {
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      if (this.#dirty) this.#resume?.();
    }, PAUSE_MS);
    this.#pause.unref();
  }

  #end(): void {
    this.#ended = true;
    clearTimeout(this.#pause);
    this.#signal.remove(this.#wake);
    this.#resume?.();
  }
}
