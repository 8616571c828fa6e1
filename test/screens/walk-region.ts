/** The screens that need a region: a real hub, a second clinic, consents, offers, proofs and receipts. */
import type { DemoRegion } from '../../server/workstation/demo/region.ts';
import { samplePatients } from '../../shared/patients/sample-patients.ts';
import { setUpTimeCode } from '../support/time-code-page.ts';
import type { ScreenBook } from './screen-book.ts';
import { startWorkstation } from './workstation-process.ts';

const JOIN = 'mutation Join($invitation: String!) { joinRegion(invitation: $invitation) { connection } }';
/** Uploading, ordering and witnessing what the sample clinic has written. */
const SETTLING = { timeout: 90_000 };

/** A clinic of its own: a training clinic joins no region. */
export async function walkRegion(book: ScreenBook, region: DemoRegion, passphrase: string): Promise<void> {
  const { page } = book;
  const goTo = (name: string) => page.getByRole('navigation').getByRole('button', { name, exact: true }).click();
  const button = (name: string | RegExp) => page.getByRole('button', { name }).first();
  const tab = (name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) });
  const sign = async (action: string): Promise<void> => {
    await page.getByLabel('Your passphrase').fill(passphrase);
    await page.getByRole('dialog').getByRole('button', { name: action }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  };

  const workstation = await startWorkstation();
  await page.goto(workstation.address);
  await page.getByLabel('Code from the terminal').fill(workstation.code);
  await button('Continue').click();
  await button(/Create a clinic/).click();
  await page.getByLabel(/^Name of the clinic/).fill('Lakeside Practice');
  await page.getByLabel('Your name, as its first').fill('Ana Ferreira');
  await page.getByLabel(/^New passphrase( \*)?$/).fill(passphrase);
  await page.getByLabel('New passphrase again').fill(passphrase);
  await button('Create the clinic').click();
  await goTo('Patients');
  await page.getByText('No patients yet').waitFor(SETTLING);
  await book.take('62-no-patients');
  await goTo('Import');
  await page.locator('input[type=file]:not([webkitdirectory])').setInputFiles(sampleExport());
  await button('Import now').waitFor(SETTLING);
  await book.take('63-import-looked-at');
  await button('Import now').click();
  await button('Import now').waitFor({ state: 'hidden', ...SETTLING });
  await page.getByText('Done', { exact: true }).waitFor(SETTLING);
  await book.take('64-import-done');

  await goTo('Sync & region');
  await page.getByLabel('Invitation').fill(await region.makeHub());
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await page.getByRole('heading', { name: 'Up to date' }).waitFor(SETTLING);
  await book.take('70-region-joined');

  const other = await region.openClinic('Ridge Clinic', 'Mara Lind');
  await other.device(JOIN, { invitation: await region.invite() });
  await goTo('Patients');
  await goTo('Sync & region');
  await button('Look at the request').waitFor(SETTLING);
  await book.take('71-admission-request');
  await button('Look at the request').click();
  await book.take('72-admission-approve');
  await button('They are the same').click();
  await setUpTimeCode(page.getByRole('dialog', { name: 'Your second factor' }), passphrase);
  await page.getByRole('cell', { name: 'Ridge Clinic' }).waitFor(SETTLING);

  await goTo('Patients');
  await page.getByRole('row').nth(2).click();
  await tab('Consents').click();
  await button('Record a consent').click();
  await page.getByRole('combobox', { name: 'Who may read' }).click();
  await page.getByRole('option', { name: /Ridge/ }).click();
  await book.take('73-consent-choices');
  await page.getByRole('checkbox', { name: 'clinical' }).check();
  await page.getByRole('combobox', { name: 'What for' }).click();
  await page.getByRole('option', { name: 'treatment', exact: true }).click();
  await page.getByRole('combobox', { name: 'How the patient said so' }).click();
  await page.getByRole('option', { name: 'in person' }).click();
  await button('Read what will be signed').click();
  await page.getByLabel('Your passphrase').waitFor();
  await book.take('74-consent-text');
  await sign('Sign and share');
  await page.getByRole('heading', { name: 'Ridge Clinic' }).waitFor();
  await book.take('75-consent-given');
  await button('Withdraw').click();
  await book.take('76-consent-withdraw');
  await sign('Sign and withdraw');
  await page.getByText('withdrawn', { exact: true }).waitFor();
  await book.take('77-consent-withdrawn');

  await tab('Summary').click();
  await button('Add a problem').click();
  await page.getByLabel(/^Problem or diagnosis/).fill('Seasonal rhinitis');
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await tab('Problems').click();
  await page
    .getByRole('row', { name: /Seasonal rhinitis/ })
    .filter({ hasText: 'Witnessed' })
    .waitFor(SETTLING);
  await page.getByRole('row', { name: /Seasonal rhinitis/ }).click();
  await tab('Receipt').click();
  await button('Make a receipt').click();
  await button('Save as a file').waitFor();
  await book.take('78-receipt');
  await page.keyboard.press('Escape');

  await goTo('Offers');
  await button('Publish an offer').click();
  await page.getByRole('textbox', { name: 'Title' }).fill('Blood pressure in spring');
  await page.getByRole('combobox', { name: 'Purposes' }).click({ force: true });
  await page.getByRole('option', { name: /^health/ }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('checkbox', { name: 'clinical' }).check();
  await page.getByLabel('Ends').fill('2099-01-01');
  await button('See what the region will see').click();
  await page.getByLabel('Your passphrase').waitFor();
  await book.take('82-offer-sign');
  await sign('Sign and publish');
  await page.getByRole('heading', { name: 'Blood pressure in spring' }).waitFor();
  await book.take('83-offer-published');

  await goTo('Ledger');
  await page.locator('tbody tr').filter({ hasNotText: 'pending' }).first().click();
  await page.getByText('The proof holds').waitFor();
  await book.take('79-proof');
  await page.keyboard.press('Escape');
  await page.goto('about:blank');
  await workstation.close();
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
