/**
 * Whose request is worked on next: clinics have equal shares, and inside a clinic its devices, counted in the bytes that they send and are
 * sent, so that who asks for much waits behind themselves and nobody else does. What waits has not been read yet: a flood fills the sockets
 * of who sends it, not this process.
 */
import { Failure } from '../../../shared/outcome/failure.ts';
import { FairQueue, leastOf } from '../sequencer/fair-queue.ts';
import { FairShares } from '../sequencer/fair-shares.ts';

/** Requests of one clinic, and of one device of it, that are worked on at once. */
const AT_ONCE_OF_CLINIC = 4;
const AT_ONCE_OF_DEVICE = 2;
/** Of a clinic while no other asks, as long as they are small: while some are stored, signatures of the next are checked. */
const AT_ONCE_OF_CLINIC_ALONE = 8;
/** Bytes of them: whoever comes then waits for what was begun. */
const BYTES_OF_CLINIC_ALONE = 1024 * 1024;
/** Requests of one clinic that wait; more are told to come back. */
const WAITING_OF_CLINIC = 256;
/** What a request takes beside its bytes, in bytes. */
const REQUEST_COST = 4_096;
/** Of an answer: what is sent costs an eighth of what is taken in, which is judged and stored. */
const ANSWER_COST = 1 / 8;

/** Who asks: a device, and the clinic whose turn it takes. */
export interface Asking {
  readonly clinic: string;
  readonly device: string;
  /** Of the request's body. */
  readonly bytes: number;
}

interface Waiting {
  readonly begin: () => void;
  readonly cost: number;
}

interface ClinicTurns {
  readonly queue: FairQueue<Waiting>;
  waiting: number;
  running: number;
  /** What the running ones cost. */
  begun: number;
  readonly runningOfDevice: Map<string, number>;
}

export class FairTurns {
  /** Clinics with something that waits or runs; who has waited longest for a turn comes first. */
  readonly #clinics = new Map<string, ClinicTurns>();
  readonly #shares = new FairShares();
  #isDealing = false;

  /**
   * Ends when the request's turn has come; what it gives is to be called with the bytes of the answer, once it is there.
   * @throws {Failure} `hub.busy` (retry) when too many of the clinic wait already.
   */
  async take({ clinic, device, bytes }: Asking): Promise<(answered: number) => void> {
    const turns = this.#clinics.get(clinic) ?? {
      queue: new FairQueue<Waiting>(),
      waiting: 0,
      running: 0,
      begun: 0,
      runningOfDevice: new Map<string, number>(),
    };
    if (turns.waiting >= WAITING_OF_CLINIC) throw BUSY;
    this.#clinics.set(clinic, turns);
    turns.waiting += 1;
    const cost = REQUEST_COST + bytes;
    await new Promise<void>((begin) => {
      turns.queue.push(device, { begin, cost }, cost);
      this.#deal();
    });
    return (answered) => {
      turns.begun -= cost;
      this.#end(clinic, turns, device, answered * ANSWER_COST);
    };
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
    const held = new Set<string>();
    const isAlone = this.#clinics.size === 1;
    const may = (clinic: string): boolean => {
      const { waiting, running, begun } = this.#clinics.get(clinic) as ClinicTurns;
      const most = isAlone && begun < BYTES_OF_CLINIC_ALONE ? AT_ONCE_OF_CLINIC_ALONE : AT_ONCE_OF_CLINIC;
      return waiting > 0 && running < most && !held.has(clinic);
    };
    for (;;) {
      const clinic = leastOf(this.#clinics.keys(), this.#shares, may);
      if (clinic === undefined) return undefined;
      const turns = this.#clinics.get(clinic) as ClinicTurns;
      const taken = turns.queue.take((device) => (turns.runningOfDevice.get(device) ?? 0) < AT_ONCE_OF_DEVICE);
      if (taken) return this.#begun(clinic, turns, taken.owner, taken.item);
      held.add(clinic);
    }
  }

  #begun(clinic: string, turns: ClinicTurns, device: string, { begin, cost }: Waiting): () => void {
    this.#shares.charge(clinic, cost);
    turns.waiting -= 1;
    turns.running += 1;
    turns.begun += cost;
    turns.runningOfDevice.set(device, (turns.runningOfDevice.get(device) ?? 0) + 1);
    this.#clinics.delete(clinic);
    this.#clinics.set(clinic, turns);
    return begin;
  }

  #end(clinic: string, turns: ClinicTurns, device: string, cost: number): void {
    this.#shares.add(clinic, cost);
    turns.queue.add(device, cost);
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
