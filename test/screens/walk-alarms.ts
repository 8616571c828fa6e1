/** What a clinic sees when its hub is caught: a real hub whose ledger was put back to an earlier copy, and what to do about it. */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DemoRegion } from '../../server/workstation/demo/region.ts';
import type { ScreenBook } from './screen-book.ts';
import { startWorkstation } from './workstation-process.ts';

const SETTLING = { timeout: 120_000 };

export async function walkAlarms(book: ScreenBook, region: DemoRegion, passphrase: string): Promise<void> {
  const { page } = book;
  const goTo = (name: string) => page.getByRole('navigation').getByRole('button', { name, exact: true }).click();
  const button = (name: string | RegExp) => page.getByRole('button', { name }).first();
  const hub = join(region.folder, 'hub');
  const copy = join(region.folder, 'hub-earlier');

  const workstation = await startWorkstation();
  await page.goto(workstation.address);
  await page.getByLabel('Code from the terminal').fill(workstation.code);
  await button('Continue').click();
  await button(/Create a clinic/).click();
  await page.getByLabel(/^Name of the clinic/).fill('Quay Practice');
  await page.getByLabel('Your name, as its first').fill('Ana Ferreira');
  await page.getByLabel(/^New passphrase( \*)?$/).fill(passphrase);
  await page.getByLabel('New passphrase again').fill(passphrase);
  await button('Create the clinic').click();
  await page.getByText('No patients yet').waitFor(SETTLING);
  await goTo('Sync & region');
  await page.getByLabel('Invitation').fill(await region.makeHub());
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await page.getByRole('heading', { name: 'Up to date' }).waitFor(SETTLING);
  await goTo('Ledger');
  await book.take('90-nobody-caught');

  await region.killHub();
  cpSync(hub, copy, { recursive: true });
  await region.startHub();
  await goTo('Patients');
  await button(/Register/).click();
  await page.getByLabel(/^Family name/).fill('Okafor');
  await page.getByLabel(/^Given names/).fill('Ngozi');
  await page.getByLabel('Born').fill('1980-05-04');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Register/ })
    .click();
  await goTo('Sync & region');
  await page
    .getByText(/1 block/)
    .first()
    .waitFor(SETTLING);
  await region.killHub();
  rmSync(hub, { recursive: true });
  cpSync(copy, hub, { recursive: true });
  await region.startHub();
  await page.getByRole('alert').getByText('The hub shows an older ledger').first().waitFor(SETTLING);
  await book.take('91-hub-caught');
  await button('What to do').click();
  await page.getByRole('button', { name: 'Save as a file' }).waitFor();
  await book.take('92-evidence');
  await button('I have seen this').click();
  await page.getByText(/^Seen by Ana Ferreira/).waitFor();
  await button('Sync with this hub again').click();
  await book.take('93-sync-again');
  await page.keyboard.press('Escape');
  await workstation.close();
}
