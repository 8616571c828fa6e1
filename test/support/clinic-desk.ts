/** A clinic's unlocked desk for tests: real databases in a folder of their own, real keys, the ledger in this process. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { buildGraphql, type GraphqlService, type Incident } from '../../server/graphql/apollo.ts';
import { deskResolvers, mergeChanges } from '../../server/graphql/desk.resolvers.ts';
import { type OpenVault, openVaultDomains, type VaultRequest, vaultDomains } from '../../server/graphql/domains.ts';
import { vaultSchema } from '../../server/graphql/vault-schema.ts';
import { type Database, openDatabase } from '../../server/storage/database.ts';
import { ClinicLedger } from '../../server/sync/clinic-ledger.ts';
import type { ClinicPepper, DeviceGateway, LocalWrite, PagesOperation } from '../../server/sync/gateway.ts';
import { listOverlaid, loadOverlaid } from '../../server/sync/own-acts/pending.ts';
import { Topic } from '../../server/sync/vault-context/topic.ts';
import {
  type SignedInStaff,
  type VaultChange,
  type VaultContext,
  vaultContext,
} from '../../server/sync/vault-context/vault-context.ts';
import { KeyStore } from '../../server/vault/key-store.ts';
import { sign, signingKeyFromSeed } from '../../server/vault/primitives.ts';
import type { UnlockedKeyStore } from '../../server/vault/unlocked-key-store.ts';
import { CLINIC_MIGRATIONS } from '../../server/workstation/folder/installation.ts';
import type { Region } from '../../shared/ledger/founding.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { WITHOUT_HUB } from './gateway-without-hub.ts';
import { lastingFhirDesk } from './lasting-fhir-desk.ts';
import { bytesFor, everyRule, foundClinic, hash, type TestClinic } from './ledger-builder.ts';
import { memoryCards } from './memory-cards.ts';
import { MemoryContinuity } from './memory-continuity.ts';

/** What this computer's keychain would keep. */
const KEYCHAIN = [bytesFor('keychain')];

export const PASSPHRASE = 'correct horse battery staple';

const LIMITS = { characters: 20_000, tokens: 4_000, depth: 12, aliases: 50, cost: 200_000 };

export interface DeskOptions {
  readonly label?: string;
  readonly staff?: Partial<Pick<SignedInStaff, 'name' | 'role'>>;
  readonly clock?: () => number;
  /** The region that the clinic has founded or joined. */
  readonly region?: Region;
  /** The ledger's word for events that name an id. */
  readonly eventReceipts?: DeviceGateway['eventReceipts'];
  /** The ledger's word for the newest anchor of a device's access log. */
  readonly accessReceipt?: (device: Uint8Array) => Promise<string>;
  /** What the region's hub answers about rooms of video visits. */
  readonly askHubPages?: (operation: PagesOperation, variables: Readonly<Record<string, unknown>>) => Promise<unknown>;
  /** Looks at each write before it is committed; what it throws is what the disk does. */
  readonly beforeCommit?: (write: LocalWrite) => void;
}

/** The process may end and start again: `unlock` opens the same folder anew. */
export class ClinicDesk {
  readonly folder = mkdtempSync(join(tmpdir(), 'careledger-desk-'));
  readonly #continuity = new MemoryContinuity();
  readonly clinic: TestClinic;
  readonly #options: DeskOptions;
  #database: Database | undefined;
  #keys: KeyStore | undefined;
  #vault: OpenVault | undefined;
  #keyStore: UnlockedKeyStore | undefined;
  readonly #changes = new Topic<VaultChange>(mergeChanges);
  #graphql: Promise<GraphqlService<VaultRequest>> | undefined;
  commits = 0;
  /** What the process would have said of errors that nobody foresaw. */
  readonly incidents: Incident[] = [];
  /** The clinic's peppers that this desk was given to keep. */
  readonly peppers: ClinicPepper[] = [];

  constructor(options: DeskOptions) {
    this.#options = options;
    this.clinic = foundClinic(options.label ?? 'desk');
  }

  static async open(options: DeskOptions = {}): Promise<ClinicDesk> {
    const desk = new ClinicDesk(options);
    onTestFinished(() => desk.remove(), 60_000);
    return desk;
  }

  /** Opens the folder, or opens it again after `crash` or `lock`. @param staff who signs in this time */
  async unlock(staff: DeskOptions['staff'] = this.#options.staff): Promise<OpenVault> {
    const database = await openDatabase({
      path: join(this.folder, 'clinic.db'),
      migrations: CLINIC_MIGRATIONS,
      mode: 'bulk',
    });
    this.#database = database;
    const deviceKey = signingKeyFromSeed(bytesFor(`${this.clinic.label} device`));
    const { chain } = this.clinic;
    const ledger = await ClinicLedger.open({
      database,
      hash,
      rules: everyRule,
      author: { chain, device: deviceKey.publicKey, sign: (message) => sign(deviceKey, message) },
      founding: this.clinic.founding,
      epoch: () => bytesFor('epoch', 8),
      continuity: this.#continuity,
      clock: this.clock,
    });
    const keyStore = await this.#openKeys();
    this.#keyStore = keyStore;
    const gateway: DeviceGateway = {
      commit: async (write) => {
        this.#options.beforeCommit?.(write);
        this.commits += 1;
        return ledger.commit(write);
      },
      state: async (keys) => {
        const rows = await loadOverlaid(database.read, keys);
        return keys.map((key) => rows.get(key));
      },
      stateList: (prefix) => listOverlaid(database.read, prefix),
      identity: async () => ({
        chain,
        device: deviceKey.publicKey,
        region: this.#options.region?.id,
        genesis: this.#options.region?.bytes,
        founding: this.clinic.founding.bytes,
      }),
      time: async () => this.clock(),
      witnessedTime: async () => this.clock(),
      ...WITHOUT_HUB,
      accessReceipt: this.#options.accessReceipt ?? WITHOUT_HUB.accessReceipt,
      eventReceipts: this.#options.eventReceipts ?? WITHOUT_HUB.eventReceipts,
      askHubPages: async <T>(...asked: Parameters<DeviceGateway['askHubPages']>) => {
        if (!this.#options.askHubPages) return WITHOUT_HUB.askHubPages();
        return (await this.#options.askHubPages(...asked)) as T;
      },
      cards: memoryCards(this.peppers, () => false),
    };
    const context: VaultContext = await vaultContext({
      keyStore,
      gateway,
      fhir: lastingFhirDesk,
      reader: database.read,
      chain,
      device: deviceKey.publicKey,
      staff: { name: 'Dr. Ada Frey', role: 'clinician', ...staff },
      clock: this.clock,
      notify: (change) => this.#changes.publish(change),
    });
    this.#vault = await openVaultDomains(context);
    return this.#vault;
  }

  get database(): Database {
    return this.#database as Database;
  }

  /** Of who is signed in. */
  get keyStore(): UnlockedKeyStore {
    return this.#keyStore as UnlockedKeyStore;
  }

  #opened(): OpenVault {
    return this.#vault as OpenVault;
  }

  #service(): Promise<GraphqlService<VaultRequest>> {
    const desk = { name: 'desk', sdl: 'shared/ledger/ledger.graphql', resolvers: deskResolvers(this.#changes) };
    this.#graphql ??= buildGraphql<VaultRequest>({
      ...vaultSchema([...vaultDomains, desk]),
      limits: LIMITS,
      report: (incident) => void this.incidents.push(incident),
    });
    return this.#graphql;
  }

  get clock(): () => number {
    return this.#options.clock ?? Date.now;
  }

  /** Asks the vault's schema as the page does: the answer's data, or the failure by its code. */
  async ask<T>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
    const { data, errors } = await (await this.#service()).execute({ query, variables }, this.#opened().request);
    const [error] = errors ?? [];
    if (!error) return data as T;
    throw new Failure(String(error.extensions?.code), error.message, { details: { ...(error.extensions?.details as object) } });
  }

  /** Follows a subscription until it is returned. */
  async follow(query: string): Promise<AsyncIterableIterator<unknown>> {
    const answers = await (await this.#service()).subscribe({ query }, this.#opened().request);
    if (Symbol.asyncIterator in answers) return answers;
    throw new Error(JSON.stringify(answers.errors));
  }

  /** Ends as a lock does. */
  async lock(): Promise<void> {
    await this.#vault?.close();
    await this.#closeFiles();
  }

  /** Ends as a power cut does, as far as one process can: nothing more is written. */
  crash(): Promise<void> {
    return this.#closeFiles();
  }

  async remove(): Promise<void> {
    await (await this.#graphql)?.stop();
    await this.#closeFiles();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #closeFiles(): Promise<void> {
    await this.#database?.close();
    await this.#keys?.close();
  }

  async #openKeys(): Promise<UnlockedKeyStore> {
    const keys = await KeyStore.open(join(this.folder, 'keys.db'), this.clock);
    this.#keys = keys;
    const person = { label: 'Dr. Ada Frey', passphrase: PASSPHRASE, signingSeed: bytesFor(`${this.clinic.label} administrator`) };
    return (await keys.isNew())
      ? keys.create(person, KEYCHAIN)
      : keys.unlock(this.clinic.administrator.publicKey, PASSPHRASE, KEYCHAIN);
  }
}
