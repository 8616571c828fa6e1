/** Two clinics and a hub: joined on screen, shared and withdrawn on screen, through a cut network, with proofs at the end. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { patient, weight } from '../support/fhir-files.ts';
import { runProgram } from '../support/program-process.ts';
import { type ClinicAtWork, PASSPHRASE } from './clinic-at-work.ts';
import { type HubAtWork, Stage } from './stage.ts';

const stage = new Stage();
let hub: HubAtWork;
let harbour: ClinicAtWork;
let mountain: ClinicAtWork;

const upToDate = async (...clinics: ClinicAtWork[]): Promise<void> => {
  for (const clinic of clinics) await clinic.syncSays(/^Up to date$/);
};

/** A medication of the patient, which is of another category than the weights. */
const medication = JSON.stringify({
  resourceType: 'MedicationRequest',
  id: 'rx1',
  status: 'active',
  intent: 'order',
  medicationCodeableConcept: { text: 'Metformin 500 mg' },
  subject: { reference: 'Patient/m1' },
  authoredOn: '2026-01-04',
});

beforeAll(async () => {
  [hub, harbour] = await Promise.all([stage.hub(), stage.clinic('Harbour Clinic')]);
  await harbour.create();
  const folder = stage.place('records');
  mkdirSync(folder);
  const lines = [patient('m1'), weight('w1', 'Patient/m1', '61.50'), medication];
  writeFileSync(join(folder, 'morgenstern.ndjson'), `${lines.join('\n')}\n`);
  await harbour.importFrom(folder);
  mountain = await stage.clinic('Mountain Practice');
  await mountain.create('Bo Berg');
});
afterAll(() => stage[Symbol.asyncDispose]());

describe('given a hub and its invitation', () => {
  test('when the first clinic joins, then it founds the region and everything it wrote is accepted', async () => {
    await harbour.syncSays(/^On its own/);
    await harbour.joinRegion(hub.founding);
    await upToDate(harbour);
    await harbour.page.getByText('North region').first().waitFor();
    await harbour.look('sync');
  });

  test('when a second clinic joins, then it waits until the first has compared its key and let it in', async () => {
    await mountain.joinRegion(await hub.invite());
    await mountain.syncSays(/^Waiting for admission/);
    await mountain.look('waiting-for-admission');
    await harbour.goTo('Patients');
    await harbour.goTo('Sync & region');
    await harbour.button('Look at the request').click();
    await harbour.dialog.getByText('Let Mountain Practice into the region?').waitFor();
    await harbour.look('admission');
    await harbour.button('They are the same: approve').click();
    await harbour.page.getByText('Set one up now. What you typed stays').waitFor();
    await harbour.look('first-factor');
    await harbour.setUpFactor();
    await harbour.dialog.waitFor({ state: 'hidden' });
    await upToDate(mountain, harbour);
    await mountain.find('');
    await mountain.page.getByText('No patients yet').waitFor();
  });
});

describe('given both clinics in the region', () => {
  test('when a consent is recorded at one, then the other opens exactly what it covers', async () => {
    await harbour.openChart('Morgenstern');
    await harbour.tab('Consents').click();
    await harbour.button('Record a consent').click();
    await harbour.choose('Who may read', 'Mountain Practice · Clinic');
    for (const category of ['identity', 'clinical']) await harbour.dialog.getByLabel(category, { exact: true }).check();
    await harbour.choose('What for', 'treatment');
    await harbour.choose('How the patient said so', 'in person');
    await harbour.look('consent-choices');
    await harbour.button('Read what will be signed').click();
    await harbour.dialog.getByLabel('Your passphrase').fill(PASSPHRASE);
    await harbour.look('consent-sign');
    await harbour.button('Sign and share').click();
    await harbour.dialog.waitFor({ state: 'hidden' });
    await harbour.page.getByRole('heading', { name: 'Mountain Practice' }).waitFor();
    await harbour.look('consents');

    await mountain.row('Patients', 'Lena Morgenstern').getByText('shared by Harbour Clinic').waitFor({ timeout: 90_000 });
    await mountain.row('Patients', 'Lena Morgenstern').click();
    await mountain.tab('Results').click();
    await mountain.page.getByRole('cell', { name: '61.50', exact: true }).waitFor({ timeout: 90_000 });
    await mountain.look('shared-chart');
    await mountain.tab('Medications').click();
    await mountain.page.getByText('Medications: nothing recorded').waitFor();
  });

  test('then the first clinic sees who opened the chart at the other', async () => {
    await harbour.tab('Accesses').click();
    await harbour.row('Accesses', 'Mountain Practice').getByText('Bo Berg').waitFor({ timeout: 90_000 });
    await harbour.look('accesses-elsewhere');
  });

  test('when the network is cut, then work goes on and says so, and catches up when it is back', async () => {
    await hub.end('SIGKILL');
    await harbour.addTemperature('37.50');
    const vitals = harbour.page.getByRole('region', { name: 'Latest vital signs' });
    await vitals.getByRole('button', { name: /Body temperature/ }).click();
    await harbour.dialog.getByText('Saved here').first().waitFor();
    await harbour.syncSays(/^(Offline|Connecting) · \d+ waiting$/);
    await harbour.closeDialog();
    await harbour.look('offline');
    await hub.start();
    await harbour.goTo('Sync & region');
    await harbour.button('Sync now').click();
    await upToDate(harbour, mountain);
    await harbour.openChart('Morgenstern');
    await harbour.tab('Results').click();
    await harbour.row('Vital signs', '37.50').getByText('Witnessed').waitFor({ timeout: 90_000 });
  });

  test('when the consent is withdrawn, then the patient is gone at the other clinic', async () => {
    await harbour.tab('Consents').click();
    await harbour.button('Withdraw').click();
    await harbour.dialog.getByLabel('Your passphrase').fill(PASSPHRASE);
    await harbour.look('withdraw');
    await harbour.button('Sign and withdraw').click();
    await harbour.page.getByText('withdrawn', { exact: true }).waitFor();
    await mountain.find('');
    await mountain.page.getByText('No patients yet').waitFor({ timeout: 90_000 });
  });
});

describe('given what was written', () => {
  test('when the ledger is looked at, then each block has its proof', async () => {
    await upToDate(harbour);
    await harbour.goTo('Ledger');
    const blocks = harbour.page.getByRole('table', { name: 'Ledger' }).getByRole('row');
    await blocks.nth(1).waitFor();
    await harbour.look('ledger');
    await blocks.nth(1).click();
    await harbour.dialog.getByText(/^The proof holds, under \d+ blocks$/).waitFor();
    await harbour.look('block');
    await harbour.closeDialog();
  });

  test('when a receipt is saved, then it verifies with no hub and no database', async () => {
    await harbour.openChart('Morgenstern');
    await harbour.tab('Results').click();
    await harbour.row('Vital signs', '37.50').click();
    await harbour.tab('Receipt').click();
    await harbour.button('Make a receipt').click();
    await harbour.button('Save as a file').waitFor();
    await harbour.look('receipt');
    const saving = harbour.page.waitForEvent('download');
    await harbour.button('Save as a file').click();
    const file = stage.place('receipt.json');
    await (await saving).saveAs(file);
    expect(readFileSync(file, 'utf8')).not.toContain('37.50');
    const { code, out } = await runProgram(['verify', file]);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('This receipt holds.') });
  });
});
