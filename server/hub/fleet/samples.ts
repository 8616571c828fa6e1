/** What a hub remembers of how it fared: a sample a minute for a day, one an hour for ninety days, kept in its database for all its processes. */
import type { Database } from '../../storage/database.ts';
import { addSample, forgetSamples, type HubSample, listSamples, storedBytes } from './samples.store.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** How long samples of each span are kept. */
const KEPT_MS = new Map([
  [MINUTE_MS, DAY_MS],
  [HOUR_MS, 90 * DAY_MS],
]);
/** Of the newest answers of a minute the times are kept: enough for a p99. */
const MOST_TIMES = 2_000;

interface SamplesOptions {
  readonly database: Database;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Blocks of the ledger. */
  readonly blocks: () => number;
}

export class HubSamples {
  readonly #options: SamplesOptions;
  #times: number[] = [];
  #answered = 0;
  #refused = 0;

  constructor(options: SamplesOptions) {
    this.#options = options;
  }

  /** An operation was answered after so many milliseconds. */
  answered(ms: number): void {
    this.#times[this.#answered % MOST_TIMES] = ms;
    this.#answered += 1;
  }

  /** A request came to no operation. */
  refused(): void {
    this.#refused += 1;
  }

  /** Writes down what there was since the last time. */
  async write(): Promise<void> {
    const { database, clock, blocks } = this.#options;
    const now = clock();
    const times = this.#times.sort((one, other) => one - other);
    const microseconds = (share: number): number => Math.round(1000 * (times[Math.floor(times.length * share)] ?? 0));
    const told = {
      blocks: blocks(),
      answered: this.#answered,
      refused: this.#refused,
      typical: microseconds(0.5),
      slow: microseconds(0.99),
      storage: await storedBytes(database.read),
      memory: process.memoryUsage.rss(),
    };
    this.#times = [];
    this.#answered = 0;
    this.#refused = 0;
    await database.write(async (transaction) => {
      for (const [span, kept] of KEPT_MS) {
        await addSample(transaction, { span, start: now - (now % span), ...told });
        await forgetSamples(transaction, span, now - kept);
      }
    });
  }

  /** In the order of time: minutes of the last day, then hours of the last ninety days. */
  async list(): Promise<{ readonly minutes: HubSample[]; readonly hours: HubSample[] }> {
    const { database, clock } = this.#options;
    const of = (span: number): Promise<HubSample[]> => listSamples(database.read, span, clock() - (KEPT_MS.get(span) ?? 0));
    return { minutes: await of(MINUTE_MS), hours: await of(HOUR_MS) };
  }
}
