/**
 * Keeps this device and its hub together: follows the hub's head by subscription while connected, backs off while not,
 * sends what waits, fetches what came, audits behind it and cosigns what it has recomputed.
 */
import { equalBytes, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { type Checkpoint, quorumOf, witnessName } from '../../shared/ledger/checkpoint.ts';
import type { Region, Verify } from '../../shared/ledger/founding.ts';
import type { Hash } from '../../shared/ledger/merkle.ts';
import { cosignatureLine, cosignatureMessage, parseNote } from '../../shared/ledger/note.ts';
import { witnessClinics } from '../../shared/ledger/policy.ts';
import { deviceRow } from '../../shared/ledger/rows.ts';
import { chainKey, deviceKey, type Rules } from '../../shared/ledger/rules.ts';
import { asFailure, Failure } from '../../shared/outcome/failure.ts';
import { COSIGN_AGAIN_MS } from '../../shared/sync/freeze.ts';
import { listState, loadState } from '../ledger/ledger.store.ts';
import type { Database } from '../storage/database.ts';
import type { VerifyPool } from '../vault/verify-pool.ts';
import { audit, auditedSize } from './audit.ts';
import { caught } from './caught.ts';
import { readSetting } from './clinic.store.ts';
import type { ClinicLedger } from './clinic-ledger.ts';
import { writeSetting } from './clinic-writes.store.ts';
import type { EvidenceRow } from './evidence.store.ts';
import { EvidenceBook } from './evidence-book.ts';
import { followHead } from './follow-head.ts';
import { HubClient, type HubTrust } from './hub-client.ts';
import type { RegionPolicies } from './region-policies.ts';
import { Replica } from './replica.ts';
import { waitingCounts } from './transfer.store.ts';
import { fetchClinicDocuments, fetchDocuments, fetchMessages, sendMessages, sendWaiting, type Transfer } from './transfer.ts';

export type ConnectionState =
  | 'ALONE'
  | 'ADMISSION_PENDING'
  | 'DEVICE_PENDING'
  | 'OFFLINE'
  | 'CONNECTING'
  | 'DOWNLOADING'
  | 'UPLOADING'
  | 'UP_TO_DATE'
  | 'UPDATE_NEEDED'
  | 'STOPPED';

/** Where the region's hub is and how it is recognised. */
export interface HubPlace {
  readonly address: string;
  readonly trust: HubTrust;
}

/** What the engine meets outside this process: the wire and the passing of time. */
export interface EngineOutside {
  connect(hub: HubPlace): HubClient;
  /** Tells of each new head until the signal aborts or the returned function is called. */
  follow(hub: HubPlace, onHead: () => void, signal: AbortSignal): () => void;
  /** Calls `then` after so many milliseconds, unless the returned function was called before. */
  later(milliseconds: number, then: () => void): () => void;
}

const OUTSIDE: EngineOutside = {
  connect: ({ address, trust }) => new HubClient(address, trust),
  follow: ({ address, trust }, onHead, signal) => followHead(address, trust, onHead, signal),
  later: (milliseconds, then) => {
    const timer = setTimeout(then, milliseconds).unref();
    return () => clearTimeout(timer);
  },
};

export interface EngineOptions {
  readonly database: Database;
  readonly ledger: ClinicLedger;
  readonly region: Region;
  readonly hub: HubPlace;
  /** Left out: TLS and the clock on the wall. */
  readonly outside?: EngineOutside;
  readonly chain: Uint8Array;
  readonly device: Uint8Array;
  readonly hash: Hash;
  readonly verify: Verify;
  readonly rules: Rules;
  readonly pool: VerifyPool;
  /** This device's key of the one purpose of cosigning. */
  readonly cosigner: { readonly key: Uint8Array; sign(message: Uint8Array): Uint8Array };
  /** Milliseconds between two cosignatures of this device; left out, ten seconds. */
  readonly cosignEvery?: number;
  readonly clock: () => number;
  /** Base64 admission request to send while the region has not admitted this clinic. */
  readonly admissionRequest: () => Promise<string | undefined>;
  onChange(): void;
  onArrived(): void;
  onFolded(size: number): void;
}

export interface EngineState {
  readonly connection: ConnectionState;
  readonly replicaSize: number;
  /** The first position whose block is here; 0 where the whole ledger is. */
  readonly historyFrom: number;
  readonly hubSize: number;
  readonly auditedSize: number;
  readonly witnessedSize: number;
  /** Milliseconds. */
  readonly witnessedAt: number | undefined;
  readonly witnesses: number;
  readonly witnessesNeeded: number;
  /** The rules version that the region has activated and this program does not know. */
  readonly updateNeeded: number | undefined;
  /** Up to where blocks are proved: beyond `replicaSize` only while an update is needed. */
  readonly provedSize: number;
  readonly lastContact: number | undefined;
  readonly nextAttempt: number | undefined;
  readonly problem: Failure | undefined;
  readonly pendingEvents: number;
  readonly pendingDocuments: number;
  /** What this device has caught others at, or suspects, and nobody has resolved; the newest first. */
  readonly alarms: readonly EvidenceRow[];
}

const WITNESSED = 'witnessed';
/** Name of the setting with size and root of the newest checkpoint that this device has cosigned, or was about to. */
const COSIGNED = 'cosigned';
const COSIGN_EVERY = 10_000;
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 60_000;
/** With fewer witnesses a hub could show two clinics two ledgers unseen. */
const SPLIT_VIEW_WITNESSES = 4;
/** Without a word from the subscription, look by oneself this often. */
const LOOK_EVERY = 15_000;
/** The hub takes nothing more of an epoch: it goes on in a new one. */
const EPOCH_CLOSED = /^(?:ledger\.equivocation|hub\.epoch-quarantined)$/;
/** Failures that mean a lying hub, or a device that must not go on: only a person can clear them. */
const STOPPING =
  /^sync\.(?:rollback|split-view|block-invalid|root-mismatch|effects-mismatch|state-mismatch|signature-invalid|epoch-retired|receipt-forged|receipt-foreign|blocks-missing|snapshot-poisoned|hub-key-replaced|cosigned-otherwise)$/;
/** What is no lie of the hub: this copy of the data was retired. */
const OWN_FAULT = 'sync.epoch-retired';
/** Failures of a question to the hub on which nothing depends. */
const UNANSWERED = /^(?:sync|hub|graphql|http|ledger)\./;

export class SyncEngine {
  readonly #options: EngineOptions;
  readonly #outside: EngineOutside;
  readonly #replica: Replica;
  #client: HubClient | undefined;
  #state: EngineState;
  #wake: () => void = () => undefined;
  #woken = false;
  #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #auditing: Promise<void> | undefined;
  readonly #book: EvidenceBook;
  /** What the hub was caught at, here or before this start: no further round begins until a person resolves it. */
  #caught: Failure | undefined;
  /** Which checkpoint was cosigned last, and when. */
  #cosigned = { size: 0, at: 0 };
  readonly #openedAt: number;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(options: EngineOptions, replica: Replica, book: EvidenceBook, state: EngineState) {
    this.#options = options;
    this.#outside = options.outside ?? OUTSIDE;
    this.#replica = replica;
    this.#book = book;
    this.#caught = book.stopping;
    this.#openedAt = options.clock();
    this.#state = state;
  }

  static async open(options: EngineOptions): Promise<SyncEngine> {
    const { database } = options;
    const book = await EvidenceBook.open(options);
    const replica = await Replica.open(options);
    const witnessed = (await readSetting(database.read, WITNESSED))?.toString('utf8').split(' ').map(Number);
    const counts = await waitingCounts(database.read);
    return new SyncEngine(options, replica, book, {
      connection: book.stopping ? 'STOPPED' : 'OFFLINE',
      replicaSize: replica.size,
      historyFrom: replica.historyFrom,
      hubSize: replica.checkpoint?.size ?? 0,
      auditedSize: await auditedSize(database),
      witnessedSize: witnessed?.[0] ?? 0,
      witnessedAt: witnessed?.[1],
      ...standingOf(replica),
      lastContact: undefined,
      nextAttempt: undefined,
      problem: book.stopping,
      pendingEvents: counts.events,
      pendingDocuments: counts.documents,
      alarms: book.alarms,
    });
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
    this.#wake();
    this.#client?.close();
    await this.#running;
    await this.#auditing?.catch(() => undefined);
  }

  /** Something waits to be sent, or a person asks: look now. */
  wake(): void {
    this.#woken = true;
    this.#wake();
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

  /** Takes in the ledger from `hub`, which may be a file, in turn with the rounds; nothing is sent. */
  takeIn(hub: HubClient): Promise<void> {
    const turn = this.#turn.then(async () => {
      await this.#download(hub);
      await this.#count();
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** One whole round, for scripts: throws what went wrong instead of trying again later. */
  async once(): Promise<void> {
    const client = this.#connect();
    await this.#round(client);
    await this.#auditing;
    await this.#round(client);
  }

  #set(change: Partial<EngineState>): void {
    this.#state = { ...this.#state, ...change };
    this.#options.onChange();
  }

  #connect(): HubClient {
    this.#client ??= this.#outside.connect(this.#options.hub);
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
        await this.#sleep(LOOK_EVERY);
      } catch (error) {
        if (signal.aborted) break;
        const problem = asFailure(error);
        if (STOPPING.test(problem.code)) {
          this.#set({ connection: 'STOPPED', problem, nextAttempt: undefined });
          break;
        }
        await this.#count().catch(() => undefined);
        await this.#watchFreeze(false).catch(() => undefined);
        this.#set({ connection: 'OFFLINE', problem, nextAttempt: this.#options.clock() + wait });
        await this.#sleep(wait);
        wait = Math.min(LONGEST_WAIT, wait * 2);
      }
    }
    following();
  }

  /** Resolves after `milliseconds`, or as soon as somebody wakes the engine. */
  #sleep(milliseconds: number): Promise<void> {
    if (this.#woken || this.#stop.signal.aborted) {
      this.#woken = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const end = (): void => {
        callOff();
        this.#wake = () => undefined;
        this.#woken = false;
        resolve();
      };
      const callOff = this.#outside.later(milliseconds, end);
      this.#wake = end;
    });
  }

  /** Rounds take turns: what a person or a script asks for does not run into the one that is under way. */
  #round(client: HubClient): Promise<void> {
    const round = this.#turn.then(() => this.#runRound(client));
    this.#turn = round.catch(() => undefined);
    return round;
  }

  async #runRound(client: HubClient): Promise<void> {
    this.#woken = false;
    if (this.#caught) throw this.#caught;
    try {
      await this.#steps(client);
    } catch (error) {
      throw await this.#keepCaught(asFailure(error));
    }
  }

  async #steps(client: HubClient): Promise<void> {
    await this.#download(client);
    const standing = await this.#standing();
    if (standing === 'device-pending') {
      await sendMessages(this.#options, client);
      if ((await fetchMessages(this.#options, client)) > 0) this.#options.onArrived();
      this.#set({
        connection: 'DEVICE_PENDING',
        problem: undefined,
        nextAttempt: undefined,
        lastContact: this.#options.clock(),
      });
    } else if (standing === 'enrolled') {
      this.#refuseRetired();
      const counts = await this.#count();
      if (counts.events + counts.documents > 0) this.#set({ connection: 'UPLOADING' });
      const sent = await this.#send(client);
      if (sent > 0) await this.#download(client);
      const messages = await fetchMessages(this.#options, client);
      // In this order: what a message speaks of is here when it is opened.
      const clinic = (await this.#hasOtherDevices()) ? await fetchClinicDocuments(this.#options, client) : 0;
      const arrived = messages + clinic + (await fetchDocuments(this.#options, client));
      if (arrived > 0) this.#options.onArrived();
      await this.#cosign(client);
      await this.#quietly(() => this.#book.checkReceipts(client));
      await this.#quietly(() => this.#book.fetchEquivocations(client));
      await this.#watchFreeze(true);
      await this.#count();
      const connection = this.#replica.updateNeeded === undefined ? 'UP_TO_DATE' : 'UPDATE_NEEDED';
      this.#set({ connection, problem: undefined, nextAttempt: undefined, lastContact: this.#options.clock() });
    } else {
      const request = await this.#options.admissionRequest();
      if (request) await client.ask('RequestAdmission', { request });
      this.#set({
        connection: 'ADMISSION_PENDING',
        problem: undefined,
        nextAttempt: undefined,
        lastContact: this.#options.clock(),
      });
    }
  }

  /** Sends what waits; what the hub refuses because a copy of this folder was there first goes into a new epoch and is sent again. */
  async #send(client: HubClient): Promise<number> {
    try {
      return await sendWaiting(this.#transfer(client), client);
    } catch (error) {
      if (!EPOCH_CLOSED.test(asFailure(error).code)) throw error;
      await this.#quietly(() => this.#book.fetchEquivocations(client, true));
      await this.#download(client);
      await this.#options.ledger.beginAnew();
      return sendWaiting(this.#transfer(client), client);
    }
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
    if (!STOPPING.test(failure.code) || failure.code === OWN_FAULT || failure === this.#caught) return failure;
    this.#caught = failure;
    this.#caught = await this.#book.keepCaught(failure, this.#connect());
    this.#set({ alarms: this.#book.alarms });
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
    const target = await this.#replica.catchUp(client, (size, hubSize) =>
      this.#set({ connection: 'DOWNLOADING', replicaSize: size, hubSize }),
    );
    this.#state = { ...this.#state, ...standingOf(this.#replica) };
    await this.#noteWitnessed(target.note);
    const { size: replicaSize, historyFrom } = this.#replica;
    this.#set({ replicaSize, historyFrom, hubSize: target.size, lastContact: this.#options.clock() });
    this.#startAudit();
    // No quorum of clinics vouches for what the hub shows here (one from outside sees no signature): every signature is checked before anything is made of it.
    if (witnessClinics(this.#replica.policies.current).length < SPLIT_VIEW_WITNESSES) await this.#audited();
    if (this.#replica.size > before) this.#options.onFolded(this.#replica.size);
  }

  /** Until the audit has reached what is here. @throws {Failure} what the hub was caught at. */
  async #audited(): Promise<void> {
    while (this.#auditing) {
      await this.#auditing;
      if (this.#caught) throw this.#caught;
      if (this.#state.connection === 'STOPPED' && this.#state.problem) throw this.#state.problem;
      if (!this.#stop.signal.aborted) this.#startAudit();
    }
  }

  async #count(): Promise<{ events: number; documents: number }> {
    const counts = await waitingCounts(this.#options.database.read);
    this.#set({ pendingEvents: counts.events, pendingDocuments: counts.documents });
    return counts;
  }

  /** What the ledger, without what is pending here, says of this clinic and this device. */
  async #standing(): Promise<'clinic-pending' | 'device-pending' | 'enrolled'> {
    const chain = chainKey(toHex(this.#options.chain));
    const device = deviceKey(toHex(this.#options.device));
    const rows = await loadState(this.#options.database.read, [chain, device]);
    if (rows.get(chain) === undefined) return 'clinic-pending';
    return rows.get(device) === undefined ? 'device-pending' : 'enrolled';
  }

  async #hasOtherDevices(): Promise<boolean> {
    const own = toHex(this.#options.chain);
    const rows = await listState(this.#options.database.read, 'device/');
    return rows.filter(({ value }) => toHex(decode(deviceRow, value).chain) === own).length > 1;
  }

  /** What goes to the hub is answered under the key that it has by then. */
  #transfer(client: HubClient): Transfer {
    const { policies } = this.#replica;
    return { ...this.#options, hubKey: () => policies.current.activeHubKey, renewHubKey: () => this.#download(client) };
  }

  async #noteWitnessed(note: string): Promise<void> {
    const { database } = this.#options;
    // The witness set of a ledger that is not applied here is not known.
    if (this.#replica.updateNeeded !== undefined) return;
    const checkpoint = this.#replica.policies.open(note);
    const { size } = checkpoint;
    const found = this.#replica.policies.witnessing(checkpoint);
    if (!found.witnessed || found.time === undefined || size < this.#state.witnessedSize) return;
    const witnessedAt = found.time * 1000;
    if (size === this.#state.witnessedSize && witnessedAt <= (this.#state.witnessedAt ?? 0)) return;
    await database.write((transaction) => writeSetting(transaction, WITNESSED, utf8(`${size} ${witnessedAt}`)), { group: true });
    this.#set({ witnessedSize: size, witnessedAt });
    this.#options.onFolded(this.#replica.size);
  }

  #startAudit(): void {
    if (this.#auditing || this.#state.auditedSize >= this.#replica.size) return;
    const size = this.#replica.size;
    const onProgress = (audited: number): void => this.#set({ auditedSize: audited });
    this.#auditing = audit({ ...this.#options, onProgress, signal: this.#stop.signal }, size)
      .then(() => this.wake())
      .catch(async (error: unknown) => {
        const problem = await this.#keepCaught(asFailure(error));
        this.#set({ connection: 'STOPPED', problem, nextAttempt: undefined });
        this.wake();
      })
      .finally(() => {
        this.#auditing = undefined;
      });
  }

  /** Cosigns the newest checkpoint once every signature under it was checked here: root, effects and state recomputed. */
  async #cosign(client: HubClient): Promise<void> {
    const { hash, chain, cosigner, clock, cosignEvery = COSIGN_EVERY } = this.#options;
    const { checkpoint, policies, updateNeeded } = this.#replica;
    if (
      !checkpoint ||
      checkpoint.size === 0 ||
      updateNeeded !== undefined ||
      // Who began with a snapshot has not recomputed what came before it.
      this.#replica.historyFrom > 0 ||
      this.#state.auditedSize < checkpoint.size ||
      (this.#state.witnessedSize >= checkpoint.size && !this.#isCosignDue(checkpoint.size))
    )
      return;
    const isOurs = witnessClinics(policies.at(checkpoint.size)).some(
      (witness) => equalBytes(witness.chain, chain) && equalBytes(witness.cosignKey, cosigner.key),
    );
    if (!isOurs) return;
    const now = clock();
    const since = now - this.#cosigned.at;
    if (since >= 0 && since < cosignEvery) {
      this.#outside.later(cosignEvery - since, () => this.wake());
      return;
    }
    await this.#rememberCosigned(checkpoint);
    const time = Math.floor(now / 1000);
    const signature = cosigner.sign(cosignatureMessage(time, parseNote(checkpoint.note).text));
    const line = cosignatureLine(hash, witnessName(chain), cosigner.key, time, signature);
    const { cosign } = await client.ask<{ cosign: string }>('Cosign', { size: checkpoint.size, line });
    this.#cosigned = { size: checkpoint.size, at: clock() };
    await this.#noteWitnessed(cosign);
  }

  /** Whether the others should hear that this witness still sees the same ledger. */
  #isCosignDue(size: number): boolean {
    const own = this.#cosigned.size === size ? this.#cosigned.at : 0;
    return this.#options.clock() - Math.max(own, this.#state.witnessedAt ?? 0) >= COSIGN_AGAIN_MS;
  }

  /** Durable before it is signed: this device never signs for two ledgers. */
  async #rememberCosigned({ size, root }: Checkpoint): Promise<void> {
    const { database } = this.#options;
    const before = (await readSetting(database.read, COSIGNED))?.toString('utf8').split(' ');
    if (before && (Number(before[0]) > size || (Number(before[0]) === size && before[1] !== toHex(root))))
      throw caught(
        'sync.cosigned-otherwise',
        `This device has cosigned another ledger of ${before[0]} blocks and is asked to cosign one of ${size}.`,
      );
    await database.write((transaction) => writeSetting(transaction, COSIGNED, utf8(`${size} ${toHex(root)}`)), { group: true });
  }
}

function standingOf({ policies, updateNeeded, provedSize }: Replica) {
  const witnesses = policies.current.witnesses.length;
  return { witnesses, witnessesNeeded: quorumOf(witnesses), updateNeeded, provedSize };
}
