/** The files of one installation and what its clinic.db remembers about the clinic and its region. */
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { utf8 } from '../../../shared/encoding/bytes.ts';
import { type Founding, openFounding, openGenesis, type Region } from '../../../shared/ledger/founding.ts';
import { cardCountMigration } from '../../care-card/card-counts.store.ts';
import { ledgerMigration } from '../../ledger/ledger.store.ts';
import { verdictSumMigration } from '../../ledger/verdicts.store.ts';
import { openDataFolder } from '../../storage/data-folder.ts';
import { type Database, openDatabase } from '../../storage/database.ts';
import { syncFolder } from '../../storage/durable-file.ts';
import { clinicMigration, readSetting } from '../../sync/clinic.store.ts';
import { clinicBlocksMigration } from '../../sync/clinic-host/clinic-blocks.store.ts';
import { clinicRouteMigration } from '../../sync/clinic-host/clinic-route.store.ts';
import { closedSendersMigration } from '../../sync/clinic-mail/closed-senders.store.ts';
import { mailDocumentsMigration } from '../../sync/clinic-mail/mail-documents.store.ts';
import { writeSetting } from '../../sync/clinic-writes.store.ts';
import { snapshotMigration } from '../../sync/download/snapshot.store.ts';
import { erasureMigration } from '../../sync/erased.store.ts';
import { evidenceMigration } from '../../sync/evidence/evidence.store.ts';
import { alteredMigration } from '../../sync/own-acts/altered.store.ts';
import { asideMigration } from '../../sync/own-acts/aside.store.ts';
import { continuityMigration } from '../../sync/own-acts/continuity.store.ts';
import { receiptMigration } from '../../sync/transfer.store.ts';
import { vaultRowsMigration } from '../../sync/vault-context/vault-rows.store.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { KEY_STORE_STEPS } from '../../vault/key-store.store.ts';
import { verifySignature } from '../../vault/primitives.ts';
import { relayMigration } from '../clinic-host/relay.store.ts';
import { FileContinuity } from './continuity.ts';

export const CLINIC_MIGRATIONS = [
  ledgerMigration,
  clinicMigration,
  evidenceMigration,
  snapshotMigration,
  continuityMigration,
  erasureMigration,
  asideMigration,
  vaultRowsMigration,
  cardCountMigration,
  clinicBlocksMigration,
  clinicRouteMigration,
  relayMigration,
  verdictSumMigration,
  receiptMigration,
  alteredMigration,
  closedSendersMigration,
  mailDocumentsMigration,
];

/** How many steps the databases of an installation have been through. A program with fewer cannot open them. */
export const schemaSteps = (): number => CLINIC_MIGRATIONS.length + KEY_STORE_STEPS;

/** Settings of clinic.db. None of them is secret or about a patient. */
type Setting =
  | 'founding'
  | 'joining'
  | 'device-request'
  | 'kiosk-request'
  | 'genesis'
  | 'hub-address'
  | 'authority'
  | 'admission-request'
  | 'training'
  | 'restored'
  | 'disk-check'
  | 'page-certificate'
  | 'paired-browser'
  | 'fhir-port'
  | 'fhir-network'
  | 'fhir-callers'
  | 'looks';

const openClinicDatabase = (folder: string): Promise<Database> =>
  openDatabase({ path: join(folder, 'clinic.db'), migrations: CLINIC_MIGRATIONS, mode: 'replica' });

export class Installation {
  readonly folder: string;
  #database: Database;
  readonly continuity: FileContinuity;
  readonly #release: () => Promise<void>;
  #founding: Founding | undefined;
  #joining: Uint8Array | undefined;
  #region: Region | undefined;
  #hubAddress: string | undefined;

  private constructor(folder: string, database: Database, continuity: FileContinuity, release: () => Promise<void>) {
    this.folder = folder;
    this.#database = database;
    this.continuity = continuity;
    this.#release = release;
  }

  /**
   * Opens or creates the data folder; one program at a time.
   * @throws {Failure} `storage.folder-in-use`, `storage.foreign-folder`, `storage.database-newer` and other storage failures.
   */
  static async open(folder: string): Promise<Installation> {
    const held = await openDataFolder(folder);
    try {
      const database = await openClinicDatabase(held.path);
      const installation = new Installation(held.path, database, await FileContinuity.of(held.path), () => held.close());
      await installation.#read();
      return installation;
    } catch (error) {
      await held.close();
      throw error;
    }
  }

  get database(): Database {
    return this.#database;
  }

  get deviceFile(): string {
    return join(this.folder, 'device.sealed');
  }

  get keyFile(): string {
    return join(this.folder, 'keys.db');
  }

  /** Where a backup is put together that is to take this folder over. */
  get restored(): string {
    return join(this.folder, 'restored');
  }

  /** Undefined before first run has made or joined a clinic. */
  get founding(): Founding | undefined {
    return this.#founding;
  }

  /** The clinic's chain: founded here, or the one that this device has asked to be let into. */
  get chain(): Uint8Array | undefined {
    return this.#founding?.chain ?? this.#joining;
  }

  get region(): Region | undefined {
    return this.#region;
  }

  get hubAddress(): string | undefined {
    return this.#hubAddress;
  }

  async text(name: Setting): Promise<string | undefined> {
    return (await readSetting(this.database.read, name))?.toString('utf8');
  }

  /** Several settings in one transaction. */
  async remember(settings: Partial<Record<Setting, Uint8Array | string>>): Promise<void> {
    await this.database.write(async (transaction) => {
      for (const [name, value] of Object.entries(settings))
        await writeSetting(transaction, name, typeof value === 'string' ? utf8(value) : value);
    });
    await this.#read();
  }

  /** A first run that ended half-way left keys that nothing was ever sealed under, or a backup that was being restored. */
  async forgetUnusedKeys(): Promise<void> {
    for (const place of [this.restored, `${this.restored}.restoring`]) await rm(place, { recursive: true, force: true });
    if (this.chain) return;
    for (const file of [this.keyFile, `${this.keyFile}-wal`, `${this.keyFile}-shm`, this.deviceFile])
      if (existsSync(file)) await rm(file);
  }

  /**
   * The files of a restored data folder become this one's, which has no clinic yet. clinic.db comes last: before it is there, what a crash
   * leaves is a new installation.
   */
  async takeOver(restored: string): Promise<void> {
    await this.#database.close();
    for (const name of ['clinic.db', 'clinic.db-wal', 'clinic.db-shm']) await rm(join(this.folder, name), { force: true });
    for (const name of ['keys.db', 'device.sealed', 'clinic.db']) await rename(join(restored, name), join(this.folder, name));
    await syncFolder(this.folder);
    this.#database = await openClinicDatabase(this.folder);
    await this.#read();
  }

  async close(): Promise<void> {
    await this.database.close();
    await this.continuity.close();
    await this.#release();
  }

  async #read(): Promise<void> {
    const founding = await readSetting(this.database.read, 'founding');
    const genesis = await readSetting(this.database.read, 'genesis');
    this.#hubAddress = await this.text('hub-address');
    this.#joining = await readSetting(this.database.read, 'joining');
    this.#founding = founding && openFounding(hashParts, verifySignature, founding);
    this.#region = genesis && openGenesis(hashParts, verifySignature, genesis);
  }
}
