/** The stand-in as an app and Playwright see it; the app is in fixture/. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { descendants, isRunning } from '../support/processes.ts';
import { type StandInApp, standInProgram, startFixture } from './stand-in-app.ts';

let app: StandInApp;
let page: Page;

/** Runs in the page, where `fixture` is what the preload exposed. */
const inPage = (expression: string): Promise<unknown> => page.evaluate(expression);

/** What the fixture has noted, once it has noted `name`. */
async function noted(name: string): Promise<Record<string, unknown>> {
  const find = (): Promise<Record<string, unknown>> =>
    app.electron.evaluate((_electron, key) => Reflect.get(globalThis, 'fixtureLog').find((one: object) => key in one), name);
  await eventually(find).toBeTruthy();
  return find();
}

beforeAll(async () => {
  app = await startFixture(['--password-store=gnome-libsecret']);
  page = await app.electron.firstWindow();
  await page.waitForSelector('h1');
});

afterAll(() => app[Symbol.asyncDispose]());

describe('preload and page', () => {
  test('the page has what was exposed before its first script, frozen, and nothing else', async () => {
    expect(await inPage('early')).toBe('object');
    expect(await inPage('Object.isFrozen(fixture) && Object.isFrozen(fixture.nested)')).toBe(true);
    expect(await inPage('String(fixture.nested.list[1] + 1n) + fixture.nested.platform')).toBe(`3${process.platform}`);
    const extra =
      'Object.getOwnPropertyNames(window).filter((name) => /^b[0-9a-f]{24}$|standIn|ipc|require$|process$/.test(name))';
    expect(await inPage(extra)).toEqual([]);
  });

  test('calls, callbacks within calls and throws are synchronous', async () => {
    expect(await inPage('fixture.twice((value) => fixture.add(value, 10))')).toBe(21);
    expect(await inPage('(() => { try { fixture.refuse() } catch (error) { return error.message } })()')).toBe('no');
  });

  test('invoke answers with cloned values, the sender’s address, and errors in Electron’s words', async () => {
    const question = '{ when: new Date(5), bytes: new Uint8Array([1, 2]) }';
    const answer = `fixture.echo(${question}).then(({ value, from }) => [value.when.getTime(), [...value.bytes], from])`;
    expect(await inPage(answer)).toEqual([5, [1, 2], 'fixture://page/index.html']);
    expect(await inPage('fixture.fail().catch((error) => error.message)')).toBe(
      "Error invoking remote method 'fail': RangeError: out of range",
    );
  });

  test('an unknown call throws by name', async () => {
    expect(await inPage('(() => { try { fixture.unknown() } catch (error) { return error.message } })()')).toBe(
      'stand-in: ipcRenderer.sendSync is not emulated',
    );
    const inMain = app.electron.evaluate(({ app: electronApp }) => Reflect.get(electronApp, 'moveToApplicationsFolder'));
    await expect(inMain).rejects.toThrow('stand-in: app.moveToApplicationsFolder is not emulated');
  });
});

describe('ports', () => {
  test('a port reaches from the page to a utility process, and carries ports', async () => {
    const heard = inPage(`new Promise((resolve) => {
      const heard = [];
      addEventListener('message', ({ ports: [port] }) => {
        const { port1, port2 } = new MessageChannel();
        const hear = ({ data }) => { if (heard.push(JSON.stringify(data)) === 2) port.postMessage('end') };
        port.onmessage = hear;
        port1.onmessage = hear;
        port.onclose = () => resolve(heard.sort());
        port.postMessage({ hello: 'service' }, [port2]);
      }, { once: true });
      fixture.broker();
    })`);
    expect(await heard).toEqual(['"through a port in a port"', '{"answered":{"hello":"service"}}']);
    expect(await noted('serviceExit')).toEqual({ serviceExit: 7 });
    expect(await noted('fromService')).toMatchObject({ fromService: { args: ['an-argument'], type: 'utility' } });
  });

  test('a port made in the preload reaches the main process', async () => {
    expect(await inPage('fixture.upload()')).toEqual({ message: 'a port', heard: 'from the preload' });
  });
});

describe('pages', () => {
  test('a custom scheme is served by the app, with its headers', async () => {
    expect(await inPage("fetch('/data.json').then((answer) => answer.json())")).toEqual({ served: true });
    expect(await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL())).toBe(
      'fixture://page/index.html',
    );
    expect(await inPage("fetch('https://elsewhere.invalid/').catch((error) => error.name)")).toBe('TypeError');
  });

  test('filters, permissions, navigation, pop-ups and downloads are the app’s to refuse', async () => {
    expect(await inPage("fetch('/forbidden').catch((error) => error.name)")).toBe('TypeError');
    expect(await inPage("navigator.permissions.query({ name: 'geolocation' }).then(({ state }) => state)")).toBe('denied');
    await inPage("void window.open('https://elsewhere.invalid/popup')");
    expect(await noted('windowOpen')).toEqual({ windowOpen: 'https://elsewhere.invalid/popup' });
    await inPage("location.href = 'https://elsewhere.invalid/'");
    expect(await noted('willNavigate')).toEqual({ willNavigate: 'https://elsewhere.invalid/' });
    await inPage(
      "document.body.append(Object.assign(document.createElement('a'), { href: '/file.bin', download: 'file.bin', id: 'get' }))",
    );
    await inPage("document.querySelector('#get').click()");
    expect(await noted('download')).toEqual({ download: 'file.bin' });
    expect(await page.title()).toBe('fixture');
  });
});

describe('the machine', () => {
  test('a second instance announces itself to the first and ends', async () => {
    const args = [`--user-data-dir=${app.userData}`, join(import.meta.dirname, 'fixture'), '--second'];
    const second = spawn(standInProgram, args, { stdio: 'ignore' });
    const [code] = await once(second, 'exit');
    expect(code).toBe(0);
    expect(await noted('secondInstance')).toEqual({ secondInstance: '--second', data: { from: 'second' } });
  });

  test('safeStorage seals and opens, at once and later, and names its keychain', async () => {
    const told = await app.electron.evaluate(async ({ safeStorage }) => {
      const sealed = await safeStorage.encryptStringAsync('a secret');
      return {
        available: await safeStorage.isAsyncEncryptionAvailable(),
        backend: safeStorage.getSelectedStorageBackend(),
        shows: sealed.includes('a secret'),
        opened: await safeStorage.decryptStringAsync(sealed),
        openedAtOnce: safeStorage.decryptString(sealed),
      };
    });
    const opened = { shouldReEncrypt: false, result: 'a secret' };
    expect(told).toEqual({ available: true, backend: 'gnome_libsecret', shows: false, opened, openedAtOnce: 'a secret' });
  });

  test('menus, dialogs, clipboard, theme, power events and notifications can be read and answered', async () => {
    const told = await app.electron.evaluate(async (electron) => {
      const { Menu, dialog, clipboard, nativeTheme, powerMonitor, Notification, shell } = electron;
      const standIn = Reflect.get(electron, 'standIn');
      const clicked: string[] = [];
      Menu.setApplicationMenu(
        Menu.buildFromTemplate([{ label: 'File', submenu: [{ id: 'go', label: 'Go', click: () => clicked.push('go') }] }]),
      );
      Reflect.apply(Menu.getApplicationMenu()?.getMenuItemById('go')?.click as () => void, undefined, []);
      powerMonitor.on('lock-screen', () => clicked.push('locked'));
      Reflect.get(powerMonitor, 'emit').call(powerMonitor, 'lock-screen');
      standIn.answers.set('showOpenDialog', [{ canceled: false, filePaths: ['/a'] }]);
      const chosen = await dialog.showOpenDialog({ title: 'Choose' });
      clipboard.writeText('copied');
      nativeTheme.themeSource = 'dark';
      new Notification({ title: 'Note' }).show();
      await shell.openExternal('https://example.org/');
      return { clicked, chosen, copied: clipboard.readText(), dark: nativeTheme.shouldUseDarkColors, asked: standIn.asked };
    });
    expect(told).toEqual({
      clicked: ['go', 'locked'],
      chosen: { canceled: false, filePaths: ['/a'] },
      copied: 'copied',
      dark: true,
      asked: [
        { name: 'showOpenDialog', options: { title: 'Choose' } },
        { name: 'notification', options: { title: 'Note' } },
        { name: 'openExternal', options: 'https://example.org/' },
      ],
    });
  });
});

test.runIf(process.platform === 'linux')('a killed app leaves no process behind', async () => {
  const killed = await startFixture();
  await (await killed.electron.firstWindow()).waitForSelector('h1');
  const host = killed.electron.process();
  const left = descendants(host.pid as number);
  expect(left.length).toBeGreaterThan(2);
  host.kill('SIGKILL');
  await eventually(() => left.filter(isRunning)).toEqual([]);
  await killed[Symbol.asyncDispose]();
});
