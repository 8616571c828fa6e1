/** When a desk was last used, and when it has to lock: by the clock alone, so that a computer that slept is no younger for it. */

const WARNING_SECONDS = 30;
/** A lock that did not come about is asked for again. */
const AGAIN_MS = 10_000;

interface IdleWatchParts {
  readonly minutes: number;
  /** Milliseconds. */
  readonly clock: () => number;
  readonly onLock: () => void;
}

export class IdleWatch {
  readonly #parts: IdleWatchParts;
  #lastSign: number;
  #lockAskedAt: number | undefined;

  constructor(parts: IdleWatchParts) {
    this.#parts = parts;
    this.#lastSign = parts.clock();
  }

  /** Somebody is there. Who comes when the time is over is not who was there: it locks, however long the computer slept. */
  sign(): void {
    if (this.#left() <= 0) this.#lock();
    else this.#lastSign = this.#parts.clock();
  }

  /** Seconds that are left, once few are; null before that. To be asked each second: it locks when none is left. */
  look(): number | null {
    const left = this.#left();
    if (left <= 0) this.#lock();
    return left <= WARNING_SECONDS ? Math.max(0, left) : null;
  }

  #left(): number {
    const now = this.#parts.clock();
    // A clock that was put back gives nobody more time, neither to stay nor before the lock is asked for again.
    this.#lastSign = Math.min(this.#lastSign, now);
    if (this.#lockAskedAt !== undefined && now < this.#lockAskedAt) this.#lockAskedAt = undefined;
    return Math.ceil((this.#lastSign + this.#parts.minutes * 60_000 - now) / 1000);
  }

  #lock(): void {
    const now = this.#parts.clock();
    if (this.#lockAskedAt !== undefined && now < this.#lockAskedAt + AGAIN_MS) return;
    this.#lockAskedAt = now;
    this.#parts.onLock();
  }
}
