/**
 * What this device does with its hub in one round, in this order: follows the ledger, sends what waits, fetches what came, audits behind
 * it and cosigns what it has recomputed. When there is a round is the engine's affair.
 */
import type { Checkpoint, Cosigned } from '../../shared/ledger/checkpoint.ts';
import type { Region, Verify } from '../../shared/ledger/founding.ts';
import { witnessClinics } from '../../shared/ledger/policy.ts';
import type { Rules } from '../../shared/ledger/rules.ts';
import { asFailure, Failure } from '../../shared/outcome/failure.ts';
import { clockSkew, SKEW_SHOWN_MS } from '../../shared/sync/clock-skew.ts';
import { Pace } from '../../shared/sync/pace.ts';
import { QUARANTINED } from '../../shared/sync/standing.ts';
import type { VerifyPool } from '../vault/verify-pool.ts';
import type { ClinicLedger } from './clinic-ledger.ts';
import { AuditBehind } from './download/audit-behind.ts';
import { fetchArrived } from './download/fetch-arrived.ts';
import { fetchMessages } from './download/fetch-relayed.ts';
import { type ConnectionState, type EngineState, firstState, regionOf } from './engine-state.ts';
import { isUnanswered, stopsSync } from './evidence/caught.ts';
import { HubTrust } from './evidence/hub-trust.ts';
import { MENDED } from './evidence/own-doubt.ts';
import { HUB_RECOVERING, NOT_RESTORED, RestoredHub } from './evidence/restored-hub.ts';
import type { HubClient } from './hub-client.ts';
import { isCopied } from './own-acts/continuity.ts';
import { sendOwn } from './own-acts/send-own.ts';
import { Replica } from './replica.ts';
import { HubTelling } from './tell-hub.ts';
import { waitingCounts } from './transfer.store.ts';
import { sendMessages, type Transfer } from './transfer.ts';
import { deviceStanding } from './vault-context/device-standing.ts';
import type { CosigningOptions } from './witness/cosigning.ts';
import type { RegionPolicies } from './witness/region-policies.ts';
import { Witnesses } from './witness/witnesses.ts';

export interface RoundOptions extends CosigningOptions {
  readonly ledger: ClinicLedger;
  readonly region: Region;
  readonly device: Uint8Array;
  readonly verify: Verify;
  readonly rules: Rules;
  /** As `TellingOptions`. */
  readonly isDiskAltered?: (() => boolean) | undefined;
  readonly pool: VerifyPool;
  /** Of this program, as `1.2.3`: the hub is told. */
  readonly version: string;
  /** Whether the folder was restored from a backup. */
  readonly wasRestored?: () => Promise<boolean>;
  /** As in `Transfer`. */
  readonly forwards?: (() => number | undefined) | undefined;
  /** Base64 admission request to send while the region has not admitted this clinic. */
  readonly admissionRequest: () => Promise<string | undefined>;
  onChange(): void;
  onArrived(): void;
  onFolded(size: number): void;
}

/** What the engine lends its rounds. */
interface RoundHost {
  connect(): HubClient;
  /** Has a round begin soon. */
  wake(): void;
  /** Calls `then` after so many milliseconds. */
  later(milliseconds: number, then: () => void): void;
  /** Aborts what runs behind the rounds. */
  stopping(): AbortSignal;
}

/** With fewer witnesses a hub could show two clinics two ledgers unseen. */
const SPLIT_VIEW_WITNESSES = 4;

const isConnected = ({ connection }: EngineState): boolean =>
  connection === 'UPLOADING' || connection === 'UP_TO_DATE' || connection === 'UPDATE_NEEDED';

export class SyncRound {
  readonly trust: HubTrust;
  readonly #options: RoundOptions;
  readonly #host: RoundHost;
  #replica: Replica;
  #state: EngineState;
  readonly #audit: AuditBehind;
  readonly #witnesses: Witnesses;
  readonly #restored: RestoredHub;
  readonly #telling: HubTelling;
  readonly #openedAt: number;
  /** The size of which `onFolded` was told last: in a new process of none, as what hears it has the hub to tell what waited meanwhile. */
  #told = 0;

  private constructor(
    options: RoundOptions,
    host: RoundHost,
    { replica, trust, telling }: { replica: Replica; trust: HubTrust; telling: HubTelling },
    state: EngineState,
  ) {
    this.#options = options;
    this.#host = host;
    this.#telling = telling;
    this.#replica = replica;
    this.trust = trust;
    const isPutBack = async () => isCopied(options.ledger.newEpoch?.why) || ((await options.wasRestored?.()) ?? false);
    this.#witnesses = new Witnesses(
      { ...options, isPutBack },
      {
        state: () => this.#state,
        set: (change) => this.set(change),
        onWitnessed: ({ size }) => options.onFolded(size),
        later: (milliseconds) => host.later(milliseconds, () => host.wake()),
      },
    );
    this.#restored = new RestoredHub(options);
    this.#audit = new AuditBehind({
      ...options,
      size: () => this.#replica.size,
      audited: () => this.#state.auditedSize,
      signal: () => host.stopping(),
      onProgress: (auditedSize) => this.set({ auditedSize }),
      onDone: () => host.wake(),
      onCaught: async (failure) => {
        const problem = await this.#judge(failure);
        if (stopsSync(problem)) this.set({ connection: 'STOPPED', problem, nextAttempt: undefined });
        return problem;
      },
    });
    this.#openedAt = options.clock();
    this.#state = state;
  }

  /** Reads what the last run kept: trust, replica, what the hub was told. Nothing is asked of the hub yet. */
  static async open(options: RoundOptions, host: RoundHost): Promise<SyncRound> {
    const { database } = options;
    const trust = await HubTrust.open(options, { connect: () => host.connect(), onAlarms: (alarms) => round.set({ alarms }) });
    const replica = await Replica.open(options);
    const telling = await HubTelling.open(options);
    const round: SyncRound = new SyncRound(
      options,
      host,
      { replica, trust, telling },
      await firstState(database, replica, trust),
    );
    await round.#witnesses.begin();
    return round;
  }

  get state(): EngineState {
    return this.#state;
  }

  get checkpoint(): Checkpoint | undefined {
    return this.#replica.checkpoint;
  }

  /** Who of the witness set vouches for the ledger here, and when last (seconds). */
  get cosigners(): Cosigned[] {
    return this.#witnesses.vouching(this.#replica);
  }

  /** Who witnesses, who signs and which rules are active. */
  get policies(): RegionPolicies {
    return this.#replica.policies;
  }

  set(change: Partial<EngineState>): void {
    this.#state = { ...this.#state, ...change };
    this.#options.onChange();
  }

  /** One round. @throws {Failure} what ended it: kept in the book of lies before that, when it means a lying hub. */
  async run(client: HubClient): Promise<void> {
    if (this.trust.stopping) throw this.trust.stopping;
    try {
      await this.#steps(client);
    } catch (error) {
      const failure = await this.#judge(asFailure(error));
      if (failure !== MENDED) throw failure;
      await this.#steps(client).catch(async (again: unknown) => {
        throw await this.#judge(asFailure(again));
      });
    }
  }

  /** The audit behind the rounds has come to its end, for now. */
  audited(): Promise<void> {
    return this.#audit.ended();
  }

  /**
   * Goes back to what this replica and a restored hub have in common. Between rounds only.
   * @throws {Failure} `sync.not-restored` when the hub says nothing of the kind.
   */
  async goBack(client: HubClient): Promise<void> {
    const { ledger, region } = this.#options;
    await this.#restored.meet(client, this.#replica);
    const size = this.#restored.common;
    if (size === undefined || size > this.#replica.size) throw NOT_RESTORED;
    await ledger.goBack(region, size);
    this.#replica = await Replica.open(this.#options);
    await this.#witnesses.goBack();
    const { witnessedSize, auditedSize: audited } = this.#state;
    this.set({
      ...regionOf(this.#replica),
      replicaSize: size,
      auditedSize: Math.min(audited, size),
      witnessedSize: Math.min(witnessedSize, size),
    });
  }

  /** The ledger from `hub`, which may be a file: how this device stands with the hub itself does not change by this. */
  async takeIn(hub: HubClient): Promise<void> {
    const { connection, lastContact } = this.#state;
    try {
      await this.#download(hub);
    } finally {
      this.set({ connection, lastContact });
    }
    await this.count();
  }

  /** Tells the hub how this device is, if it can be told. */
  tell(client: HubClient): Promise<void> {
    return this.#quietly(() => this.#telling.tell(client, this.#state));
  }

  /** A clock that is wrong changes no order and ends no right too early; a person should mend it all the same. */
  noteClock(date: string): void {
    const skew = clockSkew(this.#options.clock(), date);
    const before = this.#state.clockSkew;
    const isSame = skew === undefined || before === undefined ? skew === before : Math.abs(skew - before) < SKEW_SHOWN_MS / 4;
    if (!isSame) this.set({ clockSkew: skew });
  }

  /** A round has come to its end. */
  #reached(connection: ConnectionState): void {
    this.set({ connection, problem: undefined, nextAttempt: undefined, lastContact: this.#options.clock() });
  }

  async #steps(client: HubClient): Promise<void> {
    const { database, chain, device } = this.#options;
    if (!isConnected(this.#state) || this.#restored.isRecovering)
      await this.#quietly(async () => void (await this.#restored.meet(client, this.#replica)));
    await this.#download(client);
    await this.#witnesses.learn(client, this.#replica);
    const standing = await deviceStanding(database.read, chain, device);
    if (standing === 'enrolled') {
      await this.#exchange(client);
    } else if (standing === 'device-pending') {
      await sendMessages(this.#options, client);
      if ((await fetchMessages(this.#options, client)) > 0) this.#options.onArrived();
      this.#reached('DEVICE_PENDING');
    } else {
      const request = await this.#options.admissionRequest();
      if (request) await client.ask('RequestAdmission', { request });
      this.#reached('ADMISSION_PENDING');
    }
  }

  /** What an enrolled device and its hub have for each other. */
  async #exchange(client: HubClient): Promise<void> {
    this.#refuseRetired();
    if (this.#restored.isRecovering) await this.#waitForHub(client);
    const counts = await this.count();
    await this.#quietly(() => this.#tellHub(client));
    // What is written waits: the rest of the round goes on.
    const sent = this.#telling.isQuarantined ? 0 : await this.#sendWaiting(client, counts);
    if (sent > 0) await this.#download(client);
    if ((await fetchArrived(this.#options, client)) > 0) this.#options.onArrived();
    await this.#witnesses.cosign(client, this.#replica);
    await this.#quietly(() => this.trust.checkReceipts(client));
    await this.#quietly(() => this.trust.fetchEquivocations(client));
    await this.watchFreeze(true);
    await this.count();
    await this.tell(client);
    this.#reached(this.#replica.isOutdated ? 'UPDATE_NEEDED' : 'UP_TO_DATE');
    if (this.#telling.isQuarantined) this.set({ problem: QUARANTINED });
  }

  /** A restored hub goes on when the witnesses have spoken. @throws {Failure} `sync.hub-recovering` until then. */
  async #waitForHub(client: HubClient): Promise<void> {
    await this.#quietly(() => this.#witnesses.cosign(client, this.#replica, true));
    await this.#restored.meet(client, this.#replica);
    if (this.#restored.isRecovering) throw HUB_RECOVERING;
  }

  /** How this device is, to the hub; and what the hub's administrators have ordered is carried out. */
  async #tellHub(client: HubClient): Promise<void> {
    await this.#telling.tell(client, this.#state);
    const { order } = this.#telling;
    if (order === 0) return;
    this.#telling.begin(order);
    await this.#audit.ended();
    await this.#options.ledger.makeAnew(this.#options.region, this.#options.verify);
    this.#replica = await Replica.open(this.#options);
    await this.#telling.done(order);
    await this.#telling.tell(client, this.#state);
  }

  async #sendWaiting(client: HubClient, { events, documents }: { events: number; documents: number }): Promise<number> {
    if (events + documents > 0) this.set({ connection: 'UPLOADING' });
    try {
      return await this.#send(client);
    } catch (error) {
      if (asFailure(error).code === QUARANTINED.code) this.#telling.askAnew();
      throw error;
    }
  }

  #send(client: HubClient): Promise<number> {
    const { ledger, verify, onArrived } = this.#options;
    return sendOwn(
      {
        ledger,
        verify,
        onArrived,
        onAltered: () => this.trust.reread(),
        transfer: () => this.#transfer(client),
        download: () => this.#download(client),
        learnOfCopies: () => this.#quietly(() => this.trust.fetchEquivocations(client, true)),
      },
      client,
    );
  }

  /** @throws {Failure} `sync.epoch-retired`: only a person can say how this copy goes on. */
  #refuseRetired(): void {
    if (!this.#options.ledger.isRetired) return;
    throw new Failure(
      'sync.epoch-retired',
      'An administrator of your clinic has retired this copy of the data: the same data is in use on another machine. What you wrote here and what has not reached the region is kept on this computer. Work on the other machine, or have an administrator let this copy go on.',
    );
  }

  /** What a failed round comes to: this disk was at fault, the hub was caught, or it stays what it is. */
  async #judge(failure: Failure): Promise<Failure> {
    const before = this.trust.caught;
    const judged = await this.trust.judge(failure);
    if (judged === MENDED) this.#replica = await Replica.open(this.#options);
    // The last word before syncing stops: the hub's administrators should see that somebody was caught.
    if (this.trust.caught !== before) await this.tell(this.#host.connect());
    return judged;
  }

  /** Asks the hub for what no round depends on: a hub that gives no answer holds up nothing. */
  async #quietly(ask: () => Promise<void>): Promise<void> {
    try {
      await ask();
    } catch (error) {
      if (!isUnanswered(asFailure(error))) throw error;
    }
  }

  /** Whether the witnessed ledger has stood still for too long. */
  async watchFreeze(isConnected: boolean): Promise<void> {
    await this.trust.watchFreeze(this.#state.witnessedAt ?? this.#openedAt, isConnected);
  }

  async #download(client: HubClient): Promise<void> {
    const pace = new Pace();
    const target = await this.#restored.catchUp(client, this.#replica, (size, hubSize) => {
      const timeLeft = pace.left(this.#options.clock(), size, hubSize);
      this.set({ connection: 'DOWNLOADING', replicaSize: size, hubSize, timeLeft });
    });
    this.#state = { ...this.#state, ...regionOf(this.#replica) };
    await this.#witnesses.note(this.#replica);
    const { size: replicaSize, historyFrom } = this.#replica;
    this.set({ replicaSize, historyFrom, hubSize: target.size, lastContact: this.#options.clock() });
    this.#audit.start();
    // No quorum of clinics vouches for what the hub shows here (one from outside sees no signature): every signature is checked before anything is made of it.
    if (witnessClinics(this.#replica.policies.current).length < SPLIT_VIEW_WITNESSES) await this.#audit.finished();
    if (this.#replica.size !== this.#told) this.#options.onFolded(this.#replica.size);
    this.#told = this.#replica.size;
  }

  /** Counts what waits to be sent, and shows it. */
  async count(): Promise<{ events: number; documents: number }> {
    const counts = await waitingCounts(this.#options.database.read);
    this.set({ pendingEvents: counts.events, pendingDocuments: counts.documents });
    return counts;
  }

  /** What goes to the hub is answered under the key that it has by then. */
  #transfer(client: HubClient): Transfer {
    const { policies } = this.#replica;
    return { ...this.#options, hubKey: () => policies.current.activeHubKey, renewHubKey: () => this.#download(client) };
  }
}
