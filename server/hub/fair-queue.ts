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

  /** The first item of the owner who has waited longest, of those who may; that owner then goes to the end of the line. */
  take(may: (owner: string) => boolean = () => true): { readonly owner: string; readonly item: T } | undefined {
    for (const [owner, items] of this.#waiting) {
      if (!may(owner)) continue;
      const item = items.shift() as T;
      this.#waiting.delete(owner);
      if (items.length > 0) this.#waiting.set(owner, items);
      return { owner, item };
    }
    return undefined;
  }
}
