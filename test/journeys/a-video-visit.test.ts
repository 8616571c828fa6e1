/**
 * A video visit: a desk and a patient's browser, with Chromium's own cameras, see and hear each other, directly and where coturn is
 * installed through the region's relay alone. The hub hands on what they cannot read.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { visitWords } from '../../renderer/language/visit-words.ts';
import { freePort } from '../../server/workstation/demo/free-port.ts';
import { settledPage, violationsOf } from '../screens/accessibility.ts';
import { keepPicture } from '../screens/keep-picture.ts';
import { type RunningTurnServer, startTurnServer } from '../support/turn-server.ts';
import { type ClinicAtWork, PASSPHRASE } from './clinic-at-work.ts';
import { flows, keepLines, relayOnly } from './kept-lines.ts';
import { Stage } from './stage.ts';

const stage = new Stage();
const words = visitWords.en;
let harbour: ClinicAtWork;
let patient: Page;
let address: string;
/** Both addresses of a line, where all of it goes through the TURN server. */
const RELAYED = ['relay', 'relay'];
let turn: RunningTurnServer | undefined;

async function linkOnScreen(): Promise<string> {
  const text = await harbour.page.getByTestId('call-link').textContent();
  // A web server with a public certificate stands in front of it elsewhere.
  return String(text).replace('https://links.invalid', address);
}

async function picture(page: Page, name: string): Promise<void> {
  await settledPage(page);
  await keepPicture(page, `journeys/${name}`);
  expect(await violationsOf(page), name).toEqual([]);
}

beforeAll(async () => {
  const port = await freePort();
  address = `http://127.0.0.1:${port}`;
  turn = await startTurnServer(stage.folder);
  const links = ['--links', 'https://links.invalid', '--links-port', String(port)];
  const hub = await stage.hub({}, 'hub', undefined, [...links, ...(turn?.switches ?? [])]);
  harbour = await stage.clinic('Harbour Clinic');
  await harbour.create();
  await harbour.joinRegion(hub.founding);
  await harbour.page
    .getByRole('button', { name: /^Sync: / })
    .filter({ hasText: /Up to date/ })
    .waitFor();
  await harbour.page.evaluate(keepLines);
  await harbour.register('Okafor', 'Chidi', '1981-05-04');
  patient = await stage.stranger({ viewport: { width: 420, height: 860 } });
  await patient.addInitScript(keepLines);
});
afterAll(async () => {
  await stage[Symbol.asyncDispose]();
  await turn?.end();
});

test('given a patient who agreed, when they open the link, then both ends see and hear each other', async () => {
  const { page } = harbour;
  await harbour.tab('Notes').click();
  await harbour.button('Begin a video visit').click();
  await page.getByText('Does the patient agree to be treated by video?').waitFor();
  await picture(page, 'video-visit-consent');
  await page.getByLabel('In words').click();
  await harbour.button('They agree').click();
  await harbour.button("Make the patient's link").click();
  await patient.goto(await linkOnScreen());
  await picture(page, 'video-visit-link');
  await patient.getByRole('button', { name: words.allow }).click();
  await picture(patient, 'video-visit-patient-before');
  await patient.getByRole('button', { name: words.join }).click();
  await Promise.all([flows(page), flows(patient)]);
  await patient.getByText('Connected with Ana Ferreira, Harbour Clinic').waitFor();
  await picture(page, 'video-visit-call');
  await picture(patient, 'video-visit-patient');
  await page.emulateMedia({ colorScheme: 'dark' });
  await patient.emulateMedia({ colorScheme: 'dark' });
  await picture(page, 'video-visit-call-dark');
  await picture(patient, 'video-visit-patient-dark');
});

test('when the patient’s page is loaded again, then they are still inside, through the relay alone where there is one; somebody else with the link is not', async () => {
  if (turn) {
    // From here on neither end may reach the other directly.
    await patient.addInitScript(relayOnly);
    await harbour.page.evaluate(relayOnly);
  }
  await patient.reload();
  await patient.getByRole('button', { name: words.allow }).click();
  await patient.getByRole('button', { name: words.join }).click();
  // Once pictures come here, the desk has left its first line for the second.
  const between = [await flows(patient), await flows(harbour.page)];
  if (turn) expect(between, turn.said().slice(-4_000)).toEqual([RELAYED, RELAYED]);
  const other = await stage.stranger();
  await other.goto(patient.url());
  await other.getByRole('button', { name: words.allow }).click();
  await other.getByRole('button', { name: words.join }).click();
  await other.getByText(words.used).waitFor();
});

test('when the note was signed beside the picture and they hang up, then the visit is over at both ends', async () => {
  const { page } = harbour;
  const note = page.getByRole('region', { name: 'Note of this visit' });
  await note.getByLabel('Where the patient was').fill('At home');
  await note.getByLabel('Assessment').fill('Rash has faded');
  await note.getByLabel('Plan').fill('Look again in two weeks');
  await harbour.button('Read what will be signed', note).click();
  await harbour.dialog.getByText('Consent to treatment by telemedicine: given').waitFor();
  await harbour.dialog.getByLabel('Your passphrase').fill(PASSPHRASE);
  await harbour.button('Sign', harbour.dialog).click();
  await page.getByText('The note is signed.').waitFor();
  await harbour.button('Hang up').click();
  await patient.getByText(words.left).waitFor();
  await page.getByRole('article').filter({ hasText: 'Rash has faded' }).waitFor();
  expect(stage.complaints).toEqual([]);
});
