/** `careledger serve`: the workstation for a browser on this computer, until it is asked to stop. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Failure } from '../../../shared/outcome/failure.ts';
import { noKeychain } from '../../identity/keychain.ts';
import { ReadablePaths } from '../../sync/readable-paths.ts';
import { startBrowserHost } from '../browser-host.ts';
import { defaultFolder } from '../default-folder.ts';
import { PageGraphql } from '../device-graphql.ts';
import { DeviceService } from '../device-service.ts';
import { forkedVault } from '../forked-vault.ts';
import { projectFile } from '../project-file.ts';
import { type CommandIo, FLAG, TEXT, WrongUsage } from './command.ts';

export async function serve(args: string[], io: CommandIo): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { data: TEXT, port: TEXT, json: FLAG, open: FLAG, 'import-from': { type: 'string', multiple: true } },
  });
  const folder = resolve(values.data ?? defaultFolder());
  const port = values.port === undefined ? 0 : Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new WrongUsage('--port is a number from 0 to 65535.');
  const pages = projectFile('out/renderer');
  if (!existsSync(pages))
    throw new Failure('host.not-built', 'The screens are not built yet. Run "npm run build" once, or start with "npm start".');
  const stopped = askedToStop();
  const service = await DeviceService.open({ folder, keychain: noKeychain, startVault: forkedVault(folder) });
  const graphql = await PageGraphql.open(
    service,
    (incident) => io.err(`${JSON.stringify({ incident })}\n`),
    new ReadablePaths(values['import-from']),
  );
  const host = await startBrowserHost(graphql, pages, port).catch(async (error: unknown) => {
    await service.close();
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
  await graphql.stop();
  await service.close();
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
