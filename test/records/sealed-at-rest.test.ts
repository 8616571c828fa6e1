import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { folderOf, patient, weight } from '../support/fhir-files.ts';

const CANARIES = [
  'Zephyrine',
  'Quastenflosser',
  '1911-11-11',
  '19111111',
  'CANARY-4711',
  'Geheimnotiz',
  'weight-canary',
  '71.8642',
  'Dr. Ada Frey',
];

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}

/** Where in a folder one of the words stands, as UTF-8, UTF-16, or a part of a file's name. */
function leaks(folder: string): string[] {
  return filesIn(folder).flatMap((path) => {
    const bytes = readFileSync(path);
    return CANARIES.filter(
      (word) => bytes.includes(Buffer.from(word)) || bytes.includes(Buffer.from(word, 'utf16le')) || path.includes(word),
    ).map((word) => `${word} in ${path}`);
  });
}

test('no name, birth date, number, note or search word lies readable in any file, while open and after locking', async () => {
  const desk = await ClinicDesk.open();
  const vault = await desk.unlock();
  const { request } = vault;
  const person = patient('p-canary', {
    name: [{ family: 'Quastenflosser', given: ['Zephyrine'] }],
    birthDate: '1911-11-11',
    identifier: [{ system: 'urn:oid:2.999.1', value: 'CANARY-4711' }],
  });
  const bad = '{"resourceType":"Observation","status":"Geheimnotiz"}';
  const { id } = await request.imports.startPaths([
    folderOf({ 'Patient.ndjson': person, 'o.ndjson': `${weight('weight-canary', 'Patient/p-canary', '71.8642')}\n${bad}` }),
  ]);
  await request.imports.settled(id);
  const [found] = (await request.patients.find('zephyrine', 5, undefined)).patients;
  const chart = found?.patient.id as string;
  await request.charts.open(chart, 'TREAT');
  await request.drafts.save(chart, 'note', 'new', '{"plan":"Geheimnotiz"}');
  await desk.ask(
    `mutation { registerPatient(input: { family: "Quastenflosser", given: ["Zephyrine"], birthDate: "1911-11-11" }, evenSo: true) { patient { id } } }`,
  );
  expect(leaks(desk.folder)).toEqual([]);
  await desk.lock();
  expect(leaks(desk.folder)).toEqual([]);
});

test('a row that was altered or moved is refused, not shown', async () => {
  const desk = await ClinicDesk.open();
  const { request } = await desk.unlock();
  const { id } = await request.imports.startPaths([folderOf({ 'Patient.ndjson': `${patient('p1')}\n${patient('p2')}` })]);
  await request.imports.settled(id);
  const [one, two] = (await request.patients.find('', 5, undefined)).patients;
  const tags = await desk.database.read.all<{ tag: Buffer }>("SELECT DISTINCT tag FROM vault_row WHERE kind = 'entry'");
  // One patient's chart under the other's tag: what a thief with a pen could do.
  await desk.database.writeOnce("UPDATE vault_row SET tag = ? WHERE kind = 'entry' AND tag = ?", [
    tags[0]?.tag as Buffer,
    tags[1]?.tag as Buffer,
  ]);
  request.records.forget(one?.patient.id as string);
  request.records.forget(two?.patient.id as string);
  const opened = await Promise.allSettled([one, two].map((each) => request.records.entries(each?.patient as never)));
  expect(opened.some(({ status }) => status === 'rejected')).toBe(true);
});
