/** The screens that need a region: a real hub, a second clinic, consents, offers, proofs and receipts. */
import type { DemoRegion } from '../../server/workstation/demo/region.ts';
import { samplePatients } from '../../shared/patients/sample-patients.ts';
import { setUpTimeCode } from '../support/time-code-page.ts';
import { DeskWalk, SETTLING } from './desk-walk.ts';
import type { ScreenBook } from './screen-book.ts';
import { startWorkstation, type WorkstationProcess } from './workstation-process.ts';

const JOIN = 'mutation Join($invitation: String!) { joinRegion(invitation: $invitation) { connection } }';

/** A clinic of its own: a training clinic joins no region. */
export async function walkRegion(book: ScreenBook, region: DemoRegion, passphrase: string): Promise<void> {
  const walk = new DeskWalk(book, passphrase);
  const workstation = await startWorkstation();
  await beginClinic(walk, workstation);
  await joinRegion(walk, region);
  await walkConsents(walk);
  await walkReceipt(walk);
  await walkOffers(walk);
  await walkProof(walk);
  await book.page.goto('about:blank');
  await workstation.close();
}

/** Made, and its first patients imported. */
async function beginClinic(walk: DeskWalk, workstation: WorkstationProcess): Promise<void> {
  const { page, book } = walk;
  await page.goto(workstation.address);
  await page.getByLabel('Code from the terminal').fill(workstation.code);
  await walk.button('Continue').click();
  await walk.button(/Create a clinic/).click();
  await page.getByLabel(/^Name of the clinic/).fill('Lakeside Practice');
  await page.getByLabel('Your name, as its first').fill('Ana Ferreira');
  await walk.newPassphrase();
  await walk.button('Create the clinic').click();
  await walk.goTo('Patients');
  await page.getByText('No patients yet').waitFor(SETTLING);
  await book.take('62-no-patients');
  await walk.goTo('Import');
  await page.locator('input[type=file]:not([webkitdirectory])').setInputFiles(sampleExport());
  await walk.button('Import now').waitFor(SETTLING);
  await book.take('63-import-looked-at');
  await walk.button('Import now').click();
  await walk.button('Import now').waitFor({ state: 'hidden', ...SETTLING });
  await page.getByText('Done', { exact: true }).waitFor(SETTLING);
  await book.take('64-import-done');
}

async function joinRegion(walk: DeskWalk, region: DemoRegion): Promise<void> {
  const { page, book, passphrase } = walk;
  await walk.goTo('Sync & region');
  await page.getByLabel('Invitation').fill(await region.makeHub());
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await page.getByRole('heading', { name: 'Up to date' }).waitFor(SETTLING);
  await book.take('70-region-joined');

  const other = await region.openClinic('Ridge Clinic', 'Mara Lind');
  await other.device(JOIN, { invitation: await region.invite() });
  await walk.goTo('Patients');
  await walk.goTo('Sync & region');
  await walk.button('Look at the request').waitFor(SETTLING);
  await book.take('71-admission-request');
  await walk.button('Look at the request').click();
  await book.take('72-admission-approve');
  await walk.button('They are the same').click();
  await setUpTimeCode(page.getByRole('dialog', { name: 'Your second factor' }), passphrase);
  await page.getByRole('cell', { name: 'Ridge Clinic' }).waitFor(SETTLING);
}

async function walkConsents(walk: DeskWalk): Promise<void> {
  const { page, book } = walk;
  await walk.goTo('Patients');
  await page.getByRole('row').nth(2).click();
  await walk.tab('Consents').click();
  await walk.button('Record a consent').click();
  await page.getByRole('combobox', { name: 'Who may read' }).click();
  await page.getByRole('option', { name: /Ridge/ }).click();
  await book.take('73-consent-choices');
  await page.getByRole('checkbox', { name: 'clinical' }).check();
  await page.getByRole('combobox', { name: 'What for' }).click();
  await page.getByRole('option', { name: 'treatment', exact: true }).click();
  await page.getByRole('combobox', { name: 'How the patient said so' }).click();
  await page.getByRole('option', { name: 'in person' }).click();
  await walk.button('Read what will be signed').click();
  await page.getByLabel('Your passphrase').waitFor();
  await book.take('74-consent-text');
  await walk.sign('Sign and share');
  await page.getByRole('heading', { name: 'Ridge Clinic' }).waitFor();
  await book.take('75-consent-given');
  await walk.button('Withdraw').click();
  await book.take('76-consent-withdraw');
  await walk.sign('Sign and withdraw');
  await page.getByText('withdrawn', { exact: true }).waitFor();
  await book.take('77-consent-withdrawn');
}

/** Of a record that was written and witnessed. */
async function walkReceipt(walk: DeskWalk): Promise<void> {
  const { page, book } = walk;
  await walk.tab('Summary').click();
  await walk.button('Add a problem').click();
  await page.getByLabel(/^Problem or diagnosis/).fill('Seasonal rhinitis');
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await walk.tab('Problems').click();
  await page
    .getByRole('row', { name: /Seasonal rhinitis/ })
    .filter({ hasText: 'Witnessed' })
    .waitFor(SETTLING);
  await page.getByRole('row', { name: /Seasonal rhinitis/ }).click();
  await walk.tab('Receipt').click();
  await walk.button('Make a receipt').click();
  await walk.button('Save as a file').waitFor();
  await book.take('78-receipt');
  await page.keyboard.press('Escape');
}

async function walkOffers(walk: DeskWalk): Promise<void> {
  const { page, book } = walk;
  await walk.goTo('Offers');
  await walk.button('Publish an offer').click();
  await page.getByRole('textbox', { name: 'Title' }).fill('Blood pressure in spring');
  await page.getByRole('combobox', { name: 'Purposes' }).click({ force: true });
  await page.getByRole('option', { name: /^health/ }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('checkbox', { name: 'clinical' }).check();
  await page.getByLabel('Ends').fill('2099-01-01');
  await walk.button('See what the region will see').click();
  await page.getByLabel('Your passphrase').waitFor();
  await book.take('82-offer-sign');
  await walk.sign('Sign and publish');
  await page.getByRole('heading', { name: 'Blood pressure in spring' }).waitFor();
  await book.take('83-offer-published');
}

async function walkProof(walk: DeskWalk): Promise<void> {
  const { page, book } = walk;
  await walk.goTo('Ledger');
  await page.locator('tbody tr').filter({ hasNotText: 'pending' }).first().click();
  await page.getByText('The proof holds').waitFor();
  await book.take('79-proof');
  await page.keyboard.press('Escape');
}

/** A clinic's export of a few made-up patients. */
function sampleExport(): { name: string; mimeType: string; buffer: Buffer } {
  const people = samplePatients({
    seed: 7,
    patients: 8,
    encountersPerPatient: 6,
    referenceDate: new Date().toISOString().slice(0, 10),
  });
  const lines = [...people].map(({ text }) => text);
  return { name: 'export.ndjson', mimeType: 'application/x-ndjson', buffer: Buffer.from(lines.join('\n')) };
}
