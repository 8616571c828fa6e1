/** A claim at court keeps a patient's records: their erasure is refused, on paper, until the claim is lifted. */
import { expect } from 'vitest';
import { type ClinicAtWork, PASSPHRASE } from './clinic-at-work.ts';
import { pagesShown, printedWhereShown } from './printed-paper.ts';

/** Names the claim for Morgenstern's records, is refused their erasure, prints the refusal, and lifts the claim. */
export async function keepForAClaim(clinic: ClinicAtWork): Promise<void> {
  const paper = clinic.dialog.getByRole('region', { name: 'The paper' });
  await clinic.goTo('Erasure');
  await clinic.button('Choose the rule').click();
  await clinic.choose('Retention rule', 'No retention period');
  await clinic.dialog.getByLabel('Your passphrase').fill(PASSPHRASE);
  await clinic.button('Choose the rule', clinic.dialog).click();
  await clinic.dialog.waitFor({ state: 'hidden' });
  const picked = clinic.page.getByRole('combobox', { name: 'Patient to be erased' });
  await picked.fill('Morgenstern');
  await clinic.page.getByRole('option', { name: /Morgenstern/ }).click();
  const may = clinic.button('Erase for good');
  await may.waitFor();

  const reasons = clinic.page.getByRole('region', { name: 'Reasons to keep these records' });
  await reasons.getByText('Nobody has named one.').waitFor();
  await clinic.button('Name a reason to keep them').click();
  await clinic.choose('Ground (GDPR 17(3))', 'legal claim (e)');
  await clinic.dialog.getByLabel('Which one, in one line').fill('Claim 17/2026 at the regional court');
  await clinic.look('hold-named');
  await clinic.dialog.getByLabel('Your passphrase').fill(PASSPHRASE);
  await clinic.button('Keep the records', clinic.dialog).click();
  await clinic.page.getByRole('note').filter({ hasText: 'These records must be kept' }).getByText('Claim 17/2026').waitFor();
  await clinic.button('Record the refusal').waitFor();
  await reasons.getByText(/^Placed by Ana Ferreira, /).waitFor();
  await clinic.look('hold-stands');

  await clinic.button('Record the refusal').click();
  await clinic.choose('Ground (GDPR 17(1))', 'no longer necessary (a)');
  await clinic.dialog.getByLabel(/^Type the name to confirm/).fill('Lena Morgenstern');
  await clinic.dialog.getByLabel('Your passphrase').fill(PASSPHRASE);
  await clinic.button('Record the refusal', clinic.dialog).click();
  await clinic.dialog.waitFor({ state: 'hidden' });
  await clinic.page.getByRole('article').getByRole('button', { name: 'Print', exact: true }).click();
  await paper
    .getByRole('region')
    .getByText(/Kept for a legal claim/)
    .waitFor();
  expect(await printedWhereShown(clinic.page, paper)).toEqual(await pagesShown(paper, 210, 297));
  await clinic.look('print-erasure');
  await clinic.closeDialog();

  await picked.fill('Morgenstern');
  await clinic.page.getByRole('option', { name: /Morgenstern/ }).click();
  await clinic.button('Lift: Claim 17/2026 at the regional court').click();
  await clinic.dialog.getByLabel('Your passphrase').fill(PASSPHRASE);
  await clinic.button('Lift', clinic.dialog).click();
  await reasons.getByText(/Lifted by Ana Ferreira, /).waitFor();
  await may.waitFor();
}
