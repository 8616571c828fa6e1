import { spawnSync } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { ensureChromium } from './ensure-chromium.ts';

const sources = ['electron.vite.config.ts', 'package.json', '{electron,renderer,server,shared}/**/*'];
const built = ['out/main/main.js', 'out/renderer/index.html'];

const changed = (path: string): number => statSync(path).mtimeMs;

/** True when a part of the built program is missing or older than a file it was made of. */
function isBuildStale(): boolean {
  if (!built.every((path) => existsSync(path))) return true;
  const oldest = Math.min(...built.map(changed));
  return globSync(sources).some((path) => changed(path) > oldest);
}

/** Once before the journeys: the program as people get it is built, and a browser to drive it is there. */
export default function prepareJourneys(): void {
  if (isBuildStale()) {
    const build = spawnSync('npm', ['run', '--silent', 'build'], { encoding: 'utf8', shell: process.platform === 'win32' });
    if (build.status !== 0) throw new Error(`The program does not build:\n${build.stdout}${build.stderr}`);
  }
  ensureChromium();
}
