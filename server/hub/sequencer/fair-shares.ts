/**
 * Who has had how much. Owners who have had less than the others come first, in whatever unit the work is counted; what somebody had while
 * nobody else wanted it is forgotten only as fast as the others catch up (start-time fair queueing, Goyal, Vin and Cheng 1996).
 */
export class FairShares {
  /** How much each owner has had who kept wanting all along. */
  #level = 0;
  /** Owners who have had more than that. */
  readonly #had = new Map<string, number>();

  /** Where an owner stands; the lowest comes next. */
  of(owner: string): number {
    return Math.max(this.#level, this.#had.get(owner) ?? 0);
  }

  /** `owner` has had so much more than what was known when they were served. */
  add(owner: string, cost: number): void {
    this.#had.set(owner, this.of(owner) + cost);
  }

  /** `owner` was served, the lowest of those who waited. */
  charge(owner: string, cost: number): void {
    const before = this.of(owner);
    if (before > this.#level) {
      this.#level = before;
      for (const [each, had] of this.#had) if (had <= before) this.#had.delete(each);
    }
    this.#had.set(owner, before + cost);
  }
}
