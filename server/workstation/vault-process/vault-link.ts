/** The vault process as the device service holds it: started when somebody needs it, ended by locking, and who has unlocked it. */
import { Failure } from '../../../shared/outcome/failure.ts';
import type { DeviceNotice } from '../../sync/gateway.ts';
import type { BackupVault } from '../backup/backups.ts';
import type { DeviceVerbs } from '../device/device-verbs.ts';
import { type Port, RemoteCalls } from './remote-calls.ts';
import type { SignedIn, VaultVerbs } from './vault-verbs.ts';

/** A vault process that was started: the port to it, and its end. */
export interface VaultProcess {
  readonly port: Port;
  end(): Promise<void>;
}

interface VaultEdges {
  start(): Promise<VaultProcess>;
  /** What the vault process may ask of the device service. */
  verbs(): DeviceVerbs;
  /** The process has ended by itself; nobody is signed in any more. */
  lost(): void;
}

interface Vault {
  readonly process: VaultProcess;
  readonly calls: RemoteCalls<VaultVerbs>;
}

export class VaultLink {
  readonly #edges: VaultEdges;
  #vault: Vault | undefined;
  #starting: Promise<Vault> | undefined;
  #signedIn: SignedIn | undefined;
  /** Who has unlocked a device that its clinic has not let in yet. */
  #waiting: SignedIn | undefined;
  /** The newest notice that came while nobody was in. */
  #missed: DeviceNotice | undefined;

  constructor(edges: VaultEdges) {
    this.#edges = edges;
  }

  get signedIn(): SignedIn | undefined {
    return this.#signedIn;
  }

  get waiting(): SignedIn | undefined {
    return this.#waiting;
  }

  /** Whoever unlocked is in from now on. */
  signIn(person: SignedIn): void {
    this.#waiting = undefined;
    this.#signedIn = person;
    const missed = this.#missed;
    this.#missed = undefined;
    if (missed) this.tell(missed);
  }

  /** Whoever unlocked waits for the clinic's keys. */
  wait(person: SignedIn): void {
    this.#waiting = person;
  }

  /** Who is signed in. @throws {Failure} `vault.locked`. */
  somebody(): SignedIn {
    if (this.#signedIn) return this.#signedIn;
    throw locked();
  }

  /** The process's verbs, while it runs; it may be locked. */
  get running(): RemoteCalls<VaultVerbs> | undefined {
    return this.#vault?.calls;
  }

  /** The verbs of a vault that somebody has unlocked. @throws {Failure} `vault.locked`. */
  unlocked(): RemoteCalls<VaultVerbs> {
    if (!this.#vault || !this.#signedIn) throw locked();
    return this.#vault.calls;
  }

  /** One at a time: a page asks several things at once, and a second process would be nobody's. */
  async started(): Promise<RemoteCalls<VaultVerbs>> {
    if (this.#vault) return this.#vault.calls;
    this.#starting ??= this.#start().finally(() => {
      this.#starting = undefined;
    });
    return (await this.#starting).calls;
  }

  /** What backups ask of the vault while somebody is signed in. */
  forBackups(): BackupVault | undefined {
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

  /** What happens while somebody is unlocking is told as soon as they are in: the vault may have looked before it happened. */
  tell(notice: DeviceNotice): void {
    if (this.#signedIn) void this.#vault?.calls.call('notice', notice).catch(() => undefined);
    else this.#missed = notice;
  }

  /** Locks and ends the process, if anybody has unlocked it. */
  async end(): Promise<void> {
    const vault = this.#vault;
    if (!vault || !(this.#signedIn ?? this.#waiting)) return;
    await vault.calls.call('lock', undefined).catch(() => undefined);
    this.#signedIn = undefined;
    this.#waiting = undefined;
    this.#vault = undefined;
    vault.calls.close();
    await vault.process.end();
  }

  /** Ends the process, whoever is there. */
  async close(): Promise<void> {
    await this.end();
    await this.#starting?.catch(() => undefined);
    await this.#vault?.process.end();
  }

  async #start(): Promise<Vault> {
    const process = await this.#edges.start();
    const vault = { process, calls: new RemoteCalls<VaultVerbs>(process.port, this.#edges.verbs()) };
    process.port.onClose(() => {
      if (this.#vault !== vault) return;
      this.#vault = undefined;
      this.#signedIn = undefined;
      this.#waiting = undefined;
      this.#edges.lost();
    });
    this.#vault = vault;
    return vault;
  }
}

const locked = (): Failure => new Failure('vault.locked', 'The workstation is locked. Unlock it and try again.');
