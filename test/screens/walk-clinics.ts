/** The screens between two clinics: what one proposes to the other, and what an administrator sees beside; and the door in German. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Desk, until } from '../../server/workstation/demo/desk.ts';
import { DemoRegion, PASSPHRASE as RIDGE } from '../../server/workstation/demo/region.ts';
import { setUpTimeCode } from '../support/time-code-page.ts';
import type { ScreenBook } from './screen-book.ts';
import { startWorkstation } from './workstation-process.ts';

const PUT = 'mutation Put($input: PutRecordInput!) { putRecord(input: $input) { id } }';
const PROPOSE = 'mutation Propose($input: PutRecordInput!) { proposeAmendment(input: $input) { id } }';
const OPEN = 'mutation Open($patient: ID!) { openChart(patient: $patient) { openedAt } }';
const FIND = '{ patients(search: "") { edges { node { id shared } } } }';
/** Uploading, ordering and witnessing. */
const SETTLING = { timeout: 90_000 };

const allergy = (patient: string, word: string, note: string): string =>
  JSON.stringify({
    resourceType: 'AllergyIntolerance',
    clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }] },
    code: { text: word },
    patient: { reference: `Patient/${patient}` },
    note: [{ text: note }],
  });

/** @param passphrase of the clinic that the page works for. */
export async function walkClinics(book: ScreenBook, passphrase: string): Promise<void> {
  const region = new DemoRegion(mkdtempSync(join(tmpdir(), 'careledger-region-')));
  const workstation = await startWorkstation();
  const folder = mkdtempSync(join(tmpdir(), 'careledger-stick-'));
  try {
    await door(book, workstation, passphrase);
    const ridge = await joined(book, region, passphrase);
    const [ours, theirs] = [await shareFromHere(book, passphrase), await shareFromThere(book, ridge)];
    await proposedHere(book, ridge, ours);
    await proposedThere(book, theirs);
    await besides(book, folder);
  } finally {
    await book.page.goto('about:blank');
    await workstation.close();
    await region.close();
    for (const each of [region.folder, folder]) rmSync(each, { recursive: true, force: true });
  }
}

const button = ({ page }: ScreenBook, name: string | RegExp) => page.getByRole('button', { name }).first();
const goTo = ({ page }: ScreenBook, name: string) =>
  page.getByRole('navigation').getByRole('button', { name, exact: true }).click();
const tab = ({ page }: ScreenBook, name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) });

/** First run in German, then the clinic in English. */
async function door(book: ScreenBook, { address, code }: { address: string; code: string }, passphrase: string): Promise<void> {
  const { page } = book;
  const speak = async (menu: string, language: string): Promise<void> => {
    await page.getByRole('button', { name: menu }).click();
    await page.getByRole('menuitem', { name: language }).click();
  };
  await page.goto(address);
  await page.getByLabel('Code from the terminal').fill(code);
  await button(book, 'Continue').click();
  await page.getByRole('heading', { name: 'Welcome to Careledger' }).waitFor();
  await speak('Language', 'Deutsch');
  await book.take('84-first-run-german');
  await button(book, /Sicherung|wiederherstellen/i).click();
  await book.take('85-restore-german');
  await button(book, 'Anders beginnen').click();
  await speak('Sprache', 'English');
  await button(book, /Create a clinic/).click();
  await page.getByLabel(/^Name of the clinic/).fill('Lakeside Practice');
  await page.getByLabel('Your name, as its first').fill('Ana Ferreira');
  await page.getByLabel(/^New passphrase( \*)?$/).fill(passphrase);
  await page.getByLabel('New passphrase again').fill(passphrase);
  await button(book, 'Create the clinic').click();
  await page.getByText('Nobody today yet').waitFor(SETTLING);
}

async function joined(book: ScreenBook, region: DemoRegion, passphrase: string): Promise<Desk> {
  const { page } = book;
  await goTo(book, 'Sync & region');
  await page.getByLabel('Invitation').fill(await region.makeHub());
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await page.getByRole('heading', { name: 'Up to date' }).waitFor(SETTLING);
  const ridge = await region.openClinic('Ridge Clinic', 'Mara Lind');
  await ridge.device('mutation Join($invitation: String!) { joinRegion(invitation: $invitation) { connection } }', {
    invitation: await region.invite(),
  });
  await goTo(book, 'Patients');
  await goTo(book, 'Sync & region');
  await button(book, 'Look at the request').click(SETTLING);
  await button(book, 'They are the same').click();
  await setUpTimeCode(page.getByRole('dialog', { name: 'Your second factor' }), passphrase);
  await page.getByRole('cell', { name: 'Ridge Clinic' }).waitFor(SETTLING);
  return ridge;
}

/** A patient of the page's clinic, with an allergy, shared with Ridge. */
async function shareFromHere(book: ScreenBook, passphrase: string): Promise<string> {
  const { page } = book;
  await goTo(book, 'Patients');
  await button(book, /^Register/).click();
  await page.getByLabel(/^Family name/).fill('Okafor');
  await page.getByLabel(/^Given names/).fill('Ngozi');
  await page.getByRole('dialog').getByRole('button', { name: 'Register' }).click();
  await tab(book, 'Summary').waitFor(SETTLING);
  await button(book, 'Add an allergy').click();
  await page.getByLabel(/^Substance/).fill('Latex');
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await tab(book, 'Consents').click();
  await button(book, 'Record a consent').click();
  await page.getByRole('combobox', { name: 'Who may read' }).click();
  await page.getByRole('option', { name: /Ridge/ }).click();
  await page.getByRole('checkbox', { name: 'clinical' }).check();
  await page.getByRole('combobox', { name: 'What for' }).click();
  await page.getByRole('option', { name: 'treatment', exact: true }).click();
  await page.getByRole('combobox', { name: 'How the patient said so' }).click();
  await page.getByRole('option', { name: 'in person' }).click();
  await button(book, 'Read what will be signed').click();
  await page.getByLabel('Your passphrase').fill(passphrase);
  await page.getByRole('dialog').getByRole('button', { name: 'Sign and share' }).click();
  await page.getByRole('heading', { name: 'Ridge Clinic' }).waitFor(SETTLING);
  return 'Okafor';
}

/** A patient of Ridge, shared with the page's clinic. */
async function shareFromThere(book: ScreenBook, ridge: Desk): Promise<string> {
  const { registerPatient } = await ridge.ask<{ registerPatient: { patient: { id: string } } }>(
    'mutation Register($input: RegisterPatientInput!) { registerPatient(input: $input, evenSo: true) { patient { id } } }',
    { input: { family: 'Lindqvist', given: ['Astrid'], birthDate: '1951-03-02' } },
  );
  const patient = registerPatient.patient.id;
  await ridge.ask(OPEN, { patient });
  await ridge.ask(PUT, { input: { patient, resource: allergy(patient, 'Penicillin', 'rash as a child') } });
  const { clinics } = await ridge.device<{ clinics: Array<{ chain: string; own: boolean }> }>('{ clinics { chain own } }');
  const recipient = clinics.find(({ own }) => !own)?.chain;
  const period = { starts: Date.now() - 1000, verification: 'in-person', language: 'en' };
  const input = { patient, recipient, categories: ['IDENTITY', 'CLINICAL'], purpose: 'TREAT', ...period };
  const { consentText } = await ridge.ask<{ consentText: { hash: string } }>(
    'query Text($input: ConsentInput!) { consentText(input: $input) { hash } }',
    { input },
  );
  await ridge.ask(
    'mutation Grant($input: ConsentInput!, $textHash: String!, $passphrase: String!) { giveConsent(input: $input, textHash: $textHash, passphrase: $passphrase) { id } }',
    { input, textHash: consentText.hash, passphrase: RIDGE },
  );
  await goTo(book, 'Patients');
  await book.page.getByText('Lindqvist').first().waitFor(SETTLING);
  return 'Lindqvist';
}

/** What Ridge proposes: it warns in the chart here, waits in the inbox, and is compared. */
async function proposedHere(book: ScreenBook, ridge: Desk, family: string): Promise<void> {
  const { page } = book;
  const patient = await until(
    'Ridge has the shared patient',
    async () => {
      const { patients } = await ridge.ask<{ patients: { edges: Array<{ node: { id: string; shared: boolean } }> } }>(FIND);
      return patients.edges.find(({ node }) => node.shared)?.node.id;
    },
    90_000,
  );
  await ridge.ask(OPEN, { patient });
  const SUMMARY = 'query Chart($patient: ID!) { chart(patient: $patient) { summary { allergies { id version } } } }';
  const latex = await until(
    'the allergy has arrived there',
    async () => {
      const { chart } = await ridge.ask<{ chart: { summary: { allergies: Array<{ id: string; version: number }> } } }>(SUMMARY, {
        patient,
      });
      return chart.summary.allergies[0];
    },
    90_000,
  );
  const reason = 'seen in our emergency room';
  const amended = { patient, record: latex.id, basedOn: latex.version, resource: allergy(patient, 'Latex', 'wheezing'), reason };
  await ridge.ask(PROPOSE, { input: amended });
  await ridge.ask(PROPOSE, { input: { patient, resource: allergy(patient, 'Peanut', 'anaphylaxis'), reason } });
  await page.getByText(family).first().click();
  await page.getByText(family).first().press('Enter');
  await tab(book, 'Summary').waitFor();
  await page.getByText('proposed by Ridge Clinic').first().waitFor(SETTLING);
  await page.getByText('Proposals between clinics').waitFor(SETTLING);
  await book.take('86-proposals-in-chart');
  await goTo(book, 'Inbox');
  await page.getByRole('listitem').nth(1).waitFor(SETTLING);
  await book.take('87-inbox');
  await button(book, /^Compare/).click();
  await page.getByRole('button', { name: 'Decline' }).waitFor();
  await book.take('88-compare-one');
  await page.getByLabel(/^Why so/).fill('We tested for it last month: negative');
  await page.getByRole('button', { name: 'Decline' }).click();
  await button(book, /^Compare/).click();
  await page.getByRole('button', { name: 'Decline' }).waitFor();
  await book.take('89-compare-other');
}

/** What the page's clinic proposes to Ridge. */
async function proposedThere(book: ScreenBook, family: string): Promise<void> {
  const { page } = book;
  await goTo(book, 'Patients');
  await page.getByText(family).first().click();
  await page.getByText(family).first().press('Enter');
  await tab(book, 'Summary').waitFor();
  await button(book, 'Add a problem').click();
  await page.getByLabel(/^Problem or diagnosis/).fill('Asthma');
  await page.getByLabel(/^Why you propose it/).fill('diagnosed here today');
  await book.take('90-propose');
  await page.getByRole('dialog').getByRole('button', { name: 'Propose' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.getByText('not taken over yet').waitFor(SETTLING);
  await book.take('91-proposed');
}

/** Backups, erasure, bundles and the region's ceremonies. */
async function besides(book: ScreenBook, folder: string): Promise<void> {
  const { page } = book;
  await goTo(book, 'Backups & recovery');
  await book.take('92-backups');
  await page.getByLabel('Folder').fill(folder);
  await button(book, /Back up now|Make a backup/).click();
  await page.getByText('Good', { exact: true }).waitFor(SETTLING);
  await book.take('93-backup-made');
  await goTo(book, 'Erasure');
  await book.take('94-erasure');
  await goTo(book, 'Sync & region');
  await page.getByRole('region', { name: 'Witnesses of the region' }).scrollIntoViewIfNeeded();
  await book.take('95-witnesses');
  for (const [name, label] of [
    ['96-propose-witnesses', 'Propose a new witness set'],
    ['97-propose-hub-key', 'Propose the hub'],
    ['98-propose-rules', 'Propose rules'],
  ] as const) {
    const ceremony = button(book, new RegExp(label));
    if (!(await ceremony.isVisible())) continue;
    await ceremony.click();
    await page.getByRole('dialog').waitFor();
    await book.take(name);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  }
  await keys(book);
  const files = page.getByRole('region', { name: 'Sync by a file' });
  await files.getByLabel('Folder').fill(folder);
  await files.getByRole('button', { name: 'Write the file' }).click();
  await files.getByText('The file is written').waitFor(SETTLING);
  await files.getByLabel('File', { exact: false }).last().fill(join(folder, 'nothing.bundle'));
  await files.getByRole('button', { name: 'Take it in' }).click();
  await files.getByRole('alert').first().waitFor();
  await files.scrollIntoViewIfNeeded();
  await book.take('99-bundles');
}

/** What is said before a clinic or a person gets new keys. */
async function keys(book: ScreenBook): Promise<void> {
  const { page } = book;
  const dialog = async (name: string, label: RegExp): Promise<void> => {
    await button(book, label).click();
    await page.getByRole('dialog').waitFor();
    await book.take(name);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  };
  await page.getByRole('region', { name: 'Keys of this clinic' }).scrollIntoViewIfNeeded();
  await book.take('100-clinic-keys');
  await dialog('101-roll-clinic-keys', /^Make new keys/);
  await goTo(book, 'Staff');
  await dialog('102-renew-own-key', /^Renew my key/);
  await goTo(book, 'Sync & region');
}
