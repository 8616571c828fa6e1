/** A new computer: from the one-time code to the first patient list, and through the locked door and back. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ClinicAtWork, PASSPHRASE } from './clinic-at-work.ts';
import { Stage } from './stage.ts';

const stage = new Stage();
let clinic: ClinicAtWork;

beforeAll(async () => {
  clinic = await stage.clinic('Harbour Clinic');
});
afterAll(() => stage[Symbol.asyncDispose]());

test('given a new folder, when the program starts, then three ways to begin are offered', async () => {
  await clinic.page.getByRole('heading', { name: 'Welcome to Careledger' }).waitFor();
  await Promise.all(
    [/Create a clinic/, /Join a clinic/, /Try with sample patients/].map((name) =>
      clinic.page.getByRole('button', { name }).waitFor(),
    ),
  );
  await clinic.look('first-run');
  // A language whose words are not loaded yet is offered, and spoken once it is chosen.
  for (const [here, other] of [
    ['Language', 'Deutsch'],
    ['Sprache', 'English'],
  ] as const) {
    await clinic.button(here).click();
    await clinic.page.getByRole('menuitem', { name: other }).click();
  }
  await clinic.page.getByRole('heading', { name: 'Welcome to Careledger' }).waitFor();
});

test('given a weak passphrase, when the clinic is to be created, then it is refused with advice', async () => {
  await clinic.page.getByRole('button', { name: /Create a clinic/ }).click();
  await clinic.page.getByLabel('Name of the clinic').fill('Harbour Clinic');
  await clinic.page.getByLabel('Your name, as its first').fill('Ana Ferreira');
  await clinic.typeNewPassphrase('harbour2026');
  await clinic.page.getByText('Make it longer: at least 12 characters.').waitFor();
  await clinic.page.getByText("Leave out the clinic's name").waitFor();
  expect(await clinic.button('Create the clinic').isDisabled()).toBe(true);
  await clinic.look('create-clinic');
  await clinic.button('Begin another way').click();
});

test('given a good passphrase, when the clinic is created, then the empty list of patients says what to do', async () => {
  await clinic.create();
  await clinic.goTo('Patients');
  await clinic.page.getByText('No patients yet').waitFor();
  await clinic.page.getByText('Register the first one, or import records that you already have.').waitFor();
  await clinic.button('Import records').waitFor();
  await clinic.syncSays(/^On its own/);
  await clinic.look('no-patients');
});

test('given a locked desk, when the passphrase is wrong, then it says so, and the right one opens', async () => {
  await clinic.button('Lock').click();
  await clinic.page.getByRole('heading', { name: 'Harbour Clinic is locked' }).waitFor();
  await clinic.look('locked');
  await clinic.page.getByLabel('Your passphrase').fill('not my passphrase');
  await clinic.button('Unlock').click();
  await clinic.alert
    .getByText(/passphrase/)
    .first()
    .waitFor();
  await clinic.look('wrong-passphrase');
  await expect
    .poll(
      async () => {
        const navigation = clinic.page.getByRole('navigation', { name: 'Main navigation' });
        // It may have opened after the last look gave up.
        if (await navigation.isVisible()) return true;
        const soon = { timeout: 3_000 };
        try {
          await clinic.page.getByLabel('Your passphrase').fill(PASSPHRASE, soon);
          await clinic.button('Unlock').click(soon);
          await navigation.waitFor(soon);
          return true;
        } catch {
          return false;
        }
      },
      { timeout: 90_000 },
    )
    .toBe(true);
});

test('given a clinic, when the program starts again, then it is locked and opens with the passphrase', async () => {
  await clinic.end();
  await clinic.start();
  await clinic.unlock();
  await clinic.goTo('Patients');
  await clinic.page.getByText('No patients yet').waitFor();
  expect(stage.complaints).toEqual([]);
});
