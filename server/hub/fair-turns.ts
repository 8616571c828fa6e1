/**
 * Whose request is worked on next: clinics take turns, and inside a clinic its devices, so that who asks for much waits behind themselves and
 * nobody else does. What waits has not been read yet: a flood fills the sockets of who sends it, not this process.
 */
import { Failure } from '../../shared/outcome/failure.ts';
import { FairQueue } from './fair-queue.ts';

/** Requests of one clinic, and of one device of it, that are worked on at once. */
const AT_ONCE_OF_CLINIC = 4;
const AT_ONCE_OF_DEVICE = 2;
/** Requests of one clinic that wait; more are told to come back. */
const WAITING_OF_CLINIC = 256;

/** Who asks: a device, and the clinic whose turn it takes. */
export interface Asking {
  readonly clinic: string;
  readonly device: string;
}

interface ClinicTurns {
  readonly queue: FairQueue<() => void>;
  waiting: number;
  running: number;
  readonly runningOfDevice: Map<string, number>;
}

export class FairTurns {
  /** Clinics with something that waits or runs; who has waited longest for a turn comes first. */
  readonly #clinics = new Map<string, ClinicTurns>();
  #isDealing = false;

  /**
   * Ends when the request's turn has come; what it gives is to be called once the request was answered.
   * @throws {Failure} `hub.busy` (retry) when too many of the clinic wait already.
   */
  async take({ clinic, device }: Asking): Promise<() => void> {
    const turns = this.#clinics.get(clinic) ?? {
      queue: new FairQueue<() => void>(),
      waiting: 0,
      running: 0,
      runningOfDevice: new Map<string, number>(),
    };
    if (turns.waiting >= WAITING_OF_CLINIC) throw BUSY;
    this.#clinics.set(clinic, turns);
    turns.waiting += 1;
    await new Promise<void>((begin) => {
      turns.queue.push(device, begin);
      this.#deal();
    });
    return () => this.#end(clinic, turns, device);
  }

  /** Lets one begin; the next one only after the event loop has had its turn, as answering may hold it for milliseconds. */
  #deal(): void {
    if (this.#isDealing) return;
    const begin = this.#next();
    if (!begin) return;
    this.#isDealing = true;
    begin();
    setImmediate(() => {
      this.#isDealing = false;
      this.#deal();
    });
  }

  #next(): (() => void) | undefined {
    for (const [clinic, turns] of this.#clinics) {
      if (turns.waiting === 0 || turns.running >= AT_ONCE_OF_CLINIC) continue;
      const { runningOfDevice } = turns;
      const taken = turns.queue.take((device) => (runningOfDevice.get(device) ?? 0) < AT_ONCE_OF_DEVICE);
      if (!taken) continue;
      turns.waiting -= 1;
      turns.running += 1;
      runningOfDevice.set(taken.owner, (runningOfDevice.get(taken.owner) ?? 0) + 1);
      this.#clinics.delete(clinic);
      this.#clinics.set(clinic, turns);
      return taken.item;
    }
    return undefined;
  }

  #end(clinic: string, turns: ClinicTurns, device: string): void {
    turns.running -= 1;
    const left = (turns.runningOfDevice.get(device) ?? 1) - 1;
    if (left === 0) turns.runningOfDevice.delete(device);
    else turns.runningOfDevice.set(device, left);
    if (turns.running === 0 && turns.waiting === 0) this.#clinics.delete(clinic);
    this.#deal();
  }
}

const BUSY = new Failure('hub.busy', 'This clinic asks for more at once than the hub keeps waiting. Try again in a moment.', {
  retry: true,
});
