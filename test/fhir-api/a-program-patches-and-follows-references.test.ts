/** PATCH, conditional updates, `_include` and `_revinclude` over real HTTP; the patch alone as a property. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { patched } from '../../shared/fhir-api/json-patch.ts';
import { asFailure } from '../../shared/outcome/failure.ts';
import { patient, weight } from '../support/fhir-files.ts';
import { type Answered, codeOf, Facade, idsOf } from './facade.ts';

const sent = (
  method: string,
  body: unknown,
  type = 'application/fhir+json',
  headers: Record<string, string> = {},
): RequestInit => ({
  method,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  headers: { 'content-type': type, ...headers },
});
const patch = (operations: unknown, headers: Record<string, string> = {}): RequestInit =>
  sent('PATCH', operations, 'application/json-patch+json', headers);
const said = (answer: Answered): string => `${answer.status} ${codeOf(answer)}`.trim();
const refusalIn = (answer: Answered): string => `${said(answer)} ${answer.json.issue[0]?.details.text}`;
const modes = ({ json }: Answered): string[] =>
  json.entry.map(
    ({ resource, search }: { resource: { id: string }; search: { mode: string } }) => `${search.mode} ${resource.id}`,
  );

const encounter = {
  resourceType: 'Encounter',
  id: 'e1',
  status: 'finished',
  class: { code: 'AMB' },
  subject: { reference: 'Patient/p1' },
};
const during = (id: string, value: string, more: object = {}): string =>
  weight(id, 'Patient/p1', value).replace(
    /\}$/,
    `,${JSON.stringify({ encounter: { reference: 'Encounter/e1' }, ...more }).slice(1)}`,
  );

test('programs patch, update by a condition and follow references, as far as their token lets them', async () => {
  const facade = await Facade.open();
  await facade.imports({
    'Patient.ndjson': `${patient('p1', { identifier: [{ system: 'urn:mrn', value: '17' }] })}\n${patient('p2', { name: [{ family: 'Ostrowski' }], birthDate: '1951-02-03' })}`,
    'Practitioner.ndjson': '{"resourceType":"Practitioner","id":"d1","name":[{"family":"Frey"}]}',
    'Encounter.ndjson': JSON.stringify(encounter),
    'Observation.ndjson': [
      during('w1', '1.500', { performer: [{ reference: 'Practitioner/d1' }], identifier: [{ value: 'lab-1' }] }),
      during('w2', '82'),
      weight('w3', 'Patient/p1', '83'),
      weight('w4', 'Patient/p2', '84').replace(/\}$/, ',"encounter":{"reference":"Encounter/e1"}}'),
    ].join('\n'),
  });
  const token = await facade.token('user/*.cruds');

  // A patch changes what it names; every other digit stays.
  const first = await facade.ask(
    '/Observation/w1',
    token,
    patch([{ op: 'add', path: '/note', value: [{ text: 'again 2.50' }] }]),
  );
  expect(first.status).toBe(200);
  expect(first.text).toContain('"value":1.500');
  const second = [
    { op: 'test', path: '/valueQuantity/value', value: 'x' },
    { op: 'replace', path: '/valueQuantity/value', value: 0 },
  ];
  const exact = JSON.stringify(second).replace('"x"', '1.500').replace('"value":0', '"value":2.000');
  expect(said(await facade.ask('/Observation/w1', token, patch(exact, { 'if-match': 'W/"1"' })))).toBe(
    '412 records.version-conflict',
  );
  expect((await facade.ask('/Observation/w1', token, patch(exact, { 'if-match': 'W/"2"' }))).text).toContain('"value":2.000');
  expect(said(await facade.ask('/Observation/w1', token, patch(exact)))).toBe('422 fhir-api.patch-test');
  for (const [operations, code] of [
    ['[]', '422 fhir-api.patch'],
    ['{}', '422 fhir-api.patch'],
    [[{ op: 'remove', path: '/nothing' }], '422 fhir-api.patch'],
    [[{ op: 'replace', path: '/id', value: 'w2' }], '400 fhir-api.id-mismatch'],
    [[{ op: 'replace', path: '/subject/reference', value: 'Patient/p2' }], '422 records.other-patient'],
    [[{ op: 'replace', path: '/status', value: 7 }], '422 fhir.'],
    [[{ op: 'replace', path: '', value: 7 }], '422 fhir-api.patch'],
    [[{ op: 'replace', path: '', value: null }], '422 fhir-api.patch'],
    [[{ op: 'add', path: '/__proto__/polluted', value: 1 }], '422 fhir-api.patch'],
    [
      [
        { op: 'add', path: '/note', value: [{ text: 'kept' }, { text: 'kept as well' }] },
        { op: 'replace', path: '/note/length', value: 9_000_000_000 },
      ],
      '422 fhir-api.patch',
    ],
    // A copy of the whole into itself, again and again, would fill this computer's memory.
    [Array.from({ length: 40 }, (_, at) => ({ op: 'copy', from: '', path: `/copy${at}` })), 'copies too much'],
  ] as const)
    expect(`${JSON.stringify(operations)} ${refusalIn(await facade.ask('/Observation/w1', token, patch(operations)))}`).toContain(
      code,
    );
  expect((await facade.ask('/Observation/w1', token, sent('PATCH', '[]'))).status).toBe(415);
  expect((await facade.ask('/Observation/w1/_history', token)).json.total).toBe(3);
  const binary = Buffer.from('[{"op":"replace","path":"/status","value":"amended"}]').toString('base64');
  const entry = {
    resource: { resourceType: 'Binary', contentType: 'application/json-patch+json', data: binary },
    request: { method: 'PATCH', url: 'Observation/w2' },
  };
  for (const type of ['batch', 'transaction'])
    expect(
      (await facade.ask('', token, sent('POST', { resourceType: 'Bundle', type, entry: [entry] }))).json.entry[0]?.response
        .status,
    ).toBe('200');
  expect((await facade.ask('/Observation/w2', token)).json).toMatchObject({ status: 'amended', meta: { versionId: '3' } });

  // By a condition: what fits is changed, what fits nothing is made, several are refused.
  const body = during('', '3.10', { identifier: [{ value: 'lab-1' }] }).replace('"id":"",', '');
  const where = async (query: string, text = body): Promise<Answered> =>
    facade.ask(`/Observation?${query}`, token, sent('PUT', text));
  const changed = await where('patient=p1&identifier=lab-1');
  expect([changed.status, changed.json.id, changed.json.meta.versionId]).toEqual([200, 'w1', '4']);
  const made = await where('patient=p1&identifier=lab-2', body.replace('lab-1', 'lab-2'));
  expect([made.status, made.json.meta.versionId]).toEqual([201, '1']);
  expect(said(await where('patient=p1&status=amended,final'))).toBe('412 fhir-api.several');
  expect(said(await where('patient=p1&identifier=lab-3', during('mine', '1')))).toBe('404 fhir-api.unknown');
  expect(said(await where(''))).toBe('400 fhir-api.parameter-malformed');
  const bundle = {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      {
        resource: JSON.parse(body.replace('3.10', '3')),
        request: { method: 'PUT', url: 'Observation?patient=p1&identifier=lab-1' },
      },
    ],
  };
  expect((await facade.ask('', token, sent('POST', bundle))).json.entry[0]?.resource).toMatchObject({
    id: 'w1',
    meta: { versionId: '5' },
  });

  // References are followed for the page that was found, each once; totals count what was found.
  const along =
    '/Observation?patient=p1&_id=w1&_include=Observation:encounter&_include=Observation:performer:Practitioner&_include=Observation:subject';
  expect(modes(await facade.ask(along, token)).sort()).toEqual(['include e1', 'include p1', 'match w1']);
  const back = '/Encounter?patient=p1&_revinclude=Observation:encounter';
  const answer = await facade.ask(back, token);
  // What another patient's record says of this visit is not followed.
  expect(modes(answer).sort()).toEqual(['include w1', 'include w2', `include ${made.json.id}`, 'match e1'].sort());
  expect(answer.json.total).toBe(1);
  const pages: string[] = [];
  for (let next = `${facade.address}/Observation?patient=p1&_count=1&_include=Observation:encounter`; next !== ''; ) {
    const page = await facade.ask(next, token);
    pages.push(...modes(page).filter((each) => each.startsWith('match')));
    expect(modes(page).filter((each) => each.startsWith('include'))).toEqual(modes(page)[0] === 'match w3' ? [] : ['include e1']);
    next = page.json.link.find(({ relation }: { relation: string }) => relation === 'next')?.url ?? '';
  }
  expect(new Set(pages).size).toBe(4);
  expect(modes(await facade.ask('/Patient?_id=p2&_revinclude=Observation:patient', token)).sort()).toEqual([
    'include w4',
    'match p2',
  ]);
  const narrow = await facade.token('user/Encounter.rs user/Observation.u');
  expect(modes(await facade.ask(back, narrow))).toEqual(['match e1']);
  expect(said(await facade.ask('/Observation/w1', narrow, patch([{ op: 'remove', path: '/note' }])))).toBe('403 fhir-api.scope');
  const unknown = await facade.ask('/Encounter?patient=p1&_include=Encounter:wishes', token);
  expect(unknown.json.entry.at(-1)?.resource.issue[0]?.diagnostics).toContain('_include=Encounter:wishes');
  expect(
    (
      await facade.ask('/Encounter?patient=p1&_include:iterate=Encounter:location', token, {
        headers: { prefer: 'handling=strict' },
      })
    ).status,
  ).toBe(400);
  // As a program does it with the public library.
  const found = await facade
    .client(token)
    .search({ resourceType: 'Encounter', searchParams: { patient: 'p1', _revinclude: 'Observation:encounter' } });
  expect(idsOf(found as never)).toContain('w2');
  await facade
    .client(token)
    .patch({ resourceType: 'Observation', id: 'w2', jsonPatch: [{ op: 'replace', path: '/status', value: 'final' }] });
  const { json } = await facade.ask('/metadata');
  const offered = json.rest[0]?.resource.find(({ type }) => type === 'Encounter');
  expect(offered?.searchRevInclude).toContain('Observation:encounter');
}, 120_000);

test('a patch leaves every number that it does not name as it was written', () => {
  const number = fc
    .tuple(fc.integer({ min: -999, max: 999 }), fc.stringMatching(/^\d{1,12}$/))
    .map(([whole, rest]) => `${whole}.${rest}`);
  fc.assert(
    fc.property(fc.array(number, { minLength: 1, maxLength: 8 }), number, fc.nat(7), (numbers, other, place) => {
      const at = place % numbers.length;
      const text = `{"a":[${numbers}],"b":"x"}`;
      const done = patched(text, `[{"op":"replace","path":"/a/${at}","value":${other}},{"op":"copy","from":"/a","path":"/c"}]`);
      const expected = numbers.map((each, index) => (index === at ? other : each)).join(',');
      expect(done).toBe(`{"a":[${expected}],"b":"x","c":[${expected}]}`);
    }),
    { numRuns: 100 },
  );
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (patch) => {
      try {
        patched('{"a":1}', patch);
      } catch (error) {
        expect(asFailure(error).code).toMatch(/^fhir(?:-api\.patch|\.json-)/);
      }
    }),
    { numRuns: 200 },
  );
});
