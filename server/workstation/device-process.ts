/**
 * The device service as Electron's utility process: what the shell says over `process.parentPort` (electron/
 * service-messages.ts) becomes calls, and every page gets GraphQL over its own port.
 */
import { parseArgs } from 'node:util';
import { asFailure } from '../../shared/outcome/failure.ts';
import { messagePortKeychain } from '../identity/keychain.ts';
import { PageGraphql } from './device-graphql.ts';
import { DeviceService } from './device-service.ts';
import { servePagePort } from './page-port.ts';
import { type ElectronPort, fromElectronPort } from './ports.ts';
import type { VaultProcess } from './vault-link.ts';

interface ShellMessage {
  readonly kind: 'page' | 'vault' | 'vault-ended' | 'chosen' | 'keychain' | 'lock' | 'quit';
  readonly purpose?: 'read' | 'write';
  readonly paths?: readonly string[];
}

interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: ShellMessage; ports: ElectronPort[] }) => void): void;
}

const { values } = parseArgs({ options: { data: { type: 'string' } }, strict: false });
const shell = (process as unknown as { parentPort: ParentPort }).parentPort;

/** Pages may connect before the installation is open; they wait here. */
const pages: ElectronPort[] = [];
let graphql: PageGraphql | undefined;
let service: DeviceService | undefined;
let onVaultPort: ((port: ElectronPort) => void) | undefined;
let onVaultEnded: (() => void) | undefined;

shell.on('message', ({ data, ports: [port] }) => {
  switch (data.kind) {
    case 'page':
      if (!port) return;
      if (graphql) servePagePort(fromElectronPort(port), graphql);
      else pages.push(port);
      return;
    case 'vault':
      if (port) onVaultPort?.(port);
      return;
    case 'vault-ended':
      onVaultEnded?.();
      return;
    case 'chosen':
      if (data.purpose === 'read') for (const path of data.paths ?? []) graphql?.readable.allow(path);
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

/** Only the shell can start processes: it answers with a port. */
function startVault(): Promise<VaultProcess> {
  return new Promise((resolve) => {
    onVaultPort = (port) => {
      onVaultPort = undefined;
      const ended = new Promise<void>((done) => {
        onVaultEnded = done;
      });
      resolve({
        port: fromElectronPort(port),
        end: () => {
          shell.postMessage({ kind: 'end-vault' });
          return ended;
        },
      });
    };
    shell.postMessage({ kind: 'start-vault' });
  });
}

async function start(): Promise<void> {
  const keychain = await messagePortKeychain({
    postMessage: (message) => shell.postMessage(message),
    on: (_event, listener) => shell.on('message', ({ data }) => listener(data)),
  });
  service = await DeviceService.open({ folder: String(values.data ?? ''), keychain, startVault });
  graphql = await PageGraphql.open(service, (incident) => process.stderr.write(`${JSON.stringify({ incident })}\n`));
  for (const port of pages.splice(0)) servePagePort(fromElectronPort(port), graphql);
  await tellOfLocking(service);
}

/** A page that showed records must not outlive their keys: the shell replaces its process once the vault has ended. */
async function tellOfLocking(watched: DeviceService): Promise<void> {
  let wasOpen = false;
  for await (const _ of watched.workstationChanged.follow()) {
    const isOpen = watched.signedIn !== undefined;
    if (wasOpen && !isOpen) shell.postMessage({ kind: 'locked' });
    wasOpen = isOpen;
  }
}

start().catch((error: unknown) => {
  const { code, message } = asFailure(error);
  process.stderr.write(`${message} (${code})\n`);
  process.exit(1);
});
