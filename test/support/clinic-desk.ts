/** A clinic's unlocked desk for tests: real databases in a folder of their own, real keys, the ledger in this process. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type OpenVault, openVaultDomains } from '../../server/graphql/domains.ts';
import { ledgerMigration } from '../../server/ledger/ledger.store.ts';
import { type Database, openDatabase } from '../../server/storage/database.ts';
import { clinicMigration } from '../../server/sync/clinic.store.ts';
import { ClinicLedger } from '../../server/sync/clinic-ledger.ts';
import type { DeviceGateway, LocalWrite } from '../../server/sync/gateway.ts';
import { listOverlaid, loadOverlaid } from '../../server/sync/pending.ts';
import { type SignedInStaff, type VaultContext, vaultContext } from '../../server/sync/vault-context.ts';
import { KeyStore } from '../../server/vault/key-store.ts';
import { sign, signingKeyFromSeed } from '../../server/vault/primitives.ts';
import type { UnlockedKeyStore } from '../../server/vault/unlocked-key-store.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { bytesFor, everyRule, foundClinic, hash, type TestClinic } from './ledger-builder.ts';

export const PASSPHRASE = 'correct horse battery staple';

export interface DeskOptions {
  readonly label?: string;
  readonly staff?: Partial<Pick<SignedInStaff, 'name' | 'role'>>;
  readonly clock?: () => number;
  /** Looks at each write before it is committed; what it throws is what the disk does. */
  readonly beforeCommit?: (write: LocalWrite) => void;
}

/** The process may end and start again: `unlock` opens the same folder anew. */
export class ClinicDesk {
  readonly folder = mkdtempSync(join(tmpdir(), 'careledger-desk-'));
  readonly clinic: TestClinic;
  readonly #options: DeskOptions;
  #database: Database | undefined;
  #keys: KeyStore | undefined;
  #vault: OpenVault | undefined;
  commits = 0;

  constructor(options: DeskOptions) {
    this.#options = options;
    this.clinic = foundClinic(options.label ?? 'desk');
  }

  static async open(options: DeskOptions = {}): Promise<ClinicDesk> {
    const desk = new ClinicDesk(options);
    onTestFinished(() => desk.remove());
    return desk;
  }

  /** Opens the folder, or opens it again after `crash`. */
  async unlock(): Promise<OpenVault> {
    const database = await openDatabase({
      path: join(this.folder, 'clinic.db'),
      migrations: [ledgerMigration, clinicMigration],
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
      clock: this.clock,
    });
    const keyStore = await this.#openKeys();
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
      identity: async () => ({ chain, device: deviceKey.publicKey, region: undefined }),
      time: async () => this.clock(),
      receipt: async () => refuse(),
      inviteDevice: async () => refuse(),
      admissionRequests: async () => [],
    };
    const context: VaultContext = await vaultContext({
      keyStore,
      gateway,
      reader: database.read,
      chain,
      device: deviceKey.publicKey,
      staff: { name: 'Dr. Ada Frey', role: 'clinician', ...this.#options.staff },
      clock: this.clock,
    });
    this.#vault = await openVaultDomains(context);
    return this.#vault;
  }

  get database(): Database {
    return this.#database as Database;
  }

  get clock(): () => number {
    return this.#options.clock ?? Date.now;
  }

  /** Ends as a lock does. */
  async lock(): Promise<void> {
    await this.#vault?.close();
    await this.#closeFiles();
  }

  /** Ends as a power cut does, as far as one process can: nothing more is written. */
  async crash(): Promise<void> {
    await this.#vault?.request.vault.fhir.close();
    await this.#closeFiles();
  }

  async remove(): Promise<void> {
    await this.#vault?.request.vault.fhir.close();
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
    return (await keys.isNew()) ? keys.create(person, []) : keys.unlock(this.clinic.administrator.publicKey, PASSPHRASE, []);
  }
}

function refuse(): never {
  throw new Failure('test.not-here', 'This desk has no region.');
}
