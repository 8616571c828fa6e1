/** How long somebody waited, each time, so that one stretch of a run can be held against another. */
import { quantile } from '../bench/contest.ts';

export interface WaitFigures {
  readonly count: number;
  /** Milliseconds; NaN when nobody waited. */
  readonly median: number;
  readonly p99: number;
  readonly longest: number;
}

export class Waits {
  readonly #waits: Array<{ readonly ended: number; readonly ms: number }> = [];

  /** Somebody has waited until now. */
  note(ms: number): void {
    this.#waits.push({ ended: performance.now(), ms });
  }

  /** Of whoever waited at any time between these moments of `performance.now()`. */
  between(from: number, to: number): WaitFigures {
    const times = this.#waits.flatMap(({ ended, ms }) => (ended >= from && ended - ms < to ? [ms] : []));
    if (times.length === 0) return { count: 0, median: Number.NaN, p99: Number.NaN, longest: Number.NaN };
    return { count: times.length, median: quantile(times, 0.5), p99: quantile(times, 0.99), longest: Math.max(...times) };
  }
}
