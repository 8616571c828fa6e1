/** The built shell under Playwright, with the services and the page of fixture/: real Electron where it is, else the stand-in. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { descendants, isRunning } from '../support/processes.ts';
import { type BuiltShell, buildShell, isReal, launchOptions, type RunningShell, startShell } from './shell-under-test.ts';

/** On the stand-in the machine has a keychain; Playwright starts the real Electron with none. */
const keychainSwitch = ['--password-store=gnome-libsecret'];

let built: BuiltShell;
let shell: RunningShell;

beforeAll(async () => {
  built = await buildShell();
  shell = await startShell(built.app, keychainSwitch);
});

afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
  built?.[Symbol.dispose]();
});

/** What the page's own address is: the stand-in shows the page another one than the shell knows. */
const shownAddress = (): Promise<string | undefined> =>
  shell.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL());

describe('the page', () => {
  test('loads from its own scheme, under its policy, without breaking it', async () => {
    expect(await shownAddress()).toBe('careledger://app/');
    expect(await shell.inPage("getComputedStyle(document.querySelector('h1')).color")).toBe('rgb(1, 2, 3)');
    expect(await shell.inPage('violations')).toEqual([]);
    expect(await shell.inPage('[typeof require, typeof process, typeof module]')).toEqual([
      'undefined',
      'undefined',
      'undefined',
    ]);
  });

  test('runs no inline script, no eval, no markup from text, no foreign image', async () => {
    const inline = "Object.assign(document.createElement('script'), { textContent: 'window.inline = true' })";
    expect(await shell.inPage(`(() => { try { document.body.append(${inline}) } catch (error) { return error.name } })()`)).toBe(
      'TypeError',
    );
    expect(await shell.inPage('window.inline')).toBeUndefined();
    expect(
      await shell.inPage("(() => { try { document.body.innerHTML = '<b>x</b>' } catch (error) { return error.name } })()"),
    ).toBe('TypeError');
    await shell.inPage("void document.body.append(Object.assign(new Image(), { src: 'https://elsewhere.invalid/x.png' }))");
    await eventually(() => shell.inPage("violations.includes('img-src')")).toBe(true);
  });

  test('cannot leave its folder by its scheme', async () => {
    const paths = ['/../main/main.js', '/..%2fmain%2fmain.js', '/%2e%2e/package.json', '/assets/..%2f..%2fmain%2fmain.js'];
    for (const path of paths) expect(await shell.inPage(`fetch('${path}').then(({ status }) => status)`), path).toBe(404);
    expect(await shell.inPage("fetch('/index.html').then(({ status }) => status)")).toBe(200);
  });

  test('cannot navigate, open windows, download, or ask for permissions', async () => {
    await shell.inPage("location.href = 'https://elsewhere.invalid/'");
    await shell.inPage("void window.open('https://elsewhere.invalid/popup')");
    const link = "Object.assign(document.createElement('a'), { href: '/index.html', download: 'kept.html' })";
    await shell.inPage(`void document.body.appendChild(${link}).click()`);
    const states = await Promise.all(
      ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read'].map((name) =>
        shell.inPage(`navigator.permissions.query({ name: '${name}' }).then(({ state }) => state)`),
      ),
    );
    expect(new Set(states)).toEqual(new Set(['denied']));
    expect(
      await shell.inPage(
        "new Promise((resolve) => navigator.geolocation.getCurrentPosition(() => resolve('allowed'), () => resolve('denied')))",
      ),
    ).toBe('denied');
    expect(await shell.inPage('fetch("https://elsewhere.invalid/").catch((error) => error.name)')).toBe('TypeError');
    expect(await shownAddress()).toBe('careledger://app/');
    expect(shell.electron.windows()).toHaveLength(1);
  });

  test('of any other session reaches no address but ours, either', async () => {
    const failure = await shell.electron.evaluate(async ({ BrowserWindow }) => {
      const other = new BrowserWindow({ show: false, webPreferences: { partition: 'other' } });
      const refusal = await other.loadURL('https://elsewhere.invalid/').catch((error: Error) => error.message);
      other.destroy();
      return refusal;
    });
    expect(failure).toContain('ERR_BLOCKED_BY_CLIENT');
  });
});

describe('the services', () => {
  test('a port reaches from the page through the shell to the device service', async () => {
    expect(await shell.inPage("ask({ ask: 'echo', value: new Map([['a', 1]]) }).then(({ value }) => value.get('a'))")).toBe(1);
    expect(await shell.inPage("ask({ ask: 'arguments' })")).toEqual(['--data', shell.data]);
  });

  test('the vault process starts and ends on the device service’s word, linked by a port of their own', async () => {
    const said = (await shell.inPage("ask({ ask: 'shell', message: { kind: 'start-vault' } })")) as {
      said: { heard: string; pid: number };
    };
    expect(said).toMatchObject({ kind: 'vault', said: { heard: 'hello vault' } });
    expect(isRunning(said.said.pid)).toBe(true);
    expect(await shell.inPage("ask({ ask: 'shell', message: { kind: 'end-vault' } })")).toMatchObject({ kind: 'vault-ended' });
    expect(isRunning(said.said.pid)).toBe(false);
  });

  test('the keychain keeps one text, sealed, for its owner only, or says that there is none', async () => {
    const request = (action: string) => shell.inPage(`ask({ ask: 'shell', message: { kind: 'keychain', id: 1, ${action} } })`);
    const secret = Buffer.from('a secret of thirty-two bytes....').toString('base64');
    const backend = await shell.electron.evaluate(({ safeStorage }) => safeStorage.getSelectedStorageBackend());
    const before = (await request("action: 'get'")) as { available: boolean };
    if (!before.available) {
      expect({ backend, isReal }).toEqual({ backend: 'basic_text', isReal: true });
      return;
    }
    expect(before).toEqual({ kind: 'keychain', id: 1, available: true, backend, value: null });
    expect(await request(`action: 'set', value: '${secret}'`)).toMatchObject({ available: true, value: secret });
    expect(await request("action: 'get'")).toMatchObject({ available: true, value: secret });
    const file = join(shell.data, 'keychain.sealed');
    expect(readFileSync(file).includes(secret)).toBe(false);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(shell.data)).not.toContain('keychain.sealed.new');
  });

  test('a locked screen and sleep reach the device service and the page', async () => {
    await shell.electron.evaluate(({ powerMonitor }) => {
      for (const event of ['lock-screen', 'suspend']) Reflect.get(powerMonitor, 'emit').call(powerMonitor, event);
    });
    const expected = [{ reason: 'screen-locked' }, { reason: 'sleep' }];
    await eventually(() => shell.inPage('notices')).toEqual(expected);
    const told = (await shell.inPage("ask({ ask: 'told' })")) as { kind: string }[];
    expect(told.filter(({ kind }) => kind === 'lock')).toEqual(expected.map((notice) => ({ kind: 'lock', ...notice })));
  });

  test('a device service that dies is started again, and the page connects anew', async () => {
    await shell.inPage("void ask({ ask: 'die' })");
    await eventually(() => shell.inPage("notices.includes('restarted')")).toBe(true);
    await shell.inPage('connect()');
    expect(await shell.inPage("ask({ ask: 'echo', value: 'again' }).then(({ value }) => value)")).toBe('again');
  });
});

describe('shell calls', () => {
  test('the page has these verbs and no others', async () => {
    const verbs = ['callAttention', 'chooseFiles', 'chooseTarget', 'connect', 'kioskPrinter', 'onLock', 'onRestarted'];
    verbs.push('openPasskeyPage', 'platform', 'printPage', 'useCamera');
    expect(await shell.inPage('Object.keys(careledger).sort()')).toEqual(verbs);
    expect(await shell.inPage('careledger.platform')).toBe(process.platform);
  });

  test('a bad request is refused by name', async () => {
    expect(await shell.inPage("careledger.chooseFiles({ folders: 'yes' })")).toEqual({
      ok: false,
      failure: {
        code: 'shell.bad-call',
        message: 'The shell refused the call "chooseFiles": "folders" is neither true nor false.',
        retry: false,
      },
    });
  });

  test('what a person chose is told to the page and to the device service', async () => {
    await shell.electron.evaluate(({ dialog }) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: ['/chosen/folder'] });
      dialog.showSaveDialog = () => Promise.resolve({ canceled: true, filePath: '' });
    });
    expect(await shell.inPage('careledger.chooseFiles({ folders: true })')).toEqual({
      ok: true,
      value: { paths: ['/chosen/folder'] },
    });
    expect(await shell.inPage("careledger.chooseTarget({ name: 'receipt.json' })")).toEqual({ ok: true, value: {} });
    const told = (await shell.inPage("ask({ ask: 'told' })")) as { kind: string }[];
    expect(told.filter(({ kind }) => kind === 'chosen')).toEqual([
      { kind: 'chosen', purpose: 'read', paths: ['/chosen/folder'] },
    ]);
  });

  test('the page of a key opens in the system’s browser, at this computer and nowhere else', async () => {
    const ticket = 'ab'.repeat(16);
    expect(await shell.inPage(`careledger.openPasskeyPage({ port: 40123, ticket: '${ticket}' })`)).toMatchObject({ ok: true });
    const asked = await shell.electron.evaluate(
      (electron) => (electron as unknown as { standIn: { asked: object[] } }).standIn.asked,
    );
    expect(asked.at(-1)).toEqual({ name: 'openExternal', options: `http://localhost:40123/#${ticket}` });
  });

  test('the camera is the page’s while it wants it, and the microphone never', async () => {
    const state = (name: string) => shell.inPage(`navigator.permissions.query({ name: '${name}' }).then(({ state }) => state)`);
    const states = async () => [await state('camera'), await state('microphone')];
    expect(await states()).toEqual(['denied', 'denied']);
    expect(await shell.inPage('careledger.useCamera({ wanted: true })')).toMatchObject({ ok: true });
    expect(await states()).toEqual(['granted', 'denied']);
    await shell.inPage('careledger.useCamera({ wanted: false })');
    expect(await states()).toEqual(['denied', 'denied']);
  });

  test('a listener’s end is its own', async () => {
    await shell.inPage(
      'window.heard = []; window.endFirst = careledger.onLock(() => heard.push(1)); void careledger.onLock(() => heard.push(2))',
    );
    await shell.inPage('endFirst()');
    await shell.electron.evaluate(({ powerMonitor }) => Reflect.get(powerMonitor, 'emit').call(powerMonitor, 'lock-screen'));
    await eventually(() => shell.inPage('heard')).toEqual([2]);
  });
});

test('a second instance ends at once and brings the first to the front', async () => {
  await shell.electron.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.minimize();
    window?.on('focus', () => Object.assign(globalThis, { cameToFront: true }));
  });
  const options = launchOptions(built.app, shell.data, isReal ? ['--no-sandbox'] : []);
  const program = options.executablePath ?? (createRequire(import.meta.url)('electron') as unknown as string);
  const second = spawn(program, options.args, { stdio: 'ignore', env: options.env ?? process.env });
  const [code] = await once(second, 'exit');
  expect(code).toBe(0);
  await eventually(() => shell.electron.evaluate(() => Reflect.get(globalThis, 'cameToFront'))).toBe(true);
  expect(
    await shell.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isMinimized())),
  ).toEqual([false]);
});

test('when the vault has closed, a new page takes the place of the one that showed records', async () => {
  const before = await shell.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map(({ id }) => id));
  await shell.inPage("window.record = 'still in memory'");
  const opened = shell.electron.waitForEvent('window');
  await shell.inPage("void ask({ ask: 'shell', message: { kind: 'locked' } })");
  shell.page = await opened;
  await shell.page.getByRole('heading', { name: 'Ready' }).waitFor();
  await shell.inPage('connect()');
  expect(await shell.inPage("ask({ ask: 'echo', value: 1 }).then(({ value }) => value)")).toBe(1);
  expect(await shell.inPage('window.record')).toBeUndefined();
  const after = await shell.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map(({ id }) => id));
  expect(after).toHaveLength(1);
  expect(after).not.toEqual(before);
});

test.runIf(process.platform === 'linux')('quitting ends every process, the vault among them', async () => {
  const own = await startShell(built.app, keychainSwitch);
  await own.inPage("ask({ ask: 'shell', message: { kind: 'start-vault' } })");
  const processes = descendants(own.electron.process().pid as number);
  expect(processes.length).toBeGreaterThan(3);
  await own[Symbol.asyncDispose]();
  await eventually(() => processes.filter(isRunning)).toEqual([]);
});

test('without a keychain the shell says so and keeps nothing', async () => {
  const own = await startShell(built.app, ['--password-store=basic']);
  const set = { kind: 'keychain', id: 3, action: 'set', value: 'c2VjcmV0' };
  const answer = await own.inPage(`ask({ ask: 'shell', message: ${JSON.stringify(set)} })`);
  const kept = readdirSync(own.data).filter((name) => name.startsWith('keychain'));
  await own[Symbol.asyncDispose]();
  if (process.platform !== 'linux') return;
  expect(answer).toEqual({ kind: 'keychain', id: 3, available: false, backend: 'basic_text' });
  expect(kept).toEqual([]);
});
