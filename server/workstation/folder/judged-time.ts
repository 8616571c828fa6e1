/**
 * The time by which this computer judges what has ended. It never goes back: a clock that is set back revives nothing, not after a restart
 * either. Only the region's witnesses correct a clock that was ahead.
 */
import { fromUtf8, utf8 } from '../../../shared/encoding/bytes.ts';
import { Turns } from '../../../shared/outcome/turns.ts';
import type { Database } from '../../storage/database.ts';
import { hasBlockUnder, newestBlock, readSetting } from '../../sync/clinic.store.ts';
import { writeSetting } from '../../sync/clinic-writes.store.ts';
import type { Witnessed } from '../../sync/witness/witnessed.ts';

/** Name of the setting with the time up to which was judged, and the newest block that this device had written by then. */
const JUDGED = 'judged';
/** Judged time is kept in steps: one write for each while somebody works, rounded up, so that no crash takes any of it back. */
const STEP_MS = 15_000;
/** By how much a clock has to have been ahead before the witnesses correct what was judged by it. */
const AHEAD_MS = 600_000;

interface TimeGround {
  readonly database: () => Pick<Database, 'read' | 'write'>;
  /** Milliseconds since 1970, as this computer's clock has it; anybody may set it. */
  readonly clock: () => number;
  /** Milliseconds that have passed, which nobody sets. */
  readonly uptime: () => number;
  /** The newest checkpoint that the quorum has cosigned. */
  readonly witnessed: () => Witnessed;
}

interface WitnessedState {
  readonly witnessedSize: number;
  readonly witnessedAt: number | undefined;
}

/** @param sync this computer's, which hears what the region has witnessed */
export const judgedTime = (
  installation: { readonly database: Database },
  sync: { readonly state: WitnessedState | undefined },
  clock: () => number,
): JudgedTime =>
  new JudgedTime({
    database: () => installation.database,
    clock,
    uptime: () => performance.now(),
    witnessed: () => ({ size: sync.state?.witnessedSize ?? 0, at: sync.state?.witnessedAt }),
  });

interface Kept {
  readonly time: number;
  /** Sequence of a block: those written later are younger than the mark. */
  readonly block: number;
}

export class JudgedTime {
  readonly #ground: TimeGround;
  #vouched = { time: 0, since: 0 };
  #latest = 0;
  #kept: Kept | undefined;
  readonly #turns = new Turns();

  constructor(ground: TimeGround) {
    this.#ground = ground;
  }

  /**
   * Milliseconds since 1970 that have passed for certain: the newest witnessed time and what has run here since it came. Keys are destroyed by
   * it, since no wrong clock moves it. 0 before the first.
   */
  vouched(): number {
    const uptime = this.#ground.uptime();
    const witnessed = this.#ground.witnessed().at ?? 0;
    const { time, since } = this.#vouched;
    const running = time === 0 ? 0 : time + uptime - since;
    if (witnessed <= running) return running;
    this.#vouched = { time: witnessed, since: uptime };
    return witnessed;
  }

  /**
   * The latest of the clock, the vouched time and all that was judged by before; durable when it resolves. Before a region has witnessed
   * anything there is nobody who could correct a wrong clock, so the clock alone counts. @throws {Failure} storage failures.
   */
  now(): Promise<number> {
    return this.#turns.take(() => this.#judge());
  }

  async #judge(): Promise<number> {
    // What is kept is rounded up, so it counts only once this process does not know better.
    if (!this.#kept) {
      this.#kept = await this.#read();
      this.#latest = this.#kept.time;
    }
    const here = Math.max(this.#ground.clock(), this.vouched());
    if (this.vouched() === 0 && this.#kept.time === 0) return here;
    if (this.#latest - here > AHEAD_MS && (await this.#isCorrected(this.#kept.block))) {
      this.#latest = here;
      this.#kept = await this.#keep(here);
    }
    this.#latest = Math.max(this.#latest, here);
    if (this.#latest > this.#kept.time) this.#kept = await this.#keep(this.#latest);
    return this.#latest;
  }

  /**
   * Whether the witnesses have cosigned a block that this device wrote after it had judged by that time: then the time of their checkpoint
   * is later than the mark truly was, and what the mark has beyond it never was. An older checkpoint that comes late has no such block.
   */
  #isCorrected(block: number): Promise<boolean> {
    return hasBlockUnder(this.#ground.database().read, block, this.#ground.witnessed().size);
  }

  async #read(): Promise<Kept> {
    const text = await readSetting(this.#ground.database().read, JUDGED);
    const [time = 0, block = 0] = text ? fromUtf8(text).split(' ').map(Number) : [];
    return { time, block };
  }

  async #keep(latest: number): Promise<Kept> {
    const database = this.#ground.database();
    const kept = { time: Math.ceil(latest / STEP_MS) * STEP_MS, block: await newestBlock(database.read) };
    await database.write((transaction) => writeSetting(transaction, JUDGED, utf8(`${kept.time} ${kept.block}`)), { group: true });
    return kept;
  }
}
