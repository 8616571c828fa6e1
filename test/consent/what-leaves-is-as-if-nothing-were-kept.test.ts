/**
 * A hidden restriction, attacked by all ways out of the desk but its queries: what programs read, search, export and write, what an export
 * writes into a folder, and what each change answers or refuses. In a clinic with parts that are kept from who asks and in its twin without
 * them everything is the same, but for ids, which are drawn.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { buildGraphql } from '../../server/graphql/apollo.ts';
import type { VaultRequest } from '../../server/graphql/domains.ts';
import { servedTypes } from '../../shared/fhir-api/search-parameters.ts';
import { asFailure } from '../../shared/outcome/failure.ts';
import { Facade } from '../fhir-api/facade.ts';
import { PASSPHRASE } from '../support/clinic-desk.ts';
import { eventually } from '../support/eventually.ts';
import { bytesFor, MORNING } from '../support/ledger-builder.ts';
import { withoutIds } from '../support/without-ids.ts';
import { type KeptParts, writeKeptParts } from './kept-parts.ts';
import { changesFor, deskSchema } from './kept-questions.ts';

const ROLES = ['nurse', 'clinician'] as const;
type Answers = Map<string, string>;
const built = buildGraphql<VaultRequest>({
  ...deskSchema,
  limits: { characters: 0, tokens: 0, depth: 0, aliases: 0, cost: 0 },
  report: () => undefined,
});

interface Clinic extends KeptParts {
  readonly facade: Facade;
  readonly pass: (by: number) => void;
}

/** With somebody of this role at the desk. */
async function clinic(role: (typeof ROLES)[number], hasParts: boolean): Promise<Clinic> {
  let time = MORNING;
  const pass = (by: number): void => {
    time += by;
  };
  const facade = await Facade.open({ label: 'twin', clock: () => time });
  const clinicKey = { kind: 'clinic-signing', id: new Uint8Array(0), epoch: 0, value: bytesFor('twin clinic') } as const;
  await facade.request.vault.keyStore.putKeys([clinicKey]);
  const parts = await writeKeptParts(facade.desk, role, hasParts, pass);
  pass(MORNING + 10_000 - time);
  await facade.signIn({ name: 'Nina Reader', role });
  await facade.desk.ask('mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient: parts.patient });
  return { ...parts, facade, pass };
}

interface Said {
  readonly entry?: ReadonlyArray<{ readonly resource?: { readonly meta?: { readonly lastUpdated?: string } } }>;
}

/** What programs are answered comes in the order of ids, which are drawn: here in that of its times. Where a page ends, chance says. */
function inOrder(text: string, isPage: boolean): string {
  if (!text.includes('"resourceType":"Bundle"')) return text.split('\n').sort(byTime).join('\n');
  const { entry = [], ...rest } = JSON.parse(text) as Said;
  const entries = entry.map((each) => JSON.stringify(each)).sort(byTime);
  return `${JSON.stringify(rest)} ${isPage ? entries.length : entries.join()}`;
}

const timeIn = (text: string): string => /"lastUpdated":"([^"]*)"/.exec(text)?.[1] ?? text;
const byTime = (one: string, other: string): number => timeIn(one).localeCompare(timeIn(other));

/** Nothing of one clinic's ids, address or cursors. */
const plain = (text: string, { facade }: Clinic, isPage = false): string =>
  withoutIds(inOrder(text.replaceAll(facade.address, 'BASE').replaceAll(/_cursor=[\w-]+/g, '_cursor'), isPage));

/** What is drawn for each answer, and tells nothing: numbers of incidents, secrets of time codes. */
const withoutDrawn = (text: string): string =>
  withoutIds(text).replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[A-Z2-7]{32}\b/g, 'DRAWN');

async function same(role: (typeof ROLES)[number], ask: (clinic: Clinic) => Promise<Answers>): Promise<string> {
  const kept = await ask(await clinic(role, true));
  const twin = await ask(await clinic(role, false));
  const betrayed = [...kept].filter(([question, answer]) => answer !== twin.get(question));
  expect(betrayed.map(([question, answer]) => ({ question, answer, twin: twin.get(question) }))).toEqual([]);
  expect(kept.size).toBe(twin.size);
  const all = [...kept.values()].join();
  expect(all).not.toMatch(/Hidden|41\.9/);
  return all;
}

const NO_RECORD = 'ab'.repeat(16);
const FILTERS = [
  '',
  '&_count=1',
  '&_summary=count',
  '&_sort=date',
  '&_sort=-_lastUpdated',
  '&_lastUpdated=ge2020',
  '&_id=stay,ward',
];
const HAS_PARTS = new Set(['Condition', 'Observation', 'Encounter', 'AllergyIntolerance', 'MedicationRequest', 'Task']);
const DEEP = [
  '/Condition?evidence-detail=Condition/stay',
  '/Condition?subject=PATIENT&_include=Condition:evidence-detail',
  '/Condition?code:text=Hidden',
  // Over a link to what is kept.
  '/Condition?patient=PATIENT&evidence-detail:Condition.code=Hiddenstay',
  '/Condition?patient=PATIENT&evidence-detail:Condition.subject=Patient/PATIENT',
  '/Condition?patient=PATIENT&evidence-detail:Condition._lastUpdated=ge2020',
  '/Task?patient=PATIENT&focus:Condition.subject=Patient/PATIENT',
  '/Task?patient=PATIENT&focus:Condition.code=Hiddenstay',
  '/Task?patient=PATIENT&_include=Task:focus',
  '/Condition?patient=PATIENT&encounter:Encounter.status=in-progress',
  '/Condition?patient=PATIENT&encounter.date=ge2020',
  '/Condition?patient=PATIENT&encounter=Encounter/ward',
  '/Condition?patient=PATIENT&_include=Condition:encounter',
  '/Condition?patient=PATIENT&_summary=true',
  '/Observation?patient=PATIENT&code=http://loinc.org|8310-5',
  '/Observation?patient=PATIENT&value-quantity=gt41',
  '/Encounter?patient=PATIENT&status=in-progress',
  '/MedicationRequest?patient=PATIENT&status=active',
  '/Patient?_id=PATIENT&_revinclude=Condition:subject&_revinclude=Observation:subject&_revinclude=Encounter:patient',
  '/Patient?_has:Condition:patient:code=x',
  '/Patient/PATIENT',
  '/Patient/PATIENT/_history',
  '/Patient/PATIENT/$summary',
  '/Patient/PATIENT/$everything',
  '/Patient/PATIENT/$everything?_count=2',
  '/Patient/PATIENT/$everything?_since=2020-01-01T00:00:00Z',
  '/Patient/PATIENT/$everything?_type=Condition,Encounter',
];

const byProgram = async (here: Clinic): Promise<Answers> => {
  const { facade, patient, stay, pass } = here;
  const token = await facade.token('user/*.cruds');
  const answers: Answers = new Map();
  const ask = async (path: string, init: RequestInit = {}): Promise<void> => {
    pass(10);
    const { status, text, headers } = await facade.ask(path.replaceAll('PATIENT', patient), token, init);
    const about = ['etag', 'location', 'last-modified'].map((name) => headers.get(name) ?? '').join(' ');
    const question = `${answers.size} ${init.method ?? 'GET'} ${plain(path, here)} ${withoutIds(String(init.body ?? ''))}`;
    const said = path.endsWith('$summary') ? withoutDrawn(text) : text;
    answers.set(question, `${status} ${plain(about, here)} ${plain(said, here, path.includes('_count='))}`);
  };
  const own = (record: string) => `${patient}${record || NO_RECORD}`;
  for (const type of servedTypes)
    for (const filter of HAS_PARTS.has(type) ? FILTERS : ['']) await ask(`/${type}?patient=PATIENT${filter}`);
  for (const path of DEEP) await ask(path);
  for (const name of ['Condition/stay', 'Encounter/ward', `Condition/${own(stay)}`])
    for (const end of ['', '/_history', '/_history/1']) await ask(`/${name}${end}`);
  const json = { 'content-type': 'application/fhir+json' };
  const condition = (more: object) =>
    JSON.stringify({
      resourceType: 'Condition',
      subject: { reference: `Patient/${patient}` },
      code: { text: 'Written' },
      ...more,
    });
  const write = (method: string, path: string, body: string, headers: Record<string, string> = {}) =>
    ask(path, { method, headers: { ...json, ...headers }, body });
  for (const id of ['stay', own(stay)]) {
    await write('PUT', `/Condition/${id}`, condition({ id }), { 'if-match': 'W/"1"' });
    await write('PUT', `/Condition/${id}`, condition({ id }));
    await write('PATCH', `/Condition/${id}`, '[]', { 'content-type': 'application/json-patch+json' });
    await write('PUT', `/Condition?_id=${id}`, condition({}));
    await write('POST', '/Condition', condition({ code: { text: `if none ${id.length}` } }), { 'if-none-exist': `_id=${id}` });
    await write('POST', '/Condition', condition({ evidence: [{ detail: [{ reference: `Condition/${id}` }] }] }));
    await ask(`/Condition/${id}`, { method: 'DELETE' });
  }
  await write('POST', '/Condition', condition({ id: 'stay' }));
  await write(
    'POST',
    '/',
    JSON.stringify({
      resourceType: 'Bundle',
      type: 'batch',
      entry: ['Condition/stay', 'Condition?_id=stay', `Patient/${patient}`].map((url) => ({
        request: { method: 'GET', url },
      })),
    }),
  );
  // What was written over or beside it reads the same.
  for (const type of ['Condition', 'Observation', 'Encounter']) await ask(`/${type}?patient=PATIENT`);
  return answers;
};

test.each(ROLES)(
  'a program of a %s reads, searches, looks back and writes',
  async (role) => {
    const all = await same(role, byProgram);
    expect(all).toContain('Asthma');
    expect(all).toContain('201 ');
  },
  180_000,
);

test('a program of one patient has what is not there looked for as what is kept is, step by step', async () => {
  const { facade, patient } = await clinic('nurse', true);
  const token = await facade.token('patient/*.rs', { patient });
  const opened = vi.spyOn(facade.request.records.charts, 'open');
  const stepsTo = async (path: string): Promise<number> => {
    opened.mockClear();
    expect((await facade.ask(path, token)).status).toBe(404);
    return opened.mock.calls.length;
  };
  for (const end of ['', '/_history', '/_history/1']) {
    const steps = await stepsTo(`/Condition/stay${end}`);
    expect(steps).toBeGreaterThan(0);
    expect(await stepsTo(`/Condition/not-there${end}`)).toBe(steps);
  }
}, 60_000);

const byExport = async (here: Clinic): Promise<Answers> => {
  const { facade, patient, pass } = here;
  const answers: Answers = new Map();
  const token = await facade.token('user/*.rs');
  for (const path of ['/Patient/$export', '/$export', '/Patient/$export?_type=Condition,Encounter']) {
    pass(10);
    const begun = await facade.ask(path, token, { headers: { prefer: 'respond-async' } });
    answers.set(`begin ${path}`, plain(`${begun.status} ${begun.status === 202 ? '' : begun.text}`, here));
    const address = begun.headers.get('content-location') ?? '';
    if (address === '') continue;
    await eventually(async () => (await facade.ask(address, token)).status).toBe(200);
    const done = await facade.ask(address, token);
    answers.set(path, plain(done.text, here));
    for (const { type, url } of done.json.output)
      answers.set(
        `${path} ${type}`,
        plain(await (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).text(), here),
      );
  }
  for (const whose of [patient, null]) {
    const folder = mkdtempSync(join(tmpdir(), 'careledger-kept-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const made = await facade.desk
      .ask<{ exportRecords: { path: string } }>(
        'mutation ($folder: String!, $patient: ID, $passphrase: String!) { exportRecords(folder: $folder, patient: $patient, passphrase: $passphrase) { path files resources missing } }',
        { folder, patient: whose, passphrase: PASSPHRASE },
      )
      .then(
        ({ exportRecords }) => exportRecords as object,
        (error: unknown) => ({ code: asFailure(error).code }),
      );
    answers.set(`folder ${whose === null}`, plain(JSON.stringify({ ...made, path: '' }), here));
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((each) =>
      /\.(ndjson|json|txt)$/.test(each),
    )) {
      const text = readFileSync(join(folder, name), 'utf8');
      // Signature and hashes are over ids, which are drawn; what there is and how much is said.
      const files = [...text.matchAll(/"name\\": \\"[^}]*"bytes\\": \d+/g)].map(([file]) => file).sort();
      const said = name.endsWith('manifest.json') ? files.join() : text;
      answers.set(`folder ${whose === null} ${plain(name, here).replace(/^[^/]*\//, '')}`, plain(said, here));
    }
  }
  return answers;
};

test.each(ROLES)(
  'an export of a %s, to a program and into a folder',
  async (role) => {
    await same(role, byExport);
  },
  180_000,
);

const byChange = async (here: Clinic): Promise<Answers> => {
  const { facade, patient, stay, pass } = here;
  const answers: Answers = new Map();
  const record = stay || NO_RECORD;
  const resource = (more: object = {}) =>
    JSON.stringify(
      JSON.stringify({
        resourceType: 'Condition',
        subject: { reference: `Patient/${patient}` },
        code: { text: 'Over it' },
        ...more,
      }),
    );
  const given = (id: string) => ({
    patient: `"${patient}"`,
    passphrase: `"${PASSPHRASE}"`,
    ...Object.fromEntries(
      ['record', 'id', 'key', 'task', 'proposal', 'order', 'entry', 'link', 'lines', 'records'].map((name) => [name, `"${id}"`]),
    ),
    about: `"Condition/${id}"`,
    reference: `"Condition/${id}"`,
    basedOn: '1',
    resource: resource(),
  });
  const put = (input: string): string =>
    `mutation { putRecord(input: { patient: "${patient}", ${input} }) { title version status dispute } }`;
  const byHand = [
    put(`record: "${record}", basedOn: 1, resource: ${resource({ id: 'stay' })}, reason: "x"`),
    put(`record: "${record}", basedOn: 7, resource: ${resource()}, reason: "x"`),
    put(`record: "${record}", basedOn: 1, resource: "no JSON", reason: "x"`),
    put(`resource: ${resource({ id: 'stay' })}`),
    put(`resource: ${resource({ evidence: [{ detail: [{ reference: `Condition/${record}` }] }] })}`),
    put(`resource: ${resource({ encounter: { reference: 'Encounter/ward' } })}`),
    `mutation { addTask(input: { patient: "${patient}", what: "x", role: "nurse", due: "2026-01-06T09:00:00Z", about: "Condition/${record}" }) { what } }`,
  ];
  const whole = (await built).schema;
  const swept = [...changesFor(whole, 'nurse', given(record)), ...changesFor(whole, 'clinician', given(record))];
  for (const [nth, question] of [...byHand, ...new Set(swept)].entries()) {
    pass(10);
    await facade.desk
      .ask('mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient })
      .catch(() => undefined);
    const answer = await facade.desk.ask<object>(question).catch((error: unknown) => {
      const { code, message } = asFailure(error);
      return { code, message };
    });
    answers.set(`${nth} ${withoutIds(question)}`, withoutDrawn(JSON.stringify(answer)));
  }
  return answers;
};

test.each(ROLES)(
  'each change that a %s asks for answers and refuses',
  async (role) => {
    const all = await same(role, byChange);
    expect(all).toContain('Over it');
  },
  180_000,
);
