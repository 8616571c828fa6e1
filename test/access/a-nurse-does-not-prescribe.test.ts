/** Minimum necessary for nurses: they write in charts, and neither prescribe nor say that two people are one. */
import { expect, test } from 'vitest';
import { mayDo } from '../../shared/access/permissions.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';

const PUT = 'mutation ($input: PutRecordInput!) { putRecord(input: $input) { id version } }';
const PUT_ALL = 'mutation ($patient: ID!, $inputs: [PutRecordInput!]!) { putRecords(patient: $patient, inputs: $inputs) { id } }';
const REGISTER = 'mutation ($input: RegisterPatientInput!) { registerPatient(input: $input, evenSo: true) { patient { id } } }';
const OPEN = 'mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }';
const MERGE =
  'mutation ($patient: ID!, $other: ID!) { mergePatients(patient: $patient, other: $other, reason: "One") { patient { id } } }';

test('a nurse writes down what is taken; prescribing, changing a prescription and merging are refused, alone and among others', async () => {
  const desk = await ClinicDesk.open();
  const { request } = await desk.unlock();
  const as = (role: string): void => {
    (request.vault.staff as { role: string }).role = role;
  };
  const register = async (): Promise<string> => {
    const input = { family: 'Okafor', given: ['Marisol'] };
    return (await desk.ask<{ registerPatient: { patient: { id: string } } }>(REGISTER, { input })).registerPatient.patient.id;
  };
  const [patient, other] = [await register(), await register()];
  await desk.ask(OPEN, { patient });
  const subject = { reference: `Patient/${patient}` };
  const drug = { medicationCodeableConcept: { text: 'Ibuprofen 200 mg' }, subject };
  const prescription = { resourceType: 'MedicationRequest', status: 'active', intent: 'order', ...drug };
  const taken = { resourceType: 'MedicationStatement', status: 'active', ...drug };
  const put = (resource: object, more: object = {}) =>
    desk.ask<{ putRecord: { id: string; version: number } }>(PUT, {
      input: { patient, resource: JSON.stringify(resource), ...more },
    });

  const { putRecord: written } = await put(prescription);
  as('nurse');
  await put(taken);
  await expect(put(prescription)).rejects.toMatchObject({ code: 'records.no-prescriber' });
  const stopped = { record: written.id, basedOn: written.version, reason: 'Stopped' };
  await expect(put({ ...prescription, status: 'stopped' }, stopped)).rejects.toMatchObject({ code: 'records.no-prescriber' });
  const inputs = [taken, prescription].map((resource) => ({ patient, resource: JSON.stringify(resource) }));
  await expect(desk.ask(PUT_ALL, { patient, inputs })).rejects.toMatchObject({ code: 'records.no-prescriber' });
  await expect(desk.ask(MERGE, { patient, other })).rejects.toMatchObject({ code: 'access.not-allowed' });
  const COUNT =
    'query ($patient: ID!) { chart(patient: $patient) { items(section: MEDICATION) { edges { node { version } } } } }';
  const { chart } = await desk.ask<{ chart: { items: { edges: unknown[] } } }>(COUNT, { patient });
  expect(chart.items.edges).toHaveLength(2);

  as('clinician');
  await put({ ...prescription, status: 'stopped' }, stopped);
  await desk.ask(MERGE, { patient, other });
});

test('only clinicians and administrators prescribe and merge', () => {
  for (const permission of ['prescribe', 'patients.merge']) {
    const holders = ['administrator', 'clinician', 'nurse', 'reception', 'billing', 'privacy-officer', 'researcher'];
    expect(holders.filter((role) => mayDo(role, permission))).toEqual(['administrator', 'clinician']);
  }
});
