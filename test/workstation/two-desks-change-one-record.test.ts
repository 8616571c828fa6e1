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
