import { careledgerRules } from '../../server/rules-registry.ts';
import type { LocalWrite } from '../../server/sync/gateway.ts';
import { verifySignature } from '../../server/vault/primitives.ts';
import type { VerifyPool } from '../../server/vault/verify-pool.ts';
import { equalBytes, toHex } from '../../shared/encoding/bytes.ts';
import { quorumOf } from '../../shared/ledger/checkpoint.ts';
import type { Region } from '../../shared/ledger/founding.ts';
import type { TestClinic } from '../support/ledger-builder.ts';
import { DiskCopies } from './disk-copies.ts';
import { ForkedHub } from './forked-hub.ts';
import { HeardAtHub, isGranted } from './heard-at-hub.ts';
import { KeptPromises } from './kept-promises.ts';
import { LyingDevice } from './lying-device.ts';
import { LyingHub } from './lying-hub.ts';
import type { ParsedBlock } from './parsed-block.ts';
import { RealDisk } from './real-disk.ts';
import { clinicsOf, HUB_KEYS, regionOf, rememberingCheck } from './region.ts';
import { RegionChecks } from './region-checks.ts';
import { RulesRenewal } from './rules-renewal.ts';
import { type ChangingRegion, type DeskWatch, SimulatedDesk } from './simulated-desk.ts';
import { type Asked, bytesOfAnswer, SimulatedHub } from './simulated-hub.ts';
import { type Check, SlowLedger } from './slow-ledger.ts';
import type { Storage } from './storage.ts';
import { InlinePool, ThreadPool } from './verify-pools.ts';
import { VirtualDisk } from './virtual-disk.ts';
import { CALM, VirtualNetwork } from './virtual-network.ts';
import { Violation, World } from './world.ts';

export interface SimulationOptions {
  readonly seed: number;
  readonly steps: number;
  /** Who lies: `nobody`, `device`, `forked hub`, or a hub by the name of its lie; chosen by the seed when left out. */
  readonly liar?: string | undefined;
  readonly print?: ((line: string) => void) | undefined;
  /** 1: the world as it was before people erased and changed who witnesses, so that earlier seeds go the same way.
   * 6: it activates the second version of the rules, with older and newer programs in it, and a kiosk that was carried off. */
  readonly version?: 1 | 2 | 6 | undefined;
}

/** One seed in so many has the store and the verifier of the program: files, their log, threads, each signature checked each time. */
export const REAL_EVERY = 50;
/** Steps within which a healed region must have come to rest. */
const STEPS_TO_HEAL = 6_000;
const LOOK_EVERY_STEPS = 12;
/** No set of witnesses is smaller. */
const FEWEST_WITNESSES = 3;

export class Simulation implements DeskWatch {
  readonly world: World;
  readonly network: VirtualNetwork;
  readonly hub: SimulatedHub;
  /** Of the clinics that are in the region. */
  readonly desks: SimulatedDesk[];
  /** Of a clinic that asks to be let in. */
  readonly #joiner: SimulatedDesk | undefined;
  readonly #members: TestClinic[];
  readonly promises: KeptPromises;
  /** The hub's ledger, judged again by the slow twin as it grows. */
  readonly truth: SlowLedger;
  readonly region: Region;
  readonly #steps: number;
  readonly #check: Check;
  readonly #pool: VerifyPool;
  readonly liar: LyingHub | undefined;
  readonly device: LyingDevice | undefined;
  readonly fork: ForkedHub | undefined;
  readonly #renewal: RulesRenewal | undefined;
  /** Desks that a liar does not hold. */
  readonly honest: SimulatedDesk[];
  #hubSkew = 0;
  #isHealed = false;
  readonly heard: HeardAtHub;
  readonly #checks: RegionChecks;
  readonly #restarted: SimulatedDesk[] = [];
  readonly #copies = new DiskCopies();

  constructor({ seed, steps, liar, print, version = 2 }: SimulationOptions) {
    const world = new World(seed, print);
    const { random } = world;
    const count = random.between(3, 7);
    const clinics = clinicsOf(count + 1);
    this.#members = clinics.slice(0, count);
    const changing: ChangingRegion | undefined =
      version === 1
        ? undefined
        : {
            clinics: this.#members,
            mayWitness: (chains) => mayWitness(chains),
            newest: version === 6 ? careledgerRules() : undefined,
          };
    const mayWitness = (chains: readonly Uint8Array[]): boolean => {
      const liar = this.device && clinics[this.device.index]?.chain;
      const honest = chains.filter((chain) => !(liar && equalBytes(liar, chain)));
      // A hub with two histories would have two policies.
      return !this.fork && chains.length >= FEWEST_WITNESSES && honest.length >= quorumOf(chains.length);
    };
    this.world = world;
    this.#steps = steps;
    const isReal = seed % REAL_EVERY === 0;
    const newDisk = (): Storage => (isReal ? new RealDisk(world) : new VirtualDisk(world.stir));
    this.#check = isReal ? verifySignature : rememberingCheck();
    this.region = regionOf(count);
    this.network = new VirtualNetwork(world);
    this.network.answering = (desk, body) => this.#answer(desk, body);
    this.truth = new SlowLedger(this.region, this.#check);
    this.heard = new HeardAtHub(this.truth, this.region.id);
    this.promises = new KeptPromises(this.#check, HUB_KEYS.hubKey.publicKey);
    this.#pool = isReal ? new ThreadPool(world) : new InlinePool(this.#check);
    const hubOptions = {
      world,
      keys: HUB_KEYS,
      check: this.#check,
      skew: () => this.#hubSkew,
      genesis: this.region.bytes,
    };
    this.hub = new SimulatedHub({ ...hubOptions, storage: newDisk(), onHead: () => this.#tellHead() });
    const deskOf = (clinic: TestClinic, index: number): SimulatedDesk =>
      new SimulatedDesk({
        world,
        network: this.network,
        storage: newDisk(),
        index,
        clinic,
        region: this.region,
        check: this.#check,
        pool: this.#pool,
        watch: this,
        changing,
      });
    this.desks = this.#members.map(deskOf);
    const who = version === 6 ? 'nobody' : (liar ?? random.weighted({ nobody: 3, hub: 4, device: 3, 'forked hub': 1 }));
    if (who === 'device') this.device = this.#lyingDevice();
    else if (who === 'forked hub')
      this.fork = new ForkedHub({
        ...{ world, region: this.region, check: this.#check, desks: this.desks, truth: this.truth, hub: this.hub, hubOptions },
        tell: (desk) => this.#tellOf(desk),
      });
    else if (who !== 'nobody') this.liar = new LyingHub(world, this.truth, this.region.id, this.desks, liar);
    this.honest = this.desks.filter(({ options }) => options.index !== this.device?.index);
    // A hub with two histories would let it in twice.
    const joins = version > 1 && !this.fork && random.chance(0.5);
    if (joins) this.#joiner = deskOf(clinics[count] as TestClinic, count);
    if (version === 6) this.#renewal = new RulesRenewal(this, this.#joiner, (desk) => this.#crash(desk));
    this.#checks = new RegionChecks(this, count);
    this.network.onHeard = ({ desk }, answer) => this.liar?.heard(this.desks[desk] as SimulatedDesk, answer);
  }

  /** Lives through the whole of it. @throws {Violation} at the first thing that does not hold. */
  async run(): Promise<void> {
    const { world } = this;
    this.#begin();
    for (let at = 0; at < this.#steps; at++) {
      await world.step();
      await this.#look(at % LOOK_EVERY_STEPS === 0);
    }
    this.#heal();
    for (let at = 0; !(await this.#checks.isAtRest()); at++) {
      if (at > STEPS_TO_HEAL) throw new Violation('all catch up', `after ${STEPS_TO_HEAL} calm steps ${this.#checks.whoLags()}`);
      await world.step();
      await this.#look(false);
    }
    await this.#checks.end();
  }

  async close(): Promise<void> {
    const joiner = this.#joiner && !this.desks.includes(this.#joiner) ? [this.#joiner] : [];
    for (const { storage } of [this.hub, ...this.desks, ...joiner]) await storage.close();
    await this.fork?.close();
    await this.#pool.close();
  }

  #lyingDevice(): LyingDevice {
    const { world, network, truth } = this;
    const { index, clinic } = world.random.pick(this.desks).options;
    const others = this.desks.filter(({ options }) => options.index !== index).map(({ options }) => options.clinic.chain);
    return new LyingDevice({ world, network, index, clinic, truth, keepers: this.heard.keepers, others });
  }

  // --- What happens -----------------------------------------------------------------------------------------------

  #begin(): void {
    const { world, network } = this;
    const { random } = world;
    const some = (most: number): number => (random.chance(0.3) ? 0 : (most * random.between(1, 10)) / 10);
    network.weather = { drop: some(0.15), duplicate: some(0.15), cut: some(0.1), slow: some(0.1) };
    world.later(0, 'the hub starts', () => world.background(this.hub.start()));
    const { device } = this;
    if (device) this.#again(1_000, 15_000, 'the device lies', () => device.attack());
    for (const desk of this.honest) this.#live(desk);
    const joiner = this.#joiner;
    if (joiner)
      this.#again(5_000, 60_000, `${joiner.name} asks to be let in`, () => {
        if (!this.desks.includes(joiner)) world.background(random.pick(this.honest).admit(joiner.options.clinic));
      });
    this.#renewal?.begin((...what) => this.#again(...what));
    this.#again(3_000, 40_000, 'mishap', () => this.#mishap());
  }

  #live(desk: SimulatedDesk): void {
    const { world } = this;
    const { random } = world;
    world.later(random.between(1, 2_000), `${desk.name} starts`, () => world.background(desk.start()));
    this.#again(800, 20_000, `${desk.name} acts`, () => world.background(desk.act(this.desks.filter((each) => each !== desk))));
    this.#again(20_000, 90_000, `${desk.name} opens a chart`, () =>
      world.background(desk.read(random.pick(this.desks.filter((each) => each !== desk)))),
    );
  }

  /** The ledger has let it in: it begins with an empty folder. */
  #join(desk: SimulatedDesk): void {
    this.world.note(`${desk.name} is let in`);
    this.desks.push(desk);
    this.honest.push(desk);
    this.#members.push(desk.options.clinic);
    this.#live(desk);
  }

  /** Something that happens again and again until the region is healed. */
  #again(least: number, most: number, name: string, happen: () => void): void {
    this.world.later(this.world.random.between(least, most), name, () => {
      if (this.#isHealed) return;
      happen();
      this.#again(least, most, name, happen);
    });
  }

  #mishap(): void {
    const { world, network } = this;
    const { random } = world;
    const desk = random.pick(this.honest);
    const kind = random.weighted({
      crash: 30,
      cutPower: 30,
      hubCrash: 12,
      hubCutPower: 16,
      partition: 20,
      skew: 10,
      hubSkew: 4,
      restore: 8,
    });
    world.note(`mishap: ${kind} ${desk.name}`);
    if (kind === 'crash') this.#crash(desk);
    if (kind === 'cutPower') desk.storage.crashAt(random.between(1, 40), random.chance(0.5), () => this.#crash(desk));
    if (kind === 'hubCrash') this.#crash(this.hub);
    if (kind === 'hubCutPower') this.hub.storage.crashAt(random.between(1, 40), random.chance(0.5), () => this.#crash(this.hub));
    if (kind === 'partition') {
      network.partitioned.add(desk.options.index);
      world.later(random.between(5_000, 120_000), `${desk.name} is reached again`, () =>
        network.partitioned.delete(desk.options.index),
      );
    }
    if (kind === 'restore')
      this.#copies.takeOrRestore(desk, { world, promises: this.promises, crash: (who) => this.#crash(who) });
    if (kind === 'skew') desk.skew = this.#wrongClock();
    if (kind === 'hubSkew') this.#hubSkew = this.#wrongClock();
  }

  #wrongClock(): number {
    const { random } = this.world;
    const days = 86_400_000;
    return random.pick([0, 3_600_000, -3_600_000, random.between(-2 * days, 2 * days), random.between(-60_000, 60_000)]);
  }

  #crash(who: SimulatedDesk | SimulatedHub): void {
    const { world } = this;
    const name = who instanceof SimulatedDesk ? who.name : 'the hub';
    world.note(`${name} crashes`);
    who.crash();
    world.later(world.random.between(500, 30_000), `${name} starts`, () => {
      if (!who.isUp) world.background(who.start());
    });
  }

  #heal(): void {
    const { world, network, hub, honest } = this;
    this.#isHealed = true;
    this.liar?.end();
    this.fork?.end();
    network.weather = CALM;
    network.partitioned.clear();
    this.#hubSkew = 0;
    world.note('healed');
    for (const who of [hub, ...honest]) {
      if (who instanceof SimulatedDesk) {
        who.skew = 0;
        who.isUpdated = true;
      }
      // A fuse that still burns goes out with the process.
      who.crash();
      world.later(1, 'starts after the storm', () => world.background(this.#startAgain(who)));
    }
  }

  /** Who had stopped goes on: a person answers for it, and the hub is honest now. */
  async #startAgain(who: SimulatedDesk | SimulatedHub): Promise<void> {
    await who.start();
    if (who instanceof SimulatedDesk) await who.resume();
  }

  #tellHead(): void {
    for (const desk of this.honest) this.#tellOf(desk);
  }

  #tellOf(desk: SimulatedDesk): void {
    this.network.tell({ desk: desk.options.index, name: desk.name }, 'of a head', () => desk.hearHead());
  }

  // --- What the hub is asked --------------------------------------------------------------------------------------

  #answer(index: number, body: Buffer): Promise<Buffer> | undefined {
    const desk = this.desks[index] as SimulatedDesk;
    const { operationName: operation, variables } = JSON.parse(body.toString('utf8'));
    const asked: Asked = { operation, variables };
    const device = toHex(desk.options.clinic.desk.key.publicKey);
    const other = this.fork?.ask(desk, device, asked);
    if (other) return other.answer?.then(bytesOfAnswer);
    if (this.hub.isUp) this.heard.arrived(desk, asked);
    return this.hub.ask(device, asked)?.then((answer) => {
      this.world.note(`the hub answers ${desk.name} ${operation}: ${'failure' in answer ? answer.failure.code : 'data'}`);
      this.device?.heard(body, answer);
      this.heard.answered(desk, asked, answer, this.hub.clock(), this.device);
      return this.liar?.bytes(desk, asked, answer) ?? bytesOfAnswer(answer);
    });
  }

  // --- What desks say ---------------------------------------------------------------------------------------------

  begins(desk: SimulatedDesk, write: LocalWrite): void {
    this.promises.begins(desk, write);
    this.heard.written(write);
  }

  saved(_desk: SimulatedDesk, write: LocalWrite): void {
    this.promises.saved(write);
  }

  refused(_desk: SimulatedDesk, write: LocalWrite, code: string): void {
    this.promises.refused(write, code);
  }

  started(desk: SimulatedDesk): void {
    this.#restarted.push(desk);
  }

  read(desk: SimulatedDesk, handle: string, _custodian: string, time: number, opens: boolean): void {
    const size = desk.state?.replicaSize ?? 0;
    this.world.note(`${desk.name} ${opens ? 'opens' : 'may not open'} a chart`);
    if (opens && !this.fork?.hasDeceived(desk) && !isGranted(this.truth.rowsAt(size), desk, handle, time))
      throw new Violation('only consented keys', `${desk.name} opened a chart without a grant that holds`);
  }

  // --- What is held against it --------------------------------------------------------------------------------------

  /** After each step: the ledger beside its twin, receipts, and who has just started; now and then somebody's whole disk. */
  async #look(isThorough: boolean): Promise<void> {
    await this.#follow();
    await this.fork?.follow();
    for (const desk of this.honest) this.#checks.state(desk);
    const desks = this.#restarted.splice(0);
    if (isThorough) desks.push(this.world.random.pick(this.honest));
    for (const desk of new Set(desks)) await this.#checks.desk(desk);
  }

  /** Takes in what the hub has committed; what was acknowledged must be in it. */
  async #follow(): Promise<void> {
    const { hub, truth } = this;
    if (hub.isUp && hub.size < truth.size)
      throw new Violation('acknowledged stays', `the hub has ${hub.size} blocks after it had ${truth.size}`);
    if (hub.isUp && hub.size > truth.size) {
      const rows = await hub.storage.look<{ bytes: Buffer }>(
        'SELECT bytes FROM block WHERE position >= ? ORDER BY position',
        truth.size,
      );
      for (const { bytes } of rows) this.#place(truth.append(bytes));
      const joiner = this.#joiner;
      if (joiner && !this.desks.includes(joiner) && truth.rowsAt(truth.size).has(`chain/${joiner.chain}`)) this.#join(joiner);
      const { checkpoint } = hub;
      if (checkpoint && !equalBytes(checkpoint.root, truth.rootAt(checkpoint.size)))
        throw new Violation('one ledger', `the hub signed another root at size ${checkpoint.size} than the slow twin`);
      if (checkpoint && !equalBytes(checkpoint.effects, truth.effectsAt(checkpoint.size)))
        throw new Violation('one ledger', `the hub signed another effects hash at size ${checkpoint.size} than the slow twin`);
    }
    for (const { block, device } of this.heard.receipts.splice(0))
      if (!truth.blocks.some((each) => toHex(each.hash) === block))
        throw new Violation('acknowledged stays', `the hub acknowledged a block of ${device} that its ledger does not have`);
  }

  rested(desk: SimulatedDesk): void {
    if (desk.state?.connection === 'UP_TO_DATE') this.liar?.believed(desk);
  }

  crashed(desk: SimulatedDesk): void {
    this.liar?.forget(desk);
  }

  #place(block: ParsedBlock): void {
    const isForeign = this.#renewal?.placed(block) || (this.device !== undefined && equalBytes(block.device, this.device.device));
    this.promises.placed(block, this.truth.size - 1, isForeign);
  }
}
