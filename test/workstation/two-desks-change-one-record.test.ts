import '../support/quick-passphrases.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../server/workstation/demo/desk.ts';
import { ClinicBench, type Desk } from './further-device-bench.ts';

let bench: ClinicBench;
let first: Desk;
let second: Desk;

beforeAll(async () => {
  bench = await ClinicBench.open();
  first = bench.first;
  second = await bench.desk('second', 'Ben Okafor');
}, 120_000);

afterAll(() => bench?.close());

const allergy = (patient: string, status: string, note: string): string =>
  JSON.stringify({
    resourceType: 'AllergyIntolerance',
    clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: status }] },
    code: { text: 'Penicillin' },
    patient: { reference: `Patient/${patient}` },
    note: [{ text: note }],
  });

const PUT = 'mutation Put($input: PutRecordInput!) { putRecord(input: $input) { id version } }';
const put = (desk: Desk, patient: string, resource: string, record?: string, basedOn?: number) =>
  desk.ask<{ putRecord: { id: string; version: number } }>(PUT, {
    input: { patient, record, basedOn, resource, reason: 'test' },
  });

interface Allergies {
  chart: { summary: { allergies: Array<{ title: string; status: string; waiting: string[] }> } };
}
const allergies = async (desk: Desk, patient: string) =>
  (
    await desk.ask<Allergies>(
      'query Chart($patient: ID!) { chart(patient: $patient) { summary { allergies { title status waiting } } } }',
      { patient },
    )
  ).chart.summary.allergies;
const inbox = async (desk: Desk) =>
  (await desk.ask<{ conflicts: Array<{ id: string; record: string; mine: boolean }> }>('{ conflicts { id record mine } }'))
    .conflicts;
const settle = (desk: Desk, input: object) =>
  desk.ask('mutation Settle($input: SettleConflictInput!) { settleConflict(input: $input) { version status } }', { input });

async function bothSync(): Promise<void> {
  for (const desk of [first, second, first, second]) await desk.service.syncOnce();
}

test('an older edit takes no allergy away: both versions are kept, the warning stays, and a person settles it, or takes that back', async () => {
  const patient = await first.register('Ito', 'Mariko');
  await first.open(patient);
  const { putRecord } = await put(first, patient, allergy(patient, 'active', 'rash as a child'));
  await bothSync();
  await until('the second desk knows the patient', async () => (await second.find('Ito')).length > 0);
  await second.open(patient);
  expect(await allergies(second, patient)).toMatchObject([{ status: 'active', waiting: [] }]);

  // Neither hears of the other: one takes the allergy away, the other makes it graver.
  await bench.apart(async () => {
    const removal = put(second, patient, allergy(patient, 'inactive', 'tested negative'), putRecord.id, 1);
    const warning = put(first, patient, allergy(patient, 'active', 'anaphylaxis'), putRecord.id, 1);
    expect((await Promise.all([removal, warning])).map((each) => each.putRecord.version)).toEqual([2, 2]);
  });
  await second.service.syncOnce();
  await bothSync();
  const [found] = await until('both desks see what waits', async () => {
    const [one, other] = [await inbox(first), await inbox(second)];
    return one.length === 1 && other.length === 1 ? one : undefined;
  });
  const conflict = found?.id ?? '';
  for (const desk of [first, second]) {
    await until('the warning is shown on both', async () => {
      const [shown] = await allergies(desk, patient);
      return shown?.status === 'active' && shown.waiting[0] === conflict;
    });
  }
  const { conflict: detail } = await second.ask<{
    conflict: { elements: Array<{ element: string; safety: boolean; changedBy: string }> };
  }>(
    'query Conflict($patient: ID!, $id: ID!) { conflict(patient: $patient, id: $id) { elements { element safety changedBy } } }',
    { patient, id: conflict },
  );
  expect(detail.elements.map(({ element, changedBy }) => `${element} ${changedBy}`).sort()).toEqual([
    'clinicalStatus CURRENT',
    'note BOTH',
  ]);
  expect(detail.elements.every(({ safety }) => safety)).toBe(true);

  const input = { patient, conflict, basedOn: 2, fromLate: ['clinicalStatus', 'note'], reason: 'the graver one is right' };
  await expect(settle(second, { ...input, fromLate: ['code'] })).rejects.toThrow(/same in both/);
  await expect(settle(second, { ...input, reason: ' ' })).rejects.toThrow(/few words why/);
  await settle(second, input);
  expect(await inbox(second)).toEqual([]);
  await bothSync();
  await until('the first desk hears of it', async () => {
    const [shown] = await allergies(first, patient);
    return (await inbox(first)).length === 0 && shown?.status === 'active' && shown.waiting.length === 0;
  });

  await first.ask('mutation Undo($input: UndoMergeInput!) { undoMerge(input: $input) { version } }', {
    input: { patient, record: putRecord.id, reason: 'ask the allergologist first' },
  });
  expect(await inbox(first)).toMatchObject([{ id: conflict }]);
  expect(await allergies(first, patient)).toMatchObject([{ status: 'active', waiting: [conflict] }]);
}, 180_000);

test('two desks that call one patient at once write one encounter: both queues show the same room, say that a version waits, and a person settles it', async () => {
  const VISIT = 'id revision stage room encounter contested';
  interface Shown {
    id: string;
    revision: string;
    stage: string;
    room: string | null;
    encounter: string | null;
    contested: boolean;
  }
  const { addVisit } = await (async () => {
    const patient = await first.register('Sato', 'Ken');
    const ADD = `mutation Add($patient: ID!) { addVisit(input: { patient: $patient, kind: WALK_IN }) { visit { ${VISIT} start patient { id } } } }`;
    return first.ask<{ addVisit: { visit: Shown & { start: string; patient: { id: string } } } }>(ADD, { patient });
  })();
  const { visit } = addVisit;
  const day = visit.start.slice(0, 10);
  const seen = async (desk: Desk): Promise<Shown | undefined> =>
    (await desk.ask<{ visits: Shown[] }>(`query Day($day: String!) { visits(day: $day) { ${VISIT} } }`, { day })).visits.find(
      ({ id }) => id === visit.id,
    );
  const call = (desk: Desk, shown: Shown, room: string) =>
    desk.ask(
      `mutation Call($visit: ID!, $revision: String!, $room: String) { moveVisit(visit: $visit, revision: $revision, step: CALL, room: $room) { id } }`,
      { visit: shown.id, revision: shown.revision, room },
    );
  await bothSync();
  const there = await until('the second desk shows who is here', () => seen(second));
  expect(there).toEqual(await seen(first));

  await bench.apart(async () => {
    await call(first, visit, 'Room 1');
    await call(second, there, 'Room 2');
  });
  const same = await until('both queues agree', async () => {
    await bothSync();
    const [one, other] = [await seen(first), await seen(second)];
    return one?.contested && other?.contested && one.revision === other.revision ? one : undefined;
  });
  expect(same).toMatchObject({ stage: 'CALLED' });
  const waiting = (await inbox(first)).filter(({ record }) => [visit.id, same.encounter].includes(record));
  expect(waiting.map(({ record }) => record).sort()).toEqual([visit.id, same.encounter].sort());
  await first.open(visit.patient.id);
  for (const { id, record } of waiting)
    await settle(first, {
      patient: visit.patient.id,
      conflict: id,
      basedOn: record === visit.id ? 2 : 1,
      fromLate: [],
      reason: 'same visit',
    });
  await until('nothing waits', async () => {
    await bothSync();
    const [one, other] = [await seen(first), await seen(second)];
    return one?.contested === false && other?.contested === false && one.room === same.room && other.room === same.room;
  });
}, 180_000);
