/** A care card from the desk that prints it to another clinic's desk, while the clinic that issued it is closed. */
import { afterAll, expect, test } from 'vitest';
import { type ClinicAtWork, PASSPHRASE } from './clinic-at-work.ts';
import { Stage } from './stage.ts';

const PIN = '481516';
const stage = new Stage();
let harbour: ClinicAtWork;
let mountain: ClinicAtWork;

afterAll(() => stage[Symbol.asyncDispose]());

test('given two clinics of a region, of which one keeps a patient’s records', async () => {
  const hub = await stage.hub();
  harbour = await stage.clinic('Harbour Clinic');
  await harbour.create();
  await harbour.register('Abendstern', 'Mila', '2015-03-02');
  await harbour.register('Morgenstern', 'Lena', '1971-04-23');
  await harbour.addTemperature('37.10');
  await harbour.joinRegion(hub.founding);
  await harbour.syncSays(/^Up to date$/);
  mountain = await stage.clinic('Mountain Practice');
  await mountain.create('Bo Berg');
  await mountain.joinRegion(await hub.invite());
  await mountain.syncSays(/^Waiting for admission/);
  await harbour.admit();
  await mountain.syncSays(/^Up to date$/);
});

test('then a card is issued without a chart, opens what its patient chooses elsewhere, and home knows of it when it opens', async () => {
  await harbour.goTo('Care cards');
  await harbour.look('care-cards');
  await harbour.page.getByRole('combobox', { name: 'Patient' }).fill('Morgen');
  await harbour.page.getByRole('option', { name: /Lena Morgenstern/ }).click();
  await harbour.button('Issue care card').click();
  await harbour.dialog.getByRole('checkbox', { name: /^In an emergency the card alone/ }).check();
  await harbour.look('care-card-issue');
  await harbour.dialog.getByLabel('PIN, typed by the patient').fill(PIN);
  await harbour.dialog.getByLabel('The same PIN again').fill(PIN);
  await harbour.dialog.getByLabel('Your passphrase').fill(PASSPHRASE);
  await harbour.button('Make the card').click();
  const printed = harbour.dialog.getByRole('article', { name: 'Care card' });
  await printed.waitFor({ timeout: 90_000 });
  await harbour.look('care-card-printed');
  const code = (await printed.locator('code').textContent()) as string;
  await harbour.button('It is printed; close').click();
  await harbour.page.getByText('valid', { exact: true }).waitFor();

  // With her card she acts for a child, whom the clinic knows to be hers.
  await harbour.page.getByRole('combobox', { name: 'Patient' }).fill('Abendstern');
  await harbour.page.getByRole('option', { name: /Mila Abendstern/ }).click();
  await harbour.button('Name somebody who acts').click();
  await harbour.dialog.getByRole('combobox', { name: /^Who acts/ }).fill('Morgenstern');
  await harbour.page.getByRole('option', { name: /Lena Morgenstern/ }).click();
  await harbour.choose('They are the patient’s', 'mother');
  await harbour.dialog.getByLabel('Evidence').fill('birth certificate');
  await harbour.button('Read what will be signed').click();
  await harbour.dialog.getByText(/From the age of 14 on/).waitFor();
  await harbour.dialog.getByLabel('Your passphrase').fill(PASSPHRASE);
  await harbour.look('guardian-sign');
  await harbour.button('Sign and name').click();
  await harbour.page.getByText(/Lena Morgenstern acts for this patient/).waitFor({ timeout: 90_000 });
  await harbour.look('guardian-named');
  await harbour.syncSays(/^Up to date$/);
  await mountain.syncSays(/^Up to date$/);
  await harbour.end();

  await mountain.goTo('Care cards');
  const { dialog } = mountain;
  await mountain.button('Emergency: card without PIN').click();
  await dialog.getByRole('textbox', { name: 'Care card' }).fill(code);
  await mountain.button('Open the extract').click();
  await dialog.getByRole('region', { name: 'Allergies' }).waitFor({ timeout: 60_000 });
  await dialog.getByText('Lena Morgenstern').waitFor();
  await mountain.look('card-emergency');
  await mountain.closeDialog();
  await mountain.button('Open with the patient’s card').click();
  const show = async (pin: string): Promise<void> => {
    await dialog.getByRole('textbox', { name: 'Care card' }).fill(code);
    await dialog.getByLabel('PIN, typed by the patient').fill(pin);
    await mountain.button('Go on').click();
  };
  await show('481517');
  await dialog.getByText('Tries left: 9').waitFor({ timeout: 90_000 });
  await mountain.look('card-away-wrong-pin');
  await show(PIN);
  await dialog.getByText('Lena Morgenstern').waitFor({ timeout: 60_000 });
  await dialog.getByLabel('clinical', { exact: true }).check();
  await mountain.choose('For how long', '7 days');
  await mountain.look('card-away-choices');
  await mountain.button('Read what will be signed').click();
  await dialog.getByLabel('PIN, typed by the patient').fill(PIN);
  await dialog.getByLabel('Your passphrase').fill(PASSPHRASE);
  await mountain.look('card-away-sign');
  await mountain.button('Sign and open').click();
  await mountain.tab('Results').click({ timeout: 60_000 });
  await mountain.page.getByRole('cell', { name: '37.10', exact: true }).waitFor({ timeout: 60_000 });

  await harbour.start();
  await harbour.unlock();
  await harbour.openChart('Morgenstern');
  await harbour.tab('Consents').click();
  await harbour.page.getByRole('heading', { name: 'Mountain Practice' }).waitFor({ timeout: 60_000 });
  await harbour.page.getByText('confirmed by the patient').first().waitFor();
  await harbour.look('card-away-at-home');
  await harbour.tab('Accesses').click();
  await harbour.row('Accesses', 'Mountain Practice').getByText('Bo Berg').waitFor({ timeout: 60_000 });
  expect(stage.complaints).toEqual([]);
});
