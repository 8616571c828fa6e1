/**
 * A kiosk's device service as Electron's utility process: what the shell says over `process.parentPort` (electron/service-messages.ts) becomes
 * calls, and the page gets GraphQL over its own port.
 */
import { parseArgs } from 'node:util';
import { asFailure } from '../../../shared/outcome/failure.ts';
import { messagePortKeychain } from '../../identity/keychain.ts';
import { servePagePort } from '../page-port.ts';
import { type ElectronPort, fromElectronPort } from '../ports.ts';
import type { VaultProcess } from '../vault-link.ts';
import { KioskGraphql } from './kiosk-graphql.ts';
import { KioskService } from './kiosk-service.ts';

interface ShellMessage {
  readonly kind: 'page' | 'vault' | 'vault-ended' | 'chosen' | 'keychain' | 'lock' | 'quit';
}

interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: ShellMessage; ports: ElectronPort[] }) => void): void;
}

const { values } = parseArgs({ options: { data: { type: 'string' } }, strict: false });
const shell = (process as unknown as { parentPort: ParentPort }).parentPort;

/** Pages may connect before the installation is open; they wait here. */
const pages: ElectronPort[] = [];
let graphql: KioskGraphql | undefined;
let service: KioskService | undefined;
let onSessionPort: ((port: ElectronPort) => void) | undefined;
let onSessionEnded: (() => void) | undefined;

function serve(port: ElectronPort, kiosk: KioskGraphql): void {
  const page = fromElectronPort(port);
  // A page that is gone, by a crash or a plug, leaves nobody's session behind.
  page.onClose(() => void service?.endSession());
  servePagePort(page, kiosk);
}

shell.on('message', ({ data, ports: [port] }) => {
  switch (data.kind) {
    case 'page':
      if (!port) return;
      if (graphql) serve(port, graphql);
      else pages.push(port);
      return;
    case 'vault':
      if (port) onSessionPort?.(port);
      return;
    case 'vault-ended':
      onSessionEnded?.();
      return;
    case 'lock':
      void service?.endSession();
      return;
    case 'quit':
      void (service?.close() ?? Promise.resolve()).finally(() => process.exit(0));
      return;
    default:
      return;
  }
});

/** Only the shell can start processes: it answers with a port. */
function startSession(): Promise<VaultProcess> {
  return new Promise((resolve) => {
    onSessionPort = (port) => {
      onSessionPort = undefined;
      const ended = new Promise<void>((done) => {
        onSessionEnded = done;
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
  service = await KioskService.open({ folder: String(values.data ?? ''), keychain, startSession });
  graphql = await KioskGraphql.open(service, (incident) => process.stderr.write(`${JSON.stringify({ incident })}\n`));
  for (const port of pages.splice(0)) serve(port, graphql);
  await tellOfEnds(service);
}

/** What a page showed of a patient goes with its process: the shell replaces it once the session has ended. */
async function tellOfEnds(watched: KioskService): Promise<void> {
  let wasOpen = false;
  for await (const _ of watched.changed.follow()) {
    const isOpen = (await watched.state()).state === 'OPEN';
    if (wasOpen && !isOpen) shell.postMessage({ kind: 'locked' });
    wasOpen = isOpen;
  }
}

start().catch((error: unknown) => {
  const { code, message } = asFailure(error);
  process.stderr.write(`${message} (${code})\n`);
  process.exit(1);
});
