/**
 * The two services beside the main process: the device service for as long as the program runs, the vault process while
 * somebody is signed in. Only the main process can start processes, so it starts both, hands each one end of a channel,
 * and never listens on it.
 */
import { join } from 'node:path';
import { MessageChannelMain, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import type { FromDeviceService, ToDeviceService, ToVaultProcess } from '../service-messages.ts';
import type { LockReason } from '../shell-calls.ts';
import type { Keychain } from './keychain.ts';
import { serviceEnvironment } from './service-environment.ts';
import type { CheckedUpdate } from './updates.ts';

/** What has not ended this long after it was asked to is killed. */
const DEVICE_GRACE = 5_000;
const VAULT_GRACE = 2_000;
/** A device service that ends this soon after its start, twice in a row, will not do better the third time. */
const TOO_SOON = 5_000;

interface ServicesOptions {
  /** Where the services' programs lie. */
  programs: string;
  /** A kiosk's services in place of a workstation's: its sessions begin and end as a vault does. */
  kiosk: boolean;
  /** The data folder. */
  folder: string;
  keychain: Keychain;
  /** The vault is closed; what the page holds has to go. */
  onLocked(): void;
  /** An update is to be put in place. */
  onInstallUpdate(update: CheckedUpdate): void;
  /** The device service was started again; pages need new ports. */
  onRestarted(): void;
  /** The device service does not stay up. */
  onGivenUp(): void;
}

/** A process that was forked; `exit` resolves to its code. Its own `pid` is unset before it runs as well as after it ended. */
interface Service {
  child: UtilityProcess;
  exit: Promise<number>;
}

export class Services {
  readonly #options: ServicesOptions;
  #device: Service | undefined;
  #vault: Service | undefined;
  #startedAt = 0;
  #failedStarts = 0;
  #stopping = false;
  /** Starts and ends of the vault process, one after the other. */
  #vaultWork: Promise<void> = Promise.resolve();

  constructor(options: ServicesOptions) {
    this.#options = options;
  }

  start(): void {
    const device = this.#fork(this.#options.kiosk ? 'kiosk-device-process.js' : 'device-process.js', 'Careledger device service');
    this.#device = device;
    this.#startedAt = Date.now();
    device.child.on('message', (message: FromDeviceService) => this.#hear(device, message));
    void device.exit.then(() => this.#deviceEnded());
  }

  /** A new port to the device service. */
  connectPage(): MessagePortMain {
    const { port1, port2 } = new MessageChannelMain();
    this.#tell({ kind: 'page' }, port1);
    return port2;
  }

  lock(reason: LockReason): void {
    this.#tell({ kind: 'lock', reason });
  }

  chosen(purpose: 'read' | 'write', paths: string[]): void {
    this.#tell({ kind: 'chosen', purpose, paths });
  }

  /** Resolves when both have ended: the device service by itself if it can, so that what it is writing is written. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const device = this.#device;
    this.#tell({ kind: 'quit' });
    if (device) await ended(device, DEVICE_GRACE);
    await this.#vaultWork;
    await this.#endVault();
  }

  #fork(program: string, serviceName: string): Service {
    const args = ['--data', this.#options.folder];
    const env = serviceEnvironment(process.env);
    const child = utilityProcess.fork(join(this.#options.programs, program), args, { serviceName, env });
    return { child, exit: new Promise((resolve) => child.once('exit', resolve)) };
  }

  #tell(message: ToDeviceService, ...ports: MessagePortMain[]): void {
    this.#device?.child.postMessage(message, ports);
  }

  #hear(device: Service, message: FromDeviceService): void {
    switch (message.kind) {
      case 'start-vault':
        this.#vaultWork = this.#vaultWork.then(() => this.#startVault());
        return;
      case 'end-vault':
        this.#vaultWork = this.#vaultWork.then(() => this.#endVault());
        return;
      case 'locked':
        this.#options.onLocked();
        return;
      case 'install-update':
        this.#options.onInstallUpdate(message);
        return;
      case 'keychain':
        void this.#options.keychain.answer(message).then((state) => {
          if (device === this.#device) this.#tell({ kind: 'keychain', id: message.id, ...state });
        });
        return;
      default:
        throw new Error(`the device service said something unknown: ${String((message as { kind?: unknown }).kind)}`);
    }
  }

  /** A vault process that still runs ends first: there is never a second one. */
  async #startVault(): Promise<void> {
    await this.#endVault();
    if (this.#stopping || !this.#device) return;
    const vault = this.#fork(this.#options.kiosk ? 'session-process.js' : 'vault-process.js', 'Careledger vault');
    this.#vault = vault;
    const { port1, port2 } = new MessageChannelMain();
    vault.child.postMessage({ kind: 'device' } satisfies ToVaultProcess, [port1]);
    this.#tell({ kind: 'vault' }, port2);
    void vault.exit.then((code) => {
      this.#vault = undefined;
      this.#tell({ kind: 'vault-ended', code });
    });
  }

  async #endVault(): Promise<void> {
    const vault = this.#vault;
    if (!vault) return;
    vault.child.kill();
    await ended(vault, VAULT_GRACE);
  }

  /** Unlocked keys do not outlive the service that governs them. */
  #deviceEnded(): void {
    this.#device = undefined;
    void this.#endVault().then(() => {
      if (this.#stopping) return;
      this.#failedStarts = Date.now() - this.#startedAt < TOO_SOON ? this.#failedStarts + 1 : 0;
      if (this.#failedStarts >= 2) {
        this.#options.onGivenUp();
        return;
      }
      this.start();
      this.#options.onRestarted();
    });
  }
}

/** Resolves when the process has ended; kills it when it takes longer than `grace` milliseconds. */
async function ended({ child, exit }: Service, grace: number): Promise<void> {
  const timer = setTimeout(() => {
    if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
  }, grace);
  await exit;
  clearTimeout(timer);
}
