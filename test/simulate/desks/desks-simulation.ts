/**
 * One seed of a region whose clinics have a desk or two with the program's own vault: they register, write, share, withdraw, merge and
 * erase in bad weather and under power cuts. Healed and in step, both desks of a clinic have to show the same, which is what the ledger
 * opens to their clinic and what was acknowledged. Nobody lies here.
 */

import { sign } from '../../../server/vault/primitives.ts';
import { toHex } from '../../../shared/encoding/bytes.ts';
import { deviceMessage } from '../../../shared/ledger/enrolment-rules.ts';
import { deviceKey } from '../../../shared/ledger/rules.ts';
import { act, agreementKeyFor, everyRule, signingKeyFor, type TestClinic } from '../../support/ledger-builder.ts';
import { clinicsOf, HUB_KEYS, regionOf, rememberingCheck } from '../region.ts';
import { bytesOfAnswer, SimulatedHub } from '../simulated-hub.ts';
import { InlinePool } from '../verify-pools.ts';
import { VirtualDisk } from '../virtual-disk.ts';
import { CALM, VirtualNetwork } from '../virtual-network.ts';
import { Violation, World } from '../world.ts';
import { DeskPeople, type Said } from './desk-people.ts';
import { checkClinics, checkShutOut, isRevoked } from './same-at-both-desks.ts';
import { type OpenDesk, secondDevice, VaultDesk } from './vault-desk.ts';

/** Steps within which a healed region must have come to rest. */
const STEPS_TO_HEAL = 6_000;
/** Everybody looks once a minute by themselves: so long nothing may move any more. */
const REST_MS = 150_000;
/** A judged time never goes back: while a region rests, true time has to come up with every clock that was ahead. */
const MOST_SKEW_MS = 120_000;

interface DesksOptions {
  readonly seed: number;
  readonly steps: number;
  readonly print?: ((line: string) => void) | undefined;
  /** Whether the clocks of desks are wrong now and then, and jump. */
  readonly wrongClocks?: boolean;
  /** Whether a clinic shuts its second desk out in the middle of it. */
  readonly revokes?: boolean;
}

export class DesksSimulation {
  readonly world: World;
  readonly hub: SimulatedHub;
  readonly network: VirtualNetwork;
  readonly desks: VaultDesk[] = [];
  readonly #clinics = new Map<string, VaultDesk[]>();
  readonly #people: DeskPeople;
  readonly #steps: number;
  readonly #wrongClocks: boolean;
  readonly #revokes: boolean;
  /** Desks that their clinic has begun to shut out: whether it came to it is for the ledger to say. */
  readonly #leaving = new Set<VaultDesk>();
  #isHealed = false;

  constructor({ seed, steps, print, wrongClocks = false, revokes = false }: DesksOptions) {
    const world = new World(seed, print);
    const { random } = world;
    this.world = world;
    this.#steps = steps;
    this.#wrongClocks = wrongClocks;
    this.#revokes = revokes;
    const clinics = clinicsOf(random.between(2, 3));
    const region = regionOf(clinics.length);
    const check = rememberingCheck();
    const newDisk = () => new VirtualDisk(world.stir);
    this.network = new VirtualNetwork(world);
    this.hub = new SimulatedHub({
      ...{ world, check, storage: newDisk(), keys: HUB_KEYS, skew: () => 0, genesis: region.bytes },
      onHead: () => this.#tellHead(),
    });
    this.network.answering = (index, body) => this.#answer(index, body);
    const shared = { world, network: this.network, region, check, pool: new InlinePool(check) };
    clinics.forEach((clinic, at) => {
      const { label, desk, cosignKey } = clinic;
      const hasTwo = at === 0 || random.chance(0.5);
      const devices = [{ label, key: desk.key, cosignKey }, ...(hasTwo ? [secondDevice(label, signingKeyFor)] : [])];
      this.#clinics.set(
        clinic.id,
        devices.map((device, place) => {
          const index = this.desks.length;
          const name = `desk ${at}${place === 0 ? '' : ' second'}`;
          const opened = new VaultDesk({
            ...shared,
            ...device,
            clinic,
            index,
            name,
            storage: newDisk(),
            keys: newDisk(),
            rules: () => everyRule,
          });
          this.desks.push(opened);
          return opened;
        }),
      );
    });
    this.#people = new DeskPeople(world, [...this.#clinics.keys()]);
  }

  /** @throws {Violation} at the first thing that does not hold. */
  async run(): Promise<void> {
    const { world } = this;
    this.#begin();
    // Nobody is there later who could let a second desk in.
    while (this.desks.some(({ open }) => !open)) await world.step();
    this.#worsen();
    for (let at = 0; at < this.#steps; at++) await world.step();
    this.#heal();
    let restsSince = world.now;
    for (let at = 0; world.now - restsSince < REST_MS; at++) {
      if (at > STEPS_TO_HEAL) throw new Violation('all catch up', `after ${STEPS_TO_HEAL} calm steps ${this.#whoLags()}`);
      await world.step();
      if (!(await this.#isAtRest())) restsSince = world.now;
    }
    // What has ended by now goes with the next look.
    for (const desk of this.#staying) await desk.lookNow();
    for (const [chain, desks] of this.#clinics)
      this.#clinics.set(
        chain,
        desks.filter((desk) => !this.#leaving.has(desk)),
      );
    await checkClinics(this.#clinics, await this.#saidThatCounts());
    for (const desk of this.#leaving) await checkShutOut(desk, this.#clinics.get(desk.chain)?.[0] as VaultDesk);
    world.note(`rest at ${this.hub.size}`);
  }

  async close(): Promise<void> {
    for (const { storage } of [this.hub, ...this.desks.map(({ options }) => options)]) await storage.close();
    for (const { options } of this.desks) await options.keys.close();
  }

  #begin(): void {
    const { world } = this;
    const { random } = world;
    world.later(0, 'the hub starts', () => world.background(this.hub.start()));
    for (const [first, second] of this.#clinics.values() as Iterable<[VaultDesk, VaultDesk?]>) {
      world.later(random.between(1, 2_000), `${first.name} starts`, () => world.background(this.#open(first, second)));
    }
  }

  #worsen(): void {
    const { random } = this.world;
    const some = (most: number): number => (random.chance(0.3) ? 0 : (most * random.between(1, 10)) / 10);
    this.network.weather = { drop: some(0.15), duplicate: some(0.15), cut: some(0.1), slow: some(0.1) };
    this.#again(3_000, 40_000, 'mishap', () => this.#mishap());
    for (const desk of this.desks) this.#live(desk);
    if (this.#revokes)
      for (const [first, second] of this.#clinics.values() as Iterable<[VaultDesk, VaultDesk?]>)
        if (second)
          this.world.later(random.between(5_000, 150_000), `${first.name} shuts out`, () => this.#shutOut(first, second));
    if (this.#wrongClocks) this.#again(2_000, 60_000, 'a clock jumps', () => this.#jump());
  }

  /** A clinic's first desk starts, and lets the second one in before anybody does anything. */
  async #open(first: VaultDesk, second: VaultDesk | undefined): Promise<void> {
    await first.start();
    if (second) {
      await enrol(first.open as OpenDesk, first.options.clinic, second);
      this.#awaitEnrolment(second);
    }
  }

  #awaitEnrolment(desk: VaultDesk): void {
    this.world.later(500, `${desk.name} waits to be let in`, () => {
      this.world.background(
        this.#isEnrolled(desk).then((isIn) => {
          if (isIn) return desk.start();
          this.#awaitEnrolment(desk);
        }),
      );
    });
  }

  async #isEnrolled({ options }: VaultDesk): Promise<boolean> {
    if (!this.hub.isUp) return false;
    const key = deviceKey(toHex(options.key.publicKey));
    return (await this.hub.storage.look('SELECT key FROM state_row WHERE key = ?', key)).length > 0;
  }

  #live(desk: VaultDesk): void {
    const { world } = this;
    this.#again(800, 20_000, `somebody is at ${desk.name}`, () => world.background(this.#people.act(desk)));
  }

  /** Something that happens again and again until the region is healed. */
  #again(least: number, most: number, name: string, happen: () => void): void {
    this.world.later(this.world.random.between(least, most), name, () => {
      if (this.#isHealed) return;
      happen();
      this.#again(least, most, name, happen);
    });
  }

  /** Somebody at the first desk revokes the second one; who was not there, or lost power before it was saved, does it later. */
  #shutOut(first: VaultDesk, second: VaultDesk): void {
    if (this.#isHealed) return;
    const { open } = first;
    const again = () => this.world.later(5_000, `${first.name} shuts out`, () => this.#shutOut(first, second));
    if (!open) return void again();
    this.#leaving.add(second);
    this.world.note(`${first.name} shuts out ${second.name}`);
    this.world.background(
      isRevoked(open, second).then((isOut) => {
        if (!isOut) return open.devices.shutOut(second.options.key.publicKey).then(again);
      }),
    );
  }

  get #staying(): VaultDesk[] {
    return this.desks.filter((desk) => !this.#leaving.has(desk));
  }

  /** Of what was saved at a desk that was shut out, only what the ledger has. */
  async #saidThatCounts(): Promise<Said> {
    const { said } = this.#people;
    const leaving = new Set([...this.#leaving].map(({ name }) => name));
    const rows = (await this.hub.storage.look("SELECT key FROM state_row WHERE key LIKE 'record/%'")) as { key: string }[];
    const records = new Set(rows.map(({ key }) => key.split('/')[2]));
    const counts = (record: string): boolean => records.has(record) || !leaving.has(said.at.get(record) ?? '');
    const written = new Map([...said.written].filter(([record]) => counts(record)));
    const kept = new Set(written.values());
    return { ...said, written, registered: new Map([...said.registered].filter(([patient]) => kept.has(patient))) };
  }

  #jump(): void {
    const { random } = this.world;
    const desk = random.pick(this.desks);
    desk.device.skew = random.chance(0.3) ? 0 : random.between(0, 2 * MOST_SKEW_MS) - MOST_SKEW_MS;
    this.world.note(`the clock of ${desk.name} is ${desk.device.skew} ms off`);
  }

  #mishap(): void {
    const { world, network, hub } = this;
    const { random } = world;
    const desk = random.pick(this.desks);
    const { storage, keys, index } = desk.options;
    const kind = random.weighted({ crash: 26, cutPower: 20, cutKeys: 10, hubCrash: 8, hubCutPower: 8, partition: 28 });
    world.note(`mishap: ${kind} ${desk.name}`);
    const burn = (): void => this.#crash(desk);
    if (kind === 'crash' && desk.open) this.#crash(desk);
    if (kind === 'cutPower' && desk.open) storage.crashAt(random.between(1, 60), random.chance(0.5), burn);
    if (kind === 'cutKeys' && desk.open) keys.crashAt(random.between(1, 8), random.chance(0.5), burn);
    if (kind === 'hubCrash') this.#crash(hub);
    if (kind === 'hubCutPower') hub.storage.crashAt(random.between(1, 40), random.chance(0.5), () => this.#crash(hub));
    if (kind !== 'partition') return;
    network.partitioned.add(index);
    world.later(random.between(5_000, 120_000), `${desk.name} is reached again`, () => network.partitioned.delete(index));
  }

  #crash(who: VaultDesk | SimulatedHub): void {
    const { world } = this;
    const name = who instanceof VaultDesk ? who.name : 'the hub';
    world.note(`${name} crashes`);
    who.crash();
    world.later(world.random.between(500, 30_000), `${name} starts`, () => {
      if (who instanceof VaultDesk ? !who.open : !who.isUp) world.background(who.start());
    });
  }

  /** Everybody starts anew. */
  #heal(): void {
    const { world, network, hub } = this;
    this.#isHealed = true;
    network.weather = CALM;
    network.partitioned.clear();
    world.note('healed');
    for (const { device } of this.desks) device.skew = 0;
    for (const who of [hub, ...this.desks]) {
      who.crash();
      world.later(1, 'starts after the storm', () => world.background(who.start()));
    }
  }

  #tellHead(): void {
    for (const { options, name, device } of this.desks)
      this.network.tell({ desk: options.index, name }, 'of a head', () => device.hearHead());
  }

  #answer(index: number, body: Buffer): Promise<Buffer> | undefined {
    const { options } = this.desks[index] as VaultDesk;
    const { operationName: operation, variables } = JSON.parse(body.toString('utf8'));
    return this.hub.ask(toHex(options.key.publicKey), { operation, variables })?.then(bytesOfAnswer);
  }

  async #isAtRest(): Promise<boolean> {
    const { size, isUp } = this.hub;
    return (
      isUp &&
      this.#staying.every(({ state, isTidy }) => {
        if (!state || !isTidy || state.connection !== 'UP_TO_DATE') return false;
        return state.replicaSize === size && state.pendingEvents + state.pendingDocuments === 0 && state.witnessedSize === size;
      })
    );
  }

  #whoLags(): string {
    return this.desks
      .map(({ name, state, isTidy }) => {
        const waits = `${state?.pendingEvents} events and ${state?.pendingDocuments} documents waiting`;
        return `${name} is ${state?.connection} at ${state?.replicaSize} (witnessed ${state?.witnessedSize}) of ${this.hub.size}, ${waits}${isTidy ? '' : ', looking'}`;
      })
      .join('; ');
  }
}

async function enrol({ process, mail }: OpenDesk, clinic: TestClinic, { options }: VaultDesk): Promise<void> {
  const device = {
    device: options.key.publicKey,
    encryptionKey: agreementKeyFor(`${options.label} device encryption`).publicKey,
  };
  const clinicSignature = sign(clinic.clinicKey, deviceMessage(clinic.chain, device));
  const body = { ...device, kind: 'workstation', clinicSignature };
  await process.ledger.commit({ events: [act(clinic, 'device.enrolled', body, { signer: clinic.administrator })] });
  await mail.look();
  process.engine.wake();
}
