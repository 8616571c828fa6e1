/** The wire between desks and hub: real requests as bytes, and everything that a wire may do to them. */
import { HubClient } from '../../server/sync/hub-client.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { World } from './world.ts';

/** How likely each mishap is for one message. */
interface Weather {
  readonly drop: number;
  readonly duplicate: number;
  /** An answer whose end never comes. */
  readonly cut: number;
  /** A message that takes as long as many others: what comes after it overtakes. */
  readonly slow: number;
}

export const CALM: Weather = { drop: 0, duplicate: 0, cut: 0, slow: 0 };
const TIMEOUT_MS = 30_000;

interface Traveller {
  /** Number of the desk. */
  readonly desk: number;
  readonly name: string;
}

/** What stands at the other end. Undefined: nobody is there, or will ever answer. */
type Answering = (desk: number, body: Buffer) => Promise<Buffer> | undefined;

export class VirtualNetwork {
  readonly #world: World;
  weather: Weather = CALM;
  /** Desks that reach nobody. */
  readonly partitioned = new Set<number>();
  answering: Answering = () => undefined;
  /** Hears of each answer that a process took in. */
  onHeard: (who: Traveller, answer: Buffer) => void = () => undefined;

  constructor(world: World) {
    this.#world = world;
  }

  #travel(): number {
    const { random } = this.#world;
    return random.chance(this.weather.slow) ? random.between(1_000, 40_000) : random.between(5, 300);
  }

  #isLost(desk: number): boolean {
    return this.partitioned.has(desk) || this.#world.random.chance(this.weather.drop);
  }

  /** Sends a request; resolves with its answer, or fails as a line does. */
  ask(who: Traveller, body: Buffer): Promise<Buffer> {
    const { random } = this.#world;
    const operation = /"operationName":"(\w+)"/.exec(body.subarray(0, 60).toString('latin1'))?.[1] ?? '?';
    const name = `${who.name} ${operation}`;
    return new Promise<Buffer>((resolve, reject) => {
      const late = this.#world.later(TIMEOUT_MS, `${name}: no answer`, () => reject(unreachable('no answer within 30 seconds')));
      const deliver = (): void => {
        const isLost = this.#isLost(who.desk);
        if (isLost) this.#world.note(`${name}: lost`);
        const answer = isLost ? undefined : this.answering(who.desk, body);
        if (!answer) return;
        this.#world.background(
          answer.then((bytes) => {
            this.#world.stir();
            if (this.#isLost(who.desk)) return this.#world.note(`${name}: answer lost`);
            const isCut = random.chance(this.weather.cut);
            this.#world.later(this.#travel(), `${name}: ${isCut ? 'answer cut' : 'answered'}`, () => {
              late();
              if (isCut) reject(unreachable('the answer was cut short'));
              else resolve(bytes);
            });
          }),
        );
      };
      this.#world.later(this.#travel(), `${name}: arrives`, deliver);
      if (random.chance(this.weather.duplicate)) this.#world.later(this.#travel(), `${name}: arrives again`, deliver);
    });
  }

  /** A word that nobody waits for. */
  tell(who: Traveller, word: string, hear: () => void): void {
    this.#world.later(this.#travel(), `${who.name} hears ${word}`, () => {
      if (!this.#isLost(who.desk)) hear();
    });
  }
}

function unreachable(why: string): Failure {
  return new Failure('sync.hub-unreachable', `The hub cannot be reached: ${why}.`, { retry: true });
}

/** The program's client, whose bytes go over the virtual wire. */
export class VirtualHubClient extends HubClient {
  readonly #network: VirtualNetwork;
  readonly #who: Traveller;
  readonly #isGone: () => boolean;
  readonly #asking = new Set<(error: unknown) => void>();

  /** @param isGone whether the process that asks has ended: it sends nothing more, and hears nothing. */
  constructor(network: VirtualNetwork, who: Traveller, isGone: () => boolean) {
    super('https://hub.simulated', { authority: '' });
    this.#network = network;
    this.#who = who;
    this.#isGone = isGone;
  }

  /** Nobody looks for one here. */
  protected override newTrace(): string {
    return '1'.repeat(32);
  }

  protected override post(_path: string, body: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      if (this.#isGone()) return;
      const heard =
        <T>(hear: (what: T) => void) =>
        (what: T): void => {
          this.#asking.delete(reject);
          if (!this.#isGone()) hear(what);
        };
      this.#asking.add(reject);
      const answered = (answer: Buffer): void => {
        this.#network.onHeard(this.#who, answer);
        resolve(answer);
      };
      this.#network.ask(this.#who, body).then(heard(answered), heard(reject));
    });
  }

  override close(): void {
    super.close();
    for (const reject of this.#asking) reject(unreachable('the client was closed'));
  }
}
