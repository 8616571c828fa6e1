/**
 * This computer on its clinic's network: it serves the clinic, or follows the computer that does, or neither. What it was told last is kept
 * in one setting.
 */
import { toHex } from '../../../shared/encoding/bytes.ts';
import type { OpenedBlock } from '../../../shared/ledger/rules.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import { Turns } from '../../../shared/outcome/turns.ts';
import { clinicHostAddress, listenAt } from '../../../shared/sync/clinic-host.ts';
import type { CLINIC_HOST_OPERATIONS } from '../../../shared/sync/operations.ts';
import { documentNamedBy } from '../../rules-registry.ts';
import type { Database } from '../../storage/database.ts';
import { readSetting } from '../../sync/clinic.store.ts';
import { CLINIC_HOST, leaveHost } from '../../sync/clinic-host/clinic-route.store.ts';
import { ClinicRoute, type ClinicRouteState, type HostLine } from '../../sync/clinic-host/clinic-route.ts';
import type { ClinicLedger } from '../../sync/clinic-ledger.ts';
import { writeSetting } from '../../sync/clinic-writes.store.ts';
import type { SyncEngine } from '../../sync/engine.ts';
import { OUTSIDE } from '../../sync/engine-outside.ts';
import { HubClient, type HubTrust } from '../../sync/hub-client.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { randomBytes, verifySignature } from '../../vault/primitives.ts';
import { announce, devicesOfClinic, readAnnouncements, type ThisDevice } from './announcement.ts';
import type { ClinicCards } from './clinic-host.resolvers.ts';
import { ClinicHost } from './clinic-host.ts';
import { emptyRelay } from './relay.store.ts';
import { ClinicRelay } from './relay.ts';

/** What the setting says: where this computer listens, or where the clinic's host is. */
interface Choice {
  readonly listen?: string;
  /** Of a host: those that it has announced. */
  readonly addresses?: readonly string[];
  /** Of a host: the devices that were told, by id in hexadecimal. */
  readonly told?: readonly string[];
  /** When that was said, in milliseconds. */
  readonly time: number;
}

export interface ClinicLanState {
  readonly role: 'NONE' | 'SERVING' | 'FOLLOWING';
  /** Where this computer listens. */
  readonly listen: string | undefined;
  /** Where the host is reached. */
  readonly addresses: readonly string[];
  readonly route: ClinicRouteState | undefined;
  readonly problem: Failure | undefined;
}

interface ClinicLanOptions {
  readonly database: Database;
  readonly ledger: ClinicLedger;
  readonly engine: SyncEngine;
  readonly own: ThisDevice;
  readonly trust: HubTrust & { readonly device: { readonly certificate: string; readonly privateKey: string } };
  readonly clock: () => number;
  readonly card: ClinicCards | undefined;
  onChange(): void;
  onArrived(): void;
  /** Mail waits to be sent. */
  onWritten(): void;
}

/** Name of the setting that names this host's feed. */
const FEED = 'clinic-host-feed';
/** An address of this computer may not be there yet when it has just been switched on. */
const LISTEN_AGAIN_MS = 15_000;
/** Nobody answers under none. */
const NOWHERE = 'https://127.0.0.1:1';

export class ClinicLan {
  readonly #options: ClinicLanOptions;
  #choice: Choice | undefined;
  #host: ClinicHost | undefined;
  #route: ClinicRoute | undefined;
  #following: HostLine | undefined;
  #problem: Failure | undefined;
  #again: NodeJS.Timeout | undefined;
  /** Beginning, ending and announcements take turns. */
  readonly #turns = new Turns();

  constructor(options: ClinicLanOptions) {
    this.#options = options;
  }

  get state(): ClinicLanState {
    const { listen, addresses = [] } = this.#choice ?? {};
    return {
      role: listen !== undefined ? 'SERVING' : addresses.length > 0 ? 'FOLLOWING' : 'NONE',
      listen,
      addresses: this.#host?.addresses ?? addresses,
      route: this.#route?.state,
      problem: this.#problem ?? this.#route?.state.problem,
    };
  }

  get isServing(): boolean {
    return this.#host !== undefined;
  }

  /** Goes on as the setting says. */
  start(): Promise<void> {
    return this.#turns.take(async () => {
      const text = (await readSetting(this.#options.database.read, CLINIC_HOST))?.toString('utf8');
      this.#choice = text === undefined ? undefined : (JSON.parse(text) as Choice);
      await this.#begin();
    });
  }

  /** Serves the clinic from here, or no more. @throws {Failure} `clinic-host.address`, `clinic-host.listen`; then nothing is changed. */
  serve(listen: string | undefined): Promise<void> {
    return this.#turns.take(async () => {
      if (listen !== undefined) listenAt(listen);
      const before = this.#choice;
      const time = this.#options.clock();
      await this.#end();
      await this.#choose(listen === undefined ? undefined : { listen, time });
      await this.#begin();
      if (listen !== undefined && this.#problem) {
        const problem = this.#problem;
        await this.#end();
        await this.#choose(before);
        await this.#begin();
        throw problem;
      }
      if (listen === undefined && before?.listen !== undefined) await this.#announce();
    });
  }

  /** Follows the host at an address that a person typed, or none. @throws {Failure} `clinic-host.address`. */
  follow(typed: string | undefined): Promise<void> {
    return this.#turns.take(() => this.#follow(typed === undefined ? [] : [clinicHostAddress(typed)], this.#options.clock()));
  }

  /** Asks the clinic's host, over a line of its own. @throws {Failure} `clinic-host.none`; `sync.hub-unreachable`. */
  async ask<T>(operation: keyof typeof CLINIC_HOST_OPERATIONS, variables: Record<string, unknown>): Promise<T> {
    const line = this.#host?.own ?? this.#following;
    if (!line) throw NO_HOST;
    const { client } = await line.open();
    try {
      return await client.askHost<T>(operation, variables);
    } finally {
      client.close();
    }
  }

  /** Something was written here, or has arrived. */
  wake(): void {
    this.#route?.wake();
  }

  /** What has arrived may be an announcement, or take a device's right to be served. */
  look(): Promise<void> {
    return this.#turns.take(async () => {
      const { database, own, ledger } = this.#options;
      await this.#host?.look();
      if (this.#host) await this.#announce(this.#choice?.told ?? []); // those who were let in since
      const { newest, handled } = await readAnnouncements(database.read, own);
      if (handled.length === 0) return;
      await ledger.commit({ handledMessages: handled });
      if (!newest || this.#choice?.listen !== undefined || newest.time <= (this.#choice?.time ?? 0)) return;
      await this.#follow(newest.addresses, newest.time);
    });
  }

  async stop(): Promise<void> {
    await this.#turns.take(() => this.#end());
  }

  async #follow(addresses: readonly string[], time: number): Promise<void> {
    await this.#end();
    await this.#choose(addresses.length > 0 ? { addresses, time } : undefined);
    await this.#begin();
  }

  async #choose(choice: Choice | undefined): Promise<void> {
    this.#choice = choice;
    await this.#options.database.write(async (transaction) => {
      if (choice) await writeSetting(transaction, CLINIC_HOST, Buffer.from(JSON.stringify(choice)));
      else await leaveHost(transaction);
      if (choice?.listen === undefined) await emptyRelay(transaction);
    });
  }

  async #begin(): Promise<void> {
    const { database, ledger, engine, clock, onChange, onArrived } = this.#options;
    const { listen, addresses = [] } = this.#choice ?? {};
    this.#problem = undefined;
    if (listen !== undefined) await this.#listen(listen);
    // What the others were told holds no more: the network has given this computer another address.
    if (this.#host && this.#host.addresses.join() !== addresses.join()) await this.#announce();
    this.#following = listen === undefined && addresses.length > 0 ? this.#lineTo(addresses) : undefined;
    const line = this.#host?.own ?? this.#following;
    if (line) {
      this.#route = new ClinicRoute({
        database,
        ledger,
        hash: hashParts,
        verify: verifySignature,
        clock,
        later: OUTSIDE.later,
        line,
        documentsOf,
        size: () => engine.state.replicaSize,
        takeIn: (host) => engine.takeIn(host),
        onChange,
        onArrived,
      });
      this.#route.start();
    }
    onChange();
  }

  async #listen(listen: string): Promise<void> {
    const { database, ledger, engine, clock, trust, own, card } = this.#options;
    try {
      if (!card) throw new Failure('clinic-host.kiosk', 'A kiosk does not serve its clinic. Choose a workstation.');
      this.#host = await ClinicHost.open({
        relay: new ClinicRelay({ database, ledger, clock }),
        database,
        feed: await this.#feed(),
        device: toHex(own.device),
        card,
        ledger: () => ({ note: engine.checkpoint?.note ?? '', size: engine.checkpoint?.size ?? 0 }),
        listen,
        credentials: { ...trust.device, authority: trust.authority },
        report: (incident) => process.stderr.write(`${JSON.stringify({ incident })}\n`),
      });
    } catch (error) {
      this.#problem = asFailure(error);
      this.#again = setTimeout(() => void this.#turns.take(() => this.#begin()).catch(() => undefined), LISTEN_AGAIN_MS).unref();
    }
  }

  async #end(): Promise<void> {
    clearTimeout(this.#again);
    await this.#route?.stop();
    this.#route = undefined;
    await this.#host?.close();
    this.#host = undefined;
  }

  /** A folder that was put back from a copy has told less than its feed: it begins another one. */
  async #feed(): Promise<string> {
    const { database, ledger } = this.#options;
    const copied = ledger.newEpoch?.at ?? 0;
    const kept = (await readSetting(database.read, FEED))?.toString('utf8');
    if (kept?.endsWith(`-${copied}`)) return kept;
    const feed = `${toHex(randomBytes(16))}-${copied}`;
    await database.write(async (transaction) => {
      await emptyRelay(transaction);
      await writeSetting(transaction, FEED, Buffer.from(feed));
    });
    return feed;
  }

  /** The announced addresses, one after the other until one answers. */
  #lineTo(addresses: readonly string[]): HostLine {
    let next = 0;
    return {
      open: async () => {
        const { database, own, trust } = this.#options;
        const devices = await devicesOfClinic(database.read, own.chain);
        const place: HubTrust = { ...trust, standsThere: (device) => devices.has(device) };
        const address = addresses[next++ % addresses.length] ?? NOWHERE;
        return {
          client: new HubClient(address, place),
          follow: (onNews, signal) => OUTSIDE.follow({ address, trust: place }, onNews, signal),
        };
      },
    };
  }

  /** Says where the host is, or that it is no more. @param told who has heard of this very place; nobody, when it is another one */
  async #announce(told?: readonly string[]): Promise<void> {
    const { database, ledger, own, clock, onWritten } = this.#options;
    const addresses = [...(this.#host?.addresses ?? [])];
    const time = clock();
    const { messages, devices } = await announce(database.read, own, { time, addresses }, new Set(told));
    if (messages.length > 0) await ledger.commit({ messages });
    if (this.#host && (messages.length > 0 || told === undefined))
      await this.#choose({ listen: this.#host.listensAt, addresses, told: devices, time });
    if (messages.length > 0) onWritten();
  }
}

/** Has this computer serve its clinic as soon as its keys are open. @throws {Failure} `clinic-host.address`. */
export async function serveFromStart(database: Database, listen: string, time: number): Promise<void> {
  listenAt(listen);
  const choice: Choice = { listen, time };
  await database.write((transaction) => writeSetting(transaction, CLINIC_HOST, Buffer.from(JSON.stringify(choice))));
}

const NO_HOST = new Failure(
  'clinic-host.none',
  'No computer of this clinic serves it, or none has been announced here. An administrator switches it on, on the Sync screen.',
  { retry: true },
);

const documentsOf = (opened: OpenedBlock): Uint8Array[] =>
  opened.events.map(documentNamedBy).filter((name) => name !== undefined);
