/** A patient is found while typing, the chart opens behind its access line, and is read and written. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ndjsonByType, patient, samples, weight } from '../support/fhir-files.ts';
import type { PdfPage } from '../support/pdf-pages.ts';
import type { ClinicAtWork } from './clinic-at-work.ts';
import { keepForAClaim } from './keep-for-a-claim.ts';
import { pagesShown, printedWhereShown } from './printed-paper.ts';
import { Stage } from './stage.ts';

const stage = new Stage();
let clinic: ClinicAtWork;

beforeAll(async () => {
  clinic = await stage.clinic('Harbour Clinic');
  await clinic.create();
  const folder = stage.place('records');
  mkdirSync(folder);
  const identifier = [{ system: 'urn:example:file', value: 'HC-20431' }];
  const lines = [
    patient('m1', { identifier }),
    weight('w1', 'Patient/m1', '61.50', '2025-11-02'),
    weight('w2', 'Patient/m1', '61.0', '2025-12-03'),
    weight('w3', 'Patient/m1', '62.250', '2026-01-04'),
  ];
  writeFileSync(join(folder, 'morgenstern.ndjson'), `${lines.join('\n')}\n`);
  for (const [name, text] of Object.entries(ndjsonByType(samples(12)))) writeFileSync(join(folder, name), text);
  await clinic.importFrom(folder);
});
afterAll(() => stage[Symbol.asyncDispose]());

describe('given imported patients', () => {
  test.each(['morgen lena', '1980-05-17', 'HC-204'])('when "%s" is typed, then the patient is found', async (typed) => {
    await clinic.find(typed);
    await clinic.page.getByText('1 of 1 shown').waitFor();
    await clinic.row('Patients', 'Lena Morgenstern').waitFor();
  });

  test('when a bar lies over the screen, then the end of the list is still in view', async () => {
    const [low, size] = [520, clinic.page.viewportSize()];
    await clinic.page.setViewportSize({ width: 1366, height: low });
    await clinic.find('');
    const end = clinic.page.getByText('13 of 13 shown');
    await clinic.button('Set it up').waitFor();
    const below = async (): Promise<number> => {
      const box = await end.boundingBox();
      return box ? box.y + box.height : Number.POSITIVE_INFINITY;
    };
    await expect.poll(below).toBeLessThan(low);
    if (size) await clinic.page.setViewportSize(size);
  });

  test('when the chart opens, then it says whose it is and that the opening was recorded', async () => {
    await clinic.find('');
    await clinic.page.getByText('13 of 13 shown').waitFor();
    await clinic.look('patients');
    await clinic.openChart('Morgenstern');
    await clinic.page.getByRole('heading', { name: 'Lena Morgenstern' }).waitFor();
    await clinic.page.getByText(/^Your opening was recorded .* for treatment$/).waitFor();
    await clinic.look('chart-summary');
  });

  test('when the timeline is looked at, then entries of unlike kinds stand in one line', async () => {
    await clinic.tab('Timeline').click();
    const line = clinic.page.getByRole('table', { name: 'Timeline' });
    await line.getByRole('row').filter({ hasText: '62.250 kg' }).getByText('Vital signs').waitFor();
    await clinic.look('chart-timeline');
  });

  test('when results are looked at, then plot and table show them with exactly their digits', async () => {
    await clinic.tab('Results').click();
    await clinic.page.locator('canvas').waitFor();
    const values = clinic.page.getByRole('region', { name: 'Values, newest first' });
    for (const digits of ['61.50', '61.0', '62.250']) await values.getByRole('cell', { name: digits, exact: true }).waitFor();
    await clinic.look('chart-results');
  });

  test('when a record is opened, then its history says who and when, and its text is as it came', async () => {
    await clinic.row('Vital signs', '62.250 kg').click();
    await clinic.tab('History').click();
    await clinic.dialog.getByText(/^Ana Ferreira · /).waitFor();
    await clinic.dialog.getByText('The first version.').waitFor();
    await clinic.tab('Exact text').click();
    await clinic.dialog.getByText('"value":62.250', { exact: false }).waitFor();
    await clinic.closeDialog();
  });

  test('when accesses are looked at, then the opening stands there and no line is missing', async () => {
    await clinic.tab('Accesses').click();
    await clinic.row('Accesses', 'Ana Ferreira').getByText('treatment').waitFor();
    await clinic.page.getByText('Nothing is missing').waitFor();
    await clinic.look('chart-accesses');
  });
});

describe('given an open chart', () => {
  test('when an observation is added and amended, then the history shows both and their difference', async () => {
    await clinic.openChart('Morgenstern');
    await clinic.addTemperature('37.50');
    const temperature = clinic.page
      .getByRole('region', { name: 'Latest vital signs' })
      .getByRole('button', { name: /Body temperature/ });
    await temperature.getByText(/37\.50/).waitFor();
    await temperature.click();
    await clinic.button('Amend', clinic.dialog).click();
    await clinic.dialog.getByLabel(/^Value/).fill('38.20');
    await clinic.dialog.getByLabel('Reason for the amendment').fill('Misread the thermometer');
    await clinic.button('Save as a new version').click();
    await temperature.getByText(/38\.20/).waitFor();
    await temperature.click();
    await clinic.tab('History').click();
    await clinic.dialog.getByText('Reason: Misread the thermometer').waitFor();
    await clinic.dialog.locator('del', { hasText: '37.50' }).waitFor();
    await clinic.dialog.locator('ins', { hasText: '38.20' }).waitFor();
    await clinic.dialog.getByRole('heading', { name: 'Version 1' }).waitFor();
    await clinic.look('record-history');
    await clinic.closeDialog();
  });

  test('when the program is killed while somebody writes, then the draft is there again', async () => {
    await clinic.button('Add an allergy').click();
    await clinic.dialog.getByLabel('Substance or agent').fill('Penicillin V');
    await clinic.dialog.getByLabel('Reaction').fill('Hives on both arms');
    await clinic.dialog.getByText('Draft kept').waitFor();
    await clinic.end('SIGKILL');
    await clinic.start();
    await clinic.unlock();
    await clinic.openChart('Morgenstern');
    await clinic.button('Add an allergy').click();
    await clinic.dialog.getByText('Restored what you had not finished').waitFor();
    await expect.poll(() => clinic.dialog.getByLabel('Substance or agent').inputValue()).toBe('Penicillin V');
    await clinic.button('Save', clinic.dialog).click();
    await clinic.page
      .getByRole('region', { name: 'Allergies and intolerances' })
      .getByText(/Penicillin V/)
      .waitFor();
  });

  test('when a medication is written that an allergy speaks against, then it is named and the reason is asked for', async () => {
    await clinic.button('Add a medication').click();
    await clinic.dialog.getByLabel(/^Medication/).fill('Penicillin V 250 mg');
    await clinic.dialog.getByText('Allergy: Penicillin V').waitFor();
    expect(await clinic.button('Save', clinic.dialog).isDisabled()).toBe(true);
    await clinic.dialog.getByLabel('Why it is given all the same').fill('Tolerated under observation');
    await clinic.look('medication-against-allergy');
    await clinic.button('Save', clinic.dialog).click();
    await clinic.page
      .getByRole('region', { name: 'Current medications' })
      .getByText(/Penicillin V 250 mg/)
      .waitFor();
  });

  test('when an immunization is written with a lot that had expired, then that is said and it is kept', async () => {
    await clinic.tab('Immunizations').click();
    await clinic.button('Add an immunization').first().click();
    await clinic.dialog.getByLabel(/^Vaccine/).fill('Influenza, seasonal');
    await clinic.dialog.getByLabel('Lot number').fill('AB12');
    await clinic.dialog.getByLabel('Expiry date of the lot').fill('2020-01-31');
    await clinic.dialog.getByText('This lot had expired').waitFor();
    await clinic.look('immunization-expired-lot');
    await clinic.button('Save', clinic.dialog).click();
    await clinic.row('Immunizations', 'Influenza, seasonal').waitFor();
    await clinic.tab('Summary').click();
  });

  test('when vital signs are taken, then each is recorded, and what is rarely seen is asked about', async () => {
    await clinic.button('Record vital signs').click();
    await clinic.dialog.getByLabel('Systolic').fill('128');
    await clinic.dialog.getByLabel('Diastolic').fill('82');
    await clinic.dialog.getByLabel('Body temperature', { exact: true }).fill('386');
    await clinic.dialog.getByText('Rarely seen in people').waitFor();
    await clinic.dialog.getByLabel('Body temperature', { exact: true }).fill('38.60');
    await clinic.look('vital-signs');
    // A year that is mistyped would stand as the latest value for as long.
    const at = clinic.dialog.getByLabel(/^Observed at/);
    const now = await at.inputValue();
    await at.fill(now.replace(/\d{4}/, '2162'));
    await clinic.button('Save', clinic.dialog).click();
    await clinic.dialog.getByText('This is still to come').waitFor();
    await at.fill(now);
    await clinic.button('Save', clinic.dialog).click();
    const latest = clinic.page.getByRole('region', { name: 'Latest vital signs' });
    await latest.getByText('128/82 mmHg').waitFor();
    await latest.getByText('38.60 °C').waitFor();
  });

  test('when two pressures and the weight are looked at together, then a row has what was measured at one time', async () => {
    await clinic.tab('Results').click();
    const which = clinic.page.getByLabel('Which result').first();
    for (const name of [/^Systolic blood pressure/, /^Diastolic blood pressure/]) {
      await which.click();
      await clinic.page.getByRole('option', { name }).click();
    }
    await clinic.page.keyboard.press('Escape');
    const values = clinic.page.getByRole('region', { name: 'Values, newest first' });
    await values.getByRole('row', { name: /128 82$/ }).waitFor();
    await values.getByRole('cell', { name: '62.250', exact: true }).waitFor();
    await clinic.page.getByText('1 year', { exact: true }).click();
    await clinic.look('results-together');
    await clinic.tab('Summary').click();
  });

  test('when a prescription is begun and left, then it waits in the chart, and is gone on with', async () => {
    await clinic.button('Prescribe').click();
    await clinic.dialog.getByLabel(/^Medication/).fill('Amoxicillin 500 mg');
    await clinic.dialog.getByLabel(/^Dose/).fill('500');
    await clinic.choose('How often', 'three times a day');
    // Closed at once, before a pause in the typing.
    await clinic.dialog.getByLabel('For how long').fill('7');
    await clinic.closeDialog();
    await clinic.page.getByText('You have not finished: Prescribe').waitFor();
    await clinic.button('Go on').click();
    await expect.poll(() => clinic.dialog.getByLabel('For how long').inputValue()).toBe('7');
    await clinic.dialog.getByText('500 mg by mouth, three times a day, for 7 days').waitFor();
    await clinic.dialog.getByLabel('Quantity').fill('21');
    await clinic.look('prescription');
    await clinic.button('Save', clinic.dialog).click();
    await clinic.page.getByRole('region', { name: 'Current medications' }).getByText('three times a day').waitFor();
  });

  test('when medicine is handed over, then it is no more than is left, and the prescription says what is', async () => {
    const medications = clinic.page.getByRole('region', { name: 'Current medications' });
    await medications.getByText('Amoxicillin 500 mg').click();
    await clinic.button('Hand over').click();
    const quantity = clinic.dialog.getByLabel('Quantity');
    await expect.poll(() => quantity.inputValue()).toBe('21');
    await quantity.fill('22');
    await clinic.dialog
      .getByText(/^Only 21 left/)
      .first()
      .waitFor();
    expect(await clinic.button('Save', clinic.dialog).isDisabled()).toBe(true);
    await quantity.fill('14');
    // Seven days were said of all 21.
    expect(await clinic.dialog.getByLabel('Lasts for days').inputValue()).toBe('');
    await clinic.dialog.getByLabel('Lot number').fill('A-17');
    await clinic.look('dispense');
    await clinic.button('Save', clinic.dialog).click();
    await clinic.dialog.waitFor({ state: 'detached' });
    await medications.getByText('Amoxicillin 500 mg').click();
    await clinic.dialog.getByText('7 left of 21.').waitFor();
    await clinic.look('prescription-handed-over');
    await clinic.closeDialog();
    await clinic.tab('Medications').click();
    await clinic.page.getByText('Handed over: 14').waitFor();
    await clinic.tab('Summary').click();
  });

  test('when something is printed, then the PDF is the preview, page by page, and the access log says so', async () => {
    await clinic.button('More').click();
    await clinic.page.getByRole('menuitem', { name: 'Print …' }).click();
    await paper().getByRole('region').getByText('three times a day').waitFor();
    await clinic.look('print-prescription');
    expect(await printed()).toEqual(await previewed(148, 210));

    await clinic.dialog.getByText('Letter', { exact: true }).click();
    await clinic.dialog.getByLabel('To', { exact: true }).fill('Dr. Bea Lorenz\nCity Hospital');
    const long = Array.from({ length: 60 }, (_, at) => `Line ${at + 1}: seen, examined, and written down.`).join('\n');
    await clinic.dialog.getByLabel('Text', { exact: true }).fill(long);
    await paper().getByRole('region').getByText('Line 60').waitFor();
    const letter = await printed();
    expect(letter.length).toBe(2);
    expect(letter).toEqual(await previewed(210, 297));
    for (let line = 1; line <= 60; line++) expect(letter.map(({ text }) => text).join('')).toContain(`Line${line}:`);
    for (const page of letter) expect(page.text).toContain('LenaMorgenstern,born');
    expect(letter[1]?.text).toMatch(/Page2of2$/);
    await clinic.look('print-letter');
    // One line of a page cannot be laid onto two: what would be lost is said, and is not printed.
    const subject = clinic.dialog.getByLabel('Subject', { exact: true });
    const written = await subject.inputValue();
    await subject.fill('Wound check '.repeat(500));
    await clinic.dialog.getByRole('alert').getByText('would be cut off', { exact: false }).waitFor();
    expect(await clinic.button('Print, or save as PDF').isDisabled()).toBe(true);
    await subject.fill(written);
    await clinic.dialog.getByRole('alert').waitFor({ state: 'detached' });

    await clinic.dialog.getByText('Patient summary', { exact: true }).click();
    await paper().getByRole('region').getByText('Influenza, seasonal').waitFor();
    expect(await printed()).toEqual(await previewed(210, 297));
    await clinic.look('print-summary');

    await clinic.dialog.getByText('Label', { exact: true }).click();
    await clinic.dialog.getByLabel('Labels').fill('3');
    await expect.poll(() => paper().getByRole('region').count()).toBe(3);
    expect(await printed()).toEqual(await previewed(62, 29));
    await clinic.dialog.getByRole('combobox', { name: 'Label of' }).click();
    await clinic.page.getByRole('option', { name: /^Amoxicillin 500 mg/ }).click();
    await paper().getByRole('region').first().getByText('Lot A-17').waitFor();
    const labels = await printed();
    expect(labels).toEqual(await previewed(70, 35));
    expect(labels.length).toBe(3);
    for (const said of ['LenaMorgenstern', 'Amoxicillin500mg', 'threetimesaday', 'Quantity:14'])
      expect(labels[0]?.text).toContain(said);
    await clinic.look('print-medicine-label');

    await clinic.page.evaluate(() => {
      window.print = () => document.body.setAttribute('data-printed', 'yes');
    });
    await clinic.button('Print, or save as PDF').click();
    await clinic.page.locator('body[data-printed]').waitFor();
    await clinic.closeDialog();
    await clinic.tab('Accesses').click();
    await clinic.page.getByText('printed from the chart').first().waitFor();
    await clinic.tab('Summary').click();
  });

  test('when the patient pays, then a receipt is written, and its PDF is the preview; made void, it says so', async () => {
    await clinic.button('More').click();
    await clinic.page.getByRole('menuitem', { name: 'Receipts …' }).click();
    await clinic.button('Write a receipt').click();
    await clinic.dialog.getByLabel('For what').fill('Travel vaccination');
    // Closed before it was written, and opened again: nothing is typed twice.
    await clinic.closeDialog();
    await clinic.button('More').click();
    await clinic.page.getByRole('menuitem', { name: 'Receipts …' }).click();
    await clinic.button('Write a receipt').click();
    await expect.poll(() => clinic.dialog.getByLabel('For what').inputValue()).toBe('Travel vaccination');
    await clinic.dialog.getByLabel(/^Amount/).fill('1070,1');
    await clinic.look('receipt-of-money');
    await clinic.button('Write the receipt').click();
    await paper().getByRole('region').getByText('1,070.10').first().waitFor();
    expect(await printed()).toEqual(await previewed(148, 210));
    await clinic.button('All receipts').click();
    await clinic.button('Make void').click();
    const asked = clinic.page.getByRole('dialog', { name: /^Make receipt/ });
    await asked.getByLabel('Why it does not count').fill('Paid by the insurer');
    await clinic.button('Make void', asked).click();
    await asked.waitFor({ state: 'hidden' });
    await clinic.dialog.getByText('Paid by the insurer').waitFor();
    await clinic.look('receipts-of-money');
    await clinic.button('Print …', clinic.dialog).click();
    await paper().getByRole('region').getByText('VOID: Paid by the insurer').waitFor();
    expect(await printed()).toEqual(await previewed(148, 210));
    await clinic.look('print-receipt-of-money');
    await clinic.closeDialog();
  });

  test('when a telemedicine note is written, then what is signed is read first, and a wrong passphrase signs nothing', async () => {
    await clinic.tab('Notes').click();
    await clinic.button('Write a visit note').click();
    await clinic.choose('Kind of visit', 'Video visit');
    await clinic.dialog.getByLabel('Where the patient was').fill('At home');
    await clinic.dialog.getByRole('combobox', { name: 'Participants' }).fill('Lena Morgenstern');
    await clinic.page.keyboard.press('Enter');
    await clinic.dialog.getByLabel('Assessment').fill('Wound dry, no fever.');
    await clinic.dialog.getByLabel(/^Plan( \*)?$/).fill('Remove the stitches on Friday.');
    await clinic.button('Read what will be signed').click();
    await clinic.dialog.getByText('Wound dry, no fever.', { exact: false }).waitFor();
    await clinic.dialog.getByLabel('Your passphrase').fill('not my passphrase');
    await clinic.button('Sign', clinic.dialog).click();
    await clinic.alert.getByText('This was not done').waitFor();
    await clinic.look('note-refused');
    await clinic.signUntilDone();
    await clinic.page.getByText('signed by Ana Ferreira').waitFor();
  });

  test('when the note is amended, then it says so and why', async () => {
    await clinic.page.getByRole('article').getByRole('button', { name: 'Amend' }).click();
    await clinic.dialog.getByLabel(/^Plan( \*)?$/).fill('Remove the stitches on Monday.');
    await clinic.dialog.getByLabel('Reason for the amendment').fill('Practice closed on Friday');
    await clinic.button('Read what will be signed').click();
    await clinic.signUntilDone();
    await clinic.page.getByText('amended, version 2').waitFor();
    await clinic.page.getByText('Reason: Practice closed on Friday').waitFor();
    await clinic.look('note-amended');
  });
});

const paper = () => clinic.dialog.getByRole('region', { name: 'The paper' });

const printed = (): Promise<PdfPage[]> => printedWhereShown(clinic.page, paper());
const previewed = (width: number, height: number): Promise<PdfPage[]> => pagesShown(paper(), width, height);

test('given a claim at court, when it is named, then an erasure is refused, and the refusal printed, until somebody lifts it', async () => {
  await keepForAClaim(clinic);
});

test('given a database that takes no line, when a chart is to be opened, then it stays closed and says why', async () => {
  await clinic.goTo('Patients');
  const database = new DatabaseSync(join(clinic.folder, 'clinic.db'));
  database.exec('BEGIN IMMEDIATE');
  try {
    await clinic.find('Morgenstern');
    await clinic.row('Patients', 'Morgenstern').click();
    await clinic.page.getByRole('heading', { name: 'The chart stays closed' }).waitFor({ timeout: 90_000 });
    await clinic.page.getByText('Nothing of the chart was shown').waitFor();
    expect(await clinic.page.getByText('1980').count()).toBe(0);
    await clinic.look('chart-stays-closed');
  } finally {
    database.exec('ROLLBACK');
    database.close();
  }
  await clinic.button('Try again').click();
  await clinic.tab('Summary').waitFor();
});
