/** The kiosk's window in the shell: its own page, services and partition; nothing of a workstation behind it. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchOptions } from '../electron/shell-under-test.ts';

const project = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'careledger-shell-kiosk-'));
let electron: ElectronApplication;
let page: Page;

beforeAll(async () => {
  const options = launchOptions(project, join(folder, 'data'), ['--password-store=gnome-libsecret']);
  electron = await _electron.launch({ ...options, args: [...options.args, '--kiosk', '--kiosk-printer', 'Waiting_Room'] });
  page = await electron.firstWindow();
  page.setDefaultTimeout(90_000);
});
afterAll(async () => {
  await electron?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('it fills the screen with the kiosk’s page, and can load no other', async () => {
  await page.getByRole('heading', { name: 'Set up this kiosk' }).waitFor();
  const shown = () =>
    electron.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      return { address: window?.webContents.getURL(), kiosk: window?.isKiosk() };
    });
  expect(await shown()).toEqual({ address: 'careledger://app/kiosk.html', kiosk: true });
  await page.evaluate("void (location.href = '/index.html')");
  await page.evaluate("void window.open('https://elsewhere.invalid/')");
  expect(await shown()).toEqual({ address: 'careledger://app/kiosk.html', kiosk: true });
  expect(await page.getByRole('heading', { name: 'Set up this kiosk' }).isVisible()).toBe(true);
});

test('its services are a kiosk’s, and the system’s dialogs stay shut', async () => {
  await page.getByLabel('Invitation').fill('not an invitation');
  await page.getByRole('button', { name: 'Ask to be let in' }).click();
  await page.getByRole('alert').getByText('sync.invitation-malformed').waitFor();
  expect(readdirSync(join(folder, 'data'))).not.toContain('keys.db');
  const chosen = await page.evaluate('careledger.chooseFiles({}).then(({ value }) => value)');
  expect(chosen).toEqual({ paths: [] });
});

test('its page is printed on the kiosk’s own printer without a dialog, as print style has it', async () => {
  expect(await page.evaluate('careledger.kioskPrinter().then(({ value }) => value)')).toEqual({ offered: true });
  expect(await page.evaluate('careledger.printPage()')).toMatchObject({ ok: true });
  const jobs = () =>
    electron.evaluate((electron) => {
      const { standIn } = electron as unknown as { standIn?: { asked: Array<{ name: string; options: { pdf: string } }> } };
      return standIn?.asked.filter(({ name }) => name === 'print').map(({ options }) => options);
    });
  const [job] = (await jobs()) ?? [];
  expect(job).toMatchObject({ silent: true, deviceName: 'Waiting_Room', usePrinterDefaultPageSize: true });
  expect(Buffer.from(job?.pdf ?? '', 'base64').toString('latin1')).toMatch(/^%PDF-/);
});
