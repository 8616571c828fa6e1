/** `npm start` chooses Electron or the browser, and says why; Electron's package and the host are played by small scripts. */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isBuildStale } from '../../electron/launch/build-state.ts';
import { findElectron, installElectron } from '../../electron/launch/electron-binary.ts';
import { runProgram } from '../../electron/launch/run-program.ts';
import { readArguments, whyNoWindow } from '../../electron/launch/where-to-run.ts';
import { eventually } from '../support/eventually.ts';
import { isRunning } from '../support/processes.ts';

let project: string;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
}

function utimes(path: string, time: Date): void {
  utimesSync(join(project, path), time, time);
}

/** An Electron package whose installer is `script`, with `folder` as its own folder. */
function packageWith(script: string): void {
  write('node_modules/electron/package.json', '{ "version": "45.0.0" }');
  write('node_modules/electron/install.js', `const fs = require('node:fs'), folder = __dirname;\n${script}`);
}

const unpack = `
  fs.mkdirSync(folder + '/dist');
  fs.writeFileSync(folder + '/dist/electron', '');
  fs.writeFileSync(folder + '/dist/version', 'v45.0.0');
  fs.writeFileSync(folder + '/path.txt', 'electron');`;

const install = (patience: number, progress: number[] = []): Promise<string | undefined> =>
  installElectron({ project, patience, interval: 10, onProgress: (bytes) => progress.push(bytes) });

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'start-'));
});

afterEach(() => rmSync(project, { recursive: true, force: true }));

describe('where to run', () => {
  const linux = { platform: 'linux', environment: { DISPLAY: ':0' }, userId: 1000 } as const;

  test('in a window wherever there can be one', () => {
    expect(whyNoWindow(linux)).toBeUndefined();
    expect(whyNoWindow({ ...linux, environment: { WAYLAND_DISPLAY: 'wayland-0' } })).toBeUndefined();
    expect(whyNoWindow({ platform: 'darwin', environment: {}, userId: 501 })).toBeUndefined();
    expect(whyNoWindow({ platform: 'win32', environment: {}, userId: undefined })).toBeUndefined();
  });

  test('in the browser without a display, and for root, whose Electron would have no sandbox', () => {
    expect(whyNoWindow({ ...linux, environment: {} })).toContain('no display');
    expect(whyNoWindow({ ...linux, userId: 0 })).toContain('sandbox');
  });

  test('--host is ours, the rest is passed on', () => {
    expect(readArguments(['--data', '/x', '--host'])).toEqual({ forced: true, rest: ['--data', '/x'] });
    expect(readArguments(['--data', '/x'])).toEqual({ forced: false, rest: ['--data', '/x'] });
  });
});

describe('the build', () => {
  test('is stale when a part is missing, or older than a source', () => {
    write('shared/rule.ts', '');
    write('out/main/main.js', '');
    write('out/main/careledger.js', '');
    write('out/preload/preload.cjs', '');
    expect(isBuildStale(project)).toBe(true);
    write('out/renderer/index.html', '');
    expect(isBuildStale(project)).toBe(false);
    const later = new Date(Date.now() + 5_000);
    writeFileSync(join(project, 'shared/rule.ts'), 'changed');
    utimes('shared/rule.ts', later);
    expect(isBuildStale(project)).toBe(true);
  });
});

describe('Electron’s binary', () => {
  test('is installed with progress, and found from then on', async () => {
    packageWith(`
      const file = process.env.TMPDIR + '/electron.zip';
      let parts = 0;
      const timer = setInterval(() => {
        fs.appendFileSync(file, Buffer.alloc(1000));
        if (++parts < 10) return;
        clearInterval(timer);
        ${unpack}
      }, 30);`);
    const progress: number[] = [];
    expect(findElectron(project)).toBeUndefined();
    expect(await install(5_000, progress)).toBeUndefined();
    expect(findElectron(project)).toBe(join(project, 'node_modules/electron/dist/electron'));
    expect(progress.length).toBeGreaterThan(2);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
  });

  test('of another version does not count', async () => {
    packageWith(unpack);
    await install(5_000);
    write('node_modules/electron/package.json', '{ "version": "46.0.0" }');
    expect(findElectron(project)).toBeUndefined();
  });

  test('is given up when nothing arrives any more, and its installer with it', async () => {
    packageWith(`
      fs.writeFileSync(process.env.TMPDIR + '/electron.zip', 'a few bytes');
      fs.writeFileSync(folder + '/pid', String(process.pid));
      setInterval(() => {}, 1000);`);
    expect(await install(3_000)).toContain('nothing arrived');
    const pid = Number(readFileSync(join(project, 'node_modules/electron/pid'), 'utf8'));
    await eventually(() => isRunning(pid)).toBe(false);
  });

  test('is given up at once when there is no network', async () => {
    packageWith("console.error(new TypeError('fetch failed').stack); process.exit(1);");
    expect(await install(60_000)).toBe('fetch failed');
  });

  test('needs its package', async () => {
    expect(await install(60_000)).toContain('run npm ci');
  });
});

describe('the program', () => {
  test('that runs gives its exit code; one that cannot run is told apart', async () => {
    expect(await runProgram(process.execPath, ['-e', 'process.exit(2)'], project)).toEqual({ code: 2, couldNotRun: false });
    expect(await runProgram(join(project, 'missing'), [], project)).toEqual({ code: 127, couldNotRun: true });
    expect(await runProgram(process.execPath, ['-e', "process.kill(process.pid, 'SIGKILL')"], project)).toMatchObject({
      couldNotRun: true,
    });
  });
});

/** Runs the copy of start.ts in the project; resolves to its output and exit code. */
function start(args: string[], env: NodeJS.ProcessEnv): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [join(project, 'electron/launch/start.ts'), ...args], {
    env: { PATH: process.env.PATH, ...env },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  return new Promise((done) => child.once('close', (code) => done({ code, said })));
}

describe('npm start', () => {
  beforeEach(() => {
    cpSync(resolve('electron/launch'), join(project, 'electron/launch'), { recursive: true });
    write('package.json', '{ "type": "module" }');
    const host = "console.log('host', process.argv.slice(2).join(' ')); process.exitCode = 3;";
    for (const path of ['out/main/main.js', 'out/main/careledger.js', 'out/preload/preload.cjs', 'out/renderer/index.html']) {
      write(path, path.endsWith('careledger.js') ? host : '');
      utimes(path, new Date(Date.now() + 5_000));
    }
  });

  test('--host runs the browser host with the other arguments, and ends as it does', async () => {
    expect(await start(['--host', '--data', '/x'], {})).toEqual({ code: 3, said: 'host serve --data /x\n' });
  });

  test.runIf(process.platform === 'linux')('without a display says so in one line', async () => {
    const { code, said } = await start([], {});
    expect(code).toBe(3);
    expect(said).toContain('Careledger opens in the browser: there is no display.\n');
    expect(said).toContain('host serve\n');
  });

  test('builds what is missing, and says when that fails', async () => {
    rmSync(join(project, 'out'), { recursive: true });
    write('node_modules/electron-vite/bin/electron-vite.js', "console.error('no entry'); process.exit(1);");
    const { code, said } = await start(['--host'], {});
    expect(code).toBe(1);
    expect(said).toContain('Building the program …\nno entry\n');
    expect(said).not.toContain('host serve');
  });
});
