/** What FHIR allows and nobody can have meant is taken as it is, and named in the report. */
import { expect, test } from 'vitest';
import { dateDoubt, doubtsIn } from '../../shared/fhir/doubts.ts';
import { Facade } from '../fhir-api/facade.ts';
import { folderOf, ndjsonByType, patient, samples, weight } from '../support/fhir-files.ts';

const visit = (id: string, whom: string, start: string): string =>
  `{"resourceType":"Encounter","id":"${id}","status":"finished","class":{"code":"AMB"},"subject":{"reference":"Patient/${whom}"},"period":{"start":"${start}"}}`;

test('births to come, dates outside of a life and units that UCUM does not know go in and are named with their place', async () => {
  const facade = await Facade.open();
  const { imports } = facade.request;
  const folder = folderOf({
    // The visits come before the people whom they are about.
    'Encounter.ndjson': [
      visit('early', 'p1', '1980-05-16T23:00:00Z'),
      visit('fine', 'p1', '1980-05-17T00:00:00Z'),
      visit('late', 'p2', '2020-03-02'),
    ].join('\n'),
    'Observation.ndjson': [
      weight('w1', 'Patient/p1', '80.10').replace('"code":"kg"', '"code":"kgs"'),
      weight('w2', 'Patient/p2', '7', '2020-03-02'),
    ].join('\n'),
    'Patient.ndjson': [
      patient('p1'),
      patient('p2', { name: [{ family: 'Okafor' }], birthDate: '1950', deceasedDateTime: '2020-03-01T10:00:00Z' }),
      patient('p3', { name: [{ family: 'Moreau' }], birthDate: '2999-01-01', deceasedDateTime: '2000-01-01' }),
    ].join('\n'),
  });
  const expected = [
    'Encounter.ndjson:1 Encounter fhir.before-birth',
    'Encounter.ndjson:3 Encounter fhir.after-death',
    'Observation.ndjson:1 Observation.valueQuantity.code fhir.unit-unknown',
    'Patient.ndjson:3 Patient.birthDate fhir.born-later',
    'Patient.ndjson:3 Patient.deceasedDateTime fhir.died-before',
  ];
  for (const dryRun of [true, false]) {
    const { id } = await imports.startPaths([folder], { dryRun });
    const job = await imports.settled(id);
    expect(job).toMatchObject({ accepted: 8, refusedCount: 0, doubtCount: 5 });
    const doubts = (await imports.doubts(id, 100)).map(({ file, line, path, code }) => `${file}:${line} ${path} ${code}`);
    expect(doubts.sort()).toEqual(expected);
  }
  const token = await facade.token();
  expect((await facade.ask('/Observation/w1', token)).text).toContain(
    '"value":80.10,"unit":"kg","system":"http://unitsofmeasure.org","code":"kgs"',
  );
  // A program hears it when it asks.
  const body = weight('', 'Patient/p1', '1').replace('"code":"kg"', '"code":"kgs"');
  const headers = { 'content-type': 'application/fhir+json' };
  const asked = await facade.ask('/Observation/$validate', token, { method: 'POST', body, headers });
  expect(asked.json.issue).toMatchObject([{ severity: 'warning', details: { coding: [{ code: 'fhir.unit-unknown' }] } }]);
}, 120_000);

test('of sample patients nothing is doubted', async () => {
  const { imports } = (await Facade.open()).request;
  const { id } = await imports.startPaths([folderOf(ndjsonByType(samples(5, 3)))]);
  expect([(await imports.settled(id)).doubtCount, await imports.doubts(id, 10)]).toEqual([0, []]);
}, 120_000);

test('dates are compared as exactly as both are written, and findings after death are none of it', () => {
  const life = { birthDate: '1980-05', deceasedAt: '2020' };
  expect(dateDoubt('Encounter', '1980-05-01', life)).toBeUndefined();
  expect(dateDoubt('Encounter', '1980', life)).toBeUndefined();
  expect(dateDoubt('Encounter', '1980-04-30', life)?.code).toBe('fhir.before-birth');
  expect(dateDoubt('Encounter', '2020-12-31', life)).toBeUndefined();
  expect(dateDoubt('Procedure', '2021-01-01', life)?.code).toBe('fhir.after-death');
  expect(dateDoubt('Observation', '2021-01-01', life)).toBeUndefined();
  expect(dateDoubt('Encounter', '', life)).toBeUndefined();
  expect(dateDoubt('Encounter', '1900-01-01', { birthDate: '' })).toBeUndefined();
  const now = Date.UTC(2026, 0, 5, 12);
  const born = (birthDate: string) => doubtsIn({ resourceType: 'Patient', birthDate }, { now, knowsUnit: () => true });
  expect(['2026', '2026-01', '2026-01-06', '2026-01-07'].map((date) => born(date).length)).toEqual([0, 0, 0, 1]);
});
