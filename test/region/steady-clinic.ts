/** A clinic that does nothing but write and read at a steady beat, and takes down how long the hub lets it wait. */
import { setTimeout as sleep } from 'node:timers/promises';
import { asFailure } from '../../shared/outcome/failure.ts';
import { Line } from '../hub/hub-bench.ts';
import { type Audit, auditOf } from '../load/load.ts';
import { LoadingDesk } from '../load/loading-desk.ts';
import { DrivenClinic } from './driven-clinic.ts';
import type { Story } from './story.ts';
import { Waits } from './waits.ts';

const DESKS = [1, 2];
const EVERY_MS = 1_000;

export class SteadyClinic extends DrivenClinic {
  /** From the moment a block is due to its receipt. */
  readonly waits = new Waits();
  readonly #story: Story;
  #desks: readonly LoadingDesk[] = [];
  #isOver = false;
  #running: Promise<unknown> | undefined;

  constructor(port: number, story: Story) {
    super('Steady', port);
    this.#story = story;
  }

  begin(): void {
    this.#desks = DESKS.map((number) => new LoadingDesk(this.place, this.paper(number), number));
    this.#running = Promise.all(this.#desks.map((desk, at) => this.#work(desk, (at * EVERY_MS) / DESKS.length)));
  }

  /** Stops, and holds what was acknowledged against the ledger. */
  async end(): Promise<Audit> {
    this.#isOver = true;
    await this.#running;
    for (const desk of this.#desks) desk.close();
    const line = new Line(this.place.ports[0] as number, this.place.authority, this.paper(1).certificate);
    return auditOf(line, this.#desks).finally(() => line.close());
  }

  async #work(desk: LoadingDesk, after: number): Promise<void> {
    await sleep(after);
    let due = performance.now();
    while (!this.#isOver) {
      try {
        await desk.work(due, EVERY_MS, due + 1);
      } catch (error) {
        this.#story.fault(`${this.name}: ${asFailure(error).message}`);
        return;
      }
      this.waits.note(desk.written.at(-1) ?? 0);
      // What could not be done meanwhile is not made up for.
      due = Math.max(due + EVERY_MS, performance.now());
    }
  }
}
