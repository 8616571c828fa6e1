/**
 * What one turn of the event loop takes of a processor at most: the work that is done in it, during which nobody else is answered. How long a
 * busy machine lets the process wait for a processor is not in it, unlike in the lag of a clock.
 */
const BEAT_MS = 10;

export class LongestTurn {
  readonly #timer: NodeJS.Timeout;
  #before = process.threadCpuUsage();
  #longest = 0;

  constructor() {
    this.#timer = setInterval(() => this.#beat(), BEAT_MS).unref();
  }

  /** Seconds of processor, of the turns since somebody last asked. */
  take(): number {
    this.#beat();
    const longest = this.#longest;
    this.#longest = 0;
    return longest;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #beat(): void {
    const { user, system } = process.threadCpuUsage(this.#before);
    this.#before = process.threadCpuUsage();
    this.#longest = Math.max(this.#longest, (user + system) / 1e6);
  }
}
