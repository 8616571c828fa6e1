/**
 * Walks through the screens of the real workstation as a new user would, and leaves a picture of each in out/screenshots.
 * `node test/screens/take-screenshots.ts`, after `npm run build`. Exits 1 when a screen breaks WCAG or the page complains.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { DemoRegion } from '../../server/workstation/demo/region.ts';
import { setUpTimeCode } from '../support/time-code-page.ts';
import { type ScreenBook, takePictures } from './screen-book.ts';
import { walkClinics } from './walk-clinics.ts';
import { walkRegion } from './walk-region.ts';
import { startWorkstation } from './workstation-process.ts';

const PASSPHRASE = 'quiet harbour lantern meadow';

const workstation = await startWorkstation();
const region = new DemoRegion(mkdtempSync(join(tmpdir(), 'careledger-region-')));
/** Open from the first picture on. */
let book: ScreenBook;

const button = (name: string | RegExp) => book.page.getByRole('button', { name }).first();
const tab = (name: string) => book.page.getByRole('tab', { name: new RegExp(`^${name}`) });
const goTo = (name: string) => book.page.getByRole('navigation').getByRole('button', { name, exact: true }).click();
const closeDialog = async (): Promise<void> => {
  await book.page.keyboard.press('Escape');
  await book.page.getByRole('dialog').first().waitFor({ state: 'hidden' });
};

async function firstRun(on: Page): Promise<void> {
  await book.take('01-one-time-code');
  await on.getByLabel('Code from the terminal').fill(workstation.code);
  await button('Continue').click();
  await on.getByRole('heading', { name: 'Welcome to Careledger' }).waitFor();
  await book.take('02-first-run');
  await button(/Create a clinic/).click();
  await on.getByLabel('Name of the clinic').fill('Harbour Clinic');
  await on.getByLabel('Your name, as its first').fill('Ana Ferreira');
  await on.getByLabel(/^New passphrase( \*)?$/).fill('harbour2026');
  await on.getByText('Make it longer').waitFor();
  await book.take('03-create-clinic');
  await button('Begin another way').click();
  await button(/Join a clinic/).click();
  await book.take('04-join-clinic');
  await button('Begin another way').click();
  await button(/Try with sample/).click();
  await on.getByLabel(/^New passphrase( \*)?$/).fill(PASSPHRASE);
  await on.getByLabel('New passphrase again').fill(PASSPHRASE);
  await book.take('05-sample-clinic');
  await button('Make the training clinic').click();
  await on.getByRole('navigation').waitFor({ timeout: 90_000 });
  await goTo('Patients');
  await on.getByText(/of 40 shown/).waitFor({ timeout: 30_000 });
}

async function patients(on: Page): Promise<void> {
  await book.take('10-patients');
  await on.getByLabel('Search patients').fill('zzzz');
  await on.getByText('Nobody matches').waitFor();
  await book.take('11-patients-none-found');
  await on.getByLabel('Search patients').fill('');
  await button('Register a patient').click();
  await book.take('12-register');
  await closeDialog();
  await on.keyboard.press('Control+k');
  await on.getByPlaceholder('Type a patient').fill('an');
  await book.take('13-palette');
  await on.keyboard.press('Escape');
  await on.getByRole('heading', { name: 'Patients' }).click();
  await on.keyboard.press('?');
  await on.getByRole('dialog', { name: /^Help/ }).waitFor();
  await book.take('14-help');
  await closeDialog();
}

/** Chooses a patient of the sample clinic by their place in the list, and adds or books. */
async function addVisit(on: Page, dialog: 'Add a walk-in' | 'Book a visit', place: number, reason: string): Promise<void> {
  await button(dialog).click();
  await on.getByRole('combobox', { name: 'Patient' }).click();
  await on.getByRole('option').nth(place).click();
  await on.getByLabel('Reason').fill(reason);
}

async function today(on: Page): Promise<void> {
  const row = (name: string) => on.getByRole('table', { name: 'Queue' }).getByRole('row').filter({ hasText: name });
  await goTo('Today');
  await on.getByText('Nobody today yet').waitFor();
  await book.take('15-today-nobody');
  await addVisit(on, 'Add a walk-in', 1, 'Fever since Monday');
  await book.take('16-add-walk-in');
  await button('Add to the queue').click();
  await row('Fever').waitFor();
  await addVisit(on, 'Add a walk-in', 3, 'Cut in the left hand');
  await on.getByLabel('Urgent').check();
  await button('Add to the queue').click();
  await row('Cut').waitFor();
  for (const [place, reason] of [
    [5, 'Blood pressure, yearly'],
    [7, 'Vaccination'],
  ] as const) {
    await addVisit(on, 'Book a visit', place, reason);
    await on.getByRole('combobox', { name: 'With' }).click();
    await on.getByRole('option').first().click();
    await on.getByRole('button', { name: 'Book', exact: true }).click();
    if (place === 5) await row(reason).waitFor();
  }
  await on.getByText('At that time there is already').waitFor();
  await book.take('17-visit-overlaps');
  await button('Add it even so').click();
  await row('Vaccination').waitFor();
  await row('Cut').focus();
  await on.keyboard.press('i');
  await row('Cut').getByText('Waiting').waitFor();
  await on.keyboard.press('r');
  await on.getByRole('combobox', { name: 'Room' }).fill('Room 2');
  await on.keyboard.press('Enter');
  await row('Cut').getByText('In the room').waitFor();
  await book.take('18-today-queue');
  await row('Cut').press('Enter');
  await on.getByText('What was done').waitFor();
  await book.take('19-visit');
  await closeDialog();
  await tab('Schedule').click();
  await on.getByText('Vaccination').waitFor();
  await book.take('19a-schedule');
  await goTo('Patients');
}

async function chart(on: Page): Promise<void> {
  await on.getByLabel('Search patients').focus();
  await on.keyboard.press('ArrowDown');
  await on.keyboard.press('ArrowDown');
  await on.keyboard.press('Enter');
  await tab('Summary').waitFor();
  await book.take('20-chart-summary');
  for (const [index, name] of [
    'Problems',
    'Allergies',
    'Medications',
    'Immunizations',
    'Encounters',
    'Procedures',
    'Documents',
  ].entries()) {
    await tab(name).click();
    await book.take(`2${index + 1}-chart-${name.toLowerCase()}`);
  }
  await tab('Results').click();
  await on.locator('canvas').waitFor();
  await book.take('29-chart-results');
}

async function writing(on: Page): Promise<void> {
  await tab('Summary').click();
  await button('Add an observation').click();
  await on.getByRole('textbox', { name: 'Systolic' }).fill('128.0');
  await on.getByRole('textbox', { name: 'Diastolic' }).fill('79');
  await on.getByText('Draft kept').waitFor();
  await book.take('30-add-observation');
  await button('Finish later').click();
  await button('Add an observation').click();
  await on.getByText('Restored what you had not finished').waitFor();
  await book.take('31-draft-restored');
  await on.getByRole('button', { name: 'Save', exact: true }).click();
  await on.getByRole('dialog').waitFor({ state: 'hidden' });
  for (const [number, name] of [
    ['32', 'allergy'],
    ['33', 'problem'],
    ['34', 'medication'],
  ] as const) {
    await button(new RegExp(`Add an? ${name}`)).click();
    await on.getByRole('dialog').waitFor();
    await book.take(`${number}-add-${name}`);
    await closeDialog();
  }
  await on.getByRole('region', { name: 'Latest vital signs' }).getByRole('listitem').first().getByRole('button').click();
  await tab('Fields').waitFor();
  await book.take('35-record-fields');
  await button('Amend').click();
  await on.getByLabel('Systolic').fill('130.0');
  await on.getByLabel('Reason for the amendment').fill('Misread');
  await book.take('36-amend');
  await button('Save as a new version').click();
  await on.getByRole('dialog').waitFor({ state: 'hidden' });
  await on.getByRole('region', { name: 'Latest vital signs' }).getByRole('listitem').first().getByRole('button').click();
  await tab('History').click();
  await book.take('37-record-history');
  await tab('Exact text').click();
  await book.take('38-record-text');
  await tab('Receipt').click();
  await book.take('39-record-receipt');
  await closeDialog();
}

async function notesAndConsents(on: Page): Promise<void> {
  await tab('Notes').click();
  await book.take('40-notes');
  await button('Write a visit note').click();
  await on.getByRole('combobox', { name: 'Kind of visit' }).click();
  await on.getByRole('option', { name: 'Video visit' }).click();
  await on.getByLabel('Where the patient was').fill('At home');
  await on.getByRole('combobox', { name: 'Participants' }).fill('Sam Sample');
  await on.keyboard.press('Enter');
  await on.getByLabel('Assessment').fill('Wound dry, no fever.');
  await on.getByLabel(/^Plan( \*)?$/).fill('Remove the stitches on Friday.');
  await book.take('41-note-form');
  await button('Read what will be signed').click();
  await on.getByLabel('Your passphrase').fill(PASSPHRASE);
  await book.take('42-note-sign');
  await on.getByRole('button', { name: 'Sign', exact: true }).click();
  await on.getByText('signed by').first().waitFor();
  await book.take('43-note-signed');
  await tab('Consents').click();
  await book.take('44-consents');
  await button('Record a consent').click();
  await book.take('45-consent-nobody');
  await closeDialog();
  await tab('Offers').click();
  await book.take('46-participation');
  await tab('Accesses').click();
  await book.take('47-access-log');
}

async function emergency(on: Page): Promise<void> {
  await on.locator('#content').getByRole('button', { name: 'Emergency access' }).click();
  await on.getByRole('combobox', { name: 'Why now' }).waitFor();
  await book.take('48-emergency');
  await on.getByRole('combobox', { name: 'Why now' }).click();
  await on.getByRole('option', { name: 'Danger to life or limb' }).click();
  await on.getByLabel('What has happened').fill('No pulse, brought by ambulance');
  await button('Break the glass').click();
  await button('Set up a time code').waitFor();
  await book.take('48a-first-factor');
  await setUpTimeCode(on.getByRole('dialog', { name: 'Your second factor' }), PASSPHRASE);
  await on.getByText(/Emergency access until/).waitFor();
  await book.take('49-glass-broken');
  await button('End it now').click();
  await on.getByText(/Emergency access until/).waitFor({ state: 'hidden' });
}

async function otherScreens(on: Page): Promise<void> {
  await goTo('Import');
  await on.locator('input[type=file]:not([webkitdirectory])').setInputFiles({
    name: 'export.ndjson',
    mimeType: 'application/x-ndjson',
    buffer: Buffer.from(
      '{"resourceType":"Patient","id":"p1","name":[{"family":"Okafor","given":["Ngozi"]}],"birthDate":"1984-02-11"}\n' +
        '{"resourceType":"Observation","id":"o1","status":"final","code":{"text":"Weight"},"subject":{"reference":"Patient/p1"},"valueQuantity":{"value":61.50,"unit":"kg"}}\n' +
        '{"resourceType":"Observation","id":"o2","status":"wrong","code":{"text":"Weight"},"subject":{"reference":"Patient/p1"}}\n' +
        '{"resourceType":"Patient","id":"p2","birthDate":"1984-13-11"}\n',
    ),
  });
  await on.getByText('Refused entries').waitFor();
  await book.take('50-import');
  await goTo('Offers');
  await book.take('51-offers');
  await button('Publish an offer').click();
  await book.take('52-publish-offer');
  await closeDialog();
  await goTo('Ledger');
  await on.locator('tbody tr').first().click();
  await on.getByRole('dialog').waitFor();
  await book.take('53-block');
  await closeDialog();
  await book.take('54-ledger');
  await goTo('Sync & region');
  await book.take('55-sync');
  await button('Invite a device').click();
  await book.take('56-invite-device');
  await closeDialog();
  await goTo('Staff');
  await book.take('57-staff');
  await button('Enrol a colleague').click();
  await book.take('58-enrol');
  await closeDialog();
  await button('My second factor').click();
  await on.getByText('You have a time code on this desk').waitFor();
  await book.take('58a-second-factor');
  await closeDialog();
  await goTo('Emergency access');
  await button('Letter to the patient').click();
  await book.take('58b-emergency-review');
  await closeDialog();
  await goTo('Access');
  await book.take('59-access');
}

async function lockAndUnlock(on: Page): Promise<void> {
  await on.keyboard.press('Control+l');
  await button('Unlock').waitFor();
  await book.take('80-unlock');
  await on.getByLabel('Your passphrase').fill('not this one');
  await button('Unlock').click();
  await on.getByRole('alert').first().waitFor();
  await book.take('81-unlock-refused');
}

try {
  await takePictures(workstation.address, async (opened) => {
    book = opened;
    const { page } = book;
    await firstRun(page);
    await patients(page);
    await today(page);
    await chart(page);
    await writing(page);
    await notesAndConsents(page);
    await emergency(page);
    await otherScreens(page);
    await lockAndUnlock(page);
    await walkRegion(book, region, PASSPHRASE);
    await walkClinics(book, PASSPHRASE);
  });
} finally {
  await region.close();
  await workstation.close();
  rmSync(region.folder, { recursive: true, force: true });
}
