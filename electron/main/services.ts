/**
 * The two services beside the main process: the device service for as long as the program runs, the vault process while
 * somebody is signed in. Only the main process can start processes, so it starts both, hands each one end of a channel,
 * and never listens on it.
 */
import { once } from 'node:events';
import { join } from 'node:path';
import { MessageChannelMain, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import type { FromDeviceService, ToDeviceService, ToVaultProcess } from '../service-messages.ts';
import type { LockReason } from '../shell-calls.ts';
import type { Keychain } from './keychain.ts';
import { serviceEnvironment } from './service-environment.ts';

/** What has not ended this long after it was asked to is killed. */
const DEVICE_GRACE = 5_000;
const VAULT_GRACE = 2_000;
/** A device service that ends this soon after its start, twice in a row, will not do better the third time. */
const TOO_SOON = 5_000;

export interface ServicesOptions {
  /** Where device-process.js and vault-process.js lie. */
  programs: string;
  /** The data folder. */
  folder: string;
  keychain: Keychain;
  /** The device service was started again; pages need new ports. */
  onRestarted(): void;
  /** The device service does not stay up. */
  onGivenUp(): void;
}

export class Services {
  readonly #options: ServicesOptions;
  #device: UtilityProcess | undefined;
  #vault: UtilityProcess | undefined;
  #startedAt = 0;
  #failedStarts = 0;
  #stopping = false;
  /** Starts and ends of the vault process, one after the other. */
  #vaultWork: Promise<void> = Promise.resolve();

  constructor(options: ServicesOptions) {
    this.#options = options;
  }

  start(): void {
    const device = this.#fork('device-process.js', 'Careledger device service');
    this.#device = device;
    this.#startedAt = Date.now();
    device.on('message', (message: FromDeviceService) => this.#hear(device, message));
    device.once('exit', () => this.#deviceEnded());
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

  #fork(program: string, serviceName: string): UtilityProcess {
    const args = ['--data', this.#options.folder];
    return utilityProcess.fork(join(this.#options.programs, program), args, {
      serviceName,
      env: serviceEnvironment(process.env),
    });
  }

  #tell(message: ToDeviceService, ...ports: MessagePortMain[]): void {
    this.#device?.postMessage(message, ports);
  }

  #hear(device: UtilityProcess, message: FromDeviceService): void {
    switch (message.kind) {
      case 'start-vault':
        this.#vaultWork = this.#vaultWork.then(() => this.#startVault());
        return;
      case 'end-vault':
        this.#vaultWork = this.#vaultWork.then(() => this.#endVault());
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
    const vault = this.#fork('vault-process.js', 'Careledger vault');
    this.#vault = vault;
    const { port1, port2 } = new MessageChannelMain();
    vault.postMessage({ kind: 'device' } satisfies ToVaultProcess, [port1]);
    this.#tell({ kind: 'vault' }, port2);
    vault.once('exit', (code) => {
      this.#vault = undefined;
      this.#tell({ kind: 'vault-ended', code });
    });
  }

  async #endVault(): Promise<void> {
    const vault = this.#vault;
    if (!vault) return;
    vault.kill();
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
async function ended(child: UtilityProcess, grace: number): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  const timer = setTimeout(() => {
    if (child.pid === pid) process.kill(pid, 'SIGKILL');
  }, grace);
  await once(child, 'exit');
  clearTimeout(timer);
}
