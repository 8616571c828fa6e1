/** A key is added on a page of its own, breaks the glass in the place of a code, and is asked once more when it is taken away. */
import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { settledPage, violationsOf } from '../screens/accessibility.ts';
import { type ClinicAtWork, PASSPHRASE } from './clinic-at-work.ts';
import { Stage } from './stage.ts';

const stage = new Stage();
let clinic: ClinicAtWork;
/** What the key holds, as the browser's virtual authenticator gives it; each page has one of its own. */
let held: object | undefined;

beforeAll(async () => {
  clinic = await stage.clinic('Harbour Clinic');
  await clinic.create();
});
afterAll(() => stage[Symbol.asyncDispose]());

/** The page that `open` brings up, with the key plugged in. */
async function pageOfKey(open: () => Promise<void>): Promise<{ page: Page; unplug: () => Promise<void> }> {
  const coming = clinic.page.context().waitForEvent('page');
  await open();
  const page = await coming;
  await page.getByRole('button', { name: 'Use my key or passkey' }).waitFor();
  const browser = await page.context().newCDPSession(page);
  const authenticatorId = await plugIn(browser);
  const unplug = async (): Promise<void> => {
    const { credentials } = await browser.send('WebAuthn.getCredentials', { authenticatorId });
    held = credentials[0];
    await page.close();
  };
  return { page, unplug };
}

async function plugIn(browser: CDPSession): Promise<string> {
  await browser.send('WebAuthn.enable');
  const { authenticatorId } = await browser.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'usb', hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
  });
  if (held) await browser.send('WebAuthn.addCredential', { authenticatorId, credential: held as never });
  return authenticatorId;
}

async function use(page: Page, unplug: () => Promise<void>): Promise<void> {
  await page.getByRole('button', { name: 'Use my key or passkey' }).click();
  await page.getByText('Done. You can close this page').waitFor();
  await unplug();
}

test('given a person without a second factor, when a key is made on its page, then it stands among theirs', async () => {
  await clinic.goTo('Staff');
  await clinic.button('My second factor').click();
  await clinic.dialog.getByText('You have no key on this desk yet.').waitFor();
  await clinic.button('Add a key', clinic.dialog).click();
  await clinic.dialog.getByLabel('What you call this key').fill('Blue key');
  await clinic.dialog.getByLabel('Your passphrase').fill(PASSPHRASE);
  const { page, unplug } = await pageOfKey(() => clinic.button('Add a key', clinic.dialog).click());
  expect(page.url()).toMatch(/^http:\/\/localhost:\d+\/$/);
  await settledPage(page);
  expect(await violationsOf(page)).toEqual([]);
  await use(page, unplug);
  await clinic.dialog.getByText('Blue key').waitFor();
  await clinic.look('my-keys');
  await clinic.closeDialog();
});

test('when the glass is broken, then the key confirms this one act, and both screens show its number', async () => {
  await clinic.register('Quillfeather', 'Marisol', '1961-04-12');
  await clinic.button('Emergency access', clinic.page.locator('#content')).click();
  await clinic.choose('Why now', 'Danger to life or limb');
  await clinic.dialog.getByLabel('What has happened').fill('Found unconscious.');
  await clinic.button('Break the glass', clinic.dialog).click();
  const { page, unplug } = await pageOfKey(() => clinic.button('Use my key or passkey').click());
  const number = /the number ([0-9A-F]{4}-[0-9A-F]{4})\./;
  const shown = await page.getByText(number).textContent();
  expect(await clinic.page.getByText(number).textContent()).toBe(shown);
  // Wheels turn on both screens, so nothing of them settles.
  expect(await violationsOf(page)).toEqual([]);
  expect(await violationsOf(clinic.page)).toEqual([]);
  await use(page, unplug);
  await clinic.page.getByText(/^Emergency access until/).waitFor();
});

test('when the key is taken away, then it is asked once more, and afterwards there is none', async () => {
  await clinic.goTo('Staff');
  await clinic.button('My second factor').click();
  await clinic.dialog.getByText(/last used/).waitFor();
  await clinic.button('Remove it: Blue key', clinic.dialog).click();
  await clinic.dialog.getByLabel('Your passphrase').fill(PASSPHRASE);
  await clinic.button('Remove it', clinic.dialog).click();
  const { page, unplug } = await pageOfKey(() => clinic.button('Use my key or passkey').click());
  await use(page, unplug);
  await clinic.dialog.getByText('You have no key on this desk yet.').waitFor();
  expect(stage.complaints).toEqual([]);
});
