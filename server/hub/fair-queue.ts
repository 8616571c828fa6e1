/** A queue that serves its owners in turn, so that one who brings much does not keep the others waiting. */
export class FairQueue<T> {
  readonly #waiting = new Map<string, T[]>();

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  push(owner: string, item: T): void {
    const items = this.#waiting.get(owner);
    if (items) items.push(item);
    else this.#waiting.set(owner, [item]);
  }

  /** The first item of the owner who has waited longest; that owner then goes to the end of the line. */
  take(): T | undefined {
    const [first] = this.#waiting;
    if (!first) return undefined;
    const [owner, items] = first;
    const item = items.shift();
    this.#waiting.delete(owner);
    if (items.length > 0) this.#waiting.set(owner, items);
    return item;
  }
}
