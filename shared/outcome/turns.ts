/** Acts that take turns: each begins once the one before has ended, whether it went well or not. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Gives what `act` gives, and throws what it throws; whoever comes next has nothing of that. */
  take<T>(act: () => T | Promise<T>): Promise<T> {
    const mine = this.#last.then(act);
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}
