/**
 * A clinic's desk: the program's device tier (simulated-device.ts), in the place of the vault a few lines that keep grants' keys
 * (kept-keys.ts), and the people who act there.
 */

import { loadState } from '../../server/ledger/state-rows.store.ts';
import type { EngineState } from '../../server/sync/engine-state.ts';
import type { LocalWrite } from '../../server/sync/gateway.ts';
import { listOverlaid, loadOverlaid } from '../../server/sync/own-acts/pending.ts';
import { sha256 } from '../../server/vault/primitives.ts';
import type { VerifyPool } from '../../server/vault/verify-pool.ts';
import { grantRow } from '../../shared/consent/consent-rules.ts';
import { decide } from '../../shared/consent/decision.ts';
import { equalBytes, toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import type { Region } from '../../shared/ledger/founding.ts';
import { firstPolicy, POLICY_KEY, type Policy, policyRow } from '../../shared/ledger/policy.ts';
import type { Rules } from '../../shared/ledger/rules.ts';
import { asFailure } from '../../shared/outcome/failure.ts';
import { recordKey, recordRow } from '../../shared/records/record-rules.ts';
import { clinicWitness, everyRule, type TestClinic } from '../support/ledger-builder.ts';
import { DeskActs, type RecordVersion } from './desk-acts.ts';
import { KeptKeys } from './kept-keys.ts';
import { type DeviceProcess, SimulatedDevice } from './simulated-device.ts';
import type { Check } from './slow-ledger.ts';
import type { Storage } from './storage.ts';
import type { VirtualNetwork } from './virtual-network.ts';
import type { World } from './world.ts';

/** Hears what a desk says to its people. */
export interface DeskWatch {
  begins(desk: SimulatedDesk, write: LocalWrite): void;
  saved(desk: SimulatedDesk, write: LocalWrite): void;
  refused(desk: SimulatedDesk, write: LocalWrite, code: string): void;
  started(desk: SimulatedDesk): void;
  /** A round of its engine has ended. */
  rested(desk: SimulatedDesk): void;
  crashed(desk: SimulatedDesk): void;
  read(desk: SimulatedDesk, handle: string, custodian: string, time: number, opens: boolean): void;
}

interface SimulatedDeskOptions {
  readonly world: World;
  readonly network: VirtualNetwork;
  readonly storage: Storage;
  readonly index: number;
  readonly clinic: TestClinic;
  readonly region: Region;
  readonly check: Check;
  readonly pool: VerifyPool;
  readonly watch: DeskWatch;
  /** Every clinic of the region, if its people change who witnesses; undefined where nobody does, and nobody erases. */
  readonly changing?: ChangingRegion | undefined;
}

/** What a region is whose people change who belongs to it and who witnesses, and erase: a world of version 2. */
export interface ChangingRegion {
  readonly clinics: readonly TestClinic[];
  /** Whether these clinics come to a quorum by themselves. */
  mayWitness(chains: readonly Uint8Array[]): boolean;
  /** The rules of the newer program, which the region activates: a world of version 6. */
  readonly newest?: Rules | undefined;
}

export class SimulatedDesk {
  readonly options: SimulatedDeskOptions;
  readonly name: string;
  readonly chain: string;
  /** Compartments that its people have opened, and what they know to be in them. */
  readonly handles: Uint8Array[] = [];
  readonly records: RecordVersion[] = [];
  readonly staff: Uint8Array[] = [];
  readonly given: { readonly handle: Uint8Array; readonly grant: Uint8Array; readonly message: Uint8Array }[] = [];
  readonly acts: DeskActs;
  readonly #device: SimulatedDevice;
  readonly #keys: KeptKeys;
  /** Whether the newer program runs here from the next start on. */
  isUpdated = false;
  #isActing = false;
  #isTending = false;
  #anchors = 0;

  constructor(options: SimulatedDeskOptions) {
    this.options = options;
    this.name = `desk ${options.index}`;
    this.chain = options.clinic.id;
    const { clinic, world, watch: _, changing, ...device } = options;
    this.#device = new SimulatedDevice({
      ...device,
      world,
      clinic,
      name: this.name,
      rules: () => (this.isUpdated && changing?.newest) || everyRule,
      key: clinic.desk.key,
      cosignKey: clinic.cosignKey,
    });
    this.acts = new DeskActs(clinic, world.random, this.#device.clock);
    this.#keys = new KeptKeys({
      ...{ world, clinic, name: this.name, erases: changing !== undefined },
      sayPurged: async (running, handle) => {
        if (!this.#isActing) await this.#doNow(running, this.acts.purged(handle));
      },
    });
  }

  /** Sets its clock wrong. @param milliseconds by how many */
  set skew(milliseconds: number) {
    this.#device.skew = milliseconds;
  }

  get isUp(): boolean {
    return this.#device.running !== undefined;
  }

  /** Whether its keys are as what it knows asks for. */
  get isTidy(): boolean {
    return !this.#isTending;
  }

  get state(): EngineState | undefined {
    return this.#device.state;
  }

  get storage(): Storage {
    return this.options.storage;
  }

  async start(): Promise<void> {
    // What an earlier process was about to do, it will not.
    this.#isTending = false;
    const { watch } = this.options;
    const running = await this.#device.start({ onNews: () => this.#tendSoon(), onRest: () => watch.rested(this) });
    if (!running) return;
    this.#device.begin(running);
    this.#tendSoon();
    watch.started(this);
  }

  /** The process ends here and now. */
  crash(): void {
    this.options.watch.crashed(this);
    this.#isActing = false;
    this.#isTending = false;
    this.#device.crash();
  }

  /** A person answers for going on after what stopped syncing. */
  resume(): Promise<void> {
    return this.#device.resume();
  }

  hearHead(): void {
    this.#device.hearHead();
  }

  /** Something that its people do, if nothing else is being saved. Ends when the desk has said what became of it. */
  async act(others: readonly SimulatedDesk[]): Promise<void> {
    const running = this.#device.running;
    if (!running || this.#isActing) return;
    this.#isActing = true;
    const write = await this.#think(running, others);
    if (write) await this.#commit(running, write);
    this.#isActing = false;
  }

  async #commit({ ledger, engine }: DeviceProcess, write: LocalWrite): Promise<void> {
    const { world, watch } = this.options;
    watch.begins(this, write);
    try {
      await ledger.commit(write);
    } catch (error) {
      const { code } = asFailure(error);
      world.note(`${this.name} is refused: ${code}`);
      watch.refused(this, write, code);
      return;
    }
    world.note(`${this.name} saved ${toHex(ledger.next.previous).slice(0, 12)}`);
    watch.saved(this, write);
    engine.wake();
  }

  async #think(running: DeviceProcess, others: readonly SimulatedDesk[]): Promise<LocalWrite | undefined> {
    const { random } = this.options.world;
    const { changing } = this.options;
    const kind = random.weighted({
      ...{ record: 34, amend: 22, late: 6, grant: 14, withdraw: 6, staff: 5, anchor: 4, batch: 4, refused: 3 },
      ...(changing ? { erase: 6, policy: 6 } : { erase: 0, policy: 0 }),
    });
    const handle = this.handles.length === 0 || random.chance(0.3) ? random.bytes(16) : random.pick(this.handles);
    if (kind === 'amend' || kind === 'late') {
      const record = this.records.length > 0 ? await this.#seen(running, random.pick(this.records)) : undefined;
      if (record)
        return this.#keep(this.acts.put(record.handle, kind === 'amend' ? record : { ...record, version: record.version + 1 }));
    }
    if (kind === 'grant' && this.handles.length > 0) {
      const { write, grant } = this.acts.grant(
        random.pick(this.handles),
        random.pick(others).options.clinic.chain,
        this.#period(),
      );
      const [message] = write.messages ?? [];
      const [event] = write.rows ?? [];
      if (message && event) this.given.push({ handle: event.tag, grant, message: sha256(message.body) });
      return write;
    }
    if (kind === 'withdraw' && this.given.length > 0) {
      const [given] = this.given.splice(random.below(this.given.length), 1);
      if (given) return this.acts.withdraw(given.handle, given.grant, given.message);
    }
    if (kind === 'staff') return this.#staff();
    if (kind === 'erase' && this.handles.length > 0) return this.#erase(random.pick(this.handles));
    if (kind === 'policy' && changing) {
      const write = await this.#newPolicy(running, changing);
      if (write) return write;
    }
    if (kind === 'anchor') {
      this.#anchors += random.between(0, 3);
      return this.acts.anchor(this.#anchors);
    }
    if (kind === 'batch') return joined([0, 1, 2].map(() => this.#keep(this.acts.put(handle))));
    if (kind === 'refused') {
      const theirs = random.pick(others).handles[0];
      if (theirs) return this.acts.grant(theirs, random.pick(others).options.clinic.chain, 0).write;
    }
    return this.#keep(this.acts.put(handle));
  }

  #period(): number {
    const { random } = this.options.world;
    return random.chance(0.5) ? 0 : random.between(60_000, 3_600_000);
  }

  #erase(handle: Uint8Array): LocalWrite {
    const isOf = (each: { readonly handle: Uint8Array }): boolean => equalBytes(each.handle, handle);
    const documents = this.records.filter(isOf).map(({ document }) => document);
    this.handles.splice(this.handles.indexOf(handle), 1);
    for (const list of [this.records, this.given])
      list.splice(0, list.length, ...(list.filter((each) => !isOf(each)) as never[]));
    return this.acts.erase(handle, documents);
  }

  /** Its administrator lets a clinic in that the quorum of the set in force here has approved. */
  async admit(joiner: TestClinic): Promise<void> {
    const running = this.#device.running;
    const { changing, region } = this.options;
    if (!running || !changing || this.#isActing) return;
    this.#isActing = true;
    const policy = await this.#policy(running);
    const isWitness = ({ chain }: TestClinic): boolean => policy.witnesses.some((each) => equalBytes(each.chain, chain));
    await this.#commit(running, this.acts.admit(region, joiner, changing.clinics.filter(isWitness)));
    this.#isActing = false;
  }

  /** Its administrator activates the newer rules, if they are not in force here and its program knows them. */
  async activate(): Promise<void> {
    const running = this.#device.running;
    const { changing, region } = this.options;
    if (!running || !changing?.newest || !this.isUpdated || this.#isActing) return;
    const current = await this.#policy(running);
    const rules = changing.newest.version;
    if (current.rules === rules) return;
    const isWitness = ({ chain }: TestClinic): boolean => current.witnesses.some((each) => equalBytes(each.chain, chain));
    const policy = { ...current, sequence: current.sequence + 1, rules };
    await this.#doNow(running, this.acts.activate(region, policy, changing.clinics.filter(isWitness)));
  }

  /** Its administrator lets a kiosk in. */
  async enrolKiosk(device: Uint8Array): Promise<void> {
    const running = this.#device.running;
    if (running && !this.#isActing) await this.#doNow(running, this.acts.enrolKiosk(device));
  }

  /** As the ledger has it here. */
  async #policy({ database }: DeviceProcess): Promise<Policy> {
    const row = (await loadState(database.read, [POLICY_KEY])).get(POLICY_KEY);
    return row ? decode(policyRow, row) : firstPolicy(this.options.region.genesis.witnesses);
  }

  /** Another set of witnesses than the one in force here, approved by the quorum of that; undefined while an own one waits. */
  async #newPolicy(running: DeviceProcess, { clinics, mayWitness }: ChangingRegion): Promise<LocalWrite | undefined> {
    const { world, region } = this.options;
    const current = await this.#policy(running);
    const shown = (await loadOverlaid(running.database.read, [POLICY_KEY])).get(POLICY_KEY);
    if (shown && decode(policyRow, shown).sequence !== current.sequence) return undefined;
    const isIn = (clinic: TestClinic): boolean => current.witnesses.some(({ chain }) => equalBytes(chain, clinic.chain));
    const clinic = world.random.pick(clinics);
    const others = current.witnesses.filter(({ chain }) => !equalBytes(chain, clinic.chain));
    const witnesses = isIn(clinic) ? others : [...others, clinicWitness(clinic)];
    if (!mayWitness(witnesses.map(({ chain }) => chain))) return undefined;
    const approving = clinics.filter(isIn);
    return this.acts.policy(
      region,
      { ...current, sequence: current.sequence + 1, witnesses },
      approving,
      isIn(clinic) ? [] : [clinic],
    );
  }

  #staff(): LocalWrite {
    const { random } = this.options.world;
    if (this.staff.length > 0 && random.chance(0.4)) return this.acts.revokeStaff(random.pick(this.staff));
    const staff = random.bytes(32);
    this.staff.push(staff);
    return this.acts.enrolStaff(staff);
  }

  #keep({ write, made }: { write: LocalWrite; made: RecordVersion }): LocalWrite {
    if (!this.handles.some((handle) => equalBytes(handle, made.handle))) this.handles.push(made.handle);
    this.records.push(made);
    return write;
  }

  /** The newest version of a record as the desk shows it. */
  async #seen({ database }: DeviceProcess, { handle, record }: RecordVersion): Promise<RecordVersion | undefined> {
    const key = recordKey(toHex(handle), toHex(record));
    const row = (await loadOverlaid(database.read, [key])).get(key);
    return row && { handle, record, ...decode(recordRow, row) };
  }

  /** Someone opens a chart of another clinic, or tries to. */
  async read(other: SimulatedDesk): Promise<void> {
    const running = this.#device.running;
    if (!running || other.handles.length === 0) return;
    const handle = toHex(this.options.world.random.pick(other.handles));
    const { read } = running.database;
    const rows = await listOverlaid(read, 'grant/');
    const grants = new Map(rows.map(({ key, value }) => [key.slice('grant/'.length), decode(grantRow, value)]));
    const time = Math.max(this.#device.clock(), running.engine.state.witnessedAt ?? 0);
    const { permit, reasons } = decide(
      {
        caller: { clinic: this.chain, person: '', role: 'clinician' },
        verb: 'access',
        purpose: 'TREAT',
        keeper: other.chain,
        category: 'clinical',
        handle,
        time,
      },
      { grants },
    );
    const grant = permit ? reasons[0].policy : undefined;
    const opens = grant !== undefined && (await this.#keys.holds(running, grant));
    this.options.watch.read(this, handle, other.chain, time, opens);
  }

  #tendSoon(): void {
    if (this.#isTending) return;
    this.#isTending = true;
    const { world } = this.options;
    const { process } = this.#device;
    world.later(world.random.between(1, 200), `${this.name} tends its keys`, () => {
      if (process !== this.#device.process) return;
      this.#isTending = false;
      const { running } = this.#device;
      if (running) world.background(this.#keys.tend(running));
    });
  }

  async #doNow(running: DeviceProcess, write: LocalWrite): Promise<void> {
    this.#isActing = true;
    await this.#commit(running, write);
    this.#isActing = false;
  }
}

function joined(writes: readonly LocalWrite[]): LocalWrite {
  return {
    events: writes.flatMap(({ events = [] }) => events),
    documents: writes.flatMap(({ documents = [] }) => documents),
    rows: writes.flatMap(({ rows = [] }) => rows),
  };
}
