import { expect, test } from 'vitest';
import { toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { recordKey, recordRow } from '../../shared/records/record-rules.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { folderOf, patient, weight } from '../support/fhir-files.ts';

const PUT = `mutation ($input: PutRecordInput!) { putRecord(input: $input) { id version title value unit author progress section } }`;
const RECORD = `query ($patient: ID!, $id: ID!) { record(patient: $patient, id: $id) {
  item { version value } resource missingReferences
  history { version author reason progress position personallySigned difference { path before after } } } }`;

async function openedChart() {
  const desk = await ClinicDesk.open();
  const { request } = await desk.unlock();
  const { id } = await request.imports.startPaths([
    folderOf({ 'Patient.ndjson': `${patient('p1')}\n${patient('p2', { birthDate: '1990-01-01' })}` }),
  ]);
  await request.imports.settled(id);
  const [found] = (await request.patients.find('17.05.1980', 5, undefined)).patients;
  const chart = found?.patient.id as string;
  await desk.ask(`mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }`, { patient: chart });
  return { desk, request, chart };
}

const put = (desk: ClinicDesk, input: object) => desk.ask<{ putRecord: { id: string; version: number } }>(PUT, { input });

test('a record that was added can be read, amended, and shows who changed what and why', async () => {
  const { desk, chart } = await openedChart();
  const { putRecord } = await put(desk, { patient: chart, resource: weight('', 'Patient/p1', '70.10') });
  expect(putRecord).toMatchObject({
    version: 1,
    title: 'Body weight',
    value: '70.10',
    unit: 'kg',
    section: 'VITAL',
    progress: 'SAVED',
  });
  const amended = {
    patient: chart,
    record: putRecord.id,
    basedOn: 1,
    resource: weight('', 'Patient/p1', '71.10'),
    reason: 'typing error',
  };
  expect((await put(desk, amended)).putRecord).toMatchObject({ id: putRecord.id, version: 2 });
  const { record } = await desk.ask<{ record: Record<string, never> }>(RECORD, { patient: chart, id: putRecord.id });
  expect(record).toMatchObject({
    item: { version: 2, value: '71.10' },
    resource: weight('', 'Patient/p1', '71.10'),
    missingReferences: [],
    history: [
      {
        version: 2,
        author: 'Dr. Ada Frey',
        reason: 'typing error',
        difference: [{ path: 'valueQuantity.value', before: '70.10', after: '71.10' }],
      },
      { version: 1, reason: null, difference: [] },
    ],
  });
});

test('the ledger knows the newest version, and each names the one before', async () => {
  const { desk, request, chart } = await openedChart();
  const { putRecord } = await put(desk, { patient: chart, resource: weight('', 'Patient/p1', '70') });
  await put(desk, { patient: chart, record: putRecord.id, basedOn: 1, resource: weight('', 'Patient/p1', '71') });
  const owner = request.patients.known(chart);
  const entry = await request.records.entry(owner, putRecord.id);
  const [row] = await request.vault.gateway.state([recordKey(owner.handles.clinical ?? '', putRecord.id)]);
  const { version, document } = decode(recordRow, row as Uint8Array);
  expect({ version, document: toHex(document) }).toEqual({ version: 2, document: entry.document });
});

test('two who change the same version: the second is told, and nothing is overwritten', async () => {
  const { desk, chart } = await openedChart();
  const { putRecord } = await put(desk, { patient: chart, resource: weight('', 'Patient/p1', '70') });
  const change = (kilograms: string) =>
    put(desk, { patient: chart, record: putRecord.id, basedOn: 1, resource: weight('', 'Patient/p1', kilograms) });
  const both = await Promise.allSettled([change('71'), change('72')]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'records.version-conflict' } });
});

test('acts that wait together share a commit, and one that is refused spoils none', async () => {
  const { desk, request, chart } = await openedChart();
  const { putRecord } = await put(desk, { patient: chart, resource: weight('', 'Patient/p1', '70') });
  await put(desk, { patient: chart, record: putRecord.id, basedOn: 1, resource: weight('', 'Patient/p1', '71') });
  const { entry, content } = await request.vault.fhir.check(weight('', 'Patient/p1', '72'));
  const draft = { patient: chart, category: 'clinical', kind: 'fhir', content, summary: entry.summary, fhirId: '' } as const;
  const before = desk.commits;
  const acts = await Promise.allSettled([
    ...Array.from({ length: 20 }, () => request.records.put(draft)),
    request.records.put({ ...draft, record: putRecord.id, basedOn: 1 }),
    request.records.put({ ...draft, patient: 'ff'.repeat(16) }),
    request.records.put({ ...draft, record: putRecord.id, basedOn: 2 }),
    request.records.put({ ...draft, record: putRecord.id, basedOn: 3 }),
  ]);
  expect(acts.flatMap((act) => (act.status === 'rejected' ? [act.reason.code] : []))).toEqual([
    'records.version-conflict',
    'patients.unknown',
  ]);
  expect(desk.commits - before).toBe(1);
  expect(await request.records.entry(request.patients.known(chart), putRecord.id)).toMatchObject({ version: 4 });
  expect(await request.records.entries(request.patients.known(chart))).toHaveLength(22);
});

test('a hundred amendments later the chart opens as before, from fewer rows', async () => {
  const { desk, request, chart } = await openedChart();
  const { putRecord } = await put(desk, { patient: chart, resource: weight('', 'Patient/p1', '70') });
  for (let version = 1; version <= 100; version++) {
    await put(desk, {
      patient: chart,
      record: putRecord.id,
      basedOn: version,
      resource: weight('', 'Patient/p1', `70.${version}`),
    });
  }
  const owner = request.patients.known(chart);
  const before = await request.records.entries(owner);
  request.records.forget(chart);
  const after = await request.records.entries(owner);
  expect([...after].sort(byRecord)).toEqual([...before].sort(byRecord));
  expect((await request.records.charts.open(chart)).chunks.length).toBeLessThan(70);
  expect(await request.records.versions(owner, await request.records.entry(owner, putRecord.id))).toHaveLength(101);
}, 60_000);

test.each([
  ['what breaks FHIR', (text: string) => text.replace('"final"', '"done"'), 'fhir.bad-code'],
  ['what is about somebody else', (text: string) => text.replace('Patient/p1', 'Patient/p2'), 'records.other-patient'],
  ['what is about nobody', (text: string) => text.replace('"subject":{"reference":"Patient/p1"},', ''), 'records.other-patient'],
  [
    'a Bundle',
    (text: string) => `{"resourceType":"Bundle","type":"collection","entry":[{"resource":${text}}]}`,
    'fhir.one-resource',
  ],
])('%s is refused and nothing is saved', async (_, spoil, code) => {
  const { desk, request, chart } = await openedChart();
  const count = desk.commits;
  await expect(put(desk, { patient: chart, resource: spoil(weight('', 'Patient/p1', '70')) })).rejects.toMatchObject({ code });
  expect(desk.commits).toBe(count);
  expect(await request.records.entries(request.patients.known(chart))).toHaveLength(1);
});

test('a corrected name is found at once, and the old one no more', async () => {
  const { desk, request, chart } = await openedChart();
  const { record } = request.patients.known(chart);
  const corrected = patient('p1', { name: [{ family: 'Abendroth', given: ['Lena'] }] });
  await put(desk, { patient: chart, record, basedOn: 1, resource: corrected });
  expect(await request.patients.count('abendroth')).toBe(1);
  expect(await request.patients.count('morgenstern')).toBe(1);
  await desk.lock();
  const again = await desk.unlock();
  expect(again.request.patients.known(chart).summary.family).toBe('Abendroth');
});

test('a draft outlives a crash, and is its writer’s alone', async () => {
  const { desk, chart } = await openedChart();
  await desk.ask(
    `mutation ($patient: ID!) { saveDraft(patient: $patient, kind: "note", key: "new", content: "half a word") { savedAt } }`,
    { patient: chart },
  );
  await desk.crash();
  const { request } = await desk.unlock();
  expect(await request.drafts.of(chart)).toMatchObject([{ kind: 'note', key: 'new', content: 'half a word' }]);
  await request.drafts.discard(chart, 'note', 'new');
  expect(await request.drafts.of(chart)).toEqual([]);
});

const byRecord = (one: { record: string }, other: { record: string }): number => (one.record < other.record ? -1 : 1);
