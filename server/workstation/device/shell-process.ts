/**
 * A device service as Electron's utility process: what the shell says over `process.parentPort` (electron/service-messages.ts) becomes
 * calls, and every page gets a port of its own. A workstation and a kiosk differ in what they open, and in nothing here.
 */
import { parseArgs } from 'node:util';
import { asFailure } from '../../../shared/outcome/failure.ts';
import { endWithIncident } from '../../graphql/last-words.ts';
import { type Keychain, messagePortKeychain } from '../../identity/keychain.ts';
import type { UpdateFeed } from '../updates/update-door.ts';
import { type ElectronPort, fromElectronPort } from '../vault-process/ports.ts';
import type { Port } from '../vault-process/remote-calls.ts';
import type { VaultProcess } from '../vault-process/vault-link.ts';

interface ShellMessage {
  readonly kind: 'page' | 'vault' | 'vault-ended' | 'chosen' | 'keychain' | 'lock' | 'quit';
  readonly purpose?: 'read' | 'write';
  readonly paths?: readonly string[];
}

interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: ShellMessage; ports: ElectronPort[] }) => void): void;
}

/** What the shell has for a service that begins. */
interface ShellParts {
  /** The data folder. */
  readonly folder: string;
  readonly keychain: Keychain;
  /** Only the shell can start processes: it answers with a port. */
  startVault(): Promise<VaultProcess>;
  /** A page that showed records must not outlive their keys: the shell replaces its process. */
  locked(): void;
  /** The shell puts a checked update in place and starts the program anew. */
  installUpdate(feed: UpdateFeed): void;
}

/** A service as the shell uses it. */
interface ShellService {
  servePage(page: Port): void;
  /** Paths that a person chose to be read. */
  chosen(paths: readonly string[]): void;
  /** What is open is closed at once. */
  lock(): Promise<void>;
  close(): Promise<void>;
}

/** Runs what `open` opens until the shell ends it; a service that does not open says why on standard error and ends with 1. */
export function runInShell(open: (parts: ShellParts) => Promise<ShellService>): void {
  endWithIncident();
  const { values } = parseArgs({ options: { data: { type: 'string' } }, strict: false });
  const shell = (process as unknown as { parentPort: ParentPort }).parentPort;
  /** Pages may connect before the service is open; they wait here. */
  const pages: Port[] = [];
  let service: ShellService | undefined;
  const vault = new ShellVault(shell);

  shell.on('message', ({ data, ports: [port] }) => {
    switch (data.kind) {
      case 'page':
        if (!port) return;
        if (service) service.servePage(fromElectronPort(port));
        else pages.push(fromElectronPort(port));
        return;
      case 'vault':
        if (port) vault.started(port);
        return;
      case 'vault-ended':
        vault.ended();
        return;
      case 'chosen':
        if (data.purpose === 'read') service?.chosen(data.paths ?? []);
        return;
      case 'lock':
        void service?.lock();
        return;
      case 'quit':
        void (service?.close() ?? Promise.resolve()).finally(() => process.exit(0));
        return;
      default:
        return;
    }
  });

  const begin = async (): Promise<void> => {
    const keychain = await messagePortKeychain({
      postMessage: (message) => shell.postMessage(message),
      on: (_event, listener) => shell.on('message', ({ data }) => listener(data)),
    });
    const locked = (): void => shell.postMessage({ kind: 'locked' });
    const installUpdate = (feed: UpdateFeed): void => shell.postMessage({ kind: 'install-update', ...feed });
    const startVault = (): Promise<VaultProcess> => vault.start();
    service = await open({ folder: String(values.data ?? ''), keychain, startVault, locked, installUpdate });
    for (const page of pages.splice(0)) service.servePage(page);
  };
  begin().catch(giveUp);
}

/** The vault process, which the shell starts and ends for the service. */
class ShellVault {
  readonly #shell: ParentPort;
  #onPort: ((port: ElectronPort) => void) | undefined;
  #onEnded: (() => void) | undefined;

  constructor(shell: ParentPort) {
    this.#shell = shell;
  }

  start(): Promise<VaultProcess> {
    return new Promise((resolve) => {
      this.#onPort = (port) => {
        this.#onPort = undefined;
        const ended = new Promise<void>((done) => {
          this.#onEnded = done;
        });
        const end = (): Promise<void> => {
          this.#shell.postMessage({ kind: 'end-vault' });
          return ended;
        };
        resolve({ port: fromElectronPort(port), end });
      };
      this.#shell.postMessage({ kind: 'start-vault' });
    });
  }

  started(port: ElectronPort): void {
    this.#onPort?.(port);
  }

  ended(): void {
    this.#onEnded?.();
  }
}

/** Ends the process over a failure that nothing here can mend. */
export function giveUp(error: unknown): void {
  const { code, message } = asFailure(error);
  process.stderr.write(`${message} (${code})\n`);
  process.exit(1);
}

/** What a page may not be told, for who reads the service's output. */
export const reportIncident = (incident: unknown): void => {
  process.stderr.write(`${JSON.stringify({ incident })}\n`);
};
