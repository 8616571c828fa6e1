import { expect, test } from 'vitest';
import { patient, weight } from '../support/fhir-files.ts';
import { hasSharedData, sharedText } from '../support/shared-data.ts';
import { codeOf, Facade, idsOf } from './facade.ts';

const FHIR = { 'content-type': 'application/fhir+json' };
const sent = (method: string, body: string, headers: Record<string, string> = {}): RequestInit => ({
  method,
  body,
  headers: { ...FHIR, ...headers },
});

async function opened(): Promise<{ facade: Facade; token: string }> {
  const facade = await Facade.open();
  await facade.imports({ 'Patient.ndjson': patient('p1'), 'Observation.ndjson': weight('w1', 'Patient/p1', '81.50') });
  return { facade, token: await facade.token('user/*.cruds') };
}

test('creates and updates keep every digit, need the version that was seen, and stay in the history with who asked', async () => {
  const { facade, token } = await opened();
  const written = weight('theirs', 'Patient/p1', '70.00');
  const made = await facade.ask('/Observation', token, sent('POST', written));
  expect(made.status).toBe(201);
  const { id } = made.json as { id: string };
  expect(id).not.toBe('theirs');
  expect(made.headers.get('location')).toBe(`${facade.address}/Observation/${id}/_history/1`);
  expect(made.text).toContain('"value":70.00,');

  const changed = made.text.replace('70.00', '71.250');
  const asked = async (headers: Record<string, string>, path = `/Observation/${id}`, text = changed): Promise<string> => {
    const answer = await facade.ask(path, token, sent('PUT', text, headers));
    return `${answer.status} ${codeOf(answer)}`.trim();
  };
  expect(await asked({})).toBe('428 fhir-api.if-match');
  expect(await asked({ 'if-match': 'W/"1"' })).toBe('200');
  expect(await asked({ 'if-match': 'W/"1"' })).toBe('412 records.version-conflict');
  expect(await asked({ 'if-match': 'W/"2"' }, '/Observation/w1')).toBe('412 records.version-conflict');
  expect(await asked({ 'if-match': 'W/"1"' }, '/Observation/w1')).toBe('400 fhir-api.id-mismatch');
  expect(await asked({ 'if-match': 'W/"1"' }, '/Observation/nobody')).toBe('404 fhir-api.unknown');
  const elsewhere = changed.replace('Patient/p1', 'Patient/p9');
  expect(await asked({ 'if-match': 'W/"2"' }, `/Observation/${id}`, elsewhere)).toBe('422 records.other-patient');
  const history = await facade.client(token).resourceHistory({ resourceType: 'Observation', id });
  expect(history).toMatchObject({ total: 2, entry: [{ response: { etag: 'W/"2"' } }, { response: { etag: 'W/"1"' } }] });
  expect((await facade.ask(`/Observation/${id}`, token)).text).toContain('"value":71.250,');

  // By the public client; and what is no good is refused by name, with nothing written.
  const client = facade.client(token);
  const created = await client.create({ resourceType: 'Observation', body: JSON.parse(written) as never });
  expect(created).toMatchObject({ resourceType: 'Observation', meta: { versionId: '1' } });
  const before = (await facade.ask('/Observation?patient=p1', token)).json.total;
  const bad: [string, string, string][] = [
    ['/Observation', '{"resourceType":"Observation","status":"final","status":"amended"}', '400 fhir.json-duplicate-key'],
    ['/Observation', written.replace('"status"', '"__proto__":{"status":"x"},"status"'), '422 fhir.'],
    ['/Observation', `${'{"a":['.repeat(200)}`, '400 fhir.json'],
    ['/Observation', '', '400 fhir.json'],
    ['/Observation', weight('', 'Patient/unknown', '1'), '422 records.other-patient'],
    ['/Condition', written, '400 fhir-api.type-mismatch'],
    ['/Practitioner', '{"resourceType":"Practitioner"}', '403 fhir-api.directory'],
    ['/Patient', patient('again'), '409 fhir-api.may-be-known'],
    ['/Observation/$validate', weight('', 'Patient/p1', '1').replace('"final"', '7'), '200 fhir.'],
  ];
  for (const [path, body, expected] of bad) {
    const answer = await facade.ask(path, token, sent('POST', body));
    expect(`${path} ${answer.status} ${codeOf(answer)}`).toContain(`${path} ${expected}`);
  }
  expect((await facade.ask('/Observation/$validate', token, sent('POST', written))).json.issue[0]?.severity).toBe('information');
  expect((await facade.ask('/Observation', token, { method: 'POST', body: written })).status).toBe(415);
  expect((await facade.ask('/Observation?patient=p1', token)).json.total).toBe(before);
  const reader = await facade.token('user/*.rs');
  expect(codeOf(await facade.ask('/Observation', reader, sent('POST', written)))).toBe('fhir-api.scope');

  const log = await facade.request.access.linesOf(await facade.patient('Morgenstern'));
  expect(
    log.filter(({ action }) => action === 'fhir-write').map(({ process, who, detail }) => `${process} ${who} ${detail}`),
  ).toContain('FHIR: Lab Box Dr. Ada Frey write Observation');
}, 120_000);

const entry = (method: string, url: string, resource?: string, more: object = {}, fullUrl = ''): string =>
  `{${fullUrl && `"fullUrl":"${fullUrl}",`}${resource ? `"resource":${resource},` : ''}"request":${JSON.stringify({ method, url, ...more })}}`;
const bundle = (type: string, ...entries: string[]): string =>
  `{"resourceType":"Bundle","type":"${type}","entry":[${entries.join(',')}]}`;

test('a transaction is one commit or none, a batch is each for itself', async () => {
  const { facade, token } = await opened();
  const uuid = 'urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a';
  const nina = patient('x', {
    name: [{ family: 'Novak', given: ['Nina'] }],
    birthDate: '1999-09-09',
    identifier: [{ value: 'N1' }, { system: 'urn:ietf:rfc:3986', value: uuid }],
  });
  const w1 = (await facade.ask('/Observation/w1', token)).text.replace('81.50', '82.00');
  const commits = facade.desk.commits;
  const whole = bundle(
    'transaction',
    entry('POST', 'Observation', weight('', uuid, '60.10')),
    entry('POST', 'Patient', nina, {}, uuid),
    entry('PUT', 'Observation/w1', w1, { ifMatch: 'W/"1"' }),
    entry('GET', 'Patient/p1'),
  );
  const done = await facade.ask('', token, sent('POST', whole));
  expect(done.json.entry.map(({ response }: { response: { status: string } }) => response.status)).toEqual([
    '201',
    '201',
    '200',
    '200',
  ]);
  expect(done.json.entry[0]?.resource.subject.reference).toBe(`Patient/${done.json.entry[1]?.resource.id}`);
  expect(done.text).toContain('60.10');
  // What is an identifier is no reference.
  expect(done.json.entry[1]?.resource.identifier[1]?.value).toBe(uuid);
  // Two lines for what was read and written, and all that was written at once.
  expect(facade.desk.commits - commits).toBe(3);
  const again = bundle(
    'transaction',
    entry('POST', 'Patient', nina, { ifNoneExist: 'identifier=N1' }, uuid),
    entry('POST', 'Observation', weight('', uuid, '3')),
  );
  const second = await facade.ask('', token, sent('POST', again));
  expect(second.json.entry.map(({ response }: { response: { status: string } }) => response.status)).toEqual(['200', '201']);
  expect((await facade.ask(`/Observation?patient=${done.json.entry[1]?.resource.id}`, token)).json.total).toBe(2);

  // The last entry is no good: nothing of it is there.
  const stale = entry('PUT', 'Observation/w1', w1, { ifMatch: 'W/"1"' });
  const fresh = entry('POST', 'Observation', weight('', 'Patient/p1', '9'));
  const count = async (): Promise<number> => (await facade.ask('/Observation?patient=p1', token)).json.total;
  const before = await count();
  for (const [last, code] of [
    [stale, 'records.version-conflict'],
    [entry('GET', 'Patient/12345'), 'fhir-api.unknown'],
    [entry('DELETE', 'Patient/p1'), 'fhir-api.delete'],
    [entry('POST', 'Observation', weight('', 'Patient?identifier=nobody', '1')), 'fhir-api.none'],
    [entry('PUT', 'Observation/w1'), 'fhir-api.bundle'],
    [entry('PUT', 'Patient?identifier=N1'), 'fhir-api.bundle'],
    [entry('POST', 'ValueSet/$lookup', '{"resourceType":"Parameters"}'), 'fhir-api.no-such-address'],
  ] as const) {
    const refused = await facade.ask('', token, sent('POST', bundle('transaction', fresh, last)));
    expect([refused.json.resourceType, codeOf(refused)]).toEqual(['OperationOutcome', code]);
    expect(refused.json.issue[0]?.details.text).toContain('Entry 2:');
    expect(await count()).toBe(before);
  }
  const twins = await facade.ask(
    '',
    token,
    sent('POST', bundle('transaction', ...[fresh, fresh].map((each) => each.replace('{', '{"fullUrl":"urn:uuid:one",')))),
  );
  expect([twins.status, codeOf(twins), await count()]).toEqual([400, 'fhir-api.bundle', before]);
  const unlisted = await facade.ask('', token, sent('POST', '{"resourceType":"Bundle","type":"batch","entry":{"length":9}}'));
  expect([unlisted.status, codeOf(unlisted)]).toEqual([400, 'fhir-api.bundle']);
  const each = await facade.ask('', token, sent('POST', bundle('batch', fresh, stale, entry('GET', 'Patient?family=novak'))));
  expect(each.json.entry.map(({ response }: { response: { status: string } }) => response.status)).toEqual(['201', '412', '200']);
  expect(idsOf(each.json.entry[2]?.resource)).toHaveLength(1);
  expect(await count()).toBe(before + 1);
  const many = bundle('batch', ...Array.from({ length: 501 }, () => entry('GET', 'Patient/p1')));
  expect((await facade.ask('', token, sent('POST', many))).status).toBe(413);
  // A program with a narrower token gets no further inside of a Bundle.
  const narrow = await facade.token('user/Observation.r');
  const inside = await facade.ask('', narrow, sent('POST', bundle('batch', entry('GET', 'Patient/p1'), fresh)));
  expect(inside.json.entry.map(({ response }: { response: { status: string } }) => response.status)).toEqual(['403', '403']);
}, 120_000);

test.skipIf(!hasSharedData)(
  'the bundles of another server’s tests do here what they say',
  async () => {
    const { facade, token } = await opened();
    const file = (name: string): string => sharedText(`fhir/server-bundles/${name}.json`);
    const run = async (name: string): Promise<string> => {
      const answer = await facade.ask('', token, sent('POST', file(name)));
      return `${answer.status} ${codeOf(answer)}`.trim();
    };
    // A read of somebody who is not here takes the whole of it back.
    expect(await run('Bundle-TransactionForRollBack')).toBe('404 fhir-api.unknown');
    expect(idsOf((await facade.ask('/Patient?family=chalmers', token)).json)).toEqual([]);
    // Deletes, and updates of what is not here, are refused as a whole.
    expect(await run('Bundle-Transaction')).toMatch(/^4\d\d fhir-api\./);
    expect(await run('Bundle-TransactionWithAllValidRoutes')).toMatch(/^4\d\d fhir-api\./);
    expect(await run('Bundle-TransactionWithConditionalReferenceInResourceBody')).toBe('400 fhir-api.none');
    expect(idsOf((await facade.ask('/Patient', token)).json)).toEqual(['p1']);
    for (const name of ['BloodGlucose', 'BloodPressure']) {
      const fine = await facade.ask('/Observation/$validate', token, sent('POST', file(name)));
      expect([fine.status, fine.json.issue[0]?.severity]).toEqual([200, 'information']);
    }
    // The single resources are written as they are, once the clinic knows whom they are about.
    const known = ['f001', 'example', '1'].map((id) => patient(id, { name: [{ family: `Person ${id}` }] }));
    await facade.imports({ 'Patient.ndjson': known.join('\n') });
    const singles = { BloodGlucose: 'Observation', BloodPressure: 'Observation', CommunicationAttachment: 'Communication' };
    for (const [name, type] of Object.entries(singles)) {
      const made = await facade.ask(`/${type}`, token, sent('POST', file(name)));
      expect([name, made.status]).toEqual([name, 201]);
      const { id: _, meta: __, ...said } = (await facade.ask(made.headers.get('location') as string, token)).json;
      const { id: ___, meta: ____, ...written } = JSON.parse(file(name).replace(/^\ufeff/, '')) as Record<string, unknown>;
      expect(said).toEqual(written);
    }
  },
  120_000,
);
