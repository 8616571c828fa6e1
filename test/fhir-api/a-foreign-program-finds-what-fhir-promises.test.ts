/** What a developer expects who knows FHIR R4, SMART and Bulk Data, and has never seen this program. */
import { expect, test } from 'vitest';
import { parseScopes, scopesText } from '../../shared/fhir-api/scopes.ts';
import { patient, weight } from '../support/fhir-files.ts';
import { hasSharedData, sharedText } from '../support/shared-data.ts';
import { codeOf, Facade, idsOf } from './facade.ts';

const files = {
  'Patient.ndjson': `${patient('p1')}\n${patient('p2', { name: [{ family: 'Özdemir', given: ['Mert'] }], birthDate: '1971-01-01', gender: 'male' })}`,
  'Observation.ndjson': [
    weight('light', 'Patient/p1', '1.500', '2026-01-05T00:30:00+01:00'),
    weight('heavy', 'Patient/p1', '81.50', '2026-02-05T08:00:00Z'),
    '{"resourceType":"Observation","id":"told","status":"preliminary","code":{"text":"told"},"subject":{"reference":"Patient/p1"},"valueString":"well"}',
  ].join('\n'),
};

async function opened(): Promise<{ facade: Facade; token: string }> {
  const facade = await Facade.open();
  await facade.imports(files);
  return { facade, token: await facade.token() };
}

const SENT = { 'content-type': 'application/fhir+json' };
const post = (body: string, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  body,
  headers: { ...SENT, ...headers },
});

interface Claims {
  readonly rest: readonly [
    {
      readonly operation: ReadonlyArray<{ readonly name: string }>;
      readonly searchParam: readonly Parameter[];
      readonly resource: ReadonlyArray<{
        readonly type: string;
        readonly searchParam: readonly Parameter[];
        readonly searchInclude?: readonly string[];
        readonly searchRevInclude?: readonly string[];
        readonly operation: ReadonlyArray<{ readonly name: string }>;
      }>;
    },
  ];
}
interface Parameter {
  readonly name: string;
  readonly type: string;
}

const EXAMPLES: Readonly<Record<string, string>> = {
  token: 'final',
  string: 'anna',
  date: 'ge2020-01-01',
  reference: 'Encounter/1',
  quantity: 'gt5||kg',
};

test('whatever the CapabilityStatement claims is answered, strictly asked', async () => {
  const { facade, token } = await opened();
  const { json } = await facade.ask('/metadata');
  const [{ resource, searchParam, operation }] = (json as unknown as Claims).rest;
  expect(operation.map(({ name }) => name)).toEqual(['export']);
  const queries = resource.flatMap(({ type, searchParam: own, searchInclude = [], searchRevInclude = [] }) => {
    const whose = own.some(({ name }) => name === 'patient') ? 'patient=p1&' : '';
    const parameters = [...own, ...searchParam].filter(({ name }) => !['patient', 'subject', '_id'].includes(name));
    const asked = parameters.flatMap(({ name, type: kind }) => [`${name}=${EXAMPLES[kind]}`, `${name}:missing=true`]);
    // All inclusions of a type at once: at most 30 parameters.
    const along = [...searchInclude.map((each) => `_include=${each}`), ...searchRevInclude.map((each) => `_revinclude=${each}`)];
    const groups = Array.from({ length: Math.ceil(along.length / 25) }, (_, at) => along.slice(at * 25, at * 25 + 25).join('&'));
    return [...asked, ...groups].map((query) => `/${type}?${whose}${query}`);
  });
  expect(queries.length).toBeGreaterThan(300);
  const refused: string[] = [];
  for (const query of queries) {
    const answer = await facade.ask(query, token, { headers: { prefer: 'handling=strict' } });
    if (answer.status !== 200) refused.push(`${query} ${answer.status} ${codeOf(answer)}`);
  }
  expect(refused).toEqual([]);
}, 240_000);

test('searches by modifier, quantity, zone and time of change find what they say', async () => {
  const { facade, token } = await opened();
  const of = async (query: string): Promise<string[]> =>
    idsOf((await facade.ask(`/Observation?patient=p1&${query}`, token)).json).sort();
  expect(await of('status:not=final')).toEqual(['told']);
  expect(await of('status:not=final,preliminary')).toEqual([]);
  expect(await of('date:missing=true')).toEqual(['told']);
  expect(await of('date:missing=false')).toEqual(['heavy', 'light']);
  expect(await of('value-quantity=gt80')).toEqual(['heavy']);
  // 1.5 means 1.45 to 1.55, 2 means 1.5 to 2.5 (R4 search.html#number); a unit has to be the one that is written.
  expect(await of('value-quantity=1.5')).toEqual(['light']);
  expect(await of('value-quantity=2')).toEqual(['light']);
  expect(await of('value-quantity=1.6')).toEqual([]);
  expect(await of('value-quantity=ne1.5||kg')).toEqual(['heavy']);
  expect(await of('value-quantity=gt1|http://unitsofmeasure.org|g')).toEqual([]);
  // Half past midnight in Paris is the day before in UTC. A plus that was not written %2B is a blank by then.
  expect(await of('date=2026-01-04')).toEqual(['light']);
  expect(await of('date=ge2026-01-05T00:30:00+01:00')).toEqual(['heavy', 'light']);
  expect(await of('date=gt2026-01-05T00:30:00%2B01:00')).toEqual(['heavy']);
  expect(await of('_lastUpdated=gt2000-01-01')).toEqual(['heavy', 'light', 'told']);
  expect(await of('_lastUpdated=lt2000-01-01')).toEqual([]);
  const people = async (query: string): Promise<string[]> => idsOf((await facade.ask(`/Patient?${query}`, token)).json);
  expect(await people('family:contains=demir')).toEqual(['p2']);
  expect(await people('family:exact=ozdemir')).toEqual([]);
  expect(await people(`family:exact=${encodeURIComponent('Özdemir')}`)).toEqual(['p2']);
  expect(await people('_lastUpdated=ge2000-01-01&gender:not=male')).toEqual(['p1']);
  // What is offered is named to who asks for something else.
  const asked = await facade.ask('/Observation?patient=p1&code:in=urn:x', token);
  expect([asked.status, asked.json.issue[0]?.details.text]).toEqual([
    400,
    'The search parameter code:in cannot be used: its modifiers here are :missing, :not.',
  ]);
}, 120_000);

test('$everything is asked for by GET and by POST, of some types and since a time', async () => {
  const { facade, token } = await opened();
  const client = facade.client(token);
  const all = await client.operation({ name: 'everything', resourceType: 'Patient', id: 'p1' });
  expect(idsOf(all as never).sort()).toEqual(['heavy', 'light', 'p1', 'told']);
  const input = {
    resourceType: 'Parameters',
    parameter: [
      { name: '_type', valueString: 'Observation' },
      { name: '_count', valueInteger: 2 },
    ],
  };
  const first = (await client.operation({ name: 'everything', resourceType: 'Patient', id: 'p1', input } as never)) as never;
  expect(idsOf(first)).toHaveLength(2);
  const next = (first as { link: { relation: string; url: string }[] }).link.find(({ relation }) => relation === 'next');
  expect(next?.url).toContain('_type=Observation');
  const rest = (await facade.ask(next?.url as string, token)).json;
  expect([...idsOf(first), ...idsOf(rest)].sort()).toEqual(['heavy', 'light', 'told']);
  expect(idsOf((await facade.ask('/Patient/p1/$everything?_type=Patient', token)).json)).toEqual(['p1']);
  expect(idsOf((await facade.ask('/Patient/p1/$everything?_since=2999-01-01T00:00:00Z', token)).json)).toEqual([]);
  const wrong = await facade.ask('/Patient/p1/$everything', token, post('{"resourceType":"Patient"}'));
  expect([wrong.status, codeOf(wrong)]).toEqual([400, 'fhir-api.parameters']);
}, 120_000);

interface SummarySection {
  readonly title: string;
  readonly code: { readonly coding: readonly [{ readonly code: string }] };
  readonly text: { readonly div: string };
  readonly entry?: ReadonlyArray<{ readonly reference: string }>;
}

const sectionsOf = (document: { readonly entry: ReadonlyArray<{ readonly resource: unknown }> }): readonly SummarySection[] => {
  const [composition] = document.entry as ReadonlyArray<{ readonly resource: { readonly section: readonly SummarySection[] } }>;
  return composition?.resource.section ?? [];
};

test.skipIf(!hasSharedData)(
  'HL7’s own summaries that came in go out by $summary with the same entries, and the medicine that one refers to',
  async () => {
    const facade = await Facade.open();
    for (const name of ['bundle-minimal', 'ips-link']) {
      const text = sharedText(`fhir/ips/${name}.json`);
      const came = JSON.parse(text) as { entry: { resource: { resourceType: string; id: string } }[] };
      await facade.imports({ [`${name}.json`]: text });
      const id = came.entry.find(({ resource }) => resource.resourceType === 'Patient')?.resource.id as string;
      const client = facade.client(await facade.token('user/*.r'));
      const gone = (await client.operation({
        name: 'summary',
        resourceType: 'Patient',
        id,
        method: 'get',
      } as never)) as unknown as typeof came;
      const listed = (document: typeof came): string[] =>
        sectionsOf(document).map(
          ({ code, entry = [] }) => `${code.coding[0].code} ${entry.map(({ reference }) => reference).sort()}`,
        );
      expect(listed(gone).sort()).toEqual(listed(came).sort());
      const typesOf = (document: typeof came, type: string) =>
        document.entry.flatMap(({ resource }) => (resource.resourceType === type ? [resource.id] : []));
      expect(typesOf(gone, 'Medication')).toEqual(typesOf(came, 'Medication'));
      expect(
        sectionsOf(gone)
          .map(({ text: { div } }) => div)
          .join(),
      ).not.toContain('MedicationStatement');
    }
  },
  120_000,
);

test('$summary has the sections that IPS requires of a chart without them, is in the access log, and shows what the token reads', async () => {
  const { facade, token } = await opened();
  const client = facade.client(token);
  const document = await client.operation({ name: 'summary', resourceType: 'Patient', id: 'p1', method: 'get' } as never);
  const sections = sectionsOf(document as never).map(({ code, entry = [] }) => `${code.coding[0].code} ${entry.length}`);
  expect(sections).toEqual(['11450-4 0', '48765-2 0', '10160-0 0', '30954-2 1', '8716-3 2']);
  const narrow = await facade.ask('/Patient/p1/$summary', await facade.token('user/Patient.r'));
  expect(narrow.json.entry.map(({ resource }) => resource.resourceType)).toEqual(['Composition', 'Patient']);
  const other = await facade.ask('/Patient/p1/$summary?profile=http://example.org/eps', token);
  expect([other.status, codeOf(other)]).toEqual([400, 'fhir-api.parameter-malformed']);
  expect((await facade.ask('/Patient/nobody/$summary', token)).status).toBe(404);
  const lines = await facade.request.access.linesOf(await facade.patient('Morgenstern'));
  expect(lines.filter(({ detail }) => detail === 'summary')).toHaveLength(2);
}, 120_000);

test('an address says what it takes, a token what is wrong with it, and a body why it was not read', async () => {
  const { facade, token } = await opened();
  const allowed = async (path: string, method: string): Promise<string> => {
    const answer = await facade.ask(path, token, { method });
    return `${answer.status} ${codeOf(answer)} ${answer.headers.get('allow')}`;
  };
  expect(await allowed('/Patient/p1', 'POST')).toBe('405 fhir-api.no-such-interaction GET, HEAD, PUT, PATCH');
  expect(await allowed('/Patient/p1', 'DELETE')).toBe('405 fhir-api.delete GET, HEAD, PUT, PATCH');
  expect(await allowed('/Observation?code=1', 'DELETE')).toBe('405 fhir-api.delete GET, HEAD, POST, PUT, PATCH');
  expect(await allowed('/metadata', 'OPTIONS')).toBe('405 fhir-api.no-such-interaction GET, HEAD');
  expect(await allowed('/Patient/p1/_history/x', 'GET')).toBe('404 fhir-api.no-such-address null');

  const challenge = async (secret: string, path = '/Patient/p1'): Promise<string | null> =>
    (await facade.ask(path, secret)).headers.get('www-authenticate');
  expect(await challenge('')).toBe('Bearer realm="Careledger"');
  expect(await challenge('wrong')).toBe('Bearer realm="Careledger", error="invalid_token"');
  expect(await challenge(`${token} and more`)).toBe('Bearer realm="Careledger", error="invalid_token"');
  expect(await challenge(await facade.token('user/Observation.rs'))).toBe(
    'Bearer realm="Careledger", error="insufficient_scope"',
  );

  const cut = await facade.ask('/Observation', token, post('{"resourceType":"Observation",'));
  expect([cut.status, codeOf(cut)]).toEqual([400, 'fhir.json-truncated']);
  expect(cut.json.issue[0]?.details.text).not.toContain('import');
  const packed = await facade.ask('/Observation', token, post('xx', { 'content-encoding': 'gzip' }));
  expect([packed.status, codeOf(packed)]).toEqual([415, 'fhir-api.media-type']);
  const older = await facade.ask('/Patient/p1', token, { headers: { accept: 'application/fhir+json; fhirVersion=3.0' } });
  expect([older.status, codeOf(older)]).toEqual([406, 'fhir-api.not-acceptable']);
  expect((await facade.ask('/Patient/p1', token, { headers: { accept: 'application/fhir+json; fhirVersion=4.0' } })).status).toBe(
    200,
  );
}, 120_000);

test('files of an export are given to who asks for NDJSON; a type that is not there is named', async () => {
  const { facade } = await opened();
  const token = await facade.token('system/*.read');
  const begun = await facade.ask('/$export?_type=Patient', token, { headers: { prefer: 'respond-async' } });
  const place = begun.headers.get('content-location') as string;
  await expect.poll(async () => (await facade.ask(place, token)).status).toBe(200);
  const { url } = (await facade.ask(place, token)).json.output[0] as { url: string };
  const file = await fetch(url, { headers: { authorization: `Bearer ${token}`, accept: 'application/fhir+ndjson' } });
  expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/fhir+ndjson']);
  expect((await file.text()).trimEnd().split('\n')).toHaveLength(2);
  const unknown = await facade.ask('/$export?_type=Patient,Patinet', token, { headers: { prefer: 'respond-async' } });
  expect([unknown.status, unknown.json.issue[0]?.details.text]).toEqual([
    400,
    'In _type there is one that is not exported here: Patinet.',
  ]);
}, 120_000);

test('scopes of SMART version 1 open what version 2 means by them', () => {
  const meant = (text: string): string => scopesText(parseScopes(text));
  expect(meant('patient/Observation.read user/Patient.read'.split(' ')[0] as string)).toBe('patient/Observation.rs');
  expect(meant('user/*.write user/Patient.*')).toBe('user/*.cud user/Patient.cruds');
});

test('a transaction answers as briefly as was asked, and says where what was there already lies', async () => {
  const { facade, token } = await opened();
  const entry = (resource: string, condition = ''): string =>
    `{"resource":${resource},"request":{"method":"POST","url":"Observation"${condition && `,"ifNoneExist":"${condition}"`}}}`;
  const bundle = `{"resourceType":"Bundle","type":"transaction","entry":[${entry(weight('', 'Patient/p1', '7'))},${entry(weight('', 'Patient/p1', '8'), 'patient=p1&value-quantity=gt80')}]}`;
  const { json, status } = await facade.ask('', token, post(bundle, { prefer: 'return=minimal' }));
  expect(status).toBe(200);
  expect(json.entry[0]?.resource).toBeUndefined();
  expect(json.entry[1]?.response).toMatchObject({
    status: '200',
    etag: 'W/"1"',
    location: `${facade.address}/Observation/heavy/_history/1`,
  });
  const found = await facade.ask(
    '/Observation',
    token,
    post(weight('', 'Patient/p1', '9'), { 'if-none-exist': 'patient=p1&value-quantity=gt80' }),
  );
  expect([found.status, found.headers.get('location')]).toEqual([200, `${facade.address}/Observation/heavy/_history/1`]);
}, 120_000);
