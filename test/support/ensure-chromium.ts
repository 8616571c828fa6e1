import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findChromium } from '../electron-host/find-chromium.ts';

const INSTALL = 'apt-get install -y --no-install-recommends chromium';

/**
 * The path of a Chromium for tests. As root on Debian a missing one is installed, which takes about half a minute.
 * @throws {Error} that names the command to run, when there is none and none could be installed.
 */
export function ensureChromium(): string {
  const found = findChromium();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    process.stderr.write(`No Chromium found: running ${INSTALL}\n`);
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const [program = '', ...args] = INSTALL.split(' ');
    spawnSync('apt-get', ['update', '-q'], { stdio: 'inherit', env: environment });
    spawnSync(program, args, { stdio: 'inherit', env: environment });
    const installed = findChromium();
    if (installed) return installed;
  }
  throw new Error(`The browser tests need Chromium. Install it with \`sudo ${INSTALL}\`, or name one in CHROMIUM_PATH.`);
}
