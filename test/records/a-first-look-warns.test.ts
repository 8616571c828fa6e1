/** What a chart says before all else: flags in force and the newest word on a pregnancy, beside the allergies. */
import { expect, test } from 'vitest';
import { warningsIn } from '../../shared/records/safety-facts.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';

test('the newest word on a pregnancy counts, and what was entered in error does not', () => {
  const status = (id: string, date: string, state = 'final') => ({
    ...{ id, date, status: state, resourceType: 'Observation', code: { code: '82810-3' } },
  });
  const named = [status('old', '2025-01-01'), status('new', '2026-03-01'), status('wrong', '2026-04-01', 'entered-in-error')];
  expect(warningsIn(named).map(({ id }) => id)).toEqual(['new']);
});

test('an order not to resuscitate stands in the summary until it is ended', async () => {
  const desk = await ClinicDesk.open();
  await desk.unlock();
  const REGISTER = 'mutation ($input: RegisterPatientInput!) { registerPatient(input: $input) { patient { id } } }';
  const { registerPatient } = await desk.ask<{ registerPatient: { patient: { id: string } } }>(REGISTER, {
    input: { family: 'Vega', given: ['Marisol'] },
  });
  const patient = registerPatient.patient.id;
  await desk.ask('mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient });
  const PUT = 'mutation ($input: PutRecordInput!) { putRecord(input: $input) { id } }';
  const flag = (status: string): string =>
    JSON.stringify({
      ...{ resourceType: 'Flag', status, code: { text: 'Do not resuscitate' } },
      subject: { reference: `Patient/${patient}` },
    });
  const { putRecord } = await desk.ask<{ putRecord: { id: string } }>(PUT, { input: { patient, resource: flag('active') } });
  const FIRST = 'query ($patient: ID!) { chart(patient: $patient) { summary { cautions { title } } } }';
  expect(await desk.ask(FIRST, { patient })).toEqual({ chart: { summary: { cautions: [{ title: 'Do not resuscitate' }] } } });
  const ended = { patient, record: putRecord.id, basedOn: 1, resource: flag('inactive'), reason: 'Withdrawn by the patient' };
  await desk.ask(PUT, { input: ended });
  expect(await desk.ask(FIRST, { patient })).toEqual({ chart: { summary: { cautions: [] } } });
});
