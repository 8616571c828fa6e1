/** The program as an app: first run, import by a chosen path, lock and unlock, in the shell with a keychain. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Patient } from '@medplum/fhirtypes';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchOptions } from '../electron/shell-under-test.ts';
import { CanarySearch, filesBelow } from '../support/canary-search.ts';
import { ndjsonByType, samples } from '../support/fhir-files.ts';
import { PASSPHRASE } from './clinic-at-work.ts';

const project = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'careledger-shell-journey-'));
const data = join(folder, 'data');
let electron: ElectronApplication;
let page: Page;

async function launch(): Promise<void> {
  electron = await _electron.launch(launchOptions(project, data, ['--password-store=gnome-libsecret']));
  page = await electron.firstWindow();
  page.setDefaultTimeout(90_000);
}

beforeAll(launch);
afterAll(async () => {
  await electron?.close();
  rmSync(folder, { recursive: true, force: true });
});

const button = (name: string) => page.getByRole('button', { name, exact: true });
const navigation = () => page.getByRole('navigation', { name: 'Main navigation' });

test('given a new computer with a keychain, when a clinic is created, then no code is asked for and the keychain is named', async () => {
  await page.getByRole('button', { name: /Create a clinic/ }).click();
  await page.getByText("This computer's keychain guards the device's keys").waitFor();
  await page.getByLabel('Name of the clinic').fill('Harbour Clinic');
  await page.getByLabel('Your name, as its first').fill('Ana Ferreira');
  await page.getByLabel(/^New passphrase( \*)?$/).fill(PASSPHRASE);
  await page.getByLabel('New passphrase again').fill(PASSPHRASE);
  await button('Create the clinic').click();
  await navigation().waitFor();
  await page.getByText('Nobody today yet').waitFor();
  expect(readdirSync(data)).toContain('keychain.sealed');
});

test('given a folder that a person chose in the dialog, when it is imported, then its patients are there', async () => {
  const source = join(folder, 'export');
  mkdirSync(source);
  for (const [name, text] of Object.entries(ndjsonByType(samples(5)))) writeFileSync(join(source, name), text);
  await electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, source);
  await navigation().getByRole('button', { name: 'Import' }).click();
  await button('Choose a folder').click();
  // Looked at first: nothing is written before this.
  await button('Import now').click();
  await button('Import now').waitFor({ state: 'hidden' });
  await page.getByRole('status').getByText('Done', { exact: true }).waitFor();
  await navigation().getByRole('button', { name: 'Patients' }).click();
  await page.getByText('5 of 5 shown').waitFor();
});

test('given a locked desk, when it is unlocked in the window that took its place, then the patients are there again', async () => {
  const opened = electron.waitForEvent('window');
  await button('Lock').click();
  page = await opened.catch(() => page);
  await page.getByRole('heading', { name: 'Harbour Clinic is locked' }).waitFor();
  await page.getByLabel('Your passphrase').fill(PASSPHRASE);
  await button('Unlock').click();
  await navigation().getByRole('button', { name: 'Patients' }).click();
  await page.getByText('5 of 5 shown').waitFor();
});

test('given a clinic, when the app is started again, then it is locked and opens', async () => {
  await electron.close();
  await launch();
  await page.getByLabel('Your passphrase').fill(PASSPHRASE);
  await button('Unlock').click();
  await navigation().getByRole('button', { name: 'Patients' }).click();
  await page.getByText('5 of 5 shown').waitFor();
});

test('given a day in the shell that ended, when every file of its folder is searched, then no patient is found', async () => {
  await electron.close();
  const patients = samples(5)
    .filter(({ resourceType }) => resourceType === 'Patient')
    .map(({ text }) => JSON.parse(text) as Patient);
  const words = patients.flatMap(({ name, identifier }) => [name?.[0]?.family, identifier?.[0]?.value]);
  const canaries = words.flatMap((word) => (word && word.length > 5 ? [word] : []));
  expect(canaries.length).toBeGreaterThan(4);
  const files = filesBelow(data);
  expect(files.some((file) => file.endsWith('clinic.db'))).toBe(true);
  expect(new CanarySearch([...canaries, PASSPHRASE]).below(data)).toEqual([]);
});
