import { expect, onTestFinished, test } from 'vitest';
import { startFhirHost } from '../../server/workstation/fhir-door/fhir-host.ts';
import { eventually } from '../support/eventually.ts';
import { patient, weight } from '../support/fhir-files.ts';
import { codeOf, Facade } from './facade.ts';

const PEOPLE = 20;
const EACH = 12;
/** So that a file goes out in several parts. */
const NOTE = `"note":[{"text":"${'seen;'.repeat(1_500)}"}],`;
/** So that a document is too large for a page of them. */
const LONG = 'Moreau '.repeat(50_000);
const ASYNC = { headers: { prefer: 'respond-async' } };

async function opened(): Promise<Facade> {
  const facade = await Facade.open();
  const people = Array.from({ length: PEOPLE }, (_, at) =>
    patient(`p${at}`, { name: [{ family: `Family${at}` }], birthDate: `19${10 + at}-01-01` }),
  );
  const weights = people.flatMap((_, at) =>
    Array.from({ length: EACH }, (__, nth) =>
      weight(`w${at}-${nth}`, `Patient/p${at}`, '80.100').replace('"status"', `${NOTE}"status"`),
    ),
  );
  await facade.imports({
    'Patient.ndjson': people.join('\n'),
    // In nobody's chart, and so in no export: what names somebody who is not known here, and a device that is nobody's.
    'Observation.ndjson': [...weights, weight('lost', 'Patient/nobody', '1')].join('\n'),
    'Practitioner.ndjson': `{"resourceType":"Practitioner","id":"dr1","name":[{"text":"${LONG}"}]}\n{"resourceType":"Device","id":"d1"}`,
  });
  return facade;
}

interface Output {
  readonly type: string;
  readonly url: string;
  readonly count: number;
}

async function exported(
  facade: Facade,
  token: string,
  path = '/$export',
): Promise<{ address: string; output: readonly Output[] }> {
  const begun = await facade.ask(path, token, ASYNC);
  expect(begun.status).toBe(202);
  const address = begun.headers.get('content-location') as string;
  await eventually(async () => (await facade.ask(address, token)).status).toBe(200);
  const done = await facade.ask(address, token);
  expect(done.json).toMatchObject({ requiresAccessToken: true, error: [] });
  return { address, output: done.json.output };
}

const fetched = (url: string, token: string, range?: string): Promise<Response> =>
  fetch(url, { headers: { authorization: `Bearer ${token}`, ...(range ? { range } : {}) } });

/** Reads `least` bytes or somewhat more and tears the connection down. The file is plain ASCII. */
async function cutWhileItComes(url: string, token: string, least: number): Promise<string> {
  const line = new AbortController();
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` }, signal: line.signal });
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  let came = '';
  while (came.length < least) came += Buffer.from((await reader.read()).value as Uint8Array).toString();
  line.abort();
  return came;
}

test('an export has every open record once, goes on where it was cut, and stands in each patient’s access log', async () => {
  const facade = await opened();
  const token = await facade.token('system/*.rs');
  const { address, output } = await exported(facade, token);
  expect(Object.fromEntries(output.map(({ type, count }) => [type, count]))).toEqual({
    Observation: PEOPLE * EACH,
    Patient: PEOPLE,
    Practitioner: 1,
  });
  const { url } = output.find(({ type }) => type === 'Observation') as Output;
  // Its end can be asked for before anything of it was made; its length is known from then on.
  const end = await (await fetched(url, token, 'bytes=-7')).text();
  const first = await fetched(url, token);
  const whole = await first.text();
  expect([whole.slice(-7), Number(first.headers.get('content-length'))]).toEqual([end, whole.length]);
  const lines = whole.trimEnd().split('\n');
  expect(new Set(lines.map((line) => (JSON.parse(line) as { id: string }).id)).size).toBe(PEOPLE * EACH);
  expect(lines[0]).toContain('"value":80.100');
  const large = output.find(({ type }) => type === 'Practitioner') as Output;
  expect((await (await fetched(large.url, token)).text()).includes(LONG)).toBe(true);
  // One that nobody has made yet goes out without its length, whole all the same.
  const again = (await exported(facade, token, '/$export?_type=Observation')).output[0] as Output;
  const unmeasured = await fetched(again.url, token);
  expect([unmeasured.headers.get('content-length'), (await unmeasured.text()) === whole]).toEqual([null, true]);
  const head = await fetch(again.url, { method: 'HEAD', headers: { authorization: `Bearer ${token}` } });
  expect(Number(head.headers.get('content-length'))).toBe(whole.length);

  // Cut anywhere, also after somebody has changed a record: the rest is the rest of the same file.
  const w0 = (await facade.ask('/Observation/w0-0', await facade.token())).text.replace('80.100', '99.9');
  const writer = await facade.token();
  const put = { method: 'PUT', body: w0, headers: { 'content-type': 'application/fhir+json', 'if-match': 'W/"1"' } };
  expect((await facade.ask('/Observation/w0-0', writer, put)).status).toBe(200);
  const half = Math.floor(whole.length / 3);
  const rest = await fetched(url, token, `bytes=${half}-`);
  expect([rest.status, rest.headers.get('content-range')]).toEqual([206, `bytes ${half}-${whole.length - 1}/${whole.length}`]);
  expect((await rest.text()) === whole.slice(half)).toBe(true);
  expect(await (await fetched(url, token, 'bytes=10-19')).text()).toBe(whole.slice(10, 20));
  expect(await (await fetched(url, token, 'bytes=-7')).text()).toBe(whole.slice(-7));
  expect((await fetched(url, token, `bytes=${whole.length}-`)).status).toBe(416);

  // The line is cut while the file comes: what came is its beginning, and what is asked for from there is the rest.
  const cut = await cutWhileItComes(url, token, half);
  expect(cut.length).toBeGreaterThanOrEqual(half);
  expect(cut.length).toBeLessThan(whole.length);
  expect(cut + (await (await fetched(url, token, `bytes=${cut.length}-`)).text()) === whole).toBe(true);

  // Only who began it gets it; a person's scopes are not enough; what would leave records out is not passed over.
  const other = await facade.token('system/*.rs', { name: 'Another' });
  expect(codeOf(await facade.ask(address, other))).toBe('fhir-api.export-gone');
  expect(codeOf(await facade.ask(url, other))).toBe('fhir-api.export-gone');
  expect(codeOf(await facade.ask('/$export', writer, ASYNC))).toBe('fhir-api.export-system');
  expect(codeOf(await facade.ask('/$export', token))).toBe('fhir-api.export-async');
  expect(codeOf(await facade.ask('/$export?_typeFilter=x', token, ASYNC))).toBe('fhir-api.parameter-unknown');
  const narrow = await facade.token('system/Patient.r');
  expect((await exported(facade, narrow)).output.map(({ type }) => type)).toEqual(['Patient']);
  expect(codeOf(await facade.ask('/$export?_type=Observation', narrow, ASYNC))).toBe('fhir-api.scope');
  expect((await exported(facade, token, '/Patient/$export?_since=2999-01-01')).output).toEqual([]);

  const log = await facade.request.access.linesOf(await facade.patient('Family7'));
  expect(
    log.filter(({ action }) => action === 'fhir-export').map(({ process, categories }) => `${process} ${categories}`),
  ).toContain('FHIR: Lab Box clinical,identity');

  // What is no longer open tears the file off; what was deleted is gone.
  const { hooks } = facade.request.vault;
  const reading = hooks.reading;
  hooks.reading = async (...asked) => {
    const real = await reading(...asked);
    return { categories: real.categories, opens: (entry) => entry.category !== 'clinical' && real.opens(entry) };
  };
  expect(codeOf(await facade.ask(url, token))).toBe('fhir-api.export-changed');
  hooks.reading = reading;
  expect((await facade.ask(address, token, { method: 'DELETE' })).status).toBe(202);
  expect(codeOf(await facade.ask(url, token))).toBe('fhir-api.export-gone');
}, 120_000);

test('a file of many parts goes out without piling up what waits for its line', async () => {
  const host = await startFhirHost(async ({ target }) => {
    const nth = Number(/part=(\d+)/.exec(target)?.[1] ?? 0);
    return { status: 200, headers: {}, body: new Uint8Array(2 ** 20), ...(nth < 40 && { next: `/file?part=${nth + 1}` }) };
  }, 0);
  onTestFinished(() => host.close());
  const warned: string[] = [];
  const hear = (warning: Error): void => void warned.push(warning.message);
  process.on('warning', hear);
  const answer = await fetch(`${host.address}/file`);
  expect((await answer.arrayBuffer()).byteLength).toBe(41 * 2 ** 20);
  await new Promise(setImmediate);
  process.off('warning', hear);
  expect(warned).toEqual([]);
});
