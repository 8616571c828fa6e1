/** A consult between two clinics over a real hub, that is away when the question is written and again when it is answered. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../server/workstation/demo/desk.ts';
import { readCase } from '../../shared/telemedicine/consult.ts';
import { ask, chainOf, type Desk, PASSPHRASE, type TwoClinics, twoClinics } from '../workstation/two-clinics.ts';

const FACTS = 'id clinic complete patientName question askedBy filed parts { title value } pictures { name } answer { text by }';
interface Facts {
  readonly id: string;
  readonly clinic: string;
  readonly complete: boolean;
  readonly parts: Array<{ title: string; value: string }>;
  readonly answer: { text: string; by: string } | null;
}
/** Three letters' worth that no packing makes smaller. */
const picture = randomBytes(380_000).toString('base64');
let clinics: TwoClinics;
let patient: string;

const received = async (at: Desk): Promise<Facts[]> =>
  (await ask<{ consultsReceived: Facts[] }>(at, `query { consultsReceived { ${FACTS} } }`)).consultsReceived;
const asked = async (): Promise<Facts[]> =>
  (
    await ask<{ consultsOf: Facts[] }>(clinics.harbour, `query ($patient: ID!) { consultsOf(patient: $patient) { ${FACTS} } }`, {
      patient,
    })
  ).consultsOf;
const put = (input: object): Promise<Facts> =>
  ask<{ askConsult: Facts }>(
    clinics.harbour,
    `mutation ($input: AskConsultInput!, $passphrase: String!) { askConsult(input: $input, passphrase: $passphrase) { ${FACTS} } }`,
    { input: { patient, clinic: chainOf(clinics.mountain), sections: [], pictures: [], ...input }, passphrase: PASSPHRASE },
  ).then(({ askConsult }) => askConsult);

beforeAll(async () => {
  clinics = await twoClinics();
  const { registerPatient } = await ask<{ registerPatient: { patient: { id: string } } }>(
    clinics.harbour,
    'mutation { registerPatient(input: { family: "Okafor", given: ["Chidi"], birthDate: "1981-05-04" }) { patient { id } } }',
  );
  patient = registerPatient.patient.id;
  await ask(clinics.harbour, 'mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient });
  const resource = (text: string, type: string): string =>
    JSON.stringify({ resourceType: type, subject: { reference: `Patient/${patient}` }, code: { text } });
  for (const input of [
    { patient, resource: resource('Naevus of the back', 'Condition') },
    {
      patient,
      resource: JSON.stringify({
        resourceType: 'Observation',
        status: 'final',
        subject: { reference: `Patient/${patient}` },
        code: { text: 'Potassium' },
        valueString: '4.10',
      }),
    },
  ])
    await ask(clinics.harbour, 'mutation ($input: PutRecordInput!) { putRecord(input: $input) { id } }', { input });
}, 90_000);
afterAll(() => clinics?.close());

test('a question with pictures waits for the line, is whole at the other clinic, and its signed answer comes back', async () => {
  const back = await clinics.hubAway();
  const sent = await put({
    question: 'Would you take it out?',
    sections: ['problem'],
    pictures: [{ name: 'naevus.jpg', type: 'image/jpeg', data: picture }],
  });
  expect(sent).toMatchObject({ complete: true, parts: [{ title: 'Naevus of the back' }], answer: null });
  expect(await received(clinics.mountain)).toEqual([]);
  await back();
  clinics.harbour.service.syncNow();
  await until('the whole question is there', async () => (await received(clinics.mountain)).some(({ complete }) => complete));
  const [question] = await received(clinics.mountain);
  expect(question).toMatchObject({
    id: sent.id,
    clinic: 'harbour',
    patientName: 'Chidi Okafor',
    question: 'Would you take it out?',
    askedBy: 'Ana Ferreira',
    // Of the record only what was chosen.
    parts: [{ title: 'Naevus of the back', value: '' }],
    pictures: [{ name: 'naevus.jpg' }],
  });
  const { consultPicture } = await ask<{ consultPicture: string }>(
    clinics.mountain,
    'query ($consult: ID!) { consultPicture(consult: $consult, index: 0) }',
    { consult: sent.id },
  );
  expect(consultPicture === picture).toBe(true);

  const goOn = await clinics.hubAway();
  const answer = `mutation ($consult: ID!, $passphrase: String!) {
    answerConsult(consult: $consult, answer: "Yes, with a margin of 2 mm.", passphrase: $passphrase) { answer { text by } } }`;
  await expect(ask(clinics.mountain, answer, { consult: sent.id, passphrase: 'wrong' })).rejects.toThrow();
  await ask(clinics.mountain, answer, { consult: sent.id, passphrase: PASSPHRASE });
  await expect(ask(clinics.mountain, answer, { consult: sent.id, passphrase: PASSPHRASE })).rejects.toThrow(/answered/);
  await goOn();
  clinics.mountain.service.syncNow();
  await until('the answer is there', async () => (await asked())[0]?.answer !== null);
  expect((await asked())[0]?.answer).toEqual({ text: 'Yes, with a margin of 2 mm.', by: 'Ana Ferreira' });
  await ask(
    clinics.harbour,
    'mutation ($patient: ID!, $consult: ID!) { fileConsult(patient: $patient, consult: $consult) { filed } }',
    {
      patient,
      consult: sent.id,
    },
  );
  expect((await asked())[0]).toMatchObject({ filed: true });
  // Nothing of it lies open, here or at the hub.
  for (const file of ['harbour/clinic.db', 'mountain/clinic.db', 'hub/hub.db'])
    expect(readFileSync(join(clinics.root, file)).includes('margin of 2 mm')).toBe(false);
}, 90_000);

test('the patient’s log says which clinic was asked', async () => {
  const { accessLog } = await ask<{ accessLog: { edges: Array<{ node: object }> } }>(
    clinics.harbour,
    'query ($patient: ID!) { accessLog(patient: $patient) { edges { node { action recipient } } } }',
    { patient },
  );
  expect(accessLog.edges.map(({ node }) => node)).toContainEqual({ action: 'consult', recipient: 'mountain' });
});

test.each([
  ['no words', { question: ' ' }, /Write what/],
  ['too many words', { question: 'x'.repeat(8_001) }, /8000|8,000/],
  ['a picture that is none', { question: 'x', pictures: [{ name: 'a', type: 'text/html', data: 'AAAA' }] }, /pictures/],
  ['a clinic that the ledger does not know', { question: 'x', clinic: 'ab'.repeat(32) }, /does not know/],
])('a question with %s is refused, and nothing is sent', async (_, input, why) => {
  const before = (await asked()).length;
  await expect(put(input)).rejects.toThrow(why);
  expect(await asked()).toHaveLength(before);
});

test('a colleague is shown those parts of a case whose records are open to them', async () => {
  const { harbour } = clinics;
  const enrol = 'mutation ($input: EnrolStaffInput!) { enrolStaff(input: $input) { id } }';
  const { enrolStaff } = await ask<{ enrolStaff: { id: string } }>(harbour, enrol, {
    input: { name: 'Nina Nurse', role: 'nurse', passphrase: PASSPHRASE },
  });
  const security = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'PSY' }];
  const subject = { reference: `Patient/${patient}` };
  const stay = { resourceType: 'Condition', meta: { security }, subject, code: { text: 'psychiatric stay' } };
  const write = 'mutation ($input: PutRecordInput!) { putRecord(input: $input) { id } }';
  await ask(harbour, write, { input: { patient, resource: JSON.stringify(stay) } });
  const restrict =
    'mutation ($input: RestrictionInput!, $passphrase: String!) { restrict(input: $input, passphrase: $passphrase) { id } }';
  const restriction = { patient, people: [], roles: ['nurse'], categories: [], labels: ['PSY'], verification: 'in person' };
  await ask(harbour, restrict, { input: restriction, passphrase: PASSPHRASE });
  await put({ question: 'May she take lithium?', sections: ['problem'] });
  const newest = async () => (await asked())[0]?.parts.map(({ title }) => title).sort();
  expect(await newest()).toEqual(['Naevus of the back', 'psychiatric stay']);

  await harbour.service.entrance.lock();
  await harbour.service.entrance.unlock(enrolStaff.id, PASSPHRASE);
  await ask(harbour, 'mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient });
  expect(await newest()).toEqual(['Naevus of the back']);
}, 60_000);

test('bytes that are no case are none', () => {
  for (const wrong of [
    '',
    '{}',
    'null',
    '{"version":1}',
    '[]',
    '{"version":1,"question":"x","patient":null,"parts":[],"pictures":[]}',
  ])
    expect(readCase(wrong)).toBeUndefined();
});
