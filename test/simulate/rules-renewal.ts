/**
 * A region that activates the second version of its rules: a kiosk comes into it and into wrong hands, somebody at a newer program has the
 * new rules activated, and one desk after the other is updated. At least one program is the newer one at first, and at least one is not.
 */
import { equalBytes, toHex } from '../../shared/encoding/bytes.ts';
import type { ParsedBlock } from './parsed-block.ts';
import type { SimulatedDesk } from './simulated-desk.ts';
import type { Simulation } from './simulation.ts';
import { StolenKiosk } from './stolen-kiosk.ts';

/** Has something happen again and again: after how many milliseconds at least and at most, what it is called, what happens. */
type Again = (least: number, most: number, name: string, happen: () => void) => void;
type RenewedRegion = Pick<Simulation, 'world' | 'hub' | 'truth' | 'desks' | 'honest'>;

export class RulesRenewal {
  readonly #region: RenewedRegion;
  readonly #kiosk: StolenKiosk;
  readonly #restart: (desk: SimulatedDesk) => void;

  /** @param joiner who comes later, with the newer program @param restart ends a desk's process, after which another begins */
  constructor(region: RenewedRegion, joiner: SimulatedDesk | undefined, restart: (desk: SimulatedDesk) => void) {
    const { world, hub, truth, desks } = region;
    this.#region = region;
    this.#restart = restart;
    for (const [at, desk] of desks.entries()) desk.isUpdated = at === 0 || (at > 1 && world.random.chance(0.5));
    if (joiner) joiner.isUpdated = true;
    this.#kiosk = new StolenKiosk({ world, hub, truth, clinic: world.random.pick(desks).options.clinic });
  }

  begin(again: Again): void {
    const { world, desks } = this.#region;
    const kiosk = this.#kiosk;
    again(1_000, 10_000, 'a kiosk is let in', () => {
      const desk = desks.find(({ chain }) => chain === kiosk.clinic.id);
      if (desk && !kiosk.isEnrolled) world.background(desk.enrolKiosk(kiosk.device));
    });
    again(1_000, 12_000, 'the kiosk writes', () => kiosk.write());
    again(15_000, 60_000, 'the rules are activated', () =>
      world.background(world.random.pick(this.#withProgram(true)).activate()),
    );
    again(20_000, 90_000, 'a program is updated', () => this.#update());
  }

  /** Whether the block is the kiosk's. */
  placed({ device }: ParsedBlock): boolean {
    if (!equalBytes(device, this.#kiosk.device)) return false;
    const { truth, world } = this.#region;
    const [before, now] = [1, 0].map((back) => truth.rowsAt(truth.size - back).get(`access/${toHex(device)}`));
    world.note(`the word of the kiosk ${before === now ? 'has no effect' : 'counts'}`);
    return true;
  }

  #update(): void {
    const { world } = this.#region;
    const old = this.#withProgram(false);
    if (old.length === 0) return;
    const desk = world.random.pick(old);
    desk.isUpdated = true;
    world.note(`${desk.name} is updated`);
    this.#restart(desk);
  }

  #withProgram(isUpdated: boolean): SimulatedDesk[] {
    return this.#region.honest.filter((desk) => desk.isUpdated === isUpdated);
  }
}
