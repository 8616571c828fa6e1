import { describe, expect, test } from 'vitest';
import type { PatientSummary } from '../../shared/fhir/patient-summary.ts';
import { continues, reasonsToCompare } from '../../shared/patients/matching.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';

const REGISTER = `mutation ($input: RegisterPatientInput!, $evenSo: Boolean) { registerPatient(input: $input, evenSo: $evenSo) {
  patient { id name birthDate city } candidates { patient { id name } reasons } } }`;

interface Registered {
  registerPatient: {
    patient: { id: string; name: string } | null;
    candidates: Array<{ patient: { id: string }; reasons: string[] }>;
  };
}

const lena = { family: 'Morgenstern', given: ['Lena'], birthDate: '1980-05-17', city: 'Bern' };

test('somebody like a person who is known is shown that person first, and is another one if the desk says so', async () => {
  const desk = await ClinicDesk.open();
  const { request } = await desk.unlock();
  const first = (await desk.ask<Registered>(REGISTER, { input: lena })).registerPatient;
  expect(first).toMatchObject({ patient: { name: 'Lena Morgenstern', city: 'Bern' }, candidates: [] });
  const again = (await desk.ask<Registered>(REGISTER, { input: { ...lena, family: 'Morgenstren' } })).registerPatient;
  expect(again).toMatchObject({
    patient: null,
    candidates: [{ patient: { id: first.patient?.id }, reasons: ['similar-name-and-birth-date'] }],
  });
  expect(await request.patients.count('')).toBe(1);
  const second = (await desk.ask<Registered>(REGISTER, { input: lena, evenSo: true })).registerPatient;
  expect(second.patient?.id).not.toBe(first.patient?.id);
  expect(await request.patients.count('morgenstern')).toBe(2);
});

test('digits that a register wrote behind names hide nobody: who is known is shown, and joined to nobody', async () => {
  const desk = await ClinicDesk.open();
  const { request } = await desk.unlock();
  const known = { family: "O'Keefe54", given: ['Karena692'], birthDate: '2002-07-30', city: 'Hutchinson' };
  const typed = { ...known, family: "O'Keefe", given: ['Karena'] };
  const first = (await desk.ask<Registered>(REGISTER, { input: known })).registerPatient;
  const found = [{ patient: { id: first.patient?.id }, reasons: ['name-and-birth-date'] }];
  expect((await desk.ask<Registered>(REGISTER, { input: typed })).registerPatient).toMatchObject({
    patient: null,
    candidates: found,
  });
  const second = (await desk.ask<Registered>(REGISTER, { input: typed, evenSo: true })).registerPatient;
  expect(second.patient?.id).not.toBe(first.patient?.id);
  const third = (await desk.ask<Registered>(REGISTER, { input: known })).registerPatient;
  expect(third.candidates.map(({ patient }) => patient.id).sort()).toEqual([first.patient?.id, second.patient?.id].sort());
  expect(await request.patients.count('')).toBe(2);
});

test('a registered person can be opened, and is still known after the next unlock', async () => {
  const desk = await ClinicDesk.open();
  await desk.unlock();
  const { patient } = (await desk.ask<Registered>(REGISTER, { input: lena })).registerPatient;
  await desk.lock();
  await desk.unlock();
  expect(
    await desk.ask(`mutation ($id: ID!) { openChart(patient: $id) { patient { name } categories } }`, { id: patient?.id }),
  ).toEqual({
    openChart: { patient: { name: 'Lena Morgenstern' }, categories: ['identity'] },
  });
});

test('a birth date that is none is refused by its place', async () => {
  const desk = await ClinicDesk.open();
  await desk.unlock();
  await expect(desk.ask(REGISTER, { input: { ...lena, birthDate: '17.05.1980' } })).rejects.toMatchObject({
    code: 'fhir.bad-value',
    details: { path: 'Patient.birthDate' },
  });
});

const person = (fields: Partial<PatientSummary>): PatientSummary => ({
  id: '',
  family: 'Morgenstern',
  given: ['Lena'],
  fullName: 'Lena Morgenstern',
  birthDate: '1980-05-17',
  gender: 'female',
  deceased: false,
  identifiers: [],
  city: '',
  phone: '',
  ...fields,
});

describe('reasons to look', () => {
  test.each<[string, Partial<PatientSummary>, string[]]>([
    ['the same name and birth date', {}, ['name-and-birth-date']],
    ['other spelling', { family: 'MORGENSTERN', given: ['Léna'] }, ['name-and-birth-date']],
    ['digits behind the names', { family: 'Morgenstern774', given: ['Lena12'] }, ['name-and-birth-date']],
    ['digits alone are a name', { family: '774' }, []],
    ['a slip of the pen', { family: 'Morgenstren' }, ['similar-name-and-birth-date']],
    ['a letter too few', { given: ['Lna'] }, []],
    ['another birth date', { birthDate: '1980-05-18' }, []],
    ['another family', { family: 'Abendroth' }, []],
    ['no birth date', { birthDate: '' }, []],
  ])('%s', (_, fields, reasons) => {
    expect(reasonsToCompare(person({}), person(fields))).toEqual(reasons);
  });

  test('an identifier of the same system, whatever the name', () => {
    const identifiers = [{ system: 'urn:oid:2.999.1', value: '7', type: '' }];
    const other = person({ identifiers, family: 'Abendroth', given: ['Ida'], birthDate: '1930-01-01' });
    expect(reasonsToCompare(person({ identifiers }), other)).toEqual(['identifier']);
    const without = [{ system: '', value: '7', type: '' }];
    expect(reasonsToCompare(person({ identifiers: without, birthDate: '' }), { ...other, identifiers: without })).toEqual([]);
  });
});

test('under the same id: a correction continues a person, a stranger does not', () => {
  expect(continues(person({}), person({ birthDate: '1980-05-18' }))).toBe(true);
  expect(continues(person({}), person({ family: 'Rosenthal' }))).toBe(true);
  expect(continues(person({}), person({ family: 'Okafor', given: ['Chidi'], birthDate: '1961-02-03', gender: 'male' }))).toBe(
    false,
  );
});
