/**
 * The disk is looked at all the time, calmly: a slice of some milliseconds, then a pause of twenty times as long, and a day's rest after
 * each whole look. It goes on where it stopped, also after a restart. What it finds is shown until a whole look finds nothing. A desk, a
 * kiosk and a hub each say what they look at.
 */
import { asFailure } from '../../../shared/outcome/failure.ts';
import type { Database, Queryable, ReadConnection, WriteTransaction } from '../../storage/database.ts';

const CALM = 20;
const SHORTEST_PAUSE_MS = 100;
const FIRST_MS = 60_000;
const REST_MS = 24 * 3_600_000;
/** How often it is written down how far this has got. */
const NOTE_MS = 60_000;

/** One look: how many things were not as they should be, and where to go on; undefined at the end of the part. */
export interface Slice {
  readonly faults: number;
  readonly next: string | undefined;
  /** What is asked of another place, once the moment that was read is let go of; gives how many things more are not as they should be. */
  readonly elsewhere?: (() => Promise<number>) | undefined;
}

/** @param place where the slice before ended; empty at the beginning of the part */
export type Look = (read: ReadConnection, place: string) => Promise<Slice>;

/** How many faults there are in each part that has some. */
export type Faults<Part extends string = string> = Readonly<Partial<Record<Part, number>>>;

const NOTHING: Faults<never> = {};

interface Progress<Part extends string> {
  readonly part: Part;
  readonly place: string;
  /** Of the look that goes on. */
  readonly found: Faults<Part>;
  /** The newest whole look. */
  readonly last?: { readonly at: number; readonly found: Faults<Part> } | undefined;
}

interface DiskCheckOptions<Part extends string> {
  /** The one that is open now: a restore puts another in its place. */
  database(): Database;
  /** By their names, in the order in which they are looked at. */
  readonly parts: Readonly<Record<Part, Look>>;
  /** Where the database keeps how far this has got. */
  readonly notes: {
    read(connection: Queryable): Promise<string | undefined>;
    write(transaction: WriteTransaction, note: string): Promise<void>;
  };
  /** Parts that can be made anew out of others, and how. */
  readonly mend?: { readonly parts: readonly Part[]; run(transaction: WriteTransaction): Promise<void> } | undefined;
  readonly clock: () => number;
  /** Other processes look at the same database: each goes on where the last slice of any of them ended. */
  readonly isShared?: boolean | undefined;
  onChange(): void;
}

export class DiskCheck<Part extends string = string> {
  readonly #options: DiskCheckOptions<Part>;
  readonly #order: readonly Part[];
  #progress: Progress<Part>;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #noted = 0;
  #stopped = false;

  constructor(options: DiskCheckOptions<Part>) {
    this.#options = options;
    this.#order = Object.keys(options.parts) as Part[];
    this.#progress = this.#beginning;
  }

  /**
   * Goes on where it stopped. What it had found altered and can be made anew is, before anybody works with it: that takes up to a minute
   * for a million events.
   */
  async start(): Promise<void> {
    this.#progress = await this.#read();
    if (this.#options.mend?.parts.some((part) => this.faults[part])) await this.#mend();
    this.#after(FIRST_MS);
  }

  /** When the newest whole look at the disk ended. */
  get finishedAt(): number | undefined {
    return this.#progress.last?.at;
  }

  /** What the newest whole look found and what the one that goes on has found already. */
  get faults(): Faults<Part> {
    return { ...this.#progress.last?.found, ...this.#progress.found };
  }

  /** Whether anything is not as it was written. */
  get isAltered(): boolean {
    return Object.keys(this.faults).length > 0;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  /** The rest of a whole look at once, without pauses. */
  async finish(): Promise<Faults<Part>> {
    while (!(await this.#look()));
    return this.faults;
  }

  get #beginning(): Progress<Part> {
    return { part: this.#order[0] as Part, place: '', found: NOTHING };
  }

  #after(pause: number): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#running = this.#turn();
    }, pause).unref();
  }

  async #turn(): Promise<void> {
    const begin = performance.now();
    try {
      const isWhole = await this.#look();
      this.#after(isWhole ? REST_MS : Math.max(SHORTEST_PAUSE_MS, CALM * (performance.now() - begin)));
    } catch {
      // The folder is being restored, or its disk refuses just now: whoever works with it hears of that.
      this.#after(FIRST_MS);
    }
  }

  /** One slice; true at the end of a whole look. */
  async #look(): Promise<boolean> {
    const { database, parts, clock, isShared = false, onChange } = this.#options;
    if (isShared) this.#progress = await this.#read();
    const { part, place, found, last } = this.#progress;
    const slice = await database()
      .snapshot((read) => parts[part](read, place))
      .catch(unreadable);
    const { next } = slice;
    const faults = slice.faults + ((await slice.elsewhere?.()) ?? 0);
    const sum = faults > 0 ? { ...found, [part]: (found[part] ?? 0) + faults } : found;
    const following = this.#order[this.#order.indexOf(part) + 1];
    const isWhole = next === undefined && following === undefined;
    if (next !== undefined) this.#progress = { part, place: next, found: sum, last };
    else if (following) this.#progress = { part: following, place: '', found: sum, last };
    else this.#progress = { ...this.#beginning, last: { at: clock(), found: sum } };
    if (isShared || isWhole || faults > 0 || clock() - this.#noted > NOTE_MS) await this.#note();
    if (isWhole || faults > 0) onChange();
    return isWhole;
  }

  async #mend(): Promise<void> {
    const { database, mend } = this.#options;
    if (!mend) return;
    try {
      await database().write((transaction) => mend.run(transaction));
      const { last } = this.#progress;
      this.#progress = { ...this.#beginning, last: last && { at: last.at, found: without(last.found, mend.parts) } };
      await this.#note();
    } catch {
      // The faults stay, and with them what to do.
    }
  }

  async #read(): Promise<Progress<Part>> {
    const { database, notes } = this.#options;
    const text = await notes.read(database().read);
    try {
      const read = text ? (JSON.parse(text) as Progress<Part>) : undefined;
      return read && this.#order.includes(read.part) ? read : this.#beginning;
    } catch {
      return this.#beginning;
    }
  }

  async #note(): Promise<void> {
    const { database, notes, clock } = this.#options;
    this.#noted = clock();
    await database().write((transaction) => notes.write(transaction, JSON.stringify(this.#progress)));
  }
}

/** What was noted, for who only wants to know. */
export function notedFaults(note: string | undefined): { readonly at: number | undefined; readonly faults: Faults } {
  const { found = {}, last }: Partial<Progress<string>> = note ? JSON.parse(note) : {};
  return { at: last?.at, faults: { ...last?.found, ...found } };
}

const without = <Part extends string>(faults: Faults<Part>, mended: readonly Part[]): Faults<Part> =>
  Object.fromEntries(Object.entries(faults).filter(([part]) => !mended.includes(part as Part))) as Faults<Part>;

/** A page that SQLite cannot read is a fault of its own, and the part behind it is left out. */
function unreadable(error: unknown): Slice {
  if (asFailure(error).code !== 'storage.corrupt') throw error;
  return { faults: 1, next: undefined };
}
