/**
 * The device tier: opens the installation, starts and ends the vault process, keeps the ledger and its sync going whether
 * locked or not, and never sees a record.
 */
import { toHex } from '../../../shared/encoding/bytes.ts';
import type { Checkpoint, Cosigned } from '../../../shared/ledger/checkpoint.ts';
import { staffKey } from '../../../shared/ledger/rules.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { Turns } from '../../../shared/outcome/turns.ts';
import type { CLINIC_HOST_OPERATIONS } from '../../../shared/sync/operations.ts';
import type { GraphqlAnswer, GraphqlRequest } from '../../graphql/apollo.ts';
import { builtInReleaseKey } from '../../identity/release-key.ts';
import type { DiskCheck } from '../../ledger/disk-check/disk-check.ts';
import type { WrittenBundle } from '../../sync/bundle.ts';
import type { ClinicLedger } from '../../sync/clinic-ledger.ts';
import type { EngineState } from '../../sync/engine-state.ts';
import type { DeviceGateway, DeviceNotice } from '../../sync/gateway.ts';
import type { HubClient } from '../../sync/hub-client.ts';
import { Topic } from '../../sync/vault-context/topic.ts';
import type { RegionPolicies } from '../../sync/witness/region-policies.ts';
import type { SecretPlace } from '../../vault/keychain-secrets.ts';
import { knownAnswerTest } from '../../vault/known-answers.ts';
import { signingKeyFromSeed } from '../../vault/primitives.ts';
import { Backups } from '../backup/backups.ts';
import type { ClinicLanState } from '../clinic-host/clinic-lan.ts';
import { FhirDoor } from '../fhir-door/fhir-door.ts';
import { fhirGround } from '../fhir-door/fhir-ground.ts';
import { Installation } from '../folder/installation.ts';
import { type JudgedTime, judgedTime } from '../folder/judged-time.ts';
import { KeptLooks } from '../folder/kept-looks.ts';
import { PasskeyDoor } from '../page/passkey-door.ts';
import { ownProgram, ProgramUpdates } from '../updates/program-updates.ts';
import type { UpdateFeed } from '../updates/update-door.ts';
import { LockedDoor } from '../vault-process/locked-door.ts';
import { refuseOtherRole, roleIn } from '../vault-process/standing.ts';
import { VaultLink, type VaultProcess } from '../vault-process/vault-link.ts';
import type { SignedIn } from '../vault-process/vault-verbs.ts';
import { type DeskPart, deskDiskCheck } from '../verify/disk-check.ts';
import { AdministratorActs } from './administrator-acts.ts';
import { ClinicPeppers } from './clinic-peppers.ts';
import { ClinicSync, type ReadBundle } from './clinic-sync.ts';
import { deviceGateway } from './device-gateway.ts';
import { DeviceKeys } from './device-keys.ts';
import { verbsOf } from './device-verbs.ts';
import { Entrance } from './entrance.ts';

interface DeviceServiceOptions {
  readonly folder: string;
  readonly keychain: SecretPlace;
  startVault(): Promise<VaultProcess>;
  readonly clock?: () => number;
  /** Puts an update in place and starts the program anew; left out where there is no shell. */
  installUpdate?(feed: UpdateFeed): void;
}

export class DeviceService {
  readonly installation: Installation;
  /** Published whenever what `workstation` or `syncState` answer may have changed. */
  readonly workstationChanged = new Topic<true>();
  readonly syncChanged = new Topic<true>();
  readonly backupsChanged = new Topic<true>();
  readonly backups: Backups;
  /** This desk as a keeper of the clinic's peppers: what it answers about care cards. */
  readonly peppers: ClinicPeppers;
  /** Programs that speak FHIR come in here. */
  readonly fhir: FhirDoor;
  readonly diskCheck: DiskCheck<DeskPart>;
  /** Unlocking, locking, creating and joining. */
  readonly entrance: Entrance;
  readonly administrator: AdministratorActs;
  readonly updates: ProgramUpdates;
  readonly clock: () => number;
  /** By which what ends is judged, and keys are destroyed. */
  readonly time: JudgedTime;
  readonly #options: DeviceServiceOptions;
  readonly #keys: DeviceKeys;
  readonly #sync: ClinicSync;
  readonly #vault: VaultLink;
  readonly #passkeys: PasskeyDoor;
  /** What acts as this device and reads what it has, for the vault process and for commands. */
  readonly gateway: DeviceGateway;
  /** What this desk says while it is locked. */
  readonly door: LockedDoor;
  readonly looks: KeptLooks;
  /** Unlocking, locking, creating and joining take turns. */
  readonly #turns = new Turns();

  private constructor(options: DeviceServiceOptions, installation: Installation) {
    this.#options = options;
    this.installation = installation;
    this.clock = options.clock ?? Date.now;
    this.#keys = new DeviceKeys(installation.deviceFile, options.keychain);
    this.looks = new KeptLooks(installation);
    this.door = new LockedDoor(this.clock, () => this.workstationChanged.publish(true));
    this.#vault = this.#vaultLink();
    this.fhir = new FhirDoor({
      installation,
      clock: this.clock,
      answer: async (request) => this.#vault.unlocked().call('fhir', request),
      ...fhirGround({ installation, keys: this.#keys, clock: this.clock, askHub: (ask) => this.askHub(ask) }),
    });
    this.#passkeys = new PasskeyDoor({
      task: async (asked) => this.#vault.unlocked().call('passkeyTask', asked),
      answer: async (answer) => this.#vault.unlocked().call('passkeyAnswer', answer),
    });
    this.backups = new Backups({
      installation,
      keys: this.#keys,
      clock: this.clock,
      changed: this.backupsChanged,
      vault: () => this.#vault.forBackups(),
      askHub: (ask) => this.askHub(ask),
      signedIn: () => this.signedIn,
    });
    this.peppers = new ClinicPeppers({ installation, keys: this.#keys, clock: this.clock, askHub: (ask) => this.askHub(ask) });
    this.#sync = this.#clinicSync();
    this.time = judgedTime(installation, this.#sync, this.clock);
    this.updates = new ProgramUpdates({
      folder: installation.folder,
      releaseKey: builtInReleaseKey(),
      own: () => ownProgram(this.#sync.policies?.current.rules ?? 0),
      askHub: (ask) => this.askHub(ask),
      isSomebodySignedIn: () => this.signedIn !== undefined,
      onChange: () => this.workstationChanged.publish(true),
      install: options.installUpdate,
    });
    this.diskCheck = deskDiskCheck({
      installation,
      rules: this.#sync.rules,
      clock: this.clock,
      // The hub's administrators hear of it at once.
      onChange: () => {
        this.syncChanged.publish(true);
        this.#sync.wake();
      },
    });
    this.entrance = new Entrance({
      installation,
      keys: this.#keys,
      sync: this.#sync,
      vault: this.#vault,
      clock: this.clock,
      keychain: options.keychain,
      backups: this.backups,
      fhir: this.fhir,
      passkeys: this.#passkeys,
      turns: this.#turns,
      workstationChanged: this.workstationChanged,
      syncChanged: this.syncChanged,
    });
    this.administrator = new AdministratorActs({
      sync: this.#sync,
      fhir: this.fhir,
      backups: this.backups,
      sayFacadeReach: async (said) => this.#vault.unlocked().call('sayFacadeReach', said),
      saySetting: async (said) => this.#vault.unlocked().call('saySetting', said),
      somebody: () => this.somebody(),
      inTurn: (act) => this.#turns.take(act),
      changed: () => this.syncChanged.publish(true),
    });
    this.gateway = deviceGateway(this, () => this.#sync.ledger);
  }

  #vaultLink(): VaultLink {
    return new VaultLink({
      start: () => this.#options.startVault(),
      verbs: () =>
        verbsOf(this.gateway, {
          renewSecret: () => this.#renewSecret(),
          tellWaiting: async (waiting) => this.door.tell(waiting),
        }),
      lost: () => {
        void this.fhir.close();
        void this.#passkeys.close();
        this.workstationChanged.publish(true);
      },
    });
  }

  #clinicSync(): ClinicSync {
    return new ClinicSync(this.installation, this.#keys, {
      clock: this.clock,
      card: { answer: (ask) => this.peppers.answer(ask), opened: (opened) => this.peppers.opened(opened) },
      onChange: () => this.syncChanged.publish(true),
      onArrived: () => this.#tellVault({ kind: 'arrived' }),
      onFolded: (size) => {
        this.#tellVault({ kind: 'folded', size });
        this.peppers.meetHub();
        this.fhir.look();
      },
      isDiskAltered: () => this.diskCheck.isAltered,
    });
  }

  /** @throws {Failure} storage failures of the folder; `vault.primitive-mismatch` when this machine's cryptography is not right. */
  static async open(options: DeviceServiceOptions): Promise<DeviceService> {
    await knownAnswerTest();
    const installation = await Installation.open(options.folder);
    if ((await installation.text('kiosk-request')) !== undefined) {
      await installation.close();
      throw new Failure(
        'workstation.kiosk',
        'This data folder is a kiosk’s. Start it with --kiosk, or name another folder with --data.',
      );
    }
    await installation.forgetUnusedKeys();
    const service = new DeviceService(options, installation);
    await service.diskCheck.start();
    await service.entrance.openKeys(undefined);
    service.backups.start();
    service.updates.start();
    return service;
  }

  get signedIn(): SignedIn | undefined {
    return this.#vault.signedIn;
  }

  /**
   * Who is signed in, as the ledger has them now: what this computer does for them ends with their key or their role.
   * @throws {Failure} `vault.locked`, `vault.staff-revoked`, `vault.role-changed`.
   */
  async somebody(): Promise<SignedIn> {
    const person = this.#vault.somebody();
    const [row] = await this.gateway.state([staffKey(person.id)]);
    refuseOtherRole(roleIn(row), person.role);
    return person;
  }

  /** @throws {Failure} `vault.locked` while nobody is signed in. */
  refuseNobody(): void {
    this.#vault.somebody();
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

  /** As in `ClinicSync`. */
  get cosigners(): Cosigned[] {
    return this.#sync.cosigners;
  }

  get checkpoint(): Checkpoint | undefined {
    return this.#sync.checkpoint;
  }

  /** How this device's own chain stands; undefined before its keys are open. */
  get continuity(): Pick<ClinicLedger, 'next' | 'newEpoch' | 'isInUseTwice'> | undefined {
    return this.#sync.openLedger;
  }

  /**
   * Runs an operation of the vault's schema. @throws {Failure} `vault.locked`.
   * @param readable files and folders that the operation may have imported.
   */
  async execute(request: GraphqlRequest, readable: readonly string[] = []): Promise<GraphqlAnswer> {
    return this.#vault.unlocked().call('execute', { ...request, readable });
  }

  /** Follows a subscription of the vault's schema. */
  follow(request: GraphqlRequest, next: (answer: GraphqlAnswer) => void): { done: Promise<void>; stop(): void } {
    return this.#vault.unlocked().stream('subscribe', request, (value) => next(value as GraphqlAnswer));
  }

  /** How this computer and its clinic's host stand; undefined without a region. */
  get clinicHost(): ClinicLanState | undefined {
    return this.#sync.clinicHost;
  }

  /** Asks the computer that serves this clinic: a kiosk holds no pepper of its own. @throws {Failure} as `ClinicLan.ask`. */
  askClinicHost<T>(operation: keyof typeof CLINIC_HOST_OPERATIONS, variables: Record<string, unknown>): Promise<T> {
    return this.#sync.askClinicHost<T>(operation, variables);
  }

  /** The page on which a browser of this computer asks a key of who is signed in; gives its port. @throws {Failure} `vault.locked`, as `PasskeyDoor.open`. */
  async openPasskeyPage(): Promise<number> {
    this.#vault.somebody();
    return this.#passkeys.open();
  }

  /** For the command line, whose user has the folder: serves the clinic from here. @throws {Failure} as `ClinicSync.serveFromStart`. */
  async serveClinicHere(listen: string): Promise<void> {
    await this.#sync.serveFromStart(listen);
  }

  syncNow(): void {
    this.#sync.wake();
  }

  /** Whoever is signed in has seen an alarm. @throws {Failure} as `somebody`; `sync.no-region`. */
  async acknowledgeEvidence(id: number): Promise<void> {
    await this.#sync.acknowledge(id, (await this.somebody()).id);
  }

  /** One whole round of syncing; throws what went wrong. */
  async syncOnce(): Promise<void> {
    const waited = this.#vault.waiting !== undefined;
    await this.#sync.once();
    if (!waited) return;
    await this.entrance.goOnJoining();
    await this.#sync.once();
  }

  async close(): Promise<void> {
    this.door.close();
    this.backups.stop();
    await this.updates.stop();
    await this.diskCheck.stop();
    await this.#turns.take(async () => {
      await this.entrance.closeDoors();
      await this.#vault.close();
      await this.#sync.close();
      await this.installation.close();
    });
  }

  /** As `ClinicSync.writeBundle`. */
  writeBundle(after: number, recipient?: Uint8Array): Promise<WrittenBundle> {
    return this.#turns.take(() => this.#sync.writeBundle(after, recipient));
  }

  /** As `ClinicSync.readBundle`. */
  readBundle(bytes: Uint8Array): Promise<ReadBundle> {
    return this.#turns.take(() => this.#sync.readBundle(bytes));
  }

  /** Runs `ask` with a client of the region's hub. @throws {Failure} `sync.no-region`. */
  askHub<T>(ask: (client: HubClient) => Promise<T>): Promise<T> {
    return this.#sync.askHub(ask);
  }

  async #renewSecret(): Promise<void> {
    const calls = this.#vault.running;
    if (!calls) return;
    await this.#keys.renewSecret(async (secret) => {
      await this.backups.list.reseal({ keychain: secret });
      await this.peppers.reseal({ keychain: secret });
      await calls.call('replaceSecret', { secret });
    });
    await this.backups.refreshSeal();
  }

  #tellVault(notice: DeviceNotice): void {
    if (this.#vault.waiting) void this.entrance.goOnJoining().catch(() => undefined);
    this.#vault.tell(notice);
  }
}
