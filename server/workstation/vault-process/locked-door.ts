/**
 * What the locked desk says of what waits: numbers that the last session saw, and how far ladders have gone since by the clock alone. In
 * memory only: nothing of it outlives the program.
 */
import type { Waiting } from '../device/device-verbs.ts';

/** As whoever passes the locked desk reads it. */
interface DoorNotice {
  readonly alerts: number;
  readonly tasks: number;
  /** When the last session saw it; milliseconds since 1970. */
  readonly at: number;
  /** How often ladders have told somebody since, and watches that nothing was heard of. */
  readonly calls: number;
  readonly quiet: number;
  /** The newest moment of those; undefined where there was none. */
  readonly calledAt: number | undefined;
}

/** A timer can wait no longer. */
const LONGEST_WAIT_MS = 2_147_483_647;

export class LockedDoor {
  readonly #clock: () => number;
  readonly #changed: () => void;
  #told: (Waiting & { readonly at: number }) | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param changed is told at each moment at which the notice says more. */
  constructor(clock: () => number, changed: () => void) {
    this.#clock = clock;
    this.#changed = changed;
  }

  tell(waiting: Waiting): void {
    this.#told = { ...waiting, at: this.#clock() };
    this.#waitForNext();
  }

  get notice(): DoorNotice | undefined {
    if (!this.#told) return undefined;
    const { alerts, tasks, at } = this.#told;
    const now = this.#clock();
    const reached = (moments: readonly number[]): number[] => moments.filter((moment) => moment > at && moment <= now);
    const [calls, quiet] = [reached(this.#told.calls), reached(this.#told.quiet)];
    const moments = [...calls, ...quiet];
    const calledAt = moments.length > 0 ? Math.max(...moments) : undefined;
    return { alerts, tasks, at, calls: calls.length, quiet: quiet.length, calledAt };
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #waitForNext(): void {
    clearTimeout(this.#timer);
    const { calls = [], quiet = [] } = this.#told ?? {};
    const now = this.#clock();
    const next = Math.min(...[...calls, ...quiet].filter((moment) => moment > now));
    if (!Number.isFinite(next)) return;
    this.#timer = setTimeout(
      () => {
        this.#changed();
        this.#waitForNext();
      },
      Math.min(next - now, LONGEST_WAIT_MS),
    );
    this.#timer.unref();
  }
}
