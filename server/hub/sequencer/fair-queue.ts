/** A queue that gives its owners equal shares, so that one who brings much does not keep the others waiting. */
import { FairShares } from './fair-shares.ts';

interface Waiting<T> {
  readonly item: T;
  readonly cost: number;
}

export class FairQueue<T> {
  readonly #waiting = new Map<string, Waiting<T>[]>();
  readonly #shares = new FairShares();

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  /** @param cost how much of a share it takes, in the same unit for all items of this queue */
  push(owner: string, item: T, cost: number): void {
    const items = this.#waiting.get(owner);
    if (items) items.push({ item, cost });
    else this.#waiting.set(owner, [{ item, cost }]);
  }

  /** What `owner` has taken has cost so much more than was known. */
  add(owner: string, cost: number): void {
    this.#shares.add(owner, cost);
  }

  /** The first item of the owner, of those who may, who has had least; of equals, who has waited longest. */
  take(may: (owner: string) => boolean = () => true): { readonly owner: string; readonly item: T } | undefined {
    const owner = leastOf(this.#waiting.keys(), this.#shares, may);
    const items = owner === undefined ? undefined : this.#waiting.get(owner);
    const first = items?.shift();
    if (owner === undefined || !items || !first) return undefined;
    this.#shares.charge(owner, first.cost);
    this.#waiting.delete(owner);
    if (items.length > 0) this.#waiting.set(owner, items);
    return { owner, item: first.item };
  }
}

/** Of `owners` who may, the first of those who have had least. */
export function leastOf(owners: Iterable<string>, shares: FairShares, may: (owner: string) => boolean): string | undefined {
  let least: string | undefined;
  let lowest = Number.POSITIVE_INFINITY;
  for (const owner of owners) {
    const standing = may(owner) ? shares.of(owner) : lowest;
    if (standing >= lowest) continue;
    lowest = standing;
    least = owner;
  }
  return least;
}
