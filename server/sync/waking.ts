/** A loop that sleeps until its time has come or somebody wakes it; who wakes it while it is at work has it go on at once. */
import type { EngineOutside } from './engine-outside.ts';

export class Waking {
  readonly #later: EngineOutside['later'];
  #wake: () => void = () => undefined;
  #isWoken = false;

  constructor(later: EngineOutside['later']) {
    this.#later = later;
  }

  wake(): void {
    this.#isWoken = true;
    this.#wake();
  }

  /** What was asked for until now is about to be done. */
  heed(): void {
    this.#isWoken = false;
  }

  /** Resolves after `milliseconds`, or as soon as somebody wakes it. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (this.#isWoken || signal.aborted) {
      this.heed();
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const end = (): void => {
        callOff();
        this.#wake = () => undefined;
        this.heed();
        resolve();
      };
      const callOff = this.#later(milliseconds, end);
      this.#wake = end;
    });
  }
}
