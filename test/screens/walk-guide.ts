/** The pictures of docs/staff.md and docs/administrators.md that a training clinic can show, taken by doing what they show. */
import type { Page } from 'playwright-core';
import { keepForGuide } from './guide-pictures.ts';
import type { ScreenBook } from './screen-book.ts';
import { startWorkstation } from './workstation-process.ts';

const PASSPHRASE = 'quiet harbour lantern meadow';
const LONG = { timeout: 180_000 };

/** Takes the picture in both schemes; the light one is the guide's. */
type Take = (name: string) => Promise<void>;

export async function walkGuide(book: ScreenBook): Promise<void> {
  const { page } = book;
  const workstation = await startWorkstation();
  const take: Take = async (name) => {
    await page.mouse.move(0, 0);
    await book.take(`guide-${name}`);
    keepForGuide(`guide-${name}`, name);
  };
  try {
    await page.goto(workstation.address);
    await page.getByLabel('Code from the terminal').fill(workstation.code);
    await press(page, 'Continue');
    await page.getByRole('button', { name: /Try with sample/ }).click(LONG);
    await page.getByLabel(/^New passphrase( \*)?$/).fill(PASSPHRASE);
    await page.getByLabel('New passphrase again').fill(PASSPHRASE);
    await press(page, 'Make the training clinic');
    await page.getByRole('navigation').waitFor(LONG);
    // The pictures show what is done, not what is still to be set up.
    await press(page, 'Later');
    await chart(page, take);
    await merge(page, take);
    await tasks(page, take);
    await cover(page, take);
    await alert(page, take);
    await updateReady(page, take);
  } finally {
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.goto('about:blank');
    await workstation.close();
  }
}

const press = (page: Page, name: string | RegExp): Promise<void> =>
  page
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
    .click(LONG);
const goTo = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation').getByRole('button', { name, exact: true }).click(LONG);
const inDialog = (page: Page) => page.getByRole('dialog').last();

async function choose(page: Page, field: string, option: string | RegExp): Promise<void> {
  await inDialog(page).getByRole('combobox', { name: field }).click();
  await page.getByRole('option', { name: option }).first().click();
}

async function submit(page: Page, action: string): Promise<void> {
  await inDialog(page).getByRole('button', { name: action, exact: true }).click();
  await page
    .getByRole('dialog')
    .first()
    .waitFor({ state: 'hidden', ...LONG });
}

/** Also where it stands over another one: what asks for the passphrase leads back to what it signs. */
async function closeDialog(page: Page): Promise<void> {
  for (let open = await page.getByRole('dialog').count(); open > 0; open = await page.getByRole('dialog').count()) {
    const title = await inDialog(page).getByRole('heading').first().textContent();
    await page.keyboard.press('Escape');
    await page
      .getByRole('dialog', { name: title ?? '' })
      .last()
      .waitFor({ state: 'hidden' });
  }
}

/** The first of the list, whoever that is. */
async function openFirst(page: Page): Promise<void> {
  await goTo(page, 'Patients');
  await page.getByText(/of 4\d shown/).waitFor(LONG);
  await page.getByLabel('Search patients').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: /^Summary/ }).waitFor(LONG);
}

async function chart(page: Page, take: Take): Promise<void> {
  await openFirst(page);
  await take('chart');
  await page.keyboard.press('v');
  const dialog = inDialog(page);
  for (const [field, value] of [
    ['Systolic', '128'],
    ['Diastolic', '79'],
    ['Heart rate', '72'],
    ['Body temperature', '37.2'],
    ['Oxygen saturation', '98'],
    ['Body weight', '81.5'],
  ] as const)
    await dialog.getByLabel(field, { exact: true }).first().fill(value);
  await take('vital-signs');
  await submit(page, 'Save');
  await page.keyboard.press('a');
  await inDialog(page)
    .getByLabel(/^Substance/)
    .fill('Amoxicillin');
  await submit(page, 'Save');
  await page.keyboard.press('r');
  await inDialog(page)
    .getByLabel(/^Medication/)
    .fill('Amoxicillin 500 mg');
  await inDialog(page).getByLabel(/^Dose/).fill('500');
  await choose(page, 'Route', 'by mouth');
  await choose(page, 'How often', 'three times a day');
  await inDialog(page).getByLabel('For how long').fill('7');
  const reason = inDialog(page)
    .getByLabel(/even so|Why/i)
    .first();
  await reason.waitFor(LONG);
  await take('prescription');
  await reason.fill('Tolerated twice since; see the letter of 2024');
  await submit(page, 'Save');
  await page.locator('#content').getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Print …' }).click();
  await page.getByRole('region', { name: 'The paper' }).waitFor(LONG);
  await take('print-prescription');
  await closeDialog(page);
  await medicineLabel(page, take);
  await page.keyboard.press('n');
  for (const [field, words] of [
    [/^Subjective/, 'Sore throat for three days, no cough.'],
    [/^Objective/, 'Tonsils red, no coating. 37.2 °C.'],
    [/^Assessment/, 'Probably viral.'],
    [/^Plan/, 'Rest and fluids. Come back in five days, or sooner with fever.'],
  ] as const)
    await inDialog(page).getByLabel(field).first().fill(words);
  await inDialog(page).getByRole('button', { name: 'Read what will be signed' }).click();
  await page.getByLabel('Your passphrase').waitFor(LONG);
  await take('sign-note');
  await closeDialog(page);
}

/** What was prescribed is handed over, and its label printed. */
async function medicineLabel(page: Page, take: Take): Promise<void> {
  await page.getByRole('region', { name: 'Current medications' }).getByText('Amoxicillin 500 mg').first().click();
  await press(page, 'Hand over');
  const dialog = inDialog(page);
  await dialog.getByLabel('Quantity').fill('21');
  await dialog.getByLabel('Lot number').fill('A-17');
  await dialog
    .getByLabel(/even so|Why/i)
    .first()
    .fill('Tolerated twice since; see the letter of 2024');
  await submit(page, 'Save');
  await page.locator('#content').getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Print …' }).click();
  await dialog.getByText('Label', { exact: true }).click();
  await choose(page, 'Label of', /^Amoxicillin/);
  await page
    .getByRole('region', { name: /^Page 1/ })
    .getByText('Lot A-17')
    .waitFor(LONG);
  await take('medicine-label');
  await closeDialog(page);
}

async function merge(page: Page, take: Take): Promise<void> {
  for (const family of ['Morgenstern', 'Morgenstren']) {
    await goTo(page, 'Patients');
    await press(page, 'Register a patient');
    await inDialog(page)
      .getByLabel(/^Family name/)
      .fill(family);
    await inDialog(page)
      .getByLabel(/^Given names/)
      .fill('Lena');
    await inDialog(page).getByLabel(/^Born/).fill('1980-05-17');
    await inDialog(page).getByRole('button', { name: 'Register', exact: true }).click();
    if (family !== 'Morgenstern') await press(page, 'None of them: register');
    await page.getByRole('heading', { name: `Lena ${family}` }).waitFor(LONG);
  }
  await page.locator('#content').getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Merge with another patient' }).click();
  await press(page, 'It is this person');
  await inDialog(page)
    .getByLabel(/^Why they are one person/)
    .fill('One passport');
  await take('merge');
  await submit(page, 'Merge');
}

async function tasks(page: Page, take: Take): Promise<void> {
  await openFirst(page);
  for (const what of ['Call about the potassium', 'Send the letter to the cardiologist']) {
    await page.locator('#content').getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Add a task' }).click();
    await inDialog(page)
      .getByLabel(/^What is to be done/)
      .fill(what);
    await choose(page, 'For', /Sam Sample|clinician/);
    await submit(page, 'Add the task');
  }
  await goTo(page, 'Today');
  await page.getByRole('tab', { name: /^Tasks/ }).click();
  await page.getByText('Call about the potassium').waitFor(LONG);
  await take('tasks');
}

async function cover(page: Page, take: Take): Promise<void> {
  await goTo(page, 'Staff');
  await press(page, 'Enrol a colleague');
  await inDialog(page).getByLabel(/^Name/).fill('Dr. Noor Haddad');
  await choose(page, 'Role', /clinician/i);
  for (const field of await inDialog(page).locator('input[type=password]').all())
    await field.fill('walrus drifting copper lantern');
  await submit(page, 'Enrol');
  await press(page, 'Name cover');
  await choose(page, 'Who is away', 'Dr. Noor Haddad');
  await choose(page, 'Who stands in', /Sam Sample/);
  const nextWeek = new Date(Date.now() + 7 * 24 * 3_600_000).toISOString().slice(0, 10);
  await inDialog(page)
    .getByLabel(/^Until/)
    .fill(`${nextWeek} 18:00`);
  await submit(page, 'Sign and name');
  await goTo(page, 'Today');
  await page.getByRole('tab', { name: /^Queue/ }).click();
  for (const [reason, place] of [
    ['Wound check', 2],
    ['Blood pressure, yearly', 4],
  ] as const) {
    await press(page, 'Book a visit');
    await inDialog(page).getByRole('combobox', { name: 'Patient' }).click();
    await page.getByRole('option').nth(place).click();
    await inDialog(page).getByLabel('Reason').fill(reason);
    await choose(page, 'With', place === 2 ? 'Dr. Noor Haddad' : /Sam Sample/);
    await inDialog(page).getByRole('button', { name: 'Book', exact: true }).click();
    await page.getByText(reason).first().waitFor(LONG);
    await page
      .getByRole('dialog')
      .first()
      .waitFor({ state: 'hidden', ...LONG });
  }
  await take('cover');
}

async function alert(page: Page, take: Take): Promise<void> {
  await openFirst(page);
  await page.getByRole('tab', { name: /^Monitoring/ }).click();
  await press(page, 'Watch a measurement');
  await inDialog(page)
    .getByLabel(/^Upper threshold/)
    .fill('150');
  await inDialog(page).getByRole('combobox', { name: 'To be told' }).click({ force: true });
  await page.getByRole('option', { name: /Sam Sample/ }).click();
  await page.keyboard.press('Escape');
  await inDialog(page).getByRole('button', { name: 'Dry run on the last 30 days' }).click();
  await submit(page, 'Watch from now on');
  await page.keyboard.press('v');
  await inDialog(page).getByLabel('Systolic', { exact: true }).fill('210');
  await inDialog(page).getByLabel('Diastolic', { exact: true }).fill('110');
  await submit(page, 'Save');
  await goTo(page, 'Monitoring');
  await page
    .getByText(/above 150/)
    .first()
    .waitFor(LONG);
  await take('alert');
}

/** The locked screen with an update and with what has come due: answers that take hours and a hub are put in. */
async function updateReady(page: Page, take: Take): Promise<void> {
  const update = {
    __typename: 'ProgramUpdate',
    state: 'READY',
    version: '1.4.0',
    isOlder: false,
    canInstall: true,
    notes: [{ __typename: 'ReleaseNote', language: 'en', text: 'Visits can be moved to another day.' }],
    problem: null,
  };
  await page.route('**/graphql/device', async (route) => {
    const response = await route.fetch({ timeout: 0 });
    const answer = (await response.json()) as { data?: { workstation?: object; lock?: object } };
    for (const field of ['workstation', 'lock'] as const) if (answer.data?.[field]) Object.assign(answer.data[field], { update });
    await route.fulfill({ response, json: answer });
  });
  await page.keyboard.press('Control+l');
  await page.getByRole('button', { name: /^Unlock/ }).waitFor(LONG);
  await page.reload();
  await page.getByText('Update ready: version 1.4.0').waitFor(LONG);
  await take('update-ready');
}
