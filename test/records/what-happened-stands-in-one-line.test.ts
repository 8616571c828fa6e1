/** The line of time: what every section tells, newest first, whatever it is. */
import { expect, test } from 'vitest';
import { ClinicDesk } from '../support/clinic-desk.ts';

const REGISTER = 'mutation ($input: RegisterPatientInput!) { registerPatient(input: $input) { patient { id } } }';
const PUT = 'mutation ($input: PutRecordInput!) { putRecord(input: $input) { id } }';
const LINE = `query ($patient: ID!, $search: String, $first: Int, $after: String) { chart(patient: $patient) {
  items(search: $search, first: $first, after: $after) { edges { cursor node { section title date } } totalCount } } }`;

interface Line {
  readonly chart: {
    readonly items: {
      readonly edges: ReadonlyArray<{
        readonly cursor: string;
        readonly node: { readonly section: string; readonly title: string; readonly date: string };
      }>;
      readonly totalCount: number;
    };
  };
}

test('what every section tells stands in one line, newest first, page by page, without who the patient is', async () => {
  const desk = await ClinicDesk.open();
  await desk.unlock();
  const { registerPatient } = await desk.ask<{ registerPatient: { patient: { id: string } } }>(REGISTER, {
    input: { family: 'Vega', given: ['Marisol'] },
  });
  const patient = registerPatient.patient.id;
  await desk.ask('mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient });
  const subject = { reference: `Patient/${patient}` };
  const status = [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }];
  for (const resource of [
    {
      ...{ resourceType: 'Observation', status: 'final', code: { text: 'Glucose' }, effectiveDateTime: '2026-02-01' },
      valueQuantity: { value: 5.1, unit: 'mmol/L' },
    },
    { resourceType: 'Condition', clinicalStatus: { coding: status }, code: { text: 'Asthma' }, onsetDateTime: '2024-05-01' },
    { resourceType: 'Procedure', status: 'completed', code: { text: 'Spirometry' }, performedDateTime: '2025-03-04' },
  ])
    await desk.ask(PUT, { input: { patient, resource: JSON.stringify({ ...resource, subject }) } });

  const line = async (asked: object = {}) => (await desk.ask<Line>(LINE, { patient, ...asked })).chart.items;
  const whole = await line();
  expect(whole.edges.map(({ node }) => [node.date, node.section, node.title])).toEqual([
    ['2026-02-01', 'RESULT', 'Glucose'],
    ['2025-03-04', 'PROCEDURE', 'Spirometry'],
    ['2024-05-01', 'PROBLEM', 'Asthma'],
  ]);
  expect(whole.totalCount).toBe(3);
  const next = await line({ first: 1, after: whole.edges[0]?.cursor });
  expect(next.edges.map(({ node }) => node.title)).toEqual(['Spirometry']);
  expect((await line({ search: 'asth' })).edges.map(({ node }) => node.title)).toEqual(['Asthma']);
});
