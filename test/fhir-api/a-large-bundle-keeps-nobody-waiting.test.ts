/** A large Bundle of one program, and what others ask meanwhile, by real HTTP. */
import { expect, test } from 'vitest';
import { patient, weight } from '../support/fhir-files.ts';
import { codeOf, Facade, idsOf } from './facade.ts';

const headers = { 'content-type': 'application/fhir+json' };
const bundleOf = (type: 'batch' | 'transaction', count: number): string => {
  const entries = Array.from({ length: count }, (_, at) => {
    return `{"resource":${weight(`w${at}`, 'Patient/p1', '80.5')},"request":{"method":"POST","url":"Observation"}}`;
  });
  return `{"resourceType":"Bundle","type":"${type}","entry":[${entries.join(',')}]}`;
};
async function opened(): Promise<{ readonly facade: Facade; readonly token: string }> {
  const facade = await Facade.open();
  await facade.imports({ 'p.ndjson': [patient('p1'), patient('p2', { name: [{ family: 'Frey' }] })].join('\n') });
  return { facade, token: await facade.token() };
}

test('others read and write while a batch of two hundred is at work, and each of its entries is done', async () => {
  const { facade, token } = await opened();
  let isDone = false;
  const batch = facade.ask('', token, { method: 'POST', headers, body: bundleOf('batch', 200) }).finally(() => {
    isDone = true;
  });
  const problem = JSON.stringify({ resourceType: 'Condition', subject: { reference: 'Patient/p2' }, code: { text: 'Migraine' } });
  let answered = 0;
  while (!isDone) {
    expect((await facade.ask('/Patient/p2', token)).status).toBe(200);
    expect((await facade.ask('/Condition', token, { method: 'POST', headers, body: problem })).status).toBe(201);
    if (!isDone) answered += 1;
  }
  // Whoever had to wait for the whole of it would be answered once.
  expect(answered).toBeGreaterThan(5);
  const { json } = await batch;
  expect(json.entry.filter(({ response }) => response.status === '201')).toHaveLength(200);
  expect(idsOf((await facade.ask('/Observation?patient=p1&_count=500', token)).json)).toHaveLength(200);
});

test('a Bundle of more than fits is refused whole, and says how many do', async () => {
  const { facade, token } = await opened();
  for (const [type, count] of [
    ['batch', 501],
    ['transaction', 151],
  ] as const) {
    const answer = await facade.ask('', token, { method: 'POST', headers, body: bundleOf(type, count) });
    expect([answer.status, codeOf(answer)]).toEqual([413, 'fhir-api.bundle-too-large']);
    expect(answer.text).toContain(`at most ${count - 1} entries`);
  }
  expect(idsOf((await facade.ask('/Observation?patient=p1', token)).json)).toEqual([]);
});

test('a batch that asks for more than one answer holds reads no further, and says so of each entry behind', async () => {
  const { facade, token } = await opened();
  const long = JSON.stringify({
    resourceType: 'Condition',
    subject: { reference: 'Patient/p1' },
    code: { text: 'Migraine' },
    note: [{ text: 'x'.repeat(600_000) }],
  });
  const made = await facade.ask('/Condition', token, { method: 'POST', headers, body: long });
  const request = { method: 'GET', url: `Condition/${made.json.id}` };
  const body = JSON.stringify({ resourceType: 'Bundle', type: 'batch', entry: Array.from({ length: 100 }, () => ({ request })) });
  const answer = await facade.ask('', token, { method: 'POST', headers, body });
  expect(answer.text.length).toBeLessThan(40_000_000);
  const states = answer.json.entry.map(({ response }) => response.status);
  expect(new Set(states.slice(0, 50))).toEqual(new Set(['200']));
  expect(new Set(states.slice(60))).toEqual(new Set(['413']));
});
