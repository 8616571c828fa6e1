/** How long something that counts up still takes, judged by what it did lately. */

interface Mark {
  /** Milliseconds. */
  readonly at: number;
  readonly done: number;
}

/** Older marks say little about how it goes now. */
const WINDOW = 30_000;
/** Before so much has been seen, an estimate would jump about. */
const SHORTEST = 2000;
const BETWEEN_MARKS = 500;

/** The pace of one task: it is told how far the task is, and says how long the rest takes. */
export class Pace {
  #marks: Mark[] = [];

  /**
   * Notes that `done` of `total` are done at the time `at` (milliseconds). Milliseconds to the end at the pace of the last half minute; undefined
   * while too little was seen, or nothing moves. A clock or a count that went back begins anew.
   */
  left(at: number, done: number, total: number): number | undefined {
    const last = this.#marks.at(-1);
    if (last && (at < last.at || done < last.done)) this.#marks = [];
    if (!last || this.#marks.length === 0 || at - last.at >= BETWEEN_MARKS) this.#marks.push({ at, done });
    while (this.#marks.length > 2 && at - (this.#marks[0] as Mark).at > WINDOW) this.#marks.shift();
    const first = this.#marks[0] as Mark;
    if (at - first.at < SHORTEST || done <= first.done) return undefined;
    return Math.max(0, ((total - done) * (at - first.at)) / (done - first.done));
  }
}
