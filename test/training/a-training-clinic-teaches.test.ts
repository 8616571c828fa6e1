/** A training clinic as people make it, with real processes: tasks judged from what was done, a record to take along, tampering shown. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { initHub } from '../../server/hub/commands/administration.ts';
import { verifySignature } from '../../server/vault/primitives.ts';
import { makeSampleClinic } from '../../server/workstation/joining/sample-clinic.ts';
import { demonstrateTampering } from '../../server/workstation/verify/tampering.ts';
import { verifyReplica } from '../../server/workstation/verify/verify-replica.ts';
import { verifyTrainingRecord } from '../../shared/training/training-record.ts';
import { ClinicDesk, PASSPHRASE as REAL } from '../support/clinic-desk.ts';
import { Desk, PASSPHRASE } from '../workstation/further-device-bench.ts';

const TRAINING = `beganAt points mostPoints patient { id name number } namesake { id name number } emergency { id } watched { id }
  tasks { task doneAt mistakes points }`;
interface Person {
  readonly id: string;
  readonly name: string;
  readonly number: string;
}
interface Training {
  readonly points: number;
  readonly mostPoints: number;
  readonly patient: Person;
  readonly namesake: Person;
  readonly emergency: Person;
  readonly watched: Person;
  readonly tasks: { task: string; doneAt: number | null; mistakes: number; points: number }[];
}

const folder = mkdtempSync(join(tmpdir(), 'careledger-training-'));
let clinic: Desk;
let begun: Training;
let record: string;

const training = async (): Promise<Training> =>
  (await clinic.ask<{ training: Training }>(`{ training { ${TRAINING} } }`)).training;
const task = async (name: string) => (await training()).tasks.find((each) => each.task === name);
const put = async (patient: string, resource: object, more: object = {}): Promise<string> => {
  const PUT = 'mutation ($input: PutRecordInput!) { putRecord(input: $input) { id } }';
  const { putRecord } = await clinic.ask<{ putRecord: { id: string } }>(PUT, {
    input: { patient, resource: JSON.stringify(resource), ...more },
  });
  return putRecord.id;
};
const allergy = (patient: string) => ({
  resourceType: 'AllergyIntolerance',
  clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }] },
  code: { text: 'Amoxicillin' },
  patient: { reference: `Patient/${patient}` },
});
const prescription = (patient: string, more: object = {}) => ({
  resourceType: 'MedicationRequest',
  status: 'active',
  intent: 'order',
  medicationCodeableConcept: { text: 'Amoxicillin 500 mg' },
  subject: { reference: `Patient/${patient}` },
  ...more,
});

beforeAll(async () => {
  clinic = await Desk.open(join(folder, 'clinic'));
  await makeSampleClinic(clinic.service, PASSPHRASE);
}, 240_000);
afterAll(async () => {
  await clinic.service.close();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

test('it joins no region, whoever invites it, and no other clinic’s computer joins it by a hub', async () => {
  const { invitation } = await initHub(join(folder, 'hub'), 'Real region', 'https://localhost:1');
  await expect(clinic.service.entrance.joinRegion(invitation)).rejects.toMatchObject({ code: 'sync.training-clinic' });
  await expect(clinic.ask('mutation { inviteDevice(kind: "workstation") }')).rejects.toThrow();
});

test('begun, the tasks name two people whom only their number tells apart', async () => {
  expect((await clinic.ask<{ training: Training }>('{ training { beganAt } }')).training).toEqual({ beganAt: null });
  ({ beginTraining: begun } = await clinic.ask<{ beginTraining: Training }>(`mutation { beginTraining { ${TRAINING} } }`));
  expect(begun.namesake.name).toBe(begun.patient.name);
  expect(begun.namesake.number).not.toBe(begun.patient.number);
  expect(begun).toMatchObject({ points: 0, mostPoints: 90 });
  expect(begun.tasks.every(({ doneAt, mistakes }) => doneAt === null && mistakes === 0)).toBe(true);
});

test('each task is done when it truly was, and the namesake’s chart costs points', async () => {
  const { patient, namesake, emergency, watched } = begun;
  await clinic.open(namesake.id);
  await clinic.open(patient.id);
  expect(await task('FIND')).toMatchObject({ doneAt: expect.any(Number), mistakes: 1, points: 5 });

  await put(patient.id, prescription(patient.id));
  expect(await task('PRESCRIPTION')).toMatchObject({ doneAt: null, mistakes: 1, points: 0 });
  const against = await put(patient.id, allergy(patient.id));
  expect(await task('ALLERGY')).toMatchObject({ mistakes: 0, points: 10 });
  const justified = {
    supportingInformation: [{ reference: `AllergyIntolerance/${against}` }],
    note: [{ text: 'Only this works.' }],
  };
  await put(patient.id, prescription(patient.id, justified));
  expect(await task('PRESCRIPTION')).toMatchObject({ mistakes: 1, points: 5 });

  const VITALS =
    'query ($patient: ID!) { chart(patient: $patient) { items(section: VITAL, first: 100) { edges { node { id version value } } } } }';
  const { chart } = await clinic.ask<{
    chart: { items: { edges: { node: { id: string; version: number; value: string } }[] } };
  }>(VITALS, { patient: patient.id });
  const wrong = chart.items.edges.map(({ node }) => node).find(({ value }) => value.startsWith('650'));
  const text = JSON.parse(await clinic.read(patient.id, wrong?.id ?? '')) as object;
  const mended = { ...text, valueQuantity: { value: 65, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' } };
  await put(patient.id, mended, { record: wrong?.id, basedOn: wrong?.version, reason: 'A nought too many' });
  expect(await task('CORRECTION')).toMatchObject({ points: 10 });

  const RESTRICT = `mutation ($input: RestrictionInput!, $passphrase: String!) { restrict(input: $input, passphrase: $passphrase) { id } }`;
  const input = {
    patient: patient.id,
    people: [],
    roles: ['nurse'],
    categories: ['SENSITIVE'],
    labels: [],
    verification: 'in person',
  };
  const { restrict } = await clinic.ask<{ restrict: { id: string } }>(RESTRICT, { input, passphrase: PASSPHRASE });
  expect(await task('RESTRICTION')).toMatchObject({ doneAt: null });
  const LIFT =
    'mutation ($patient: ID!, $id: ID!, $passphrase: String!) { liftRestriction(patient: $patient, id: $id, passphrase: $passphrase) { id } }';
  await clinic.ask(LIFT, { patient: patient.id, id: restrict.id, passphrase: PASSPHRASE });
  expect(await task('RESTRICTION')).toMatchObject({ points: 10 });

  const BREAK = 'mutation ($input: BreakGlassInput!) { breakGlass(input: $input) { ends } }';
  await clinic.ask(BREAK, {
    input: { patient: emergency.id, reason: 'UNCONSCIOUS', words: 'Brought in after a fall', categories: [] },
  });
  await clinic.open(emergency.id);
  expect(await task('GLASS')).toMatchObject({ mistakes: 0, points: 10 });

  await clinic.ask('query ($patient: ID!) { accessLog(patient: $patient) { edges { node { who } } } }', { patient: watched.id });
  expect(await task('LOG')).toMatchObject({ points: 10 });

  const SAYS = `mutation ($patient: ID!, $given: Boolean!) { recordTeleConsent(patient: $patient, given: $given, way: SPOKEN) { given } }`;
  await clinic.ask(SAYS, { patient: patient.id, given: false });
  expect(await task('CONSENT')).toMatchObject({ mistakes: 0, points: 10 });

  const { conflicts } = await clinic.ask<{ conflicts: { id: string; patient: Person }[] }>('{ conflicts { id patient { id } } }');
  expect(conflicts.map((each) => each.patient.id)).toEqual([patient.id]);
  const SETTLE = 'mutation ($input: SettleConflictInput!) { settleConflict(input: $input) { id version } }';
  const settle = (fromLate: string[], basedOn: number): Promise<{ settleConflict: { id: string } }> =>
    clinic.ask(SETTLE, {
      input: { patient: patient.id, conflict: conflicts[0]?.id, basedOn, fromLate, reason: 'Both were right' },
    });
  const { settleConflict } = await settle([], 2);
  expect(await task('CONFLICT')).toMatchObject({ doneAt: null, mistakes: 1, points: 0 });
  const UNDO = 'mutation ($input: UndoMergeInput!) { undoMerge(input: $input) { id } }';
  await clinic.ask(UNDO, { input: { patient: patient.id, record: settleConflict.id, reason: 'The note is missing' } });
  await settle(['note'], 4);
  expect(await task('CONFLICT')).toMatchObject({ doneAt: expect.any(Number), mistakes: 1, points: 5 });
  expect(await training()).toMatchObject({ points: 75 });
}, 120_000);

test('the record is signed, says who did what, and an altered one is refused', async () => {
  const SIGN =
    'mutation ($name: String!, $passphrase: String!) { signTrainingRecord(name: $name, passphrase: $passphrase) { json } }';
  await expect(clinic.ask(SIGN, { name: 'Ada Frey', passphrase: 'wrong horse' })).rejects.toThrow();
  await expect(clinic.ask(SIGN, { name: ' ', passphrase: PASSPHRASE })).rejects.toThrow(/name/);
  const { signTrainingRecord } = await clinic.ask<{ signTrainingRecord: { json: string } }>(SIGN, {
    name: 'Ada Frey',
    passphrase: PASSPHRASE,
  });
  record = signTrainingRecord.json;
  const { name, tasks } = verifyTrainingRecord(verifySignature, record);
  expect({ name, points: tasks.reduce((sum, { points }) => sum + points, 0) }).toEqual({ name: 'Ada Frey', points: 75 });
  const parsed = JSON.parse(record) as { statement: string };
  const bytes = Buffer.from(parsed.statement, 'base64');
  bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
  const forged = JSON.stringify({ ...parsed, statement: bytes.toString('base64') });
  expect(() => verifyTrainingRecord(verifySignature, forged)).toThrow(/altered/);
  expect(() => verifyTrainingRecord(verifySignature, '{}')).toThrow(/no competency record/);
});

test('a real clinic keeps it once, under the name of who says that it is theirs, and has no tasks', async () => {
  const KEEP =
    'mutation ($file: String!, $passphrase: String!) { keepTrainingRecord(file: $file, passphrase: $passphrase) { id } }';
  const desk = await ClinicDesk.open();
  await desk.unlock();
  expect(await desk.ask('{ training { points } }')).toEqual({ training: null });
  await expect(desk.ask('mutation { beginTraining { points } }')).rejects.toMatchObject({ code: 'training.not-here' });
  await desk.ask(KEEP, { file: record, passphrase: REAL });
  await expect(desk.ask(KEEP, { file: record, passphrase: REAL })).rejects.toMatchObject({ code: 'training.kept-already' });
  expect(await desk.ask('{ trainingRecords { name points mostPoints keptBy trainingClinic } }')).toEqual({
    trainingRecords: [
      { name: 'Ada Frey', points: 75, mostPoints: 90, keptBy: 'Dr. Ada Frey', trainingClinic: 'Sample Clinic (training)' },
    ],
  });
  await desk.lock();
  expect(readFileSync(join(desk.folder, 'clinic.db')).includes('training-record/1')).toBe(false);
  await expect(clinic.ask(KEEP, { file: record, passphrase: PASSPHRASE })).rejects.toThrow(/training clinic itself/);
});

test('tampering with a copy is found by the real verifier, however it is done; the clinic itself stays whole', async () => {
  for (const [how, said] of [
    ['BIT', /was altered on disk/],
    ['REWRITE', /signature that does not hold/],
    ['REMOVE', /./],
    ['RECORD', /./],
  ] as const) {
    const report = await demonstrateTampering(clinic.service.installation, how);
    expect(report.faults.join('\n'), how).toMatch(said);
  }
  const clean = await demonstrateTampering(clinic.service.installation, 'NOTHING');
  expect(clean.faults).toEqual([]);
  expect(clean.acts).toBeGreaterThan(10);
  expect((await verifyReplica(clinic.service.installation)).faults).toEqual([]);
}, 120_000);
