import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findChromium } from '../electron-host/find-chromium.ts';

const command = (name: string): string => `apt-get install -y --no-install-recommends ${name}`;

/**
 * The path of a Chromium for tests. As root on Debian a missing one is installed, which takes about half a minute.
 * @throws {Error} that names the command to run, when there is none and none could be installed.
 */
export function ensureChromium(): string {
  const found = findChromium();
  if (found) return found;
  install('chromium');
  const installed = findChromium();
  if (installed) return installed;
  throw new Error(
    `The browser tests need Chromium. Install it with \`sudo ${command('chromium')}\`, or name one in CHROMIUM_PATH.`,
  );
}

/** The program with which Chromium is told whom to trust, installed as `ensureChromium` does. @throws {Error} likewise. */
export function ensureCertutil(): string {
  const there = (): boolean => spawnSync('certutil', ['-H'], { stdio: 'ignore' }).error === undefined;
  if (!there()) install('libnss3-tools');
  if (there()) return 'certutil';
  throw new Error(`This test needs certutil. Install it with \`sudo ${command('libnss3-tools')}\`.`);
}

function install(name: string): void {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return;
  process.stderr.write(`Running ${command(name)}\n`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const [program = '', ...args] = command(name).split(' ');
  spawnSync('apt-get', ['update', '-q'], { stdio: 'inherit', env: environment });
  spawnSync(program, args, { stdio: 'inherit', env: environment });
}
