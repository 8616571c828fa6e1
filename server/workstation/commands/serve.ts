/** `careledger serve`: the workstation, or with `--kiosk` a kiosk, for a browser on this computer, until it is asked to stop. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Failure } from '../../../shared/outcome/failure.ts';
import type { Incident } from '../../graphql/apollo.ts';
import { noKeychain } from '../../identity/keychain.ts';
import { ReadablePaths } from '../../sync/readable-paths.ts';
import { startBrowserHost } from '../browser-host.ts';
import { defaultFolder } from '../default-folder.ts';
import { PageGraphql } from '../device-graphql.ts';
import { DeviceService } from '../device-service.ts';
import { forkedSession, forkedVault } from '../forked-vault.ts';
import { KioskGraphql } from '../kiosk/kiosk-graphql.ts';
import { KioskService } from '../kiosk/kiosk-service.ts';
import type { PageDoor } from '../page-door.ts';
import type { Page } from '../page-files.ts';
import { projectFile } from '../project-file.ts';
import { type CommandIo, FLAG, TEXT, WrongUsage } from './command.ts';

export async function serve(args: string[], io: CommandIo): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      data: TEXT,
      port: TEXT,
      json: FLAG,
      open: FLAG,
      kiosk: FLAG,
      'clinic-host': TEXT,
      'import-from': { type: 'string', multiple: true },
    },
  });
  const folder = resolve(values.data ?? defaultFolder());
  const port = values.port === undefined ? 0 : Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new WrongUsage('--port is a number from 0 to 65535.');
  if (values.kiosk && values['clinic-host'] !== undefined)
    throw new WrongUsage('A kiosk does not serve the clinic: leave --clinic-host out.');
  const pages = projectFile('out/renderer');
  if (!existsSync(pages))
    throw new Failure('host.not-built', 'The screens are not built yet. Run "npm run build" once, or start with "npm start".');
  const stopped = askedToStop();
  const report = (incident: Incident): void => io.err(`${JSON.stringify({ incident })}\n`);
  const program = values.kiosk ? await openKiosk(folder, report) : await openWorkstation(folder, values, report);
  const host = await startBrowserHost(program.graphql, pages, port, program.page).catch(async (error: unknown) => {
    await program.close();
    throw error;
  });
  if (values.json) io.out(`${JSON.stringify({ address: host.address, code: host.code })}\n`);
  else
    io.out(
      `Data folder: ${folder}\nCareledger answers at ${host.address}\nOne-time code: ${host.code.slice(0, 4)} ${host.code.slice(4)}\nCtrl-C ends it.\n`,
    );
  if (values.open) openBrowser(host.address);
  await stopped;
  await host.close();
  await program.close();
}

/** What the browser host serves, and what ends with it. */
interface Program {
  readonly graphql: PageDoor;
  readonly page: Page;
  close(): Promise<void>;
}

async function openWorkstation(
  folder: string,
  options: { readonly 'import-from'?: readonly string[]; readonly 'clinic-host'?: string },
  report: (incident: Incident) => void,
): Promise<Program> {
  const service = await DeviceService.open({ folder, keychain: noKeychain, startVault: forkedVault(folder) });
  const listen = options['clinic-host'];
  if (listen !== undefined)
    await service.serveClinicHere(listen).catch(async (error: unknown) => {
      await service.close();
      throw error;
    });
  const graphql = await PageGraphql.open(service, report, new ReadablePaths(options['import-from']));
  return { graphql, page: 'index.html', close: () => graphql.stop().then(() => service.close()) };
}

async function openKiosk(folder: string, report: (incident: Incident) => void): Promise<Program> {
  const service = await KioskService.open({ folder, keychain: noKeychain, startSession: forkedSession(folder) });
  const graphql = await KioskGraphql.open(service, report);
  return { graphql, page: 'kiosk.html', close: () => graphql.stop().then(() => service.close()) };
}

/** Asks the desktop to open the address; where there is none, the printed address is enough. */
function openBrowser(address: string): void {
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', address]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', address]
        : ['xdg-open', address];
  spawn(command as string, args, { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

function askedToStop(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => done());
  });
}
