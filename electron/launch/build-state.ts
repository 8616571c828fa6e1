/** Is the program built, and is what is built made of today's sources? */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = [
  'electron.vite.config.ts',
  'package.json',
  '{electron,renderer,server,shared}/**/*.{ts,tsx,css,html,json,graphql,svg,woff2}',
];
const BUILT = ['out/main/main.js', 'out/main/careledger.js', 'out/preload/preload.cjs', 'out/renderer/index.html'];

/** True when a part of the built program is missing, or older than a file it may be made of. */
export function isBuildStale(project: string): boolean {
  const changed = (path: string): number => statSync(join(project, path)).mtimeMs;
  if (!BUILT.every((path) => existsSync(join(project, path)))) return true;
  const oldest = Math.min(...BUILT.map(changed));
  return globSync(SOURCES, { cwd: project }).some((path) => changed(path) > oldest);
}

/** Builds the program; what the build said comes back when it failed. */
export function buildProgram(project: string): string | undefined {
  const tool = join(project, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [tool, 'build'], { cwd: project, encoding: 'utf8' });
  return status === 0 ? undefined : `${stdout}${stderr}`;
}
