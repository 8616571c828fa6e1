/**
 * A hub that shows some of its clinics a second history: from some moment on it answers them out of a copy of its database, which goes its
 * own way, until the region is healed and all of them are shown the same one again. They are so few that the others are a quorum.
 */
import { equalBytes } from '../../shared/encoding/bytes.ts';
import { quorumOf } from '../../shared/ledger/checkpoint.ts';
import type { Region } from '../../shared/ledger/founding.ts';
import { cosignersFrom } from './heard-at-hub.ts';
import type { SimulatedDesk } from './simulated-desk.ts';
import { type Asked, type HubAnswer, SimulatedHub, type SimulatedHubOptions } from './simulated-hub.ts';
import { type Check, SlowLedger } from './slow-ledger.ts';
import { VirtualDisk } from './virtual-disk.ts';
import { Violation, type World } from './world.ts';

/**
 * Who has a block of the other history calls the hub a liar by one of these; who only had its receipt or word, too. A hub that is
 * shown what it signed in the other history says of itself that it was restored and went on without it: it is named as it calls itself.
 */
const NOTICED =
  /^sync\.(?:split-view|rollback|root-mismatch|effects-mismatch|blocks-missing|block-invalid|hub-restored|withheld|receipt-\w+)$/;

interface ForkOptions {
  readonly world: World;
  readonly region: Region;
  readonly check: Check;
  readonly desks: readonly SimulatedDesk[];
  /** The history that stays, and the hub that shows it. */
  readonly truth: SlowLedger;
  readonly hub: SimulatedHub;
  readonly hubOptions: Omit<SimulatedHubOptions, 'storage' | 'onHead'>;
  tell(desk: SimulatedDesk): void;
}

export class ForkedHub {
  readonly #options: ForkOptions;
  readonly #storage: VirtualDisk;
  readonly #hub: SimulatedHub;
  readonly #victims: ReadonlySet<SimulatedDesk>;
  /** What it shows its victims. */
  readonly #shown: SlowLedger;
  /** Who has cosigned what it shows them, by size. */
  readonly #cosigned = new Map<number, Set<number>>();
  readonly caught = new Set<SimulatedDesk>();
  #isActive = false;
  #hasBegun = false;

  constructor(options: ForkOptions) {
    const { world, region, check, desks, hubOptions, tell } = options;
    this.#options = options;
    this.#storage = new VirtualDisk(world.stir);
    this.#shown = new SlowLedger(region, check);
    const first = world.random.below(desks.length);
    const count = world.random.between(1, desks.length - quorumOf(desks.length));
    this.#victims = new Set(Array.from({ length: count }, (_, at) => desks[(first + at) % desks.length] as SimulatedDesk));
    this.#hub = new SimulatedHub({
      ...hubOptions,
      storage: this.#storage,
      onHead: () => this.#victims.forEach((desk) => void tell(desk)),
    });
    world.later(world.random.between(2_000, 50_000), 'the hub begins to show two histories', () => this.#begin());
  }

  #begin(): void {
    const { world, hub, truth } = this.#options;
    const { storage } = hub;
    if (this.#hasBegun || !hub.isUp || !(storage instanceof VirtualDisk)) return;
    this.#hasBegun = true;
    this.#isActive = true;
    this.#storage.restore(storage.image());
    for (const { sealed } of truth.blocks) this.#shown.append(sealed);
    world.background(this.#hub.start());
  }

  /** From here on everybody is shown the same. */
  end(): void {
    this.#hasBegun ||= !this.#isActive;
    this.#isActive = false;
    this.#hub.crash();
  }

  async close(): Promise<void> {
    await this.#storage.close();
  }

  /** What a victim is answered; undefined for who is shown the history that stays. */
  ask(desk: SimulatedDesk, device: string, asked: Asked): { answer: Promise<HubAnswer> | undefined } | undefined {
    if (!this.#isActive || !this.#victims.has(desk)) return undefined;
    if (asked.operation === 'Cosign' && this.#hub.isUp) {
      const size = Number(asked.variables.size);
      this.#cosigned.set(size, (this.#cosigned.get(size) ?? new Set()).add(desk.options.index));
    }
    return { answer: this.#hub.ask(device, asked) };
  }

  /** Whether what this desk was told may be of the other history. */
  hasDeceived(desk: SimulatedDesk): boolean {
    return this.#hasBegun && this.#victims.has(desk);
  }

  /** Takes in what it has committed. */
  async follow(): Promise<void> {
    if (!this.#isActive || !this.#hub.isUp || this.#hub.size <= this.#shown.size) return;
    const sql = 'SELECT bytes FROM block WHERE position >= ? ORDER BY position';
    for (const { bytes } of await this.#storage.look<{ bytes: Buffer }>(sql, this.#shown.size)) this.#shown.append(bytes);
  }

  /** Blocks that both histories begin with. */
  get #common(): number {
    const { blocks } = this.#options.truth;
    const parts = this.#shown.blocks.findIndex(({ hash }, at) => !equalBytes(hash, blocks[at]?.hash ?? new Uint8Array(0)));
    return parts < 0 ? this.#shown.size : parts;
  }

  /** The history that a desk has on its disk. */
  async truthOf(desk: SimulatedDesk): Promise<SlowLedger> {
    const other = this.#shown.blocks[this.#common];
    if (!this.hasDeceived(desk) || !other) return this.#options.truth;
    const [row] = await desk.storage.look<{ hash: Buffer }>('SELECT hash FROM block WHERE position = ?', this.#common);
    return row && equalBytes(row.hash, other.hash) ? this.#shown : this.#options.truth;
  }

  /**
   * Who has cosigned what this desk follows, as far as can be told.
   * @param others who cosigned that size or a larger one of the history that stays
   */
  cosigners(desk: SimulatedDesk, size: number, others: ReadonlySet<number>): ReadonlySet<number> {
    if (!this.hasDeceived(desk)) return others;
    const here = cosignersFrom(size, this.#cosigned);
    if (size <= this.#common) return new Set([...here, ...others]);
    return this.#isActive || here.size > others.size ? here : others;
  }

  /** @throws {Violation} when somebody stopped for another reason than that there are two histories. */
  look(desk: SimulatedDesk): void {
    const { state } = desk;
    if (state?.connection !== 'STOPPED' || !this.hasDeceived(desk) || this.caught.has(desk)) return;
    const code = state.problem?.code ?? '';
    if (!NOTICED.test(code))
      throw new Violation('the liar is caught', `${desk.name} was shown another history and calls it ${code}`);
    this.#options.world.note(`${desk.name} caught the hub: ${code}`);
    this.caught.add(desk);
  }

  /** What says that there are two ledgers is kept as a file that anybody can judge. */
  async checkEvidence(desk: SimulatedDesk): Promise<void> {
    const kept = await desk.storage.look<{ code: string; file: string | null }>(
      "SELECT code, file FROM evidence WHERE stops = 1 AND code IN ('sync.split-view', 'sync.hub-restored')",
    );
    const without = kept.find(({ file }) => file === null);
    if (without)
      throw new Violation('the liar is caught', `${desk.name} says ${without.code} and has kept nothing that shows it`);
  }

  /** Who has the other history on its disk has stopped; who never got a block of it is free to go on as it can. */
  async isAtRest(desk: SimulatedDesk): Promise<boolean> {
    return desk.state?.connection === 'STOPPED' || (await this.truthOf(desk)) === this.#options.truth;
  }
}
