/**
 * `npm start`: the workstation in Electron where that can be, else in the browser.
 *
 *   npm start                     the workstation
 *   npm start -- --host           in the browser, without asking for Electron
 *   npm start -- --kiosk          a kiosk for patients, with --data for its own folder
 *                                 and --kiosk-printer NAME for what patients print in its window
 *   npm start -- --data DIR       with another data folder; what is not --host is passed on
 */
import { join, resolve } from 'node:path';
import { buildProgram, isBuildStale } from './build-state.ts';
import { findElectron, installElectron } from './electron-binary.ts';
import { runProgram } from './run-program.ts';
import { hasDisplay, readArguments, whyNoWindow } from './where-to-run.ts';

const project = resolve(import.meta.dirname, '../..');
const { forced, rest } = readArguments(process.argv.slice(2));
const say = (line: string): void => void process.stderr.write(`${line}\n`);

function build(): void {
  if (!isBuildStale(project)) return;
  say('Building the program …');
  const trouble = buildProgram(project);
  if (trouble === undefined) return;
  say(`${trouble}\nThe program could not be built; what the build said is above.`);
  process.exit(1);
}

/** Electron's binary, downloaded if need be; undefined when the download does not work, which is said. */
async function electron(): Promise<string | undefined> {
  const found = findElectron(project);
  if (found) return found;
  say('Downloading Electron, once …');
  let shown = 0;
  const onProgress = (bytes: number): void => {
    const megabytes = Math.floor(bytes / 1e6);
    if (megabytes < shown + 10) return;
    shown = megabytes;
    say(`  ${megabytes} MB`);
  };
  const trouble = await installElectron({ project, patience: 60_000, interval: 500, onProgress });
  if (trouble) say(`Electron could not be downloaded (${trouble}); Careledger opens in the browser instead.`);
  return findElectron(project);
}

/** True when the workstation ran in Electron, so that there is nothing more to do. */
async function runInElectron(): Promise<boolean> {
  const hindrance = whyNoWindow({ platform: process.platform, environment: process.env, userId: process.getuid?.() });
  if (hindrance) {
    say(`Careledger opens in the browser: ${hindrance}.`);
    return false;
  }
  const program = await electron();
  if (!program) return false;
  const { code, couldNotRun } = await runProgram(program, [project, ...rest], project);
  if (couldNotRun) say('Electron does not run on this machine; Careledger opens in the browser instead.');
  process.exitCode = code;
  return !couldNotRun;
}

build();
if (forced || !(await runInElectron())) {
  const host = join(project, 'out', 'main', 'careledger.js');
  const { code } = await runProgram(
    process.execPath,
    [host, 'serve', ...(hasDisplay(process.platform, process.env) ? ['--open'] : []), ...rest],
    process.cwd(),
  );
  process.exitCode = code;
}
