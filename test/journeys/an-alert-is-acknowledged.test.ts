/**
 * Two people at one desk: an alert that stands above every screen is looked at and acknowledged; a note is begun, a colleague takes the
 * desk over by typing name and passphrase, and not a word of it is lost.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ClinicAtWork, PASSPHRASE } from './clinic-at-work.ts';
import { Stage } from './stage.ts';

const stage = new Stage();
let clinic: ClinicAtWork;

beforeAll(async () => {
  clinic = await stage.clinic('Harbour Clinic');
  await clinic.create();
  const ENROL = 'mutation ($input: EnrolStaffInput!) { enrolStaff(input: $input) { id } }';
  for (const name of ['Rita Okafor', 'Noor Haddad'])
    await clinic.ask('vault', ENROL, { input: { name, role: 'nurse', passphrase: PASSPHRASE } });
  const REGISTER = 'mutation ($input: RegisterPatientInput!) { registerPatient(input: $input) { patient { id } } }';
  await clinic.ask('vault', REGISTER, { input: { family: 'Quillfeather', given: ['Marisol'], birthDate: '1961-04-12' } });
});
afterAll(() => stage[Symbol.asyncDispose]());

const watched = () => clinic.row('Monitoring', 'Marisol Quillfeather');

test('a plan is tried on the past, what that showed comes into view, and it watches from then on', async () => {
  await clinic.openChart('Quillfeather');
  await clinic.tab('Monitoring').click();
  await clinic.button('Watch a measurement').click();
  await clinic.dialog.getByLabel(/^Upper threshold/).fill('150');
  await clinic.dialog.getByRole('combobox', { name: 'To be told' }).click({ force: true });
  await clinic.page.getByRole('option', { name: /Ana Ferreira/ }).click();
  await clinic.page.keyboard.press('Escape');
  await clinic.button('Dry run on the last 30 days').click();
  const past = clinic.dialog.getByText('Dry run on the last 30 days');
  const isInView = (): Promise<boolean> =>
    past.evaluate((words) => {
      const { left, bottom } = words.getBoundingClientRect();
      return words.contains(document.elementFromPoint(left + 2, bottom - 2));
    });
  await expect.poll(isInView).toBe(true);
  await clinic.look('monitoring-dry-run');
  await clinic.button('Watch from now on').click();
  await clinic.dialog.waitFor({ state: 'hidden' });
  await clinic.page.getByText(/^Not watching since/).waitFor();
});

test('a reading above the threshold calls above every screen', async () => {
  await clinic.tab('Summary').click();
  await clinic.page.keyboard.press('v');
  await clinic.dialog.getByLabel('Systolic', { exact: true }).fill('210');
  await clinic.dialog.getByLabel('Diastolic', { exact: true }).fill('110');
  await clinic.button('Save', clinic.dialog).click();
  await clinic.dialog.waitFor({ state: 'hidden' });
  await clinic.goTo('Today');
  await clinic.alert.getByText(/Systolic blood pressure 210 mmHg, above 150/).waitFor();
  await clinic.look('alert-above-today');
  await clinic.button('Look', clinic.alert).click();
  await watched().getByText('Alert', { exact: true }).waitFor();
  await clinic.page.getByText('1 with alerts · 0 not watching · 1 watching').waitFor();
  await clinic.look('monitoring');
});

test('the blank beside an alert’s buttons is the row, and opens the chart; a button does what it says and nothing else', async () => {
  const button = await clinic.button('Add a task', watched()).boundingBox();
  if (!button) throw new Error('The button has no place.');
  await clinic.page.mouse.click(button.x + button.width + 12, button.y + button.height / 2);
  await clinic.page.getByRole('heading', { name: 'Marisol Quillfeather' }).waitFor();

  await clinic.goTo('Monitoring');
  await clinic.button('I have seen it', watched()).focus();
  await clinic.page.keyboard.press('Space');
  await watched().getByText('Watching', { exact: true }).waitFor();
  expect(await clinic.page.getByRole('heading', { level: 1 }).textContent()).toBe('Monitoring');
  await watched().click();
  await clinic.tab('Monitoring').click();
  await clinic.page.getByText(/seen by Ana Ferreira/).waitFor();
});

/** By the keyboard alone: who it is by a part of the name, then the passphrase. */
async function takeOver(typed: string, name: string): Promise<void> {
  const { page } = clinic;
  await page.keyboard.press('Control+u');
  const dialog = page.getByRole('dialog', { name: 'Take over this desk' });
  const who = dialog.getByRole('combobox', { name: /^Who/ });
  await expect.poll(() => who.evaluate((field) => field === document.activeElement), { timeout: 10_000 }).toBe(true);
  await page.keyboard.type(typed);
  await page.locator('[role=option][data-combobox-selected]', { hasText: name }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSPHRASE);
  await clinic.look(`take-over-${typed}`);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).waitFor();
}

test('who takes the desk over types their name; what was being written is there again, to the last word, for who wrote it', async () => {
  await clinic.tab('Summary').click();
  await clinic.page.keyboard.press('n');
  await clinic.dialog.getByLabel(/^Subjective/).fill('Headache since');
  await clinic.dialog.getByLabel(/^Plan/).focus();
  await clinic.page.keyboard.type('Measure again at noon');
  await takeOver('okaf', 'Rita Okafor');
  await clinic.openChart('Quillfeather');
  expect(await clinic.page.getByText(/^You have not finished/).count()).toBe(0);
  await takeOver('ana', 'Ana Ferreira');
  await clinic.openChart('Quillfeather');
  await clinic.button('Go on').click();
  await expect.poll(() => clinic.dialog.getByLabel(/^Plan/).inputValue()).toBe('Measure again at noon');
  expect(await clinic.dialog.getByLabel(/^Subjective/).inputValue()).toBe('Headache since');
  expect(stage.complaints).toEqual([]);
});
