/**
 * A hub that lies in one way to one clinic or to all, from some moment on until the region is healed. Whoever hears the lie must
 * say so by its name, or not have made anything of it.
 */
import { sign } from '../../server/vault/primitives.ts';
import { signCheckpoint } from '../../shared/ledger/checkpoint.ts';
import type { Failure } from '../../shared/outcome/failure.ts';
import { hash } from '../support/ledger-builder.ts';
import { LIES, type Lie } from './lies.ts';
import { HUB_KEYS } from './region.ts';
import type { SimulatedDesk } from './simulated-desk.ts';
import { type Asked, bytesOfAnswer, type HubAnswer } from './simulated-hub.ts';
import type { SlowLedger } from './slow-ledger.ts';
import { Violation, type World } from './world.ts';

/** A line that broke before the lie could be looked at. */
const UNDECIDED = /^(?:sync\.hub-unreachable|hub\.|relay\.)/;

export class LyingHub {
  readonly name: string;
  readonly #lie: Lie;
  readonly #world: World;
  readonly #truth: SlowLedger;
  readonly #region: Uint8Array;
  readonly #victims: ReadonlySet<SimulatedDesk>;
  readonly #lies = new WeakSet<Buffer>();
  /** Who has heard a lie and not said anything yet, with the problem that it had before. */
  readonly #deceived = new Map<SimulatedDesk, Failure | undefined>();
  /** Desks that died after they had heard a lie. */
  readonly #died = new Set<SimulatedDesk>();
  /** Desks that have stopped because they caught it. */
  readonly caught = new Set<SimulatedDesk>();
  #isActive = false;
  #isOver = false;

  /** @param name of the lie; chosen by the seed when left out. */
  constructor(world: World, truth: SlowLedger, region: Uint8Array, desks: readonly SimulatedDesk[], name?: string) {
    const { random } = world;
    this.#world = world;
    this.#truth = truth;
    this.#region = region;
    this.name = name ?? random.pick(Object.keys(LIES));
    this.#lie = LIES[this.name] as Lie;
    this.#victims = new Set(random.chance(0.6) ? [random.pick(desks)] : desks);
    world.later(random.between(2_000, 50_000), `the hub begins to lie: ${this.name}`, () => {
      this.#isActive = !this.#isOver;
    });
  }

  /** From here on it is honest, also when it had not begun to lie yet. */
  end(): void {
    this.#isOver = true;
    this.#isActive = false;
  }

  /** What is sent instead of an honest answer. */
  bytes(desk: SimulatedDesk, asked: Asked, answer: HubAnswer): Buffer {
    const honest = bytesOfAnswer(answer);
    const lie = this.#lie;
    if (!this.#isActive || asked.operation !== lie.operation || 'failure' in answer || !this.#victims.has(desk)) return honest;
    const { size } = this.#truth;
    const told = lie.tell(answer.data, asked, {
      random: this.#world.random,
      region: this.#region,
      head: this.#headAt(size),
      replicaSize: desk.state?.replicaSize ?? 0,
      noteAt: (at) => this.#noteAt(at),
    });
    if (!told) return honest;
    const bytes = Buffer.isBuffer(told) ? told : Buffer.from(JSON.stringify({ data: told }));
    if (bytes.equals(honest)) return honest;
    this.#world.note(`the hub lies to ${desk.name}: ${this.name}`);
    this.#lies.add(bytes);
    return bytes;
  }

  #headAt(size: number) {
    return { size, root: this.#truth.rootAt(size), effects: this.#truth.effectsAt(size) };
  }

  #noteAt(size: number): string {
    const { hubKey } = HUB_KEYS;
    return signCheckpoint(hash, this.#region, this.#headAt(size), hubKey.publicKey, (message) => sign(hubKey, message)).note;
  }

  /** An answer has reached a desk. */
  heard(desk: SimulatedDesk, bytes: Buffer): void {
    if (this.#lies.has(bytes)) this.#deceived.set(desk, desk.state?.problem);
  }

  /** Looks at what a desk says after a step. @throws {Violation} when it names something else than the lie. */
  look(desk: SimulatedDesk): void {
    const { state } = desk;
    const problem = state?.problem;
    if (this.#died.has(desk) && state?.connection === 'STOPPED' && problem && this.#lie.noticed.test(problem.code)) {
      this.#died.delete(desk);
      this.#world.note(`${desk.name} remembers what it caught the hub at: ${problem.code}`);
      this.caught.add(desk);
      return;
    }
    if (!this.#deceived.has(desk) || !problem || problem === this.#deceived.get(desk)) return;
    this.#deceived.delete(desk);
    if (this.#lie.noticed.test(problem.code)) {
      this.#world.note(`${desk.name} caught the hub: ${problem.code}`);
      if (state.connection === 'STOPPED') this.caught.add(desk);
    } else if (!UNDECIDED.test(problem.code)) {
      throw new Violation('the liar is caught', `${desk.name} heard the lie "${this.name}" and calls it ${problem.code}`);
    }
  }

  /** A desk ended a round without any problem. @throws {Violation} when it had heard a lie in it. */
  believed(desk: SimulatedDesk): void {
    if (!this.#deceived.has(desk)) return;
    throw new Violation('the liar is caught', `${desk.name} heard the lie "${this.name}" and went on as if nothing were wrong`);
  }

  /** What a process knew goes with it, but for what it had kept of a lie before it was on any screen. */
  forget(desk: SimulatedDesk): void {
    if (this.#deceived.delete(desk)) this.#died.add(desk);
  }
}
