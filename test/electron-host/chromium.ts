/** Starts the one Chromium of a stand-in process, with a profile of its own, and takes both away when the process ends. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DevTools } from './devtools.ts';
import { findChromium } from './find-chromium.ts';
import { ownFolder } from './own-folder.ts';

const SWITCHES = [
  '--remote-debugging-port=0',
  '--no-startup-window',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-extensions',
  '--disable-component-update',
  '--disable-background-networking',
  '--disable-sync',
  '--disable-breakpad',
  '--disable-dev-shm-usage',
  '--disable-features=HttpsUpgrades,MediaRouter,OptimizationHints,Translate',
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--password-store=basic',
  '--use-mock-keychain',
  '--block-new-web-contents',
  '--force-color-profile=srgb',
  '--enable-unsafe-swiftshader',
  // Electron's own extension of the page's MessagePort.
  '--enable-blink-features=MessagePortCloseEvent',
];

/** Lets the kernel end Chromium when this process dies without a chance to do it itself. */
const DEATH_SIGNAL = '/usr/bin/setpriv';

export interface Chromium {
  devTools: DevTools;
  process: ChildProcess;
  /** The WebSocket address that Playwright connects to as well. */
  endpoint: string;
}

export async function launchChromium(options: { switches: string[]; headed: boolean }): Promise<Chromium> {
  const program = findChromium();
  if (!program)
    throw new Error('stand-in: no Chromium found; install one (apt-get install chromium) or name it in CHROMIUM_PATH');
  const args = [...SWITCHES, `--user-data-dir=${join(ownFolder, 'profile')}`, ...options.switches];
  if (!options.headed) args.push('--headless=new');
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  const command = existsSync(DEATH_SIGNAL) ? [DEATH_SIGNAL, '--pdeathsig', 'KILL', program] : [program];
  const chromium = spawn(command[0] as string, [...command.slice(1), ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  // Before its profile goes with our own folder.
  process.prependOnceListener('exit', () => chromium.kill('SIGKILL'));
  const endpoint = await endpointOf(chromium);
  return { devTools: await DevTools.connect(endpoint), process: chromium, endpoint };
}

function endpointOf(chromium: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    chromium.stderr?.on('data', (chunk) => {
      said = `${said}${chunk}`.slice(-4000);
      const endpoint = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (endpoint) resolve(endpoint);
    });
    chromium.once('error', reject);
    chromium.once('exit', (code) => reject(new Error(`stand-in: Chromium ended with ${code}: ${said}`)));
  });
}
