/** Builds the shell with the services and the page in fixture/, and starts it: on the real Electron where it is there. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'electron-vite';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { standInProgram } from '../electron-host/stand-in-app.ts';
import { ensureChromium } from '../support/ensure-chromium.ts';

const fixture = join(import.meta.dirname, 'fixture');
const project = resolve(import.meta.dirname, '../..');

/** The suite runs on the real binary where it is installed, else on the stand-in. */
export const isReal = existsSync(join(project, 'node_modules/electron/dist'));

export interface BuiltShell extends Disposable {
  /** The app's folder, as Electron is given it. */
  app: string;
}

export async function buildShell(): Promise<BuiltShell> {
  mkdirSync(join(project, 'test-results'), { recursive: true });
  const app = mkdtempSync(join(project, 'test-results', 'shell-'));
  process.env.SHELL_UNDER_TEST = join(app, 'out');
  await build({ configFile: join(fixture, 'shell.config.ts'), logLevel: 'error' });
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'careledger', type: 'module', main: 'out/main/main.js' }));
  return { app, [Symbol.dispose]: () => rmSync(app, { recursive: true, force: true }) };
}

/** What `_electron.launch` needs to start this app over this data folder. */
export function launchOptions(app: string, data: string, switches: string[] = []) {
  const args = [...switches, app, '--data', data];
  if (isReal) return { args };
  return {
    args,
    executablePath: standInProgram,
    env: { ...process.env, CHROMIUM_PATH: ensureChromium() } as Record<string, string>,
  };
}

export interface RunningShell extends AsyncDisposable {
  electron: ElectronApplication;
  page: Page;
  data: string;
  /** Runs an expression in the page. */
  inPage(expression: string): Promise<unknown>;
}

/** A started shell whose page is connected to the device service's stand-in. */
export async function startShell(app: string, switches: string[] = []): Promise<RunningShell> {
  const data = mkdtempSync(join(tmpdir(), 'shell-data-'));
  const electron = await _electron.launch(launchOptions(app, data, switches));
  const page = await electron.firstWindow();
  await page.getByRole('heading', { name: 'Ready' }).waitFor();
  await page.evaluate('connect()');
  const shell: RunningShell = {
    electron,
    page,
    data,
    inPage(expression) {
      return shell.page.evaluate(expression);
    },
    async [Symbol.asyncDispose]() {
      await electron.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
  return shell;
}
