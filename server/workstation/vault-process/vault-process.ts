/**
 * The vault process: `node vault-process.ts --data DIR` under the device service, or Electron's utility process, which
 * gets its port with the first message. It holds keys; it ends with its port.
 */
import { parseArgs } from 'node:util';
import { endWithIncident } from '../../graphql/last-words.ts';
import { type ElectronPort, fromElectronPort, fromParent } from './ports.ts';
import type { Port } from './remote-calls.ts';
import { VaultService } from './vault-service.ts';

interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown; ports: ElectronPort[] }) => void): void;
}

endWithIncident();
const { values } = parseArgs({ options: { data: { type: 'string' } }, strict: false });
const folder = String(values.data ?? '');
const parent = (process as unknown as { parentPort?: ParentPort }).parentPort;

function serve(port: Port): void {
  new VaultService(folder, port, (incident) => process.stderr.write(`${JSON.stringify({ incident })}\n`));
  port.onClose(() => process.exit(0));
}

if (parent) parent.on('message', ({ ports: [port] }) => port && serve(fromElectronPort(port)));
else serve(fromParent());
