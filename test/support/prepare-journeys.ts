import { spawnSync } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { ensureChromium } from './ensure-chromium.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Why the journeys cannot run; empty when they can. */
    journeysHindrance: string;
  }
}

const sources = ['electron.vite.config.ts', 'package.json', '{electron,renderer,server,shared}/**/*'];
const built = ['out/main/main.js', 'out/main/careledger.js', 'out/renderer/index.html'];

const changed = (path: string): number => statSync(path).mtimeMs;

/** True when a part of the built program is missing or older than a file it was made of. */
function isBuildStale(): boolean {
  if (!built.every((path) => existsSync(path))) return true;
  const oldest = Math.min(...built.map(changed));
  return globSync(sources).some((path) => changed(path) > oldest);
}

function build(): void {
  const run = spawnSync('npm', ['run', '--silent', 'build'], { encoding: 'utf8', shell: process.platform === 'win32' });
  if (run.status !== 0) throw new Error(`The program does not build:\n${run.stdout}${run.stderr}`);
}

/**
 * Once before the journeys: the program as people get it is built, and a browser to drive it is there. What is missing
 * fails each journey (`journeys-ready.ts`) and not the whole run, whose unit tests need neither.
 */
export default function prepareJourneys(project: TestProject): void {
  let hindrance = '';
  try {
    if (isBuildStale()) build();
    ensureChromium();
  } catch (error) {
    hindrance = error instanceof Error ? error.message : String(error);
  }
  project.provide('journeysHindrance', hindrance);
}
