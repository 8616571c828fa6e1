/** The clinic that means no good: it writes one history twice, floods and attacks. */
import { desksOf } from '../bench/generated-blocks.ts';
import { type Role, startRole } from '../bench/role.ts';
import type { HostileFigures, HostileOrder } from '../load/hostile-role.ts';
import { nextBlock } from '../load/loaded-region.ts';
import { DrivenClinic } from './driven-clinic.ts';

/** Its first desk lies, its second attacks, the others flood. */
const ATTACKING = 1;
const FLOODING = [2, 3];
/** Pages of blocks that each flooder has signed before a flood begins: signing more takes the time of sending. */
const PAGES_AHEAD = 10;

export class StrayClinic extends DrivenClinic {
  #lies = 0;
  #enemies: Role | undefined;

  constructor(port: number) {
    super('Stray', port);
  }

  /** The device of its desk that lies, in hexadecimal. */
  get liar(): string {
    return this.clinic.desk.id;
  }

  /** Its first desk seals two blocks at one height and hands in both. Gives what the hub said of the second. */
  async lie(): Promise<string> {
    const [desk] = desksOf(this.clinic);
    if (!desk) return '';
    const before = desk.device.position;
    const one = nextBlock(desk, `one story ${this.#lies}`);
    const after = desk.device.position;
    desk.device.position = before;
    const other = nextBlock(desk, `another story ${this.#lies++}`);
    desk.device.position = after;
    await this.submit(one);
    return this.submit(other);
  }

  /** Gets ready, so that a flood is one from its first second. */
  async arm(): Promise<void> {
    this.#enemies ??= startRole('../load/hostile-role.ts');
    await this.#enemies.ask('prepare', { flooding: this.#flooding, pages: PAGES_AHEAD });
  }

  /** Floods and attacks for so long, by a process with the same right to this machine as the hub; what became of it. */
  async flood(ms: number): Promise<HostileFigures> {
    if (!this.#enemies) throw new TypeError('nobody is armed');
    const order: HostileOrder = { place: this.place, flooding: this.#flooding, attacking: this.paper(ATTACKING), ms };
    return this.#enemies.ask<HostileFigures>('act', order);
  }

  async end(): Promise<void> {
    await this.#enemies?.end();
  }

  get #flooding(): HostileOrder['flooding'] {
    return FLOODING.map((number) => this.paper(number));
  }
}
