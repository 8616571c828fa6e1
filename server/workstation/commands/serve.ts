/**
 * `careledger serve`: the workstation, or with `--kiosk` a kiosk, for a browser on this computer, until it is asked to stop. With `--lan` a
 * kiosk serves one browser on the clinic's network instead.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import type { Page } from '../../../shared/pages/page-policy.ts';
import { type CommandIo, FLAG, TEXT, WrongUsage, wholeNumber } from '../../command-line/command-line.ts';
import type { Incident } from '../../graphql/apollo.ts';
import { noKeychain } from '../../identity/keychain.ts';
import { projectFile } from '../../storage/project-file.ts';
import { ReadablePaths } from '../../sync/vault-context/readable-paths.ts';
import { PageGraphql } from '../device/device-graphql.ts';
import { DeviceService } from '../device/device-service.ts';
import { defaultFolder } from '../folder/default-folder.ts';
import { KioskGraphql } from '../kiosk/kiosk-graphql.ts';
import { KioskService } from '../kiosk/kiosk-service.ts';
import { type LanPage, startLanPage } from '../kiosk/lan-page.ts';
import { sayWhatIsOpen } from '../kiosk/look-at-system.ts';
import { startBrowserHost } from '../page/browser-host.ts';
import type { PageDoor } from '../page/page-door.ts';
import { forkedSession, forkedVault } from '../vault-process/forked-vault.ts';

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
      lan: TEXT,
      'lan-name': { type: 'string', multiple: true },
      pair: FLAG,
      fhir: TEXT,
      'import-from': { type: 'string', multiple: true },
    },
  });
  const folder = resolve(values.data ?? defaultFolder());
  const port = wholeNumber(values.port ?? '0', '--port', 0, 65_535);
  if (values.kiosk && values['clinic-host'] !== undefined)
    throw new WrongUsage('A kiosk does not serve the clinic: leave --clinic-host out.');
  if (!values.kiosk && (values.lan !== undefined || values['lan-name'] || values.pair)) throw KIOSK_ONLY;
  if (values.lan === undefined && (values['lan-name'] || values.pair))
    throw new WrongUsage('--lan-name and --pair need --lan ADDRESS:PORT.');
  if (values.kiosk && values.fhir !== undefined) throw new WrongUsage('A kiosk does not answer programs: leave --fhir out.');
  const pages = projectFile('out/renderer');
  if (!existsSync(pages))
    throw new Failure('host.not-built', 'The screens are not built yet. Run "npm run build" once, or start with "npm start".');
  const stopped = askedToStop();
  const report = (incident: Incident): void => io.err(`${JSON.stringify({ incident })}\n`);
  const program = values.kiosk
    ? await openKiosk(folder, report, io, values.lan !== undefined)
    : await openWorkstation(folder, values, report);
  const { lan } = values;
  const served = await (lan === undefined
    ? onLoopback(program, pages, port)
    : program.onLan(pages, { listen: lan, names: values['lan-name'] ?? [], pairAnew: values.pair ?? false, report: io.err })
  ).catch(async (error: unknown) => {
    await program.close();
    throw error;
  });
  io.out(values.json ? `${JSON.stringify(announced(served))}\n` : `Data folder: ${folder}\n${inWords(served)}Ctrl-C ends it.\n`);
  if (values.open && lan === undefined) openBrowser(served.addresses[0] as string);
  await stopped;
  await served.close();
  await program.close();
}

/** What is served, and what ends with it. */
interface Program {
  readonly graphql: PageDoor;
  readonly page: Page;
  onLan(pages: string, wish: LanWish): Promise<Served>;
  close(): Promise<void>;
}

interface LanWish {
  readonly listen: string;
  readonly names: readonly string[];
  readonly pairAnew: boolean;
  report(line: string): void;
}

type Served = Pick<LanPage, 'addresses' | 'code' | 'close'> & Partial<Pick<LanPage, 'authorityFile'>>;

async function onLoopback({ graphql, page }: Program, pages: string, port: number): Promise<Served> {
  const { address, code, close } = await startBrowserHost(graphql, pages, port, page);
  return { addresses: [address], code, close };
}

const announced = ({ addresses, code, authorityFile }: Served) => ({
  address: addresses[0],
  code,
  ...(authorityFile && { addresses, authority: authorityFile }),
});

const inWords = ({ addresses, code, authorityFile }: Served): string =>
  [
    `Careledger answers at ${addresses.join(' and ')}`,
    code ? `One-time code: ${code.slice(0, 4)} ${code.slice(4)}` : 'A browser is paired; --pair pairs another in its place.',
    ...(authorityFile ? [`The browser has to trust the region’s authority: ${authorityFile}`] : []),
    '',
  ].join('\n');

async function openWorkstation(
  folder: string,
  options: { readonly 'import-from'?: readonly string[]; readonly 'clinic-host'?: string; readonly fhir?: string },
  report: (incident: Incident) => void,
): Promise<Program> {
  const service = await DeviceService.open({ folder, keychain: noKeychain, startVault: forkedVault(folder) });
  const listen = options['clinic-host'];
  if (listen !== undefined)
    await service.serveClinicHere(listen).catch(async (error: unknown) => {
      await service.close();
      throw error;
    });
  if (options.fhir !== undefined)
    await service.fhir.choose(Number(options.fhir), false).catch(async (error: unknown) => {
      await service.close();
      throw error;
    });
  const graphql = await PageGraphql.open(service, report, new ReadablePaths(options['import-from']));
  return {
    graphql,
    page: 'index.html',
    onLan: () => Promise.reject(KIOSK_ONLY),
    close: () => graphql.stop().then(() => service.close()),
  };
}

async function openKiosk(
  folder: string,
  report: (incident: Incident) => void,
  io: CommandIo,
  isElsewhere: boolean,
): Promise<Program> {
  const service = await KioskService.open({ folder, keychain: noKeychain, startSession: forkedSession(folder) });
  const graphql = await KioskGraphql.open(service, report);
  await sayWhatIsOpen(io.err, isElsewhere);
  return {
    graphql,
    page: 'kiosk.html',
    onLan: async (pages, { report: say, ...wish }) =>
      startLanPage(await service.lanGround(), {
        ...wish,
        graphql,
        pages,
        report: (problem) => say(`${JSON.stringify({ certificate: asFailure(problem) })}\n`),
      }),
    close: () => graphql.stop().then(() => service.close()),
  };
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

const KIOSK_ONLY = new WrongUsage('Only a kiosk serves its page on the network: --lan, --lan-name and --pair need --kiosk.');
