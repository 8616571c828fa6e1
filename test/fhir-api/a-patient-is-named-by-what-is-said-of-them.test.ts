/** Chained searches and cut-down answers (R4 search.html#chaining, #elements), by real HTTP: what is hidden is neither found nor confirmed. */
import { expect, test } from 'vitest';
import { patient, weight } from '../support/fhir-files.ts';
import { codeOf, Facade, idsOf } from './facade.ts';

const people = [
  patient('p1', { name: [{ family: 'Morgenstern', given: ['Lena'] }], identifier: [{ system: 'urn:x', value: 'A-16' }] }),
  patient('p2', { name: [{ family: 'Özdemir', given: ['Mert'] }], identifier: [{ system: 'urn:x', value: 'A-17' }] }),
  patient('p3', { name: [{ family: 'Özdemir', given: ['Aylin'] }], identifier: [{ system: 'urn:y', value: 'A-17' }] }),
];
const files = {
  'Patient.ndjson': people.join('\n'),
  'Observation.ndjson': [
    weight('lena', 'Patient/p1', '1.500'),
    weight('mert', 'Patient/p2', '80.0'),
    weight('aylin', 'Patient/p3', '61.50'),
  ].join('\n'),
};

async function opened(options: Parameters<typeof Facade.open>[0] = {}): Promise<Facade> {
  const facade = await Facade.open(options);
  await facade.imports(files);
  return facade;
}
const asked = async (facade: Facade, of: string): Promise<number> =>
  (await facade.request.access.linesOf(await facade.patient(of))).filter(({ action }) => action === 'fhir-read').length;

test('a chart is found by number, name and birth date of its patient, in each way that FHIR writes it, and the log says so', async () => {
  const facade = await opened();
  const token = await facade.token();
  const found = async (query: string): Promise<string[]> => idsOf((await facade.ask(`/Observation?${query}`, token)).json).sort();
  expect(await found('patient.identifier=urn:x|A-17')).toEqual(['mert']);
  expect(await found('subject:Patient.identifier=urn:y|A-17')).toEqual(['aylin']);
  expect(await found('subject.name=mert')).toEqual(['mert']);
  expect(await found('patient.family:exact=Morgenstern&code=http://loinc.org|29463-7')).toEqual(['lena']);
  expect(await found('patient.family=ozdemir')).toEqual(['aylin', 'mert']);
  expect(await found('patient.family=ozdemir&patient.given=Aylin')).toEqual(['aylin']);
  expect(await found('patient.family=ozdemir&patient=p2')).toEqual(['mert']);
  expect(await found('patient.family=ozdemir&patient=p1')).toEqual([]);
  expect(await found('patient.name=nobody')).toEqual([]);

  // Pages over several charts, with their total.
  const first = (await facade.ask('/Observation?patient.family=ozdemir&_count=1', token)).json;
  const next = first.link.find(({ relation }) => relation === 'next')?.url ?? '';
  expect([first.total, ...idsOf(first), ...idsOf((await facade.ask(next, token)).json)].sort()).toEqual([2, 'aylin', 'mert']);

  // A chart that was searched in vain is in its log as well.
  const before = await asked(facade, 'Lena');
  expect(await found('patient.identifier=A-16&code=none')).toEqual([]);
  expect(await asked(facade, 'Lena')).toBe(before + 1);
});

test('a chain that is not followed here is refused by name: another would be found than is meant', async () => {
  const facade = await opened();
  const token = await facade.token();
  for (const chain of ['patient.organization.name=x', 'patient.general-practitioner=x', 'subject:Patient._count=0', 'patient.=x'])
    expect(await facade.ask(`/Observation?${chain}`, token).then((answer) => [answer.status, codeOf(answer)])).toEqual([
      400,
      'fhir-api.parameter-malformed',
    ]);
});

test('a token that may not search for patients learns nothing of them by a chain, in a condition neither', async () => {
  const facade = await opened();
  const own = await facade.token('patient/*.rs', { patient: await facade.patient('Lena') });
  const found = async (query: string): Promise<string[]> => idsOf((await facade.ask(`/Observation?${query}`, own)).json);
  expect(await found('patient.identifier=A-16')).toEqual(['lena']);
  // Whether there is such a person, and whether there is not, answers alike.
  for (const query of ['patient.identifier=urn:x|A-17', 'patient.identifier=urn:x|A-99'])
    expect((await facade.ask(`/Observation?${query}`, own)).json).toMatchObject({ total: 0 });
  expect(await asked(facade, 'Mert')).toBe(0);

  const blind = await facade.token('user/Observation.cruds');
  const chained = '/Observation?patient.identifier=urn:x|A-17';
  expect(codeOf(await facade.ask(chained, blind))).toBe('fhir-api.scope');
  const headers = { 'content-type': 'application/fhir+json', 'if-none-exist': 'patient.identifier=urn:x|A-17&code=29463-7' };
  const body = weight('new', 'Patient/p2', '81');
  expect(codeOf(await facade.ask('/Observation', blind, { method: 'POST', headers, body }))).toBe('fhir-api.scope');
});

test('what is found comes cut down to the elements that are asked for, with its digits and what changes its meaning', async () => {
  const facade = await opened();
  const token = await facade.token();
  const { text, json } = await facade.ask('/Observation?patient=p1&_elements=value,code&_include=Observation:patient', token);
  const [observation, person] = json.entry.map(({ resource }) => resource);
  expect(Object.keys(observation ?? {}).sort()).toEqual([
    'code',
    'id',
    'meta',
    'resourceType',
    'status',
    'subject',
    'valueQuantity',
  ]);
  expect(observation?.meta).toMatchObject({ versionId: '1', tag: [{ code: 'SUBSETTED' }] });
  expect(text).toContain('"value":1.500');
  // What comes along comes whole.
  expect(Object.keys(person ?? {})).toContain('name');
  expect((await facade.ask('/Patient?_id=p1&_elements=birthDate', token)).text).not.toContain('Morgenstern');
});
