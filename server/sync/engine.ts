/**
 * Keeps this device and its hub together: follows the hub's head by subscription while connected, backs off while not,
 * sends what waits, fetches what came, audits behind it and cosigns what it has recomputed.
 */
import type { Checkpoint } from '../../shared/ledger/checkpoint.ts';
import type { Region, Verify } from '../../shared/ledger/founding.ts';
import { witnessClinics } from '../../shared/ledger/policy.ts';
import type { Rules } from '../../shared/ledger/rules.ts';
import { asFailure, Failure } from '../../shared/outcome/failure.ts';
import { clockSkew, SKEW_SHOWN_MS } from '../../shared/sync/clock-skew.ts';
import { Pace } from '../../shared/sync/pace.ts';
import { QUARANTINED } from '../../shared/sync/standing.ts';
import type { VerifyPool } from '../vault/verify-pool.ts';
import { auditedSize } from './audit.ts';
import { AuditBehind } from './audit-behind.ts';
import { isCaught, stopsSync } from './caught.ts';
import type { ClinicLedger } from './clinic-ledger.ts';
import { isCopied } from './continuity.ts';
import { Cosigning, type CosigningOptions } from './cosigning.ts';
import { deviceStanding, hasOtherDevices } from './device-standing.ts';
import { type EngineOutside, type HubPlace, OUTSIDE } from './engine-outside.ts';
import { type ConnectionState, type EngineState, regionOf } from './engine-state.ts';
import { EvidenceBook } from './evidence-book.ts';
import type { HubClient } from './hub-client.ts';
import type { RegionPolicies } from './region-policies.ts';
import { Replica } from './replica.ts';
import { HUB_RECOVERING, NOT_RESTORED, RestoredHub } from './restored-hub.ts';
import { sendOwn } from './send-own.ts';
import { HubTelling } from './tell-hub.ts';
import { waitingCounts } from './transfer.store.ts';
import { fetchClinicDocuments, fetchDocuments, fetchMessages, sendMessages, type Transfer } from './transfer.ts';
import { Waking } from './waking.ts';
import { noteWitnessed, readWitnessed, type Witnessed } from './witnessed.ts';

export interface EngineOptions extends CosigningOptions {
  readonly ledger: ClinicLedger;
  readonly region: Region;
  readonly hub: HubPlace;
  /** Left out: TLS and the clock on the wall. */
  readonly outside?: EngineOutside;
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

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 60_000;
/** With fewer witnesses a hub could show two clinics two ledgers unseen. */
const SPLIT_VIEW_WITNESSES = 4;
/** Without a word from the subscription, look by oneself this often. */
const LOOK_EVERY = 15_000;
/** Failures of a question to the hub on which nothing depends. */
const UNANSWERED = /^(?:sync|hub|graphql|http|ledger)\./;

export class SyncEngine {
  readonly #options: EngineOptions;
  readonly #outside: EngineOutside;
  #replica: Replica;
  #client: HubClient | undefined;
  #state: EngineState;
  readonly #waking: Waking;
  #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();
  readonly #audit: AuditBehind;
  readonly #book: EvidenceBook;
  /** What the hub was caught at, here or before this start: no further round begins until a person resolves it. */
  #caught: Failure | undefined;
  readonly #cosigning: Cosigning;
  readonly #restored: RestoredHub;
  readonly #telling: HubTelling;
  readonly #openedAt: number;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(options: EngineOptions, replica: Replica, book: EvidenceBook, telling: HubTelling, state: EngineState) {
    this.#options = options;
    this.#telling = telling;
    this.#outside = options.outside ?? OUTSIDE;
    this.#waking = new Waking((milliseconds, then) => this.#outside.later(milliseconds, then));
    this.#replica = replica;
    this.#book = book;
    this.#caught = book.stopping;
    const isPutBack = async () => isCopied(options.ledger.newEpoch?.why) || ((await options.wasRestored?.()) ?? false);
    this.#cosigning = new Cosigning({ ...options, isPutBack }, (milliseconds) =>
      this.#outside.later(milliseconds, () => this.wake()),
    );
    this.#restored = new RestoredHub(options);
    this.#audit = new AuditBehind({
      ...options,
      size: () => this.#replica.size,
      audited: () => this.#state.auditedSize,
      signal: () => this.#stop.signal,
      onProgress: (auditedSize) => this.#set({ auditedSize }),
      onDone: () => this.wake(),
      onCaught: async (failure) => {
        const problem = await this.#keepCaught(failure);
        this.#set({ connection: 'STOPPED', problem, nextAttempt: undefined });
        return problem;
      },
    });
    this.#openedAt = options.clock();
    this.#state = state;
  }

  static async open(options: EngineOptions): Promise<SyncEngine> {
    const { database } = options;
    const book = await EvidenceBook.open(options);
    const replica = await Replica.open(options);
    const witnessed = await readWitnessed(database);
    const counts = await waitingCounts(database.read);
    const telling = await HubTelling.open(options);
    const engine = new SyncEngine(options, replica, book, telling, {
      connection: book.stopping ? 'STOPPED' : 'OFFLINE',
      replicaSize: replica.size,
      historyFrom: replica.historyFrom,
      hubSize: replica.checkpoint?.size ?? 0,
      timeLeft: undefined,
      auditedSize: await auditedSize(database),
      witnessedSize: witnessed.size,
      witnessedAt: witnessed.at,
      ...regionOf(replica),
      lastContact: undefined,
      clockSkew: undefined,
      nextAttempt: undefined,
      problem: book.stopping,
      witnessWaits: false,
      pendingEvents: counts.events,
      pendingDocuments: counts.documents,
      alarms: book.alarms,
    });
    await engine.#cosigning.begin();
    return engine;
  }

  get state(): EngineState {
    return this.#state;
  }

  get checkpoint(): Checkpoint | undefined {
    return this.#replica.checkpoint;
  }

  /** Who witnesses, who signs and which rules are active. */
  get policies(): RegionPolicies {
    return this.#replica.policies;
  }

  /** Begins to follow the hub, in the background. */
  start(): void {
    this.#stop = new AbortController();
    this.#running = this.#loop(this.#stop.signal);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#waking.wake();
    this.#client?.close();
    await this.#running;
    await this.#audit.ended();
  }

  /** Something waits to be sent, or a person asks: look now. */
  wake(): void {
    this.#waking.wake();
    // The hub may be out of reach: what waits is said all the same.
    void this.#count().catch(() => undefined);
  }

  /** A person has seen an alarm. `staff`: the person's id. */
  async acknowledge(id: number, staff: string): Promise<void> {
    await this.#book.acknowledge(id, staff);
    this.#set({ alarms: this.#book.alarms });
  }

  /** A person answers for syncing with this hub again; if it still lies, it is caught again. */
  async resume(staff: string): Promise<void> {
    await this.#book.resolve(staff);
    await this.stop();
    this.#caught = undefined;
    this.#client = undefined;
    this.#set({ connection: 'OFFLINE', problem: undefined, alarms: this.#book.alarms });
    this.start();
  }

  /**
   * A person answers for following a hub that was restored and went on without blocks that are here: this replica goes back to what
   * both have, and own acts behind that are sent again.
   * @throws {Failure} `sync.not-restored` when the hub says nothing of the kind.
   */
  async followRestored(staff: string): Promise<void> {
    const { ledger, region } = this.#options;
    await this.stop();
    try {
      await this.#restored.meet(this.#connect(), this.#replica);
      const size = this.#restored.common;
      if (size === undefined || size > this.#replica.size) throw NOT_RESTORED;
      await ledger.goBack(region, size);
      this.#replica = await Replica.open(this.#options);
      const { witnessedSize, auditedSize: audited } = this.#state;
      this.#set({
        ...regionOf(this.#replica),
        replicaSize: size,
        auditedSize: Math.min(audited, size),
        witnessedSize: Math.min(witnessedSize, size),
      });
    } catch (error) {
      this.#client = undefined;
      if (!this.#caught) this.start();
      throw error;
    }
    await this.resume(staff);
  }

  /** Takes in the ledger from `hub`, which may be a file, in turn with the rounds; nothing is sent. */
  takeIn(hub: HubClient): Promise<void> {
    const turn = this.#turn.then(async () => {
      // How it stands with the hub itself does not change by this.
      const { connection, lastContact } = this.#state;
      try {
        await this.#download(hub);
      } finally {
        this.#set({ connection, lastContact });
      }
      await this.#count();
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** One whole round, for scripts: throws what went wrong instead of trying again later. */
  async once(): Promise<void> {
    const client = this.#connect();
    await this.#round(client);
    await this.#audit.ended();
    await this.#round(client);
  }

  #set(change: Partial<EngineState>): void {
    this.#state = { ...this.#state, ...change };
    this.#options.onChange();
  }

  /** A clock that is wrong changes no order and ends no right too early; a person should mend it all the same. */
  #noteClock(date: string): void {
    const skew = clockSkew(this.#options.clock(), date);
    const before = this.#state.clockSkew;
    const isSame = skew === undefined || before === undefined ? skew === before : Math.abs(skew - before) < SKEW_SHOWN_MS / 4;
    if (!isSame) this.#set({ clockSkew: skew });
  }

  /** A round has come to its end. */
  #reached(connection: ConnectionState): void {
    this.#set({ connection, problem: undefined, nextAttempt: undefined, lastContact: this.#options.clock() });
  }

  #connect(): HubClient {
    if (this.#client) return this.#client;
    this.#client = this.#outside.connect(this.#options.hub);
    this.#client.onDate = (date) => this.#noteClock(date);
    return this.#client;
  }

  async #loop(signal: AbortSignal): Promise<void> {
    let wait = FIRST_WAIT;
    const following = this.#outside.follow(this.#options.hub, () => this.wake(), signal);
    while (!signal.aborted) {
      try {
        if (this.#state.connection === 'OFFLINE') this.#set({ connection: 'CONNECTING' });
        await this.#round(this.#connect());
        wait = FIRST_WAIT;
        await this.#waking.sleep(LOOK_EVERY, signal);
      } catch (error) {
        if (signal.aborted) break;
        const problem = asFailure(error);
        if (stopsSync(problem)) {
          this.#set({ connection: 'STOPPED', problem, nextAttempt: undefined });
          await this.#stayStopped(signal);
          break;
        }
        await this.#count().catch(() => undefined);
        await this.#watchFreeze(false).catch(() => undefined);
        this.#set({ connection: 'OFFLINE', problem, nextAttempt: this.#options.clock() + wait });
        // What ends every round here, such as a row that was altered on this disk, is not the network's fault: somebody should see it.
        if (problem.code.startsWith('storage.')) await this.#telling.tell(this.#connect(), this.#state).catch(() => undefined);
        await this.#waking.sleep(wait, signal);
        wait = Math.min(LONGEST_WAIT, wait * 2);
      }
    }
    following();
  }

  /**
   * Until a person answers for going on, nothing but how this device is. Who was caught may not be who answers now: the hub's
   * administrators hear of it as soon as an honest process does.
   */
  async #stayStopped(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#waking.heed();
      await this.#quietly(() => this.#telling.tell(this.#connect(), this.#state)).catch(() => undefined);
      await this.#waking.sleep(LOOK_EVERY, signal);
    }
  }

  /** Rounds take turns: what a person or a script asks for does not run into the one that is under way. */
  #round(client: HubClient): Promise<void> {
    const round = this.#turn.then(() => this.#runRound(client));
    this.#turn = round.catch(() => undefined);
    return round;
  }

  async #runRound(client: HubClient): Promise<void> {
    this.#waking.heed();
    if (this.#caught) throw this.#caught;
    try {
      await this.#steps(client);
    } catch (error) {
      throw await this.#keepCaught(asFailure(error));
    }
  }

  async #steps(client: HubClient): Promise<void> {
    const { database, chain, device } = this.#options;
    const wasConnected = /^UP/.test(this.#state.connection);
    if (!wasConnected || this.#restored.isRecovering)
      await this.#quietly(async () => void (await this.#restored.meet(client, this.#replica)));
    await this.#download(client);
    const standing = await deviceStanding(database.read, chain, device);
    if (standing === 'device-pending') {
      await sendMessages(this.#options, client);
      if ((await fetchMessages(this.#options, client)) > 0) this.#options.onArrived();
      this.#reached('DEVICE_PENDING');
    } else if (standing === 'enrolled') {
      this.#refuseRetired();
      if (this.#restored.isRecovering) await this.#waitForHub(client);
      const counts = await this.#count();
      await this.#quietly(() => this.#tellHub(client));
      // What is written waits: the rest of the round goes on.
      const sent = this.#telling.isQuarantined ? 0 : await this.#sendWaiting(client, counts);
      if (sent > 0) await this.#download(client);
      const messages = await fetchMessages(this.#options, client);
      // In this order: what a message speaks of is here when it is opened.
      const clinic = (await hasOtherDevices(database.read, chain)) ? await fetchClinicDocuments(this.#options, client) : 0;
      const arrived = messages + clinic + (await fetchDocuments(this.#options, client));
      if (arrived > 0) this.#options.onArrived();
      await this.#cosign(client);
      await this.#quietly(() => this.#book.checkReceipts(client));
      await this.#quietly(() => this.#book.fetchEquivocations(client));
      await this.#watchFreeze(true);
      await this.#count();
      await this.#quietly(() => this.#telling.tell(client, this.#state));
      this.#reached(this.#replica.updateNeeded === undefined ? 'UP_TO_DATE' : 'UPDATE_NEEDED');
      if (this.#telling.isQuarantined) this.#set({ problem: QUARANTINED });
    } else {
      const request = await this.#options.admissionRequest();
      if (request) await client.ask('RequestAdmission', { request });
      this.#reached('ADMISSION_PENDING');
    }
  }

  /** A restored hub goes on when the witnesses have spoken. @throws {Failure} `sync.hub-recovering` until then. */
  async #waitForHub(client: HubClient): Promise<void> {
    await this.#quietly(() => this.#cosign(client, true));
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
    if (events + documents > 0) this.#set({ connection: 'UPLOADING' });
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
        transfer: () => this.#transfer(client),
        download: () => this.#download(client),
        learnOfCopies: () => this.#quietly(() => this.#book.fetchEquivocations(client, true)),
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

  /** What means a lying hub is durable, and on the screens, before anything else happens. */
  async #keepCaught(failure: Failure): Promise<Failure> {
    if (!isCaught(failure) || failure === this.#caught) return failure;
    this.#caught = failure;
    this.#caught = await this.#book.keepCaught(failure, this.#connect());
    this.#set({ alarms: this.#book.alarms });
    // The last word before syncing stops: the hub's administrators should see that somebody was caught.
    await this.#quietly(() => this.#telling.tell(this.#connect(), this.#state));
    return this.#caught;
  }

  /** Asks the hub for what no round depends on: a hub that gives no answer holds up nothing. */
  async #quietly(ask: () => Promise<void>): Promise<void> {
    try {
      await ask();
    } catch (error) {
      if (!UNANSWERED.test(asFailure(error).code)) throw error;
    }
    this.#set({ alarms: this.#book.alarms });
  }

  async #watchFreeze(isConnected: boolean): Promise<void> {
    await this.#book.watchFreeze(this.#state.witnessedAt ?? this.#openedAt, isConnected);
    this.#set({ alarms: this.#book.alarms });
  }

  async #download(client: HubClient): Promise<void> {
    const before = this.#replica.size;
    const pace = new Pace();
    const target = await this.#restored.catchUp(client, this.#replica, (size, hubSize) => {
      const timeLeft = pace.left(this.#options.clock(), size, hubSize);
      this.#set({ connection: 'DOWNLOADING', replicaSize: size, hubSize, timeLeft });
    });
    this.#state = { ...this.#state, ...regionOf(this.#replica) };
    await this.#noteWitnessed(target.note);
    const { size: replicaSize, historyFrom } = this.#replica;
    this.#set({ replicaSize, historyFrom, hubSize: target.size, lastContact: this.#options.clock() });
    this.#audit.start();
    // No quorum of clinics vouches for what the hub shows here (one from outside sees no signature): every signature is checked before anything is made of it.
    if (witnessClinics(this.#replica.policies.current).length < SPLIT_VIEW_WITNESSES) await this.#audit.finished();
    if (this.#replica.size > before) this.#options.onFolded(this.#replica.size);
  }

  async #count(): Promise<{ events: number; documents: number }> {
    const counts = await waitingCounts(this.#options.database.read);
    this.#set({ pendingEvents: counts.events, pendingDocuments: counts.documents });
    return counts;
  }

  /** What goes to the hub is answered under the key that it has by then. */
  #transfer(client: HubClient): Transfer {
    const { policies } = this.#replica;
    return { ...this.#options, hubKey: () => policies.current.activeHubKey, renewHubKey: () => this.#download(client) };
  }

  async #noteWitnessed(note: string): Promise<void> {
    // The witness set of a ledger that is not applied here is not known.
    if (this.#replica.updateNeeded !== undefined) return;
    const newer = await noteWitnessed(this.#options.database, this.#replica.policies, note, this.#witnessed);
    if (!newer) return;
    this.#set({ witnessedSize: newer.size, witnessedAt: newer.at });
    this.#options.onFolded(this.#replica.size);
  }

  async #cosign(client: HubClient, isAsked = false): Promise<void> {
    const note = await this.#cosigning.cosign(client, this.#replica, this.#state.auditedSize, this.#witnessed, isAsked);
    if (this.#state.witnessWaits !== this.#cosigning.isWaiting) this.#set({ witnessWaits: this.#cosigning.isWaiting });
    if (note !== undefined) await this.#noteWitnessed(note);
  }

  get #witnessed(): Witnessed {
    return { size: this.#state.witnessedSize, at: this.#state.witnessedAt };
  }
}
