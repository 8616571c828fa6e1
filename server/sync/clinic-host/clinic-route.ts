/**
 * Keeps this device and its clinic's host together, beside the hub and whether the hub is there or not: brings what was written here, takes
 * in what the clinic's other devices brought, and the region's ledger as far as the host has it.
 */
import { equalBytes, fromHex, toHex } from '../../../shared/encoding/bytes.ts';
import { ownSignatures } from '../../../shared/ledger/admission.ts';
import type { Verify } from '../../../shared/ledger/founding.ts';
import type { Hash } from '../../../shared/ledger/merkle.ts';
import type { OpenedBlock } from '../../../shared/ledger/rules.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import { LIMITS } from '../../../shared/sync/wire.ts';
import type { Database } from '../../storage/database.ts';
import type { ClinicLedger } from '../clinic-ledger.ts';
import type { EngineOutside } from '../engine-outside.ts';
import type { HubClient } from '../hub-client.ts';
import { Waking } from '../waking.ts';
import { broughtAndNotShown, type ClinicBlock } from './clinic-blocks.store.ts';
import {
  addHostDocuments,
  addHostMessages,
  beginFeed,
  bytesOfClinicBlocks,
  bytesOfOwnBlocks,
  documentsNamed,
  dropForeignMail,
  leaveQueue,
  messagesNamed,
  type QueuedEntry,
  type QueueKind,
  queued,
  queueEnd,
  type RouteMark,
  readRouteMark,
  writeRouteMark,
} from './clinic-route.store.ts';
import { ALTERED, hostOf, NONSENSE, NOT_KEPT, pageOf, type WireHost, type WirePage } from './host-answers.ts';

/** The line to a host: over the network, or to the host that this computer is. */
export interface HostLine {
  /** The next time it is opened it may try another address. */
  open(): Promise<OpenHostLine>;
}

interface OpenHostLine {
  readonly client: HubClient;
  /** Tells when the host has something new, until the signal aborts or the returned function is called. */
  follow(onNews: () => void, signal: AbortSignal): () => void;
}

interface ClinicRouteOptions {
  readonly database: Database;
  readonly ledger: ClinicLedger;
  readonly hash: Hash;
  readonly verify: Verify;
  readonly clock: () => number;
  readonly later: EngineOutside['later'];
  readonly line: HostLine;
  /** Documents that an opened block's events are about. */
  documentsOf(opened: OpenedBlock): readonly Uint8Array[];
  /** Blocks of the region's ledger that are here. */
  size(): number;
  /** Takes in the region's ledger as far as the host has it. */
  takeIn(host: HubClient): Promise<void>;
  onChange(): void;
  onArrived(): void;
}

export interface ClinicRouteState {
  readonly connected: boolean;
  /** Device id of the host, once it has answered. */
  readonly host: string | undefined;
  /** Milliseconds. */
  readonly lastContact: number | undefined;
  readonly problem: Failure | undefined;
}

const FIRST_WAIT = 1_000;
/** A host is a few steps away and comes back when somebody switches it on. */
const LONGEST_WAIT = 15_000;
/** Without a word from the subscription, look by oneself this often. */
const LOOK_EVERY = 10_000;
const ARRIVALS = 500;
const DOCUMENTS = 20;
const BLOCKS = 100;

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');

export class ClinicRoute {
  readonly #options: ClinicRouteOptions;
  readonly #waking: Waking;
  #state: ClinicRouteState = { connected: false, host: undefined, lastContact: undefined, problem: undefined };
  #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #client: HubClient | undefined;
  #unfollow: () => void = () => undefined;
  /** Own blocks that the host took and did not show in the last round. */
  #missing: ReadonlySet<string> = new Set();
  #altered: Failure | undefined;

  constructor(options: ClinicRouteOptions) {
    this.#options = options;
    this.#waking = new Waking(options.later);
  }

  get state(): ClinicRouteState {
    return this.#state;
  }

  start(): void {
    this.#running = this.#loop(this.#stop.signal);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#waking.wake();
    this.#client?.close();
    await this.#running;
  }

  wake(): void {
    this.#waking.wake();
  }

  #set(change: Partial<ClinicRouteState>): void {
    this.#state = { ...this.#state, ...change };
    this.#options.onChange();
  }

  async #loop(signal: AbortSignal): Promise<void> {
    let wait = FIRST_WAIT;
    while (!signal.aborted) {
      try {
        this.#waking.heed();
        const problem = await this.#round(this.#client ?? (await this.#open(signal)));
        wait = FIRST_WAIT;
        if (!this.#state.connected || this.#state.problem?.code !== problem?.code) this.#set({ connected: true, problem });
        await this.#waking.sleep(LOOK_EVERY, signal);
      } catch (error) {
        if (signal.aborted) break;
        this.#close();
        const failure = asFailure(error);
        this.#set({ connected: false, problem: failure.code === 'sync.hub-answer' ? NONSENSE : failure });
        await this.#waking.sleep(wait, signal);
        wait = Math.min(LONGEST_WAIT, wait * 2);
      }
    }
    this.#close();
  }

  async #open(signal: AbortSignal): Promise<HubClient> {
    const { client, follow } = await this.#options.line.open();
    this.#client = client;
    this.#unfollow = follow(() => this.wake(), signal);
    return client;
  }

  #close(): void {
    this.#unfollow();
    this.#client?.close();
    this.#client = undefined;
  }

  /** Gives what is wrong with the host's ledger, if anything: it is not believed, and the rest goes on. */
  async #round(host: HubClient): Promise<Failure | undefined> {
    const { database, clock, size, takeIn } = this.#options;
    const clinicHost = hostOf(await host.askHost('ClinicHost'));
    const mark = await this.#markFor(clinicHost);
    this.#state = { ...this.#state, host: clinicHost.device, lastContact: clock() };
    // What is pending there stands on this ledger.
    const problem = clinicHost.size > size() ? await takeIn(host).then(() => undefined, notBelieved) : undefined;
    await database.write((transaction) => dropForeignMail(transaction, this.#options.ledger.chain));
    await this.#bring(host);
    await this.#fetch(host, mark);
    return problem ?? this.#altered ?? (await this.#notKept());
  }

  /** What the host took and does not show, twice in a row: meanwhile the ledger may have got what it does not keep any more. */
  async #notKept(): Promise<Failure | undefined> {
    const before = this.#missing;
    this.#missing = new Set((await broughtAndNotShown(this.#options.database.read)).map(toHex));
    return [...this.#missing].some((name) => before.has(name)) ? NOT_KEPT : undefined;
  }

  /** A host that is another one, or that has lost what it told, begins anew. */
  async #markFor({ feed, newest }: WireHost): Promise<RouteMark> {
    const { database } = this.#options;
    const mark = await readRouteMark(database.read);
    if (mark?.feed === feed && mark.after <= newest) return mark;
    await database.write((transaction) => beginFeed(transaction, feed));
    return { feed, after: 0 };
  }

  /** Documents first, then the blocks that name them, then mail that speaks of both; what comes meanwhile waits for the next round. */
  async #bring(host: HubClient): Promise<void> {
    const { database } = this.#options;
    const { read } = database;
    const until = await queueEnd(read);
    if (until === 0) return;
    await this.#each('taken-back', BLOCKS, until, (names) => host.askHost('TakeBack', { blocks: names.map(toHex) }));
    await this.#each('document', DOCUMENTS, until, async (names) => {
      const documents = await documentsNamed(read, names);
      const wire = documents.map(({ handle, sealed, wrap }) => ({
        handle: toHex(handle),
        sealed: base64(sealed),
        wrap: base64(wrap),
      }));
      if (wire.length > 0) await host.askHost('PutDocuments', { documents: wire });
    });
    await this.#each('block', BLOCKS, until, async (names) => {
      const blocks = [...(await bytesOfClinicBlocks(read, names)), ...(await bytesOfOwnBlocks(read, names))];
      if (blocks.length > 0) await host.askHost('Submit', { blocks: blocks.map(({ bytes }) => base64(bytes)) });
    });
    await this.#each('message', LIMITS.messagesPerCall / 2, until, async (names) => {
      const messages = (await messagesNamed(read, names)).map(({ recipientChain, recipientDevice, kind, body }) => ({
        recipientChain: toHex(recipientChain),
        recipientDevice: toHex(recipientDevice),
        kind,
        body: base64(body),
      }));
      if (messages.length > 0) await host.askHost('SendMessages', { messages });
    });
    await this.#each('withdrawal', LIMITS.messagesPerCall, until, (names) =>
      host.askHost('WithdrawMessages', { ids: names.map(toHex) }),
    );
  }

  /** Brings entries of one kind, a few at a time; those that the host has leave the queue. */
  async #each(kind: QueueKind, limit: number, until: number, bring: (names: readonly Uint8Array[]) => Promise<unknown>) {
    const { database } = this.#options;
    for (;;) {
      const entries: readonly QueuedEntry[] = await queued(database.read, kind, until, limit);
      if (entries.length === 0) return;
      await bring(entries.map(({ name }) => name));
      await database.write((transaction) => leaveQueue(transaction, entries));
    }
  }

  async #fetch(host: HubClient, mark: RouteMark): Promise<void> {
    let { after } = mark;
    let fresh = 0;
    for (let more = true; more; ) {
      const page = pageOf(await host.askHost('Arrivals', { after, limit: ARRIVALS }), after);
      if (page.last === after) break;
      fresh += await this.#takeIn(page, { feed: mark.feed, after: page.last });
      ({ last: after, more } = page);
    }
    if (fresh > 0) this.#options.onArrived();
  }

  /** Gives how much of a page was new. What is wrong in it is left out, and named: a host can withhold as well. */
  async #takeIn(page: WirePage, mark: RouteMark): Promise<number> {
    const { database, ledger, hash } = this.#options;
    const named = page.arrivals
      .map((arrival) => ({ ...arrival, bytes: Buffer.from(arrival.bytes, 'base64'), name: Buffer.from(arrival.name, 'hex') }))
      .filter(({ kind, bytes, name }) => kind === 'BLOCK' || kind === 'TAKEN_BACK' || equalBytes(hash(bytes), name));
    const documents = named.flatMap(({ kind, name, detail, bytes, wrap }) =>
      kind === 'DOCUMENT' ? [{ name, handle: fromHex(detail), sealed: bytes, wrap: Buffer.from(wrap, 'base64') }] : [],
    );
    const messages = named.flatMap(({ kind, name, detail, device, bytes }) =>
      kind === 'MESSAGE' ? [{ id: name, kind: detail, senderDevice: fromHex(device), body: bytes }] : [],
    );
    const blocks = named.flatMap((arrival) => (arrival.kind === 'BLOCK' ? this.#checked(arrival.sequence, arrival.bytes) : []));
    const isWhole =
      named.length === page.arrivals.length && blocks.length === named.filter(({ kind }) => kind === 'BLOCK').length;
    if (!isWhole) this.#altered = ALTERED;
    const takenBack = named.flatMap(({ kind, name }) => (kind === 'TAKEN_BACK' ? [name] : []));
    if (documents.length > 0) await database.write((transaction) => addHostDocuments(transaction, documents));
    let fresh = documents.length + blocks.length + takenBack.length;
    const finish = async (transaction: Parameters<typeof writeRouteMark>[0]): Promise<void> => {
      fresh += await addHostMessages(transaction, ledger.chain, messages);
      await writeRouteMark(transaction, mark);
    };
    if (blocks.length + takenBack.length > 0) await ledger.takeClinicBlocks(blocks, takenBack, finish);
    else await database.write(finish);
    return fresh;
  }

  /** A block of this clinic whose signatures by its device and by people hold; those by the clinic are checked where it is laid. */
  #checked(sequence: number, bytes: Uint8Array): ClinicBlock[] {
    const { ledger, verify, documentsOf } = this.#options;
    try {
      const opened = ledger.open(bytes);
      if (!equalBytes(opened.block.chain, ledger.chain)) return [];
      if (!ownSignatures(opened).every(({ key, message, signature }) => verify(key, message, signature))) return [];
      return [{ sequence, opened, bytes, documents: documentsOf(opened) }];
    } catch (error) {
      if (error instanceof Failure) return [];
      throw error;
    }
  }
}

function notBelieved(cause: unknown): Failure {
  return new Failure(
    'clinic-host.not-believed',
    `The clinic host shows blocks of the region that could not be taken in: ${asFailure(cause).message}`,
    { cause },
  );
}
