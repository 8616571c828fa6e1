/** What is held against a whole region: on the way of each desk what it says and has, and at the end everybody against the slow twin. */
import type { EngineState } from '../../server/sync/engine-state.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { quorumOf } from '../../shared/ledger/checkpoint.ts';
import { checkErased, checkKeys, checkLedger, checkPending, checkPurged, checkState } from './replica-checks.ts';
import type { SimulatedDesk } from './simulated-desk.ts';
import type { Simulation } from './simulation.ts';
import { policyIn } from './slow-ledger.ts';
import { Violation } from './world.ts';

type CheckedRegion = Pick<Simulation, 'truth' | 'hub' | 'desks' | 'honest' | 'liar' | 'fork' | 'promises' | 'heard' | 'world'>;

export class RegionChecks {
  readonly #region: CheckedRegion;
  /** How many clinics founded it. */
  readonly #founders: number;

  constructor(region: CheckedRegion, founders: number) {
    this.#region = region;
    this.#founders = founders;
  }

  /** What a desk says of itself. @throws {Violation} as all of these. */
  state(desk: SimulatedDesk): void {
    const { state } = desk;
    if (!state) return;
    this.#region.liar?.look(desk);
    this.#region.fork?.look(desk);
    if (state.connection === 'STOPPED' && !this.#hasStopped(desk))
      throw new Violation(
        'no false alarm',
        `${desk.name} stopped with ${state.problem?.code} under an honest hub: ${state.problem?.message}`,
      );
    const { witnessedSize } = state;
    const counted = this.#region.heard.cosigners(witnessedSize);
    const by = this.#region.fork?.cosigners(desk, witnessedSize, counted) ?? counted;
    const policy = witnessedSize > this.#region.truth.size ? undefined : this.#region.truth.rowsAt(witnessedSize).get('policy');
    const set = policy && policyIn(policy).witnesses.map(toHex);
    const cosigners = [...by].filter((index) => !set || set.includes((this.#region.desks[index] as SimulatedDesk).chain)).length;
    if (witnessedSize > 0 && cosigners < quorumOf(set?.length ?? this.#founders))
      throw new Violation(
        'witnessed means it',
        `${desk.name} says ${witnessedSize} blocks are witnessed; ${cosigners} clinics cosigned`,
      );
  }

  /** What a desk has on its disk. */
  async desk(desk: SimulatedDesk): Promise<void> {
    if (!desk.isUp) return;
    const truth = (await this.#region.fork?.truthOf(desk)) ?? this.#region.truth;
    const size = await checkLedger(desk.name, desk.storage, truth);
    // What a hub that is caught at two histories acknowledged in the other one is in neither.
    if (!this.#region.fork?.hasDeceived(desk)) await this.#region.promises.check(desk, truth);
    await checkPending(desk, truth, size);
    await checkKeys(desk, truth, size);
    await checkErased(desk.name, desk.storage, truth.rowsAt(Math.max(0, size)));
  }

  /** Whether everybody has what the hub has, or has stopped for a reason. */
  async isAtRest(): Promise<boolean> {
    if (!this.#region.hub.isUp) return false;
    for (const desk of this.#region.honest) {
      if (this.#hasStopped(desk)) continue;
      if (desk.state === undefined) return false;
      if (this.#region.fork?.hasDeceived(desk)) {
        if (!(await this.#region.fork.isAtRest(desk))) return false;
      } else if (!desk.isTidy || !this.#isUpToDate(desk.state)) return false;
    }
    return true;
  }

  /** Because it caught the liar. */
  #hasStopped(desk: SimulatedDesk): boolean {
    return desk.state?.connection === 'STOPPED' && (this.#region.liar ?? this.#region.fork)?.caught.has(desk) === true;
  }

  #isUpToDate(state: EngineState): boolean {
    const { size } = this.#region.hub;
    const waits = state.pendingEvents + state.pendingDocuments;
    return (
      state.connection === 'UP_TO_DATE' &&
      state.replicaSize === size &&
      waits === 0 &&
      (size === 0 || state.witnessedSize === size)
    );
  }

  /** Where everybody stands, in words. */
  whoLags(): string {
    return this.#region.honest
      .map(({ name, state, isTidy }) => {
        const waits = `${state?.pendingEvents} events and ${state?.pendingDocuments} documents waiting`;
        const stands = `${state?.connection} at ${state?.replicaSize} (witnessed ${state?.witnessedSize}) of ${this.#region.hub.size}`;
        return `${name} is ${stands}, ${waits}${isTidy ? '' : ', its keys untended'}`;
      })
      .join('; ');
  }

  /** For a healed region at rest. */
  async end(): Promise<void> {
    const { truth, hub } = this.#region;
    await checkLedger('the hub', hub.storage, truth);
    await checkState('the hub', hub.storage, truth, truth.size);
    await checkErased('the hub', hub.storage, truth.rowsAt(truth.size));
    for (const desk of this.#region.honest) {
      const size = await checkLedger(desk.name, desk.storage, (await this.#region.fork?.truthOf(desk)) ?? truth);
      await this.#region.fork?.checkEvidence(desk);
      if (this.#hasStopped(desk) || this.#region.fork?.hasDeceived(desk)) continue;
      if (size !== truth.size) throw new Violation('all catch up', `${desk.name} has ${size} of ${truth.size} blocks`);
      await checkState(desk.name, desk.storage, truth, size);
      await this.desk(desk);
      this.#region.promises.checkDelivered(desk);
      await checkPurged(desk, truth, desk.state?.witnessedAt ?? 0);
    }
    this.#region.world.note(`rest ${truth.size} ${toHex(truth.rootAt(truth.size))} ${toHex(truth.stateRootAt(truth.size))}`);
  }
}
