/** A patient whose chart has parts that are kept from a role, and the same patient without those parts: for tests that hold what is told of both against each other. */
import { type ClinicDesk, PASSPHRASE } from '../support/clinic-desk.ts';

export interface KeptParts {
  readonly patient: string;
  /** The record of the kept stay; none in the twin. */
  readonly stay: string;
  /** Every record that is kept. */
  readonly hidden: readonly string[];
}

/** By an administrator. @param pass moves the clock on by milliseconds */
export async function writeKeptParts(
  desk: ClinicDesk,
  role: 'nurse' | 'clinician',
  hasParts: boolean,
  pass: (by: number) => void,
): Promise<KeptParts> {
  const { registerPatient } = await desk.ask<{ registerPatient: { patient: { id: string } } }>(
    'mutation ($input: RegisterPatientInput!) { registerPatient(input: $input, evenSo: true) { patient { id } } }',
    { input: { family: 'Canary', given: ['Paula'], birthDate: '1980-02-29' } },
  );
  const patient = registerPatient.patient.id;
  const open = () => desk.ask('mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient });
  await open();
  const hidden: string[] = [];
  const put = async (resource: object, isPart = false): Promise<string> => {
    pass(10);
    if (isPart && !hasParts) return '';
    const { putRecord } = await desk.ask<{ putRecord: { id: string } }>(
      'mutation ($input: PutRecordInput!) { putRecord(input: $input) { id } }',
      {
        input: { patient, resource: JSON.stringify({ subject: { reference: `Patient/${patient}` }, ...resource }), reason: null },
      },
    );
    if (isPart) hidden.push(putRecord.id);
    return putRecord.id;
  };
  const kept = { meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'PSY' }] } };
  const temperature = (value: number) => ({
    resourceType: 'Observation',
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '8310-5' }], text: 'Temperature' },
    effectiveDateTime: '2026-01-05T08:00:00Z',
    valueQuantity: { value, unit: 'Cel', system: 'http://unitsofmeasure.org', code: 'Cel' },
  });
  await put({ resourceType: 'Condition', code: { text: 'Asthma' } });
  await put(temperature(37.1));
  const stay = await put({ resourceType: 'Condition', id: 'stay', code: { text: 'Hiddenstay' }, ...kept }, true);
  await put(
    {
      resourceType: 'Condition',
      code: { text: 'Hiddenherpes' },
      meta: { security: [{ ...kept.meta.security[0], code: 'SEX' }] },
    },
    true,
  );
  await put({ ...temperature(41.9), ...kept }, true);
  await put(
    {
      resourceType: 'AllergyIntolerance',
      patient: { reference: `Patient/${patient}` },
      subject: undefined,
      clinicalStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }],
      },
      code: { text: 'Hiddenallergy' },
      ...kept,
    },
    true,
  );
  await put(
    {
      resourceType: 'Encounter',
      id: 'ward',
      status: 'in-progress',
      class: { code: 'IMP' },
      period: { start: '2026-01-04' },
      reasonCode: [{ text: 'Hiddenreason' }],
      ...kept,
    },
    true,
  );
  await put(
    {
      resourceType: 'MedicationRequest',
      status: 'active',
      intent: 'order',
      medicationCodeableConcept: { text: 'Hiddenlithium' },
      ...kept,
    },
    true,
  );
  await put({
    resourceType: 'Condition',
    code: { text: 'Follow-up' },
    encounter: { reference: 'Encounter/ward' },
    evidence: [{ detail: [{ reference: 'Condition/stay' }] }],
  });
  pass(1_000);
  // What colleagues do about it, whose words are theirs.
  await desk.ask('mutation ($input: AddTaskInput!) { addTask(input: $input) { id } }', {
    input: { patient, what: 'Call back', role: 'nurse', due: '2026-01-06T09:00:00Z', about: 'Condition/stay' },
  });
  const watch = { patient, measurement: 'BODY_TEMPERATURE', high: '39', intervalMinutes: 60, escalateMinutes: 15, tell: [] };
  await desk.ask('mutation ($input: MonitoringInput!) { setMonitoring(input: $input) { id } }', { input: watch });
  await desk.ask('mutation ($patient: ID!) { closeChart(patient: $patient) }', { patient });
  await open();
  if (hasParts)
    await desk.ask(
      'mutation ($input: RestrictionInput!, $passphrase: String!) { restrict(input: $input, passphrase: $passphrase) { id } }',
      {
        input: { patient, people: [], roles: [role], categories: ['SENSITIVE'], labels: ['PSY'], verification: 'in person' },
        passphrase: PASSPHRASE,
      },
    );
  return { patient, stay, hidden };
}
