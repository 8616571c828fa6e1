/** How much one asker may ask: so much at once, so much a second after that. By the clock that nobody sets. */

interface Rate {
  readonly perSecond: number;
  readonly atOnce: number;
}

/** Askers that are remembered at once. */
const MOST_ASKERS = 4_096;

export class RateLimit {
  readonly #rate: Rate;
  readonly #now: () => number;
  /** What is left to an asker, and when that was reckoned (milliseconds). Who has everything left is not kept. */
  readonly #left = new Map<string, { left: number; at: number }>();

  /** @param now milliseconds, monotonic */
  constructor(rate: Rate, now: () => number = () => performance.now()) {
    this.#rate = rate;
    this.#now = now;
  }

  /** Whether it may ask now; takes `cost` when it may. */
  take(asker: string, cost = 1): boolean {
    const { left, at } = this.#of(asker);
    if (left < 1) return false;
    this.#left.delete(asker);
    this.#left.set(asker, { left: left - cost, at });
    if (this.#left.size > MOST_ASKERS) this.#forget();
    return true;
  }

  /** Milliseconds until it may ask again. */
  wait(asker: string): number {
    const { left } = this.#of(asker);
    return left >= 1 ? 0 : Math.ceil(((1 - left) / this.#rate.perSecond) * 1000);
  }

  #of(asker: string): { left: number; at: number } {
    const now = this.#now();
    const { perSecond, atOnce } = this.#rate;
    const known = this.#left.get(asker);
    if (!known) return { left: atOnce, at: now };
    return { left: Math.min(atOnce, known.left + ((now - known.at) / 1000) * perSecond), at: now };
  }

  /** Who has asked longest ago. */
  #forget(): void {
    const [oldest] = this.#left.keys();
    if (oldest !== undefined) this.#left.delete(oldest);
  }
}
