/**
 * The process of one patient's session: `node session-process.ts --data DIR` under the kiosk's device service, or Electron's utility process.
 * It holds one patient's keys, and ends with its port.
 */
import { parseArgs } from 'node:util';
import { endWithIncident } from '../../graphql/last-words.ts';
import { type ElectronPort, fromElectronPort, fromParent } from '../vault-process/ports.ts';
import type { Port } from '../vault-process/remote-calls.ts';
import { PatientSession } from './patient-session.ts';

interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown; ports: ElectronPort[] }) => void): void;
}

endWithIncident();
const { values } = parseArgs({ options: { data: { type: 'string' } }, strict: false });
const parent = (process as unknown as { parentPort?: ParentPort }).parentPort;

function serve(port: Port): void {
  new PatientSession(String(values.data ?? ''), port, (incident) => process.stderr.write(`${JSON.stringify({ incident })}\n`));
  port.onClose(() => process.exit(0));
}

if (parent) parent.on('message', ({ ports: [port] }) => port && serve(fromElectronPort(port)));
else serve(fromParent());
