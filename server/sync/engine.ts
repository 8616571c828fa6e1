/**
 * Keeps this device and its hub together: a round whenever the hub has a new head, something here waits, or it is time; longer and
 * longer waits while the hub is away; and no round at all after the hub was caught, until a person answers for it.
 */
import type { Checkpoint, Cosigned } from '../../shared/ledger/checkpoint.ts';
import { asFailure } from '../../shared/outcome/failure.ts';
import { Turns } from '../../shared/outcome/turns.ts';
import { type EngineOutside, type HubPlace, OUTSIDE } from './engine-outside.ts';
import type { EngineState } from './engine-state.ts';
import { stopsSync } from './evidence/caught.ts';
import type { HubClient } from './hub-client.ts';
import { type RoundOptions, SyncRound } from './sync-round.ts';
import { Waking } from './waking.ts';
import type { RegionPolicies } from './witness/region-policies.ts';

interface EngineOptions extends RoundOptions {
  readonly hub: HubPlace;
  /** Left out: TLS and the clock on the wall. */
  readonly outside?: EngineOutside;
}

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 60_000;
/** Without a word from the subscription, look by oneself this often. */
const LOOK_EVERY = 15_000;

export class SyncEngine {
  readonly #options: EngineOptions;
  readonly #outside: EngineOutside;
  readonly #round: SyncRound;
  readonly #waking: Waking;
  #client: HubClient | undefined;
  #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();
  /** Rounds take turns: what a person or a script asks for does not run into the one that is under way. */
  readonly #turns = new Turns();

  private constructor(options: EngineOptions, outside: EngineOutside, round: SyncRound) {
    this.#options = options;
    this.#outside = outside;
    this.#round = round;
    this.#waking = new Waking((milliseconds, then) => outside.later(milliseconds, then));
  }

  static async open(options: EngineOptions): Promise<SyncEngine> {
    const outside = options.outside ?? OUTSIDE;
    const round = await SyncRound.open(options, {
      connect: () => engine.#connect(),
      wake: () => engine.wake(),
      later: (milliseconds, then) => void outside.later(milliseconds, then),
      stopping: () => engine.#stop.signal,
    });
    const engine: SyncEngine = new SyncEngine(options, outside, round);
    return engine;
  }

  get state(): EngineState {
    return this.#round.state;
  }

  get checkpoint(): Checkpoint | undefined {
    return this.#round.checkpoint;
  }

  /** As in `SyncRound`. */
  get cosigners(): Cosigned[] {
    return this.#round.cosigners;
  }

  /** As in `SyncRound`. */
  get policies(): RegionPolicies {
    return this.#round.policies;
  }

  /** Begins to follow the hub, in the background. */
  start(): void {
    this.#stop = new AbortController();
    this.#running = this.#loop(this.#stop.signal);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#waking.wake();
    this.#client?.close();
    await this.#running;
    await this.#round.audited();
  }

  /** Something waits to be sent, or a person asks: look now. */
  wake(): void {
    this.#waking.wake();
    // The hub may be out of reach: what waits is said all the same.
    void this.#round.count().catch(() => undefined);
  }

  /** A person has seen an alarm. `staff`: the person's id. */
  acknowledge(id: number, staff: string): Promise<void> {
    return this.#round.trust.acknowledge(id, staff);
  }

  /** A person answers for syncing with this hub again; if it still lies, it is caught again. */
  async resume(staff: string): Promise<void> {
    await this.#round.trust.resolve(staff);
    await this.stop();
    this.#client = undefined;
    this.#round.set({ connection: 'OFFLINE', problem: undefined });
    this.start();
  }

  /**
   * A person answers for following a hub that was restored and went on without blocks that are here: this replica goes back to what
   * both have, and own acts behind that are sent again.
   * @throws {Failure} `sync.not-restored` when the hub says nothing of the kind.
   */
  async followRestored(staff: string): Promise<void> {
    await this.stop();
    try {
      await this.#turns.take(() => this.#round.goBack(this.#connect()));
    } catch (error) {
      this.#client = undefined;
      if (!this.#round.trust.caught) this.start();
      throw error;
    }
    await this.resume(staff);
  }

  /** Takes in the ledger from `hub`, which may be a file, in turn with the rounds; nothing is sent. */
  takeIn(hub: HubClient): Promise<void> {
    return this.#turns.take(() => this.#round.takeIn(hub));
  }

  /** One whole round, for scripts: throws what went wrong instead of trying again later. */
  async once(): Promise<void> {
    const client = this.#connect();
    await this.#runRound(client);
    await this.#round.audited();
    await this.#runRound(client);
  }

  #connect(): HubClient {
    if (this.#client) return this.#client;
    this.#client = this.#outside.connect(this.#options.hub);
    this.#client.onDate = (date) => this.#round.noteClock(date);
    return this.#client;
  }

  async #loop(signal: AbortSignal): Promise<void> {
    let wait = FIRST_WAIT;
    const following = this.#outside.follow(this.#options.hub, () => this.wake(), signal);
    while (!signal.aborted) {
      try {
        if (this.#round.state.connection === 'OFFLINE') this.#round.set({ connection: 'CONNECTING' });
        await this.#runRound(this.#connect());
        wait = FIRST_WAIT;
        await this.#waking.sleep(LOOK_EVERY, signal);
      } catch (error) {
        if (signal.aborted) break;
        const problem = asFailure(error);
        if (stopsSync(problem)) {
          this.#round.set({ connection: 'STOPPED', problem, nextAttempt: undefined });
          await this.#stayStopped(signal);
          break;
        }
        await this.#round.count().catch(() => undefined);
        await this.#round.watchFreeze(false).catch(() => undefined);
        this.#round.set({ connection: 'OFFLINE', problem, nextAttempt: this.#options.clock() + wait });
        // What ends every round here, such as a row that was altered on this disk, is not the network's fault: somebody should see it.
        if (problem.code.startsWith('storage.')) await this.#round.tell(this.#connect()).catch(() => undefined);
        await this.#waking.sleep(wait, signal);
        wait = Math.min(LONGEST_WAIT, wait * 2);
      }
    }
    following();
  }

  /**
   * Until a person answers for going on, nothing but how this device is. Who was caught may not be who answers now: the hub's
   * administrators hear of it as soon as an honest process does.
   */
  async #stayStopped(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#waking.heed();
      await this.#round.tell(this.#connect()).catch(() => undefined);
      await this.#waking.sleep(LOOK_EVERY, signal);
    }
  }

  #runRound(client: HubClient): Promise<void> {
    return this.#turns.take(() => {
      this.#waking.heed();
      return this.#round.run(client);
    });
  }
}
