/**
 * The device tier: opens the installation, starts and ends the vault process, keeps the ledger and its sync going whether
 * locked or not, and never sees a record.
 */
import { toHex } from '../../shared/encoding/bytes.ts';
import { refuseWeakPassphrase } from '../../shared/identity/passphrase.ts';
import type { Checkpoint } from '../../shared/ledger/checkpoint.ts';
import { asFailure, Failure } from '../../shared/outcome/failure.ts';
import { type Invitation, readInvitation } from '../../shared/sync/wire.ts';
import type { GraphqlAnswer, GraphqlRequest } from '../graphql/apollo.ts';
import { Topic } from '../graphql/topic.ts';
import type { WrittenBundle } from '../sync/bundle.ts';
import type { ClinicLedger } from '../sync/clinic-ledger.ts';
import type { EngineState } from '../sync/engine.ts';
import type { DeviceNotice } from '../sync/gateway.ts';
import type { HubClient } from '../sync/hub-client.ts';
import type { RegionPolicies } from '../sync/region-policies.ts';
import { newDeviceSecrets } from '../vault/device-tier.ts';
import type { SecretPlace } from '../vault/keychain-secrets.ts';
import { knownAnswerTest } from '../vault/known-answers.ts';
import { agreementKeyFromSecret, signingKeyFromSeed } from '../vault/primitives.ts';
import { Backups, type BackupVault } from './backup/backups.ts';
import { restoreHere } from './backup/restore.ts';
import { ClinicSync, type ReadBundle } from './clinic-sync.ts';
import { deviceGateway } from './device-gateway.ts';
import { DeviceKeys } from './device-keys.ts';
import { type DeviceVerbs, verbsOf } from './device-verbs.ts';
import { goOnJoining, readDeviceInvitation } from './further-device.ts';
import { Installation } from './installation.ts';
import { checkInvitation, joinRegion } from './region-joining.ts';
import { type Port, RemoteCalls } from './remote-calls.ts';
import type { SignedIn, StaffSlot, VaultVerbs } from './vault-verbs.ts';

/** A vault process that was started: the port to it, and its end. */
export interface VaultProcess {
  readonly port: Port;
  end(): Promise<void>;
}

export interface DeviceServiceOptions {
  readonly folder: string;
  readonly keychain: SecretPlace;
  startVault(): Promise<VaultProcess>;
  readonly clock?: () => number;
}

export interface NewClinic {
  readonly name: string;
  readonly kind: 'clinic' | 'research';
  readonly administrator: string;
  readonly passphrase: string;
  /** Of a region that the clinic joins as soon as it is there. */
  readonly invitation?: string | undefined;
}

interface Vault {
  readonly process: VaultProcess;
  readonly calls: RemoteCalls<VaultVerbs>;
}

export class DeviceService {
  readonly installation: Installation;
  /** Published whenever what `workstation` or `syncState` answer may have changed. */
  readonly workstationChanged = new Topic<true>();
  readonly syncChanged = new Topic<true>();
  readonly backupsChanged = new Topic<true>();
  readonly backups: Backups;
  readonly clock: () => number;
  readonly #options: DeviceServiceOptions;
  readonly #keys: DeviceKeys;
  readonly #sync: ClinicSync;
  #vault: Vault | undefined;
  #starting: Promise<Vault> | undefined;
  #signedIn: SignedIn | undefined;
  /** Why a region that was to be joined right after the clinic was made has not been joined. */
  #joinProblem: Failure | undefined;
  /** Who has unlocked a device that its clinic has not let in yet. */
  #waiting: SignedIn | undefined;
  /** Unlocking, locking, creating and joining take turns. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(options: DeviceServiceOptions, installation: Installation) {
    this.#options = options;
    this.installation = installation;
    this.clock = options.clock ?? Date.now;
    this.#keys = new DeviceKeys(installation.deviceFile, options.keychain);
    this.backups = new Backups({
      installation,
      keys: this.#keys,
      clock: this.clock,
      changed: this.backupsChanged,
      vault: () => this.#backupVault(),
      askHub: (ask) => this.askHub(ask),
      signedIn: () => this.#signedIn,
    });
    this.#sync = new ClinicSync(installation, this.#keys, {
      clock: this.clock,
      onChange: () => this.syncChanged.publish(true),
      onArrived: () => this.#tellVault({ kind: 'arrived' }),
      onFolded: (size) => this.#tellVault({ kind: 'folded', size }),
    });
  }

  /** @throws {Failure} storage failures of the folder; `vault.primitive-mismatch` when this machine's cryptography is not right. */
  static async open(options: DeviceServiceOptions): Promise<DeviceService> {
    await knownAnswerTest();
    const installation = await Installation.open(options.folder);
    await installation.forgetUnusedKeys();
    const service = new DeviceService(options, installation);
    await service.#openKeys(undefined);
    service.backups.start();
    return service;
  }

  get signedIn(): SignedIn | undefined {
    return this.#signedIn;
  }

  get joinProblem(): Failure | undefined {
    return this.#joinProblem;
  }

  get hasKeychain(): boolean {
    return this.#keys.hasKeychain;
  }

  get deviceId(): string | undefined {
    return this.#keys.tier && toHex(this.#keys.tier.signing.publicKey);
  }

  get sync(): EngineState | undefined {
    return this.#sync.state;
  }

  get policies(): RegionPolicies | undefined {
    return this.#sync.policies;
  }

  /** This device's cosigning key, while its keys are open. */
  get cosignKey(): Uint8Array | undefined {
    const seed = this.#keys.tier?.secrets.cosignSeed;
    return seed && signingKeyFromSeed(seed).publicKey;
  }

  /** The newest rules version that this program knows. */
  get newestRules(): number {
    return this.#sync.rules.version;
  }

  get checkpoint(): Checkpoint | undefined {
    return this.#sync.checkpoint;
  }

  /** How this device's own chain stands; undefined before its keys are open. */
  get continuity(): Pick<ClinicLedger, 'next' | 'newEpoch' | 'isInUseTwice'> | undefined {
    return this.#sync.openLedger;
  }

  /**
   * Lets this copy of the device's data go on, which its clinic has retired: what waits here goes into a new epoch.
   * @throws {Failure} `sync.not-retired`; `staff.not-allowed` unless an administrator has unlocked.
   */
  letCopyGoOn(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#signedIn?.role !== 'administrator')
        throw new Failure('staff.not-allowed', 'Only an administrator lets a retired copy go on. Unlock as one first.');
      const { ledger } = this.#sync;
      if (!ledger.isRetired) throw new Failure('sync.not-retired', 'This copy of the data is not retired: it goes on by itself.');
      await ledger.beginAnew(ledger.next.epoch);
      await this.#sync.followAnew();
      this.syncChanged.publish(true);
    });
  }

  /** The later of the local clock and the newest witnessed time: what expired by either never revives. */
  time(): number {
    return Math.max(this.clock(), this.#sync.state?.witnessedAt ?? 0);
  }

  /** Who can unlock here. */
  async slots(): Promise<readonly StaffSlot[]> {
    if (!this.installation.chain) return [];
    const vault = await this.#startedVault();
    return vault.calls.call('slots', { secrets: await this.#keys.secrets(false) });
  }

  /** First run. @throws {Failure} `workstation.clinic-exists`, `vault.passphrase-weak`, storage failures. */
  async createClinic(clinic: NewClinic, training = false): Promise<void> {
    if (clinic.invitation) await checkInvitation(clinic.invitation, this.clock());
    await this.#makeClinic(clinic, training);
    if (!clinic.invitation) return;
    try {
      await this.joinRegion(clinic.invitation);
    } catch (error) {
      this.#joinProblem = asFailure(error);
      this.syncChanged.publish(true);
    }
  }

  #makeClinic(clinic: NewClinic, training: boolean): Promise<void> {
    return this.#inTurn(async () => {
      this.#refuseSecondClinic();
      const secrets = await this.#keys.secrets(true);
      const device = newDeviceSecrets();
      const vault = await this.#startedVault();
      const { founding, signedIn } = await vault.calls.call('createClinic', {
        secrets,
        administrator: clinic.administrator,
        passphrase: clinic.passphrase,
        founding: {
          kind: clinic.kind,
          name: clinic.name,
          deviceKey: signingKeyFromSeed(device.signingSeed).publicKey,
          deviceEncryptionKey: agreementKeyFromSecret(device.agreementSecret).publicKey,
          cosignKey: signingKeyFromSeed(device.cosignSeed).publicKey,
        },
      });
      await this.#keys.keep(device, signedIn);
      await this.installation.remember({ founding, ...(training && { training: '1' }) });
      await this.#enter(signedIn);
    });
  }

  /** @throws {Failure} `vault.passphrase-wrong`, `vault.unlock-delayed`, `vault.no-such-slot`. */
  unlock(staff: string, passphrase: string): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#signedIn ?? this.#waiting) await this.#endVault();
      const vault = await this.#startedVault();
      const signedIn = await vault.calls.call('unlock', { staff, passphrase, secrets: await this.#keys.secrets(false) });
      await this.#openKeys(signedIn);
      if (this.installation.founding) await this.#enter(signedIn);
      else await this.#wait(signedIn);
    });
  }

  /**
   * First run: this machine asks the clinic of the invitation to be let in. Ends when the hub has let it as far as the clinic's
   * door; what follows goes on behind, while the person stays.
   * @throws {Failure} as `joinRegion`; `workstation.clinic-exists`, `sync.invitation-for-clinic`, `vault.passphrase-weak`.
   */
  joinClinic(text: string, staffName: string, passphrase: string): Promise<void> {
    return this.#inTurn(async () => {
      this.#refuseSecondClinic();
      const invitation = readDeviceInvitation(text);
      // Before the hub is asked: a passphrase that is too weak must not use the invitation up.
      refuseWeakPassphrase(passphrase, [staffName]);
      const device = newDeviceSecrets();
      const signing = signingKeyFromSeed(device.signingSeed);
      const joined = await joinRegion(invitation, { deviceKey: signing, clock: this.clock });
      const secrets = await this.#keys.secrets(true);
      const vault = await this.#startedVault();
      const signedIn = await vault.calls.call('joinClinic', {
        secrets,
        staffName,
        passphrase,
        invitationSecret: invitation.secret,
        region: invitation.region,
        chain: invitation.chain,
        device: signing.publicKey,
        encryptionKey: agreementKeyFromSecret(device.agreementSecret).publicKey,
      });
      const certified = { ...device, tlsKey: joined.tlsKey, tlsCertificate: joined.tlsCertificate };
      await this.#keys.keep(certified, signedIn);
      await this.installation.remember({
        joining: invitation.chain,
        genesis: joined.region.bytes,
        'hub-address': joined.address,
        authority: joined.authority,
      });
      await this.#sync.open();
      await this.#wait(signedIn);
    });
  }

  /**
   * First run: a backup is restored into this machine by enough recovery shares; `name` unlocks with `passphrase` afterwards, as administrator.
   * @throws {Failure} `workstation.clinic-exists`; as `recoverKeys` and `restoreBackup`. Then nothing is changed here.
   */
  restore(from: string, shares: readonly string[], name: string, passphrase: string): Promise<void> {
    return this.#inTurn(async () => {
      this.#refuseSecondClinic();
      await restoreHere(this.installation, {
        from,
        shares,
        name,
        passphrase,
        keychain: this.#options.keychain,
        clock: this.clock,
      });
      await this.#openKeys(undefined);
      this.workstationChanged.publish(true);
    });
  }

  /** Ends the vault process; syncing goes on. */
  lock(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#endVault();
      this.workstationChanged.publish(true);
    });
  }

  /**
   * Runs an operation of the vault's schema. @throws {Failure} `vault.locked`.
   * @param readable files and folders that the operation may have imported.
   */
  async execute(request: GraphqlRequest, readable: readonly string[] = []): Promise<GraphqlAnswer> {
    return this.#unlockedVault().calls.call('execute', { ...request, readable });
  }

  /** Follows a subscription of the vault's schema. */
  follow(request: GraphqlRequest, next: (answer: GraphqlAnswer) => void): { done: Promise<void>; stop(): void } {
    return this.#unlockedVault().calls.stream('subscribe', request, (value) => next(value as GraphqlAnswer));
  }

  /**
   * Founds or joins the region of an invitation; ends when the hub has let the device in, syncing begins behind it.
   * @throws {Failure} as `joinRegion`; `sync.joined-already`, `vault.locked`, `sync.invitation-for-device`.
   */
  joinRegion(text: string): Promise<void> {
    return this.#inTurn(async () => {
      const invitation = readInvitation(text);
      const { founding } = this.installation;
      const { tier } = this.#keys;
      if (!founding || !tier) throw new Failure('vault.locked', "Unlock first: joining a region needs the clinic's key.");
      await this.#refuseRegion(invitation);
      const { calls } = this.#unlockedVault();
      const signGenesis = (genesis: Uint8Array) => calls.call('signGenesis', { genesis });
      const joined = await joinRegion(invitation, { founding, deviceKey: tier.signing, clock: this.clock, signGenesis });
      const { epoch, height, previous: head } = this.#sync.ledger.next;
      const asked = { region: joined.region.id, founding: founding.bytes, epoch, height, head };
      const request = joined.needsAdmission ? await calls.call('requestAdmission', asked) : new Uint8Array(0);
      await this.#keys.keep({ ...tier.secrets, tlsKey: joined.tlsKey, tlsCertificate: joined.tlsCertificate }, this.#signedIn);
      await this.installation.remember({
        genesis: joined.region.bytes,
        'hub-address': joined.address,
        authority: joined.authority,
        'admission-request': Buffer.from(request).toString('base64'),
      });
      await this.#sync.open();
      this.#joinProblem = undefined;
      this.workstationChanged.publish(true);
    });
  }

  /** One clinic, one region, and never one for a training clinic. */
  async #refuseRegion({ kind }: Invitation): Promise<void> {
    const { region } = this.installation;
    if ((await this.installation.text('training')) !== undefined) {
      throw new Failure(
        'sync.training-clinic',
        'This is a training clinic of made-up patients: it joins no region. Create a real clinic in another folder.',
      );
    }
    if (region) {
      const name = region.genesis.name;
      throw new Failure('sync.joined-already', `This clinic belongs to the region "${name}" already. One clinic, one region.`);
    }
    if (kind === 'device') {
      throw new Failure(
        'sync.invitation-for-device',
        'This invitation is for a further device of a clinic, not for a clinic. Use it on a new installation.',
      );
    }
  }

  syncNow(): void {
    this.#sync.wake();
  }

  /** Whoever is signed in has seen an alarm. @throws {Failure} `vault.locked`, `sync.no-region`. */
  acknowledgeEvidence(id: number): Promise<void> {
    return this.#sync.acknowledge(id, this.#somebody().id);
  }

  /** Syncs again with a hub that was caught. @throws {Failure} `vault.locked`, `access.not-allowed`, `sync.no-region`. */
  async resumeSync(): Promise<void> {
    const { id, role } = this.#somebody();
    if (role !== 'administrator')
      throw new Failure('access.not-allowed', 'Only an administrator of the clinic can answer for syncing with this hub again.');
    await this.#sync.resume(id);
  }

  /** One whole round of syncing; throws what went wrong. */
  async syncOnce(): Promise<void> {
    const waited = this.#waiting !== undefined;
    await this.#sync.once();
    if (!waited) return;
    await this.#inTurn(() => this.#goOnJoining());
    await this.#sync.once();
  }

  async close(): Promise<void> {
    this.backups.stop();
    await this.#inTurn(async () => {
      await this.#endVault();
      await this.#starting?.catch(() => undefined);
      await this.#vault?.process.end();
      await this.#sync.close();
      await this.installation.close();
    });
  }

  /** As `ClinicSync.writeBundle`. */
  writeBundle(after: number, recipient?: Uint8Array): Promise<WrittenBundle> {
    return this.#inTurn(() => this.#sync.writeBundle(after, recipient));
  }

  /** As `ClinicSync.readBundle`. */
  readBundle(bytes: Uint8Array): Promise<ReadBundle> {
    return this.#inTurn(() => this.#sync.readBundle(bytes));
  }

  /** Runs `ask` with a client of the region's hub. @throws {Failure} `sync.no-region`. */
  askHub<T>(ask: (client: HubClient) => Promise<T>): Promise<T> {
    return this.#sync.askHub(ask);
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(act);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  #refuseSecondClinic(): void {
    if (this.installation.chain)
      throw new Failure(
        'workstation.clinic-exists',
        'This data folder has a clinic already. Choose another folder for a new one.',
      );
  }

  /** Somebody has unlocked, and the clinic's keys are not here yet. */
  async #wait(signedIn: SignedIn): Promise<void> {
    this.#waiting = signedIn;
    await this.#goOnJoining();
    this.workstationChanged.publish(true);
  }

  async #goOnJoining(): Promise<void> {
    const waiting = this.#waiting;
    const { tier } = this.#keys;
    if (!waiting || !this.#vault || !tier) return;
    const { agreementSecret } = tier.secrets;
    const { calls } = this.#vault;
    const newcomer = {
      installation: this.installation,
      ledger: this.#sync.ledger,
      agreementSecret,
      calls,
      wake: () => this.syncNow(),
    };
    if (!(await goOnJoining(newcomer))) return;
    this.#waiting = undefined;
    await this.#enter(waiting);
    this.syncNow();
  }

  #somebody(): SignedIn {
    if (this.#signedIn) return this.#signedIn;
    throw new Failure('vault.locked', 'The workstation is locked. Unlock it and try again.');
  }

  #unlockedVault(): Vault {
    if (!this.#vault || !this.#signedIn) throw new Failure('vault.locked', 'The workstation is locked. Unlock it and try again.');
    return this.#vault;
  }

  /** One at a time: a page asks several things at once, and a second process would be nobody's. */
  #startedVault(): Promise<Vault> {
    if (this.#vault) return Promise.resolve(this.#vault);
    this.#starting ??= this.#startVault().finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  async #startVault(): Promise<Vault> {
    const process = await this.#options.startVault();
    const gateway = deviceGateway(this, () => this.#sync.ledger);
    const calls = new RemoteCalls<VaultVerbs>(process.port, verbsOf(gateway, () => this.#renewSecret()) as DeviceVerbs);
    const vault = { process, calls };
    process.port.onClose(() => {
      if (this.#vault !== vault) return;
      this.#vault = undefined;
      this.#signedIn = undefined;
      this.#waiting = undefined;
      this.workstationChanged.publish(true);
    });
    this.#vault = vault;
    return vault;
  }

  async #endVault(): Promise<void> {
    const vault = this.#vault;
    if (!vault || !(this.#signedIn ?? this.#waiting)) return;
    await vault.calls.call('lock', undefined).catch(() => undefined);
    this.#signedIn = undefined;
    this.#waiting = undefined;
    this.#vault = undefined;
    vault.calls.close();
    await vault.process.end();
  }

  /** Opens the device's keys when they can be opened now, and with them ledger and sync. */
  async #openKeys(signedIn: SignedIn | undefined): Promise<void> {
    if (!this.installation.chain) return;
    await this.#keys.open(signedIn);
    await this.#sync.open();
  }

  async #renewSecret(): Promise<void> {
    const calls = this.#vault?.calls;
    if (!calls) return;
    await this.#keys.renewSecret(async (secret) => {
      await this.backups.list.reseal({ keychain: secret });
      await calls.call('replaceSecret', { secret });
    });
    await this.backups.refreshSeal();
  }

  async #enter(signedIn: SignedIn): Promise<void> {
    const { founding } = this.installation;
    const { tier } = this.#keys;
    if (!founding || !tier || !this.#vault)
      throw new Failure('vault.locked', 'The workstation is locked. Unlock it and try again.');
    await this.#sync.open();
    const role = await this.#vault.calls.call('open', {
      chain: founding.chain,
      device: tier.signing.publicKey,
      agreementSecret: tier.secrets.agreementSecret,
    });
    this.#signedIn = { ...signedIn, role };
    // A fault in the list of backups must not keep the desk shut; the next backup says what is wrong.
    await this.backups.refreshSeal().catch(() => undefined);
    this.workstationChanged.publish(true);
    void this.backups.proveWritten().catch(() => undefined);
  }

  #backupVault(): BackupVault | undefined {
    const calls = this.#signedIn && this.#vault?.calls;
    if (!calls) return undefined;
    return {
      seal: () => calls.call('sealForRecovery', undefined),
      makeRecovery: (request) => calls.call('makeRecovery', request),
      reseal: (backups) => calls.call('resealBackups', backups),
      forgetKeys: () => calls.call('forgetRecoveryKeys', undefined),
      certify: (report) => calls.call('certifyDrill', { report }),
      prove: (backup) => calls.call('proveBackup', backup),
      openKeys: (backup, passphrase) => calls.call('openBackupKeys', { ...backup, passphrase }),
    };
  }

  #tellVault(notice: DeviceNotice): void {
    if (this.#waiting) void this.#inTurn(() => this.#goOnJoining()).catch(() => undefined);
    if (this.#signedIn) void this.#vault?.calls.call('notice', notice).catch(() => undefined);
  }
}
