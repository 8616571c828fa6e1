/**
 * The disk is looked at all the time, calmly: a slice of some milliseconds, then a pause of twenty times as long, and a day's rest after
 * each whole look. It goes on where it stopped, also after a restart. What it finds is shown until a whole look finds nothing.
 */
import { utf8 } from '../../../shared/encoding/bytes.ts';
import type { Rules } from '../../../shared/ledger/rules.ts';
import { asFailure } from '../../../shared/outcome/failure.ts';
import { readSetting } from '../../sync/clinic.store.ts';
import { writeSetting } from '../../sync/clinic-writes.store.ts';
import { makeAnew } from '../../sync/go-back.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { verifySignature } from '../../vault/primitives.ts';
import type { Installation } from '../installation.ts';
import { PARTS, type Part, type Slice } from './parts.ts';

const SETTING = 'disk-check';
const ORDER = Object.keys(PARTS) as Part[];
/** What is folded out of the blocks, and can be again. */
const MADE_OF_BLOCKS: readonly Part[] = ['STATE', 'TREE'];

const CALM = 20;
const SHORTEST_PAUSE_MS = 100;
const FIRST_MS = 60_000;
const REST_MS = 24 * 3_600_000;
/** How often it is written down how far this has got. */
const NOTE_MS = 60_000;

/** How many faults there are in each part that has some. */
export type Faults = Readonly<Partial<Record<Part, number>>>;

interface Progress {
  readonly part: Part;
  readonly place: string;
  /** Of the look that goes on. */
  readonly found: Faults;
  /** The newest whole look. */
  readonly last?: { readonly at: number; readonly found: Faults } | undefined;
}

const BEGINNING = { part: 'FILE', place: '', found: {} } as const;

export interface DiskCheckOptions {
  readonly installation: Installation;
  readonly rules: Rules;
  readonly clock: () => number;
  onChange(): void;
}

export class DiskCheck {
  readonly #options: DiskCheckOptions;
  #progress: Progress = BEGINNING;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #noted = 0;
  #stopped = false;

  constructor(options: DiskCheckOptions) {
    this.#options = options;
  }

  /**
   * Goes on where it stopped. State rows and tree nodes that it had found altered are made anew from the blocks first, before anybody
   * works with them: that takes up to a minute for a million events.
   */
  async start(): Promise<void> {
    this.#progress = await this.#read();
    if (MADE_OF_BLOCKS.some((part) => this.faults[part])) await this.#mend();
    this.#after(FIRST_MS);
  }

  /** When the newest whole look at the disk ended. */
  get finishedAt(): number | undefined {
    return this.#progress.last?.at;
  }

  /** What the newest whole look found and what the one that goes on has found already. */
  get faults(): Faults {
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
  async finish(): Promise<Faults> {
    while (!(await this.#look()));
    return this.faults;
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
    const { installation, clock, onChange } = this.#options;
    const { part, place, found, last } = this.#progress;
    const { faults, next } = await installation.database
      .snapshot((read) => PARTS[part](read, place, installation))
      .catch(unreadable);
    const sum = faults > 0 ? { ...found, [part]: (found[part] ?? 0) + faults } : found;
    const following = ORDER[ORDER.indexOf(part) + 1];
    const isWhole = next === undefined && following === undefined;
    if (next !== undefined) this.#progress = { part, place: next, found: sum, last };
    else if (following) this.#progress = { part: following, place: '', found: sum, last };
    else this.#progress = { ...BEGINNING, last: { at: clock(), found: sum } };
    if (isWhole || faults > 0 || clock() - this.#noted > NOTE_MS) await this.#note();
    if (isWhole || faults > 0) onChange();
    return isWhole;
  }

  async #mend(): Promise<void> {
    const { installation, rules } = this.#options;
    const { region } = installation;
    if (!region) return;
    try {
      await installation.database.write((transaction) =>
        makeAnew(transaction, { hash: hashParts, verify: verifySignature, rules, region }),
      );
      const { last } = this.#progress;
      this.#progress = { ...BEGINNING, last: last && { at: last.at, found: withoutMended(last.found) } };
      await this.#note();
    } catch {
      // The faults stay, and with them what to do.
    }
  }

  async #read(): Promise<Progress> {
    const text = await readSetting(this.#options.installation.database.read, SETTING);
    try {
      const read = text && (JSON.parse(text.toString('utf8')) as Progress);
      return read && ORDER.includes(read.part) ? read : BEGINNING;
    } catch {
      return BEGINNING;
    }
  }

  async #note(): Promise<void> {
    this.#noted = this.#options.clock();
    await this.#options.installation.database.write((transaction) =>
      writeSetting(transaction, SETTING, utf8(JSON.stringify(this.#progress))),
    );
  }
}

const withoutMended = (faults: Faults): Faults =>
  Object.fromEntries(Object.entries(faults).filter(([part]) => !MADE_OF_BLOCKS.includes(part as Part)));

/** A page that SQLite cannot read is a fault of its own, and the part behind it is left out. */
function unreadable(error: unknown): Slice {
  if (asFailure(error).code !== 'storage.corrupt') throw error;
  return { faults: 1, next: undefined };
}
