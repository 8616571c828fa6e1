/** Records that a clinic already has: taken in from a folder, interrupted, taken in again, the bad ones named. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ATTACHMENT_PIECE, writeAttachment } from '../../shared/records/attachment.ts';
import { exportedFile } from '../../shared/records/exported-files.ts';
import { bundle, ndjsonByType, patient, samples, weight } from '../support/fhir-files.ts';
import { runProgram } from '../support/program-process.ts';
import { hasSharedData, sharedPath } from '../support/shared-data.ts';
import { type ClinicAtWork, PASSPHRASE } from './clinic-at-work.ts';
import { Stage } from './stage.ts';

const stage = new Stage();
let clinic: ClinicAtWork;
/** What the journey takes in: Synthea's ten patients where they are, else our own. */
let source: { folder: string; accepted: number; refused: number; patients: number };

/** Our own sample, with a bulk export's log in it: four lines that are no resources. */
function ownSample(): typeof source {
  const folder = stage.place('export');
  const resources = samples(40);
  mkdirSync(folder);
  for (const [name, text] of Object.entries(ndjsonByType(resources))) writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, 'log.ndjson'), '{"level":"info","message":"exported"}\n'.repeat(4));
  return { folder, accepted: resources.length, refused: 4, patients: 40 };
}

beforeAll(async () => {
  source = hasSharedData ? { folder: sharedPath('fhir/synthea-10'), accepted: 7160, refused: 4, patients: 13 } : ownSample();
  clinic = await stage.clinic('Harbour Clinic');
  await clinic.create();
});
afterAll(() => stage[Symbol.asyncDispose]());

const everything = async (): Promise<number> => (await clinic.figure('Accepted')) + (await clinic.figure('Already there'));

describe('given a folder of an export', () => {
  test('when the service is killed in the middle, then after choosing it again nothing is lost or doubled', async () => {
    await clinic.beginImport(source.folder);
    await clinic.page.getByRole('status').getByText('Importing').waitFor();
    await expect.poll(() => clinic.figure('Accepted'), { timeout: 90_000, interval: 50 }).toBeGreaterThan(0);
    await clinic.end('SIGKILL');
    await clinic.start();
    await clinic.unlock();
    await clinic.goTo('Import');
    await clinic.row('Earlier imports', 'Paused').waitFor();
    await clinic.importFrom(source.folder);
    expect(await clinic.figure('Already there')).toBeGreaterThan(0);
    expect(await everything()).toBe(source.accepted);
    await clinic.goTo('Patients');
    await clinic.page.getByText(`${source.patients} of ${source.patients} shown`).waitFor();
  });

  test('when it is imported again, then all of it is already there', async () => {
    await clinic.importFrom(source.folder);
    expect(await clinic.figure('Accepted')).toBe(0);
    expect(await clinic.figure('Already there')).toBe(source.accepted);
    expect(await clinic.figure('Refused')).toBe(source.refused);
  });

  test('then the report names file, line and reason of what was refused', async () => {
    const refused = clinic.page.getByRole('table', { name: 'Refused entries' }).getByRole('row');
    expect(await refused.count()).toBe(1 + source.refused);
    const first = clinic.row('Refused entries', /log\.ndjson, line 1/);
    await first.getByText('fhir.', { exact: false }).waitFor();
    await clinic.look('import-report');
  });

  test('when the report is saved, then the file says the same', async () => {
    const saving = clinic.page.waitForEvent('download');
    await clinic.button('Save the report').click();
    const file = await saving;
    await file.saveAs(stage.place('report.json'));
    const report = (await import(stage.place('report.json'), { with: { type: 'json' } })).default as Record<string, unknown>;
    expect(report).toMatchObject({ accepted: 0, alreadyPresent: source.accepted });
    expect(report.refused).toHaveLength(source.refused);
  });
});

describe('given the folder of an export whose chart has a file', () => {
  test('when the folder is picked in the browser, then the file comes in with its document and nothing is called missing', async () => {
    const folder = stage.place('exported');
    const film = Buffer.alloc(2 * ATTACHMENT_PIECE + 5, 'film');
    const file = { id: 'f1'.repeat(16), name: 'Film.pdf', type: 'application/pdf', size: film.length };
    const pieces = ['a1', 'b2', 'c3'].map((each) => each.repeat(32));
    const documentOf = writeAttachment({ ...file, pieces }, 'filmed', 'Film of the ultrasound', '2026-03-01T10:00:00Z');
    mkdirSync(join(folder, 'files'), { recursive: true });
    writeFileSync(join(folder, 'Patient-1.ndjson'), patient('filmed'));
    writeFileSync(join(folder, 'DocumentReference-1.ndjson'), JSON.stringify({ ...documentOf, id: 'film' }));
    writeFileSync(join(folder, 'manifest.json'), '{}');
    writeFileSync(join(folder, exportedFile(file)), film);
    await clinic.importFrom(folder);
    expect(await clinic.figure('Accepted')).toBe(2);
    expect(await clinic.page.getByText('does not lie in', { exact: false }).count()).toBe(0);
    await clinic.look('import-with-files');
  });
});

test('given a table in Windows-1252, then its line is named at once, and it is read as that when a person says so', async () => {
  const table = stage.place('patients.csv');
  const rows = 'Record number;Family name;Given names\n7001;Frey;Ada\n7002;Übelacker;Zoë\n';
  writeFileSync(table, Buffer.from(rows, 'latin1'));
  await clinic.beginImport([table]);
  const form = clinic.page.getByRole('dialog');
  await form.getByText('This table is not UTF-8 (line 3)').waitFor();
  expect(await form.getByRole('button', { name: 'Keep and go on' }).isDisabled()).toBe(true);
  await form.getByLabel('Keep it under the name').fill('Western people');
  await form.getByLabel('Who gives the record numbers').fill('https://clinic.example/patients');
  await form.getByText('This line is no UTF-8', { exact: false }).waitFor();
  await clinic.look('table-in-latin-1');
  await form.getByLabel('Read it as Windows-1252').check();
  await form.getByText('Übelacker', { exact: false }).first().waitFor();
  await form.getByRole('button', { name: 'Keep and go on' }).click();
  await clinic.page.getByRole('status').getByText('Done', { exact: true }).waitFor();
  expect(await clinic.figure('Refused')).toBe(0);
  await clinic.find('Übelacker');
});

describe('given nothing that can be read', () => {
  test('when files of other kinds or an empty folder are chosen, then the page says so and what would be read', async () => {
    const packed = stage.place('export.zip');
    writeFileSync(packed, 'PK');
    await clinic.beginImport([packed]);
    await clinic.alert.getByText('Not read here: export.zip', { exact: false }).waitFor();
    await clinic.alert.getByText('Nothing is unpacked here', { exact: false }).waitFor();
    await clinic.look('import-nothing-readable');
  });

  test('when an export has no entries, then nothing is said to be wrong with it', async () => {
    const file = stage.place('none.ndjson');
    writeFileSync(file, '');
    await clinic.goTo('Patients');
    await clinic.goTo('Import');
    await clinic.page.locator('input[type=file]:not([webkitdirectory])').setInputFiles([file]);
    await clinic.page.getByText('these files hold no entries', { exact: false }).waitFor();
  });
});

describe('given files with bad entries', () => {
  test('when they are imported, then each is refused with its place and the good ones are in, what can hardly be meant named', async () => {
    const folder = stage.place('bad');
    mkdirSync(folder);
    const lines = [
      patient('n1', { name: [{ family: 'Okafor', given: ['Ngozi'] }] }),
      '{"resourceType":"Patient","id":"n2","birthDate":"1984-13-11"}',
      '{"resourceType":"Patient","id":"n3","gender":"female","gender":"male"}',
      weight('w1', 'Patient/n1', '61.50').replace('"code":"kg"', '"code":"kgs"'),
      '{"resourceType":"Patient","id":"n4"',
      weight('w2', 'Patient/nobody', '60.0'),
    ];
    writeFileSync(join(folder, 'mixed.ndjson'), `${lines.join('\n')}\n`);
    writeFileSync(
      join(folder, 'bundle.json'),
      bundle({ resource: patient('b1') }, { resource: '{"resourceType":"Observation"}' }),
    );
    writeFileSync(join(folder, 'latin.json'), Buffer.from(patient('l1').replace('Lena', 'Le\u00f1a'), 'latin1'));
    await clinic.importFrom(readdirSync(folder).map((name) => join(folder, name)));
    for (const place of [
      /mixed\.ndjson, line 2.*birthDate/,
      /mixed\.ndjson, line 3/,
      /mixed\.ndjson, line 5/,
      /bundle\.json.*entry\[1\]/,
      /latin\.json.*utf8/i,
    ])
      await clinic.row('Refused entries', place).waitFor();
    // Taken as it is, and named: a unit that UCUM does not know.
    await clinic.row('Taken as they are, to be looked at', /mixed\.ndjson, line 4.*valueQuantity/).waitFor();
    expect(await everything()).toBe(4);
    await clinic.look('import-refusals');
    await clinic.find('Okafor');
    await clinic.row('Patients', 'Ngozi Okafor').waitFor();
  });

  test.runIf(hasSharedData)('when the known bad files are imported, then none stops the rest and each is named', async () => {
    const folder = sharedPath('fhir/invalid');
    await clinic.importFrom(folder);
    const refused = await clinic.figure('Refused');
    expect(refused).toBeGreaterThan(35);
    await clinic
      .row('Refused entries', 'patient-birthdate-impossible-day.json')
      .getByText(/birthDate/)
      .first()
      .waitFor();
    await clinic.look('import-invalid');
  });
});

test('given the same folder, when it is imported on the command line, then all of it is there already and the replica holds', async () => {
  await clinic.end();
  const passphrase = stage.place('passphrase');
  writeFileSync(passphrase, PASSPHRASE);
  const again = await runProgram(['import', '--data', clinic.folder, source.folder, '--passphrase-file', passphrase, '--json']);
  expect(again.err).not.toContain('Error');
  const report = JSON.parse(again.out) as { accepted: number; alreadyPresent: number };
  // One of the bad files was a patient of the folder, altered: that one has come back to what it was.
  expect(report.accepted).toBeLessThanOrEqual(1);
  expect(report.accepted + report.alreadyPresent).toBe(source.accepted);
  const check = await runProgram(['verify', '--data', clinic.folder, '--json']);
  expect(check).toMatchObject({ code: 0 });
});
