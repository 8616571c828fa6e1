/** Threats C5, C2 and H5 at the desk: whatever is said of a patient leaves a line, and nothing is reached by another's chart. */
import { expect, test } from 'vitest';
import { utf8 } from '../../shared/encoding/bytes.ts';
import type { FhirResource } from '../../shared/fhir/fhir-resource.ts';
import { summarize } from '../../shared/fhir/summary.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { ClinicDesk, type DeskOptions } from '../support/clinic-desk.ts';
import { folderOf, patient, weight } from '../support/fhir-files.ts';

const OPEN = `mutation ($patient: ID!, $purpose: Purpose! = TREAT) { openChart(patient: $patient, purpose: $purpose) { categories
  items(section: RESULT) { edges { node { id } } } vitals: items(section: VITAL) { edges { node { id } } } } }`;

const GENOMIC = { resourceType: 'Observation', status: 'final', code: { text: 'BRCA1' } } as FhirResource;

interface Opened {
  readonly openChart: { categories: string[]; items: List; vitals: List };
}
interface List {
  readonly edges: ReadonlyArray<{ node: { id: string } }>;
}

async function deskWithTwo(options: DeskOptions = {}) {
  const desk = await ClinicDesk.open(options);
  const { request } = await desk.unlock();
  const lines = [patient('p1'), patient('p2'), weight('w1', 'Patient/p1', '61.5'), weight('w2', 'Patient/p2', '72')];
  const { id } = await request.imports.startPaths([folderOf({ 'all.ndjson': lines.join('\n') })]);
  await request.imports.settled(id);
  const ids = (await request.patients.find('', 5, undefined)).patients.map(({ patient: each }) => each.id);
  return { desk, request, one: ids[0] as string, other: ids[1] as string };
}

const linesAbout = async ({ request }: Awaited<ReturnType<typeof deskWithTwo>>, id: string) =>
  (await request.access.linesOf(id)).map(({ action, purpose }) => `${action} ${purpose}`);

const first = ({ openChart }: Opened): string => [...openChart.items.edges, ...openChart.vitals.edges][0]?.node.id as string;

test('consents, participations and the log itself leave a line when the chart is not open, one a session', async () => {
  const bench = await deskWithTwo();
  const { desk, one, other } = bench;
  const ask = (query: string, id: string) => desk.ask(`query ($id: ID!) { ${query} }`, { id });
  await ask('consents(patient: $id) { id } again: consents(patient: $id) { id }', one);
  await ask('participations(patient: $id) { active }', one);
  expect(await linesAbout(bench, one)).toEqual(['consents HOPERAT']);
  await ask('...on Query { log: accessLog(patient: $id) { totalCount } }', one);
  expect(await linesAbout(bench, one)).toHaveLength(2);
  await desk.ask(OPEN, { patient: other });
  await ask('consents(patient: $id) { id } accessLog(patient: $id) { totalCount }', other);
  expect(await linesAbout(bench, other)).toEqual(['open TREAT']);
  await expect(ask('consents(patient: $id) { id }', 'ab'.repeat(16))).rejects.toMatchObject({ code: 'patients.unknown' });
});

test('where that line cannot be written nothing is answered', async () => {
  let full = false;
  const { desk, one } = await deskWithTwo({
    beforeCommit: ({ rows }) => {
      if (full && rows?.some(({ kind }) => kind === 'access')) throw new Failure('storage.disk-full', 'The disk is full.');
    },
  });
  const look = () => desk.ask('query ($id: ID!) { consents(patient: $id) { id } }', { id: one });
  full = true;
  await expect(look()).rejects.toMatchObject({ code: 'access.line-not-durable' });
  full = false;
  expect(await look()).toEqual({ consents: [] });
});

test('an open chart opens no record of another', async () => {
  const { desk, one, other } = await deskWithTwo();
  const theirs = first(await desk.ask<Opened>(OPEN, { patient: other }));
  expect(theirs).toMatch(/^[0-9a-f]{32}$/);
  await desk.ask('mutation ($id: ID!) { closeChart(patient: $id) }', { id: other });
  await desk.ask(OPEN, { patient: one });
  const resource = '{"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"reference":"Patient/p1"}}';
  const attempts: Array<[string, Record<string, unknown>, string]> = [
    ['query ($p: ID!, $r: ID!) { record(patient: $p, id: $r) { resource } }', { p: one, r: theirs }, 'records.unknown'],
    ['query ($p: ID!, $r: ID!) { record(patient: $p, id: $r) { resource } }', { p: other, r: theirs }, 'access.chart-not-open'],
    [
      'query ($p: ID!) { ...A } fragment A on Query { x: chart(patient: $p) { openedAt } }',
      { p: other },
      'access.chart-not-open',
    ],
    ['query ($p: ID!) { teleNotes(patient: $p) { id } }', { p: other }, 'access.chart-not-open'],
    ['query ($p: ID!) { drafts(patient: $p) { content } }', { p: other }, 'access.chart-not-open'],
    [
      'mutation ($i: PutRecordInput!) { putRecord(input: $i) { id } }',
      { i: { patient: one, record: theirs, resource } },
      'records.unknown',
    ],
    [
      'mutation ($i: PutRecordInput!) { putRecord(input: $i) { id } }',
      { i: { patient: other, resource } },
      'access.chart-not-open',
    ],
    ['query ($p: ID!) { chart(patient: $p) { openedAt } }', { p: '__proto__' }, 'access.chart-not-open'],
    ['query ($p: ID!) { chart(patient: $p) { openedAt } }', { p: ` ${one}` }, 'access.chart-not-open'],
  ];
  for (const [query, variables, code] of attempts) {
    const answer = await desk.ask(query, variables).catch((error: unknown) => error);
    expect([query, answer]).toEqual([query, expect.objectContaining({ code })]);
  }
  // Nobody opened the other chart in any of this but the one who did at the start.
  const note = {
    patient: one,
    record: theirs,
    amendmentReason: 'x',
    participants: ['x'],
    modality: 'VIDEO',
    place: 'x',
    consentToTreatment: true,
    assessment: 'x',
    plan: 'x',
    startedAt: '2026-01-05T08:00:00Z',
  };
  await expect(
    desk.ask('mutation ($i: TeleNoteInput!) { signTeleNote(input: $i, passphrase: "x") { id } }', { i: note }),
  ).rejects.toMatchObject({ code: 'telemedicine.no-such-note' });
});

test('variables that would reach into prototypes change nothing and are refused', async () => {
  const { desk, one } = await deskWithTwo();
  const query = 'mutation ($input: RegisterPatientInput!) { registerPatient(input: $input) { patient { id } } }';
  const input = JSON.parse('{"family":"Poll","given":["Uted"],"__proto__":{"polluted":true}}');
  await expect(desk.ask(query, { input })).rejects.toMatchObject({ code: 'graphql.operation-refused' });
  await desk.ask('query ($id: ID!) { patient(id: $id) { name } }', JSON.parse(`{"id":"${one}","__proto__":{"polluted":true}}`));
  await desk.ask('query ($__proto__: ID) { patient(id: $__proto__) { name } }', JSON.parse('{"__proto__":"x"}')).catch(() => 0);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test('a nurse reads no genome of her own clinic’s patients either, and nobody reads for a purpose that is not their role’s', async () => {
  const nurse = await deskWithTwo({ staff: { role: 'nurse' } });
  const { desk, request, one } = nurse;
  const record = await request.records.put({
    patient: one,
    category: 'genomic',
    kind: 'fhir',
    content: utf8(JSON.stringify(GENOMIC)),
    summary: summarize(GENOMIC),
    fhirId: '',
  });
  const { openChart } = await desk.ask<Opened>(OPEN, { patient: one });
  expect(openChart.categories).not.toContain('genomic');
  expect(JSON.stringify(openChart)).not.toContain(record.record);
  await expect(
    desk.ask('query ($p: ID!, $r: ID!) { record(patient: $p, id: $r) { resource } }', { p: one, r: record.record }),
  ).rejects.toMatchObject({ code: 'records.unknown' });
  const other = { patient: nurse.other, purpose: 'HPAYMT' };
  await expect(desk.ask(OPEN, other)).rejects.toMatchObject({ code: 'access.purpose-not-allowed' });
  expect(await linesAbout(nurse, nurse.other)).toEqual([]);
});

test('errors name neither places on the disk nor people', async () => {
  const { desk, one } = await deskWithTwo();
  await desk.ask(OPEN, { patient: one });
  const questions = [
    `{ patient(id: ${'['.repeat(200)}) { name } }`,
    '{ __schema { types { name } } }',
    '{ __type(name: "Patient") { fields { name } } }',
    '{ patiens { id } }',
    '{ patients(first: 100000) { edges { node { id } } } }',
    '{ patients(after: "../../etc") { edges { node { id } } } }',
    '{ importJob(id: "nothing") { id } }',
    'query ($p: ID!) { chart(patient: $p) { items(section: RESULT, after: "x") { totalCount } } }',
  ];
  for (const query of questions) {
    const failure = (await desk.ask(query, { p: one }).catch((error: unknown) => error)) as Failure;
    const told = failure instanceof Failure ? `${failure.message} ${JSON.stringify(failure.details)}` : '';
    expect(told).not.toMatch(/did you mean|node_modules|\/tmp|\.ts\b|Morgenstern|SQLITE/i);
  }
});
