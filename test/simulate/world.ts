/**
 * A world with one seed: its clock stands still until the next thing in line happens, everything that happens is run to its end
 * before the next, and all of it is written into a trace whose hash two runs of one seed must share.
 */
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { Turns } from '../../shared/outcome/turns.ts';
import { MORNING } from '../support/ledger-builder.ts';
import { Random } from './random.ts';

/** What must hold did not; in words that say what a clinic would have lost. */
export class Violation extends Error {
  readonly invariant: string;

  constructor(invariant: string, what: string) {
    super(what);
    this.invariant = invariant;
  }
}

interface Happening {
  readonly at: number;
  readonly name: string;
  run: (() => void) | undefined;
}

/** Turns of the event loop without a stir, after which nothing is going on. */
const QUIET_TURNS = 3;
const STILL_RUNNING = 20_000;

export class World {
  readonly random: Random;
  /** Milliseconds since 1970, the true time of this world. */
  now = MORNING;
  steps = 0;
  #line: Happening[] = [];
  #stirs = 0;
  #busy = 0;
  readonly #turns = new Turns();
  /** Called as work outside ends. */
  #onEnd: () => void = () => undefined;
  #failed: unknown;
  readonly #trace = createHash('sha256');
  readonly #print: ((line: string) => void) | undefined;

  /** @param print gets each line of the trace. */
  constructor(seed: number, print?: (line: string) => void) {
    this.random = new Random(seed);
    this.#print = print;
  }

  /** Something moved: whoever waits for quiet waits on. */
  readonly stir = (): void => {
    this.#stirs += 1;
  };

  /** Work outside of this thread, after all such work that was asked for before: the world waits until it has ended. */
  async outside<T>(work: () => Promise<T>): Promise<T> {
    this.#busy += 1;
    try {
      return await this.#turns.take(work);
    } finally {
      this.#busy -= 1;
      this.#stirs += 1;
      this.#onEnd();
    }
  }

  /** Puts something in line, `milliseconds` from now; gives what calls it off. */
  later(milliseconds: number, name: string, run: () => void): () => void {
    const happening: Happening = { at: this.now + Math.max(0, milliseconds), name, run };
    // Behind all that happens no later: who came first goes first.
    let place = this.#line.length;
    while (place > 0 && (this.#line[place - 1] as Happening).at > happening.at) place -= 1;
    this.#line.splice(place, 0, happening);
    return () => {
      happening.run = undefined;
    };
  }

  /** What a program puts in line for itself. */
  readonly timer = (milliseconds: number, run: () => void): (() => void) => this.later(milliseconds, 'a timer rings', run);

  /** Work that goes on over several steps; what it throws ends the run. */
  background(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      this.#failed ??= error;
    });
  }

  note(line: string): void {
    const text = `${this.steps} ${this.now - MORNING} ${line}`;
    this.#trace.update(`${text}\n`);
    this.#print?.(text);
  }

  /** The next thing in line, to its end. False when nothing is left. */
  async step(): Promise<boolean> {
    for (let next = this.#line.shift(); next; next = this.#line.shift()) {
      if (!next.run) continue;
      this.now = Math.max(this.now, next.at);
      this.steps += 1;
      this.note(next.name);
      next.run();
      await this.settle();
      return true;
    }
    return false;
  }

  /** Until nothing goes on that would not wait for the next step. */
  async settle(): Promise<void> {
    let turns = 0;
    for (let quiet = 0; quiet < QUIET_TURNS; ) {
      const before = this.#stirs;
      if (this.#busy === 0) await setImmediate();
      else await new Promise<void>((resolve) => (this.#onEnd = resolve));
      quiet = this.#stirs === before && this.#busy === 0 ? quiet + 1 : 0;
      if (this.#failed !== undefined) throw this.#failed;
      turns = this.#busy > 0 ? 0 : turns + 1;
      if (turns > STILL_RUNNING) throw new Violation('rest', 'something runs on and on within one step');
    }
  }

  /** SHA-256 over everything noted so far, in hexadecimal. */
  trace(): string {
    return this.#trace.copy().digest('hex');
  }
}
