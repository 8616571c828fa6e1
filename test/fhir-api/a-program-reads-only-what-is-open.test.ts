import { request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseScopes } from '../../shared/fhir-api/scopes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { PASSPHRASE } from '../support/clinic-desk.ts';
import { patient, weight } from '../support/fhir-files.ts';
import { codeOf, Facade, idsOf } from './facade.ts';

const PRACTITIONER = '{"resourceType":"Practitioner","id":"dr1","name":[{"family":"Moreau"}]}';
const condition = (id: string, subject: string, label = ''): string =>
  `{"resourceType":"Condition","id":"${id}",${label && `"meta":{"security":[{"code":"${label}"}]},`}"subject":{"reference":"${subject}"},"code":{"text":"${id}"}}`;

const lines = (count: number): string =>
  Array.from({ length: count }, (_, at) =>
    weight(`w${at}`, 'Patient/p1', '1.500', `2026-01-${String((at % 28) + 1).padStart(2, '0')}`),
  ).join('\n');

const files = {
  'Patient.ndjson': `${patient('p1')}\n${patient('p2', { name: [{ family: 'Özdemir', given: ['Mert'] }], birthDate: '1971-01-01', gender: 'male', identifier: [{ system: 'urn:x', value: 'A-17' }] })}`,
  'Observation.ndjson': `${lines(30)}\n${weight('other', 'Patient/p2', '80')}`,
  'Condition.ndjson': `${condition('asthma', 'Patient/p1')}\n${condition('hidden', 'Patient/p1', 'PSY')}`,
  'Practitioner.ndjson': PRACTITIONER,
};

async function opened(options: Parameters<typeof Facade.open>[0] = {}): Promise<Facade> {
  const facade = await Facade.open(options);
  await facade.imports(files);
  return facade;
}

const actions = async (facade: Facade, of: string) =>
  (await facade.request.access.linesOf(of)).filter(({ action }) => action.startsWith('fhir'));

test('the public client library reads, searches, pages and looks back; every call is in the patient’s access log', async () => {
  const facade = await opened();
  const token = await facade.token();
  const client = facade.client(token);
  const capabilities = await client.capabilityStatement();
  expect(capabilities).toMatchObject({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' });
  // Discovery promises what is kept and no server that is not there.
  const smart = await facade.ask('/.well-known/smart-configuration');
  expect([smart.status, smart.headers.get('content-type')]).toEqual([200, 'application/json']);
  expect(smart.json).toMatchObject({ capabilities: ['permission-patient', 'permission-user', 'permission-v1', 'permission-v2'] });
  expect(Object.keys(smart.json)).not.toContain('token_endpoint');
  for (const scope of smart.json.scopes_supported as string[]) expect(parseScopes(scope)).toHaveLength(1);

  // Read: what was written, digits and all; the server says id and version.
  const read = await facade.ask('/Observation/w3', token);
  expect(read.status).toBe(200);
  expect(read.headers.get('etag')).toBe('W/"1"');
  expect(read.text).toContain('"value":1.500');
  expect(read.json).toMatchObject({ id: 'w3', meta: { versionId: '1' }, subject: { reference: 'Patient/p1' } });
  expect(await client.read({ resourceType: 'Patient', id: 'p2' })).toMatchObject({ id: 'p2', gender: 'male' });
  expect(await client.vread({ resourceType: 'Observation', id: 'w3', version: '1' })).toMatchObject({ id: 'w3' });
  expect(await client.resourceHistory({ resourceType: 'Observation', id: 'w3' })).toMatchObject({ type: 'history', total: 1 });
  expect(await client.read({ resourceType: 'Practitioner', id: 'dr1' })).toMatchObject({ id: 'dr1' });

  // Search: pages that stay in place while somebody writes.
  let page = await client.search({ resourceType: 'Observation', searchParams: { patient: 'Patient/p1', _count: 12 } });
  expect(page.total).toBe(30);
  const seen = new Set<string>(idsOf(page as never));
  await facade.imports({ 'Observation.ndjson': weight('late', 'Patient/p1', '2', '2026-03-01') });
  for (let pages = 1; ; pages++) {
    const next = client.nextPage({ bundle: page as never });
    if (!next || pages > 5) break;
    page = await next;
    for (const id of idsOf(page as never)) {
      expect(seen.has(id)).toBe(false);
      seen.add(id);
    }
  }
  for (let at = 0; at < 30; at++) expect(seen).toContain(`w${at}`);

  const found = async (query: string): Promise<string[]> => idsOf((await facade.ask(query, token)).json);
  expect(await found('/Observation?patient=p2')).toEqual(['other']);
  expect(await found('/Observation?patient=p1&date=2026-01-04&code=http://loinc.org|29463-7')).toHaveLength(1);
  expect(await found('/Observation?patient=p1&date=ge2026-01-27&date=lt2026-02&category=vital-signs')).toHaveLength(2);
  expect(await found('/Observation?patient=p1&code=http://loinc.org|1')).toEqual([]);
  expect(await found('/Observation?_id=w1')).toEqual(['w1']);
  expect((await found('/Condition?subject=Patient/p1')).sort()).toEqual(['asthma', 'hidden']);
  expect(await found('/Patient?family=ozd')).toEqual(['p2']);
  expect(await found('/Patient?identifier=urn:x|A-17&gender=male&birthdate=1971')).toEqual(['p2']);
  expect(await found('/Patient?gender=female')).toEqual([]);
  expect((await found('/Patient?_id=p1,p2,p3')).sort()).toEqual(['p1', 'p2']);
  expect(await found('/Practitioner?name=mor')).toEqual(['dr1']);
  const everything = (await facade.ask('/Patient/p1/$everything?_count=500', token)).json;
  expect(everything.total).toBe(34);
  const counted = (await facade.ask('/Observation?patient=p1&date=2026-01-04&_summary=count', token)).json;
  expect(counted).toEqual({ resourceType: 'Bundle', type: 'searchset', total: 1, link: counted.link });

  // By date: page by page the same as at once, the newest first or the oldest.
  const byDate = async (sort: string): Promise<string[]> => {
    const dates: string[] = [];
    let sorted = await client.search({ resourceType: 'Observation', searchParams: { patient: 'p1', _sort: sort, _count: 9 } });
    for (let pages = 0; pages < 6; pages++) {
      const { entry } = sorted as unknown as { entry?: { resource: { effectiveDateTime: string } }[] };
      dates.push(...(entry ?? []).map(({ resource }) => resource.effectiveDateTime));
      const next = client.nextPage({ bundle: sorted as never });
      if (!next) break;
      sorted = await next;
    }
    return dates;
  };
  const rising = await byDate('date');
  expect(rising).toHaveLength(31);
  expect(rising).toEqual([...rising].sort());
  expect(await byDate('-date')).toEqual([...rising].reverse());
  const unsorted = await facade.ask('/Observation?patient=p1&_sort=code', token, { headers: { prefer: 'handling=strict' } });
  expect([unsorted.status, codeOf(unsorted)]).toEqual([400, 'fhir-api.parameter-unknown']);

  // What is not known is said, or refused when asked to be strict.
  const odd = await facade.ask('/Observation?patient=p1&_count=1&colour=red', token);
  expect(odd.json.entry.at(-1)).toMatchObject({ search: { mode: 'outcome' } });
  expect(odd.text).not.toContain('red');
  const strict = await facade.ask('/Observation?patient=p1&colour=red', token, { headers: { prefer: 'handling=strict' } });
  expect([strict.status, codeOf(strict)]).toEqual([400, 'fhir-api.parameter-unknown']);
  const byPost = await facade.ask('/Observation/_search', token, {
    method: 'POST',
    body: new URLSearchParams({ patient: 'p2' }),
  });
  expect(idsOf(byPost.json)).toEqual(['other']);

  const logged = await actions(facade, await facade.patient('Özdemir'));
  expect(logged.length).toBeGreaterThan(5);
  expect(new Set(logged.map(({ process, who, purpose }) => `${process}, ${who}, ${purpose}`))).toEqual(
    new Set(['FHIR: Lab Box, Dr. Ada Frey, TREAT']),
  );
  expect(logged.map(({ detail }) => detail)).toContain('search Patient');
  expect(JSON.stringify(logged)).not.toContain('A-17');
}, 120_000);

describe('a token', () => {
  test('opens what its scopes, purpose and patient say, while it lasts and its person is there', async () => {
    let time = Date.UTC(2026, 0, 5, 8);
    const facade = await opened({ clock: () => time });
    const asked = async (path: string, token = ''): Promise<string> => {
      const answer = await facade.ask(path, token);
      return `${answer.status} ${codeOf(answer)}`.trim();
    };
    expect(await asked('/Patient/p1')).toBe('401 fhir-api.no-token');
    expect(await asked('/Patient/p1', `careledger-fhir-${'A'.repeat(43)}`)).toBe('401 fhir-api.token-unknown');
    expect((await facade.ask('/Patient/p1')).headers.get('www-authenticate')).toContain('Bearer');
    const search = await facade.token('user/Observation.s');
    expect(await asked('/Observation?patient=p1', search)).toBe('200');
    expect(await asked('/Observation/w1', search)).toBe('403 fhir-api.scope');
    expect(await asked('/Condition?patient=p1', search)).toBe('403 fhir-api.scope');
    // A token in the address is none.
    expect(await asked(`/Observation?patient=p1&access_token=${search}`)).toBe('401 fhir-api.no-token');

    const one = await facade.token('patient/*.rs', { patient: await facade.patient('Morgenstern') });
    expect(await asked('/Patient/p1', one)).toBe('200');
    expect(await asked('/Patient/p2', one)).toBe('404 fhir-api.unknown');
    expect(await asked('/Observation/other', one)).toBe('404 fhir-api.unknown');
    expect((await facade.ask('/Observation?patient=p2', one)).json).toMatchObject({ total: 0 });
    expect((await facade.ask('/Observation?_count=1', one)).json).toMatchObject({ total: 30 });
    expect(idsOf((await facade.ask('/Patient?_id=p1,p2', one)).json)).toEqual(['p1']);
    expect(idsOf((await facade.ask('/Patient', one)).json)).toEqual(['p1']);

    // A purpose for which the role reads nothing cannot be had.
    await expect(facade.token('user/*.rs', { purpose: 'MARKETING' })).rejects.toMatchObject({ code: 'fhir-api.token-purpose' });
    await expect(facade.token('user/*.rs patient/*.rs')).rejects.toMatchObject({ code: 'fhir-api.scope-levels' });
    await expect(facade.token('user/Observation.rs?category=lab')).rejects.toMatchObject({ code: 'fhir-api.scope-malformed' });
    const tokens = facade.request.fhirApi.tokens;
    await expect(
      tokens.make({
        name: 'x',
        scopes: 'user/*.r',
        purpose: 'TREAT',
        patient: undefined,
        days: 1,
        network: false,
        passphrase: 'wrong',
      }),
    ).rejects.toMatchObject({ code: 'vault.passphrase-wrong' });

    // Only hashes are kept, and they are kept over a lock; revoked and ended ones open nothing.
    await facade.signIn({ name: 'Dr. Ada Frey', role: 'administrator' });
    expect(await asked('/Patient/p1', one)).toBe('200');
    expect(JSON.stringify(facade.request.fhirApi.tokens.list())).not.toContain(one);
    const listed = await facade.desk.ask<{ fhirTokens: { id: string; scopes: string }[] }>('{ fhirTokens { id scopes } }');
    const { id } = listed.fhirTokens.find(({ scopes }) => scopes === 'patient/*.rs') as { id: string };
    await facade.desk.ask('mutation ($id: ID!) { revokeFhirToken(id: $id) { revokedAt } }', { id });
    expect(await asked('/Patient/p1', one)).toBe('401 fhir-api.token-unknown');
    time += 31 * 24 * 60 * 60_000;
    expect(await asked('/Observation?patient=p1', search)).toBe('401 fhir-api.token-expired');

    // The role of the person counts at every call; a system’s scopes are an administrator’s to give.
    const mine = await facade.token('user/*.rs');
    const whole = await facade.token('system/*.rs');
    await facade.signIn({ name: 'Rita Reception', role: 'reception' });
    expect(await asked('/Patient/p1', mine)).toBe('403 access.not-allowed');
    await facade.signIn({ name: 'Nina Nurse', role: 'nurse' });
    expect(await asked('/Patient/p1', mine)).toBe('200');
    expect(await asked('/Patient/p1', whole)).toBe('403 fhir-api.token-system');
    await expect(facade.token('system/*.rs')).rejects.toMatchObject({ code: 'fhir-api.token-system' });
    const { context } = { context: facade.request.vault };
    const staff = context.staff.id.slice();
    context.staff.id.fill(7);
    expect(await asked('/Patient/p1', mine)).toBe('403 fhir-api.person-away');
    context.staff.id.set(staff);
  }, 120_000);
});

test('what is kept from a person leaves no trace in what their program gets, and no line means no answer', async () => {
  let failing = false;
  const facade = await opened({
    beforeCommit: () => {
      if (failing) throw new Failure('storage.full', 'The disk is full.');
    },
  });
  const token = await facade.token();
  const patientId = await facade.patient('Morgenstern');
  expect((await facade.ask('/Condition?patient=p1', token)).json.total).toBe(2);
  await facade.desk.ask('mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient: patientId });
  await facade.desk.ask(
    'mutation ($input: RestrictionInput!, $passphrase: String!) { restrict(input: $input, passphrase: $passphrase) { id } }',
    {
      input: {
        patient: patientId,
        people: [],
        roles: ['nurse'],
        categories: ['SENSITIVE'],
        labels: ['PSY'],
        verification: 'in person',
      },
      passphrase: PASSPHRASE,
    },
  );
  const first = (await facade.ask('/Patient/p1/$everything?_count=10', token)).json;
  await facade.signIn({ name: 'Nina Nurse', role: 'nurse' });
  // Withdrawn between two pages: the next page is decided anew.
  const rest = [];
  for (let url = first.link.find((link: { relation: string }) => link.relation === 'next')?.url; url; ) {
    const page = (await facade.ask(url, token)).json;
    expect(page.total).toBe(32);
    rest.push(...idsOf(page));
    url = page.link.find((link: { relation: string }) => link.relation === 'next')?.url;
  }
  expect(rest).not.toContain('hidden');
  const some = await facade.ask('/Condition?patient=p1', token);
  expect([some.json.total, idsOf(some.json)]).toEqual([1, ['asthma']]);
  // Who is named by a chain has nothing more that is open.
  const chained = await facade.ask('/Condition?patient.family=Morgenstern&_total=accurate', token);
  expect([chained.json.total, idsOf(chained.json)]).toEqual([1, ['asthma']]);
  expect((await facade.ask('/Condition?patient.family=Morgenstern&_id=hidden', token)).json).toMatchObject({ total: 0 });
  const [kept, none] = [await facade.ask('/Condition/hidden', token), await facade.ask('/Condition/none', token)];
  expect([kept.status, kept.text]).toEqual([404, none.text]);
  expect((await facade.ask('/Condition/hidden/_history', token)).text).toBe(none.text);
  expect((await facade.ask('/Condition?_id=hidden&_total=accurate', token)).json).toMatchObject({ total: 0 });

  // The disk takes no line: nothing goes out, in words that a program understands.
  failing = true;
  for (const path of [
    '/Patient/p1',
    '/Condition?patient=p1',
    '/Patient?family=morg',
    '/Condition?patient.family=morg',
    '/Condition/asthma/_history',
  ]) {
    const refused = await facade.ask(path, token);
    expect([refused.status, codeOf(refused)]).toEqual([503, 'access.line-not-durable']);
    expect(refused.text).not.toMatch(/Morgenstern|asthma|stack|\.ts/);
  }
  failing = false;
  expect((await facade.ask('/Patient/p1', token)).status).toBe(200);
}, 120_000);

test('what is no request of FHIR is refused with an OperationOutcome that says why', async () => {
  const facade = await opened();
  const token = await facade.token();
  const cases: [string, RequestInit, string][] = [
    ['/Patient/../../etc/passwd', {}, '404'],
    ['/Patient/%2e%2e', {}, '405 fhir-api.no-such-interaction'],
    ['/__proto__/1', {}, '404 fhir-api.no-such-address'],
    ['/Constructor/1', {}, '404 fhir-api.type-unknown'],
    ['/Observation?patient=p1&_count=99999999999999999999', {}, '400 fhir-api.parameter-malformed'],
    ['/Observation?patient=p1&_count=-1', {}, '400 fhir-api.parameter-malformed'],
    ['/Observation?patient=p1&_cursor=..', {}, '400 fhir-api.parameter-malformed'],
    ['/Observation?patient=p1&date=xx', {}, '400 fhir-api.parameter-malformed'],
    ['/Observation?patient=p1&code:in=1', {}, '400 fhir-api.parameter-malformed'],
    ['/Observation?patient=p1&patient=p2', {}, '400 fhir-api.parameter-malformed'],
    ['/Observation', {}, '400 fhir-api.patient-needed'],
    [`/Observation?patient=p1&code=${'a,'.repeat(200)}`, {}, '400 fhir-api.search-too-large'],
    [`/Observation?patient=p1&x=${'a'.repeat(5_000)}`, {}, '414 fhir-api.target-too-long'],
    ['/Patient/p1?_format=xml', {}, '406 fhir-api.not-acceptable'],
    ['/Patient/p1', { headers: { accept: 'application/fhir+xml' } }, '406 fhir-api.not-acceptable'],
    ['/Patient/p1', { headers: { origin: 'https://evil.example' } }, '403 host.foreign-origin'],
    ['/Patient/p1', { method: 'DELETE' }, '405 fhir-api.delete'],
    ['/Patient/p1/_history/0', {}, '404 fhir-api.no-such-address'],
    ['/Patient/p1/_history/9', {}, '404 fhir-api.unknown'],
    ['/Observation/_search', { method: 'POST', body: '{}', headers: { 'content-type': 'text/xml' } }, '415 fhir-api.media-type'],
  ];
  for (const [path, init, expected] of cases) {
    const answer = await facade.ask(path, token, init);
    expect(`${path.slice(0, 60)} → ${answer.status} ${codeOf(answer)}`).toContain(`→ ${expected}`);
    expect(answer.json.resourceType).toBe('OperationOutcome');
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.headers.get('content-type')).toContain('application/fhir+json');
  }
  // Another name for this computer is another site's.
  const { port } = new URL(facade.address);
  const foreign = await new Promise<number | undefined>((resolve, reject) => {
    httpRequest({ host: '127.0.0.1', port, path: '/fhir/metadata', headers: { host: 'evil.example' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
  expect(foreign).toBe(421);
}, 120_000);

test('who has no token is refused before a body is read, and a body is awaited from who has one', async () => {
  const facade = await Facade.open();
  const { port, host } = new URL(facade.address);
  /** Announces a body of a thousand bytes and sends one of them. */
  const begun = (token: string, heard: (answer: string) => void): Socket => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      const bearer = token === '' ? '' : `Authorization: Bearer ${token}\r\n`;
      const type = 'Content-Type: application/fhir+json\r\nContent-Length: 1000\r\n';
      socket.write(`POST /fhir/Observation HTTP/1.1\r\nHost: ${host}\r\n${bearer}${type}\r\n{`);
    });
    socket.on('data', (bytes) => heard(bytes.toString('latin1')));
    socket.on('error', () => undefined);
    onTestFinished(() => void socket.destroy());
    return socket;
  };
  const refused = (token: string): Promise<string> => new Promise((resolve) => begun(token, resolve));
  expect(await refused('')).toMatch(/^HTTP\/1\.1 401 [\s\S]*connection: close/i);
  expect(await refused(`careledger-fhir-${'A'.repeat(43)}`)).toMatch(/^HTTP\/1\.1 401 /);

  const answers: string[] = [];
  const program = begun(await facade.token('user/*.cruds'), (answer) => answers.push(answer));
  // Others are answered meanwhile; this one only once all of it has come.
  expect(await refused('')).toMatch(/^HTTP\/1\.1 401 /);
  expect(answers).toEqual([]);
  program.write(' '.repeat(999));
  await expect.poll(() => answers.join('')).toMatch(/^HTTP\/1\.1 400 [\s\S]*fhir\.json/);
});
