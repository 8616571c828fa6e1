/** A clinician lays the chart's medications beside those that came, decides about each line, and signs once. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OpenVault } from '../../server/graphql/domains.ts';
import { textOfDiv } from '../../shared/fhir/plain-narrative.ts';
import {
  decisionsAbout,
  fatesOf,
  type MedicationDecision,
  type MedicationLine,
  medicationLines,
} from '../../shared/records/medication-lines.ts';
import { ClinicDesk, PASSPHRASE } from '../support/clinic-desk.ts';
import { folderOf, patient as person } from '../support/fhir-files.ts';

const LINES = `query ($patient: ID!) { medicationReconciliation(patient: $patient) {
  lines { name decisions chart { id title version } came { origin from item { id title version } } } last { id author } } }`;
const TEXT = 'query ($input: ReconcileMedicationsInput!) { medicationReconciliationText(input: $input) }';
const SIGN = `mutation ($input: ReconcileMedicationsInput!, $passphrase: String!) {
  signMedicationReconciliation(input: $input, passphrase: $passphrase) { id section resourceType } }`;
const PUT = 'mutation ($patient: ID!, $inputs: [PutRecordInput!]!) { putRecords(patient: $patient, inputs: $inputs) { id } }';
const RECORD = `query ($patient: ID!, $id: ID!) { record(patient: $patient, id: $id) {
  resource missingReferences history { version personallySigned importedFrom reason } } }`;
const SUMMARY = 'query ($patient: ID!) { chart(patient: $patient) { summary { medications { title resourceType } } } }';

interface Item {
  readonly id: string;
  readonly title: string;
}
interface Line {
  readonly name: string;
  readonly decisions: readonly MedicationDecision[];
  readonly chart: readonly Item[];
  readonly came: readonly { readonly origin: string; readonly from: string; readonly item: Item }[];
}

const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';
const concept = (text: string, code?: string) => ({
  ...(code ? { coding: [{ system: RXNORM, code, display: text }] } : {}),
  text,
});
const order = (id: string, of: object, over: object = {}) => ({
  resourceType: 'MedicationRequest',
  ...(id === '' ? {} : { id }),
  status: 'active',
  intent: 'order',
  medicationCodeableConcept: of,
  authoredOn: '2026-10-01',
  dosageInstruction: [{ text: '1 tablet daily' }],
  ...over,
});

async function openedDesk(): Promise<{ desk: ClinicDesk; vault: OpenVault; patient: string }> {
  const desk = await ClinicDesk.open();
  const vault = await desk.unlock();
  const subject = { reference: 'Patient/p1' };
  const sensitive = { meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'PSY' }] } };
  const came = [
    order('m1', concept('Lisinopril 10 MG Oral Tablet', '314076')),
    order('m2', concept('Metformin 500 MG', '860975')),
    order('m3', concept('Sertraline 50 MG', '312940'), sensitive),
  ].map((each) => JSON.stringify({ ...each, subject }));
  const folder = folderOf({ 'Patient.ndjson': person('p1'), 'MedicationRequest.ndjson': `${came.join('\n')}\n` });
  const { id: job } = await vault.request.imports.startPaths([folder]);
  await vault.request.imports.settled(job);
  const patient = (await vault.request.patients.find('', 1, undefined)).patients[0]?.patient.id ?? '';
  await desk.ask('mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient });
  return { desk, vault, patient };
}

test('each line is decided, one signature ends and takes over, and the chart shows what goes on', async () => {
  const { desk, patient } = await openedDesk();
  const mine = { subject: { reference: `Patient/${patient}` } };
  const resources = [
    order('', concept('LISINOPRIL 10 mg', '314076'), mine),
    order('', concept('Ibuprofen 400 mg'), mine),
    {
      resourceType: 'MedicationStatement',
      status: 'active',
      medicationCodeableConcept: concept('St. John’s wort'),
      informationSource: mine.subject,
      ...mine,
    },
  ];
  await desk.ask(PUT, { patient, inputs: resources.map((each) => ({ patient, resource: JSON.stringify(each) })) });
  const now = async () =>
    (await desk.ask<{ medicationReconciliation: { lines: Line[]; last: Item | null } }>(LINES, { patient }))
      .medicationReconciliation;
  const first = await now();
  expect(first.last).toBeNull();
  expect(
    first.lines.map(({ chart, came, decisions }) => [
      chart.map(({ title }) => title),
      came.map(({ item, origin, from }) => `${item.title} ${origin} ${from}`),
      decisions,
    ]),
  ).toEqual([
    [['Ibuprofen 400 mg'], [], ['KEEP', 'STOP', 'NOT_TAKEN']],
    [
      ['LISINOPRIL 10 mg'],
      ['Lisinopril 10 MG Oral Tablet IMPORT MedicationRequest.ndjson'],
      ['TAKE_OVER', 'KEEP', 'STOP', 'NOT_TAKEN'],
    ],
    [[], ['Metformin 500 MG IMPORT MedicationRequest.ndjson'], ['TAKE_OVER', 'STOP', 'NOT_TAKEN']],
    [[], ['Sertraline 50 MG IMPORT MedicationRequest.ndjson'], ['TAKE_OVER', 'STOP', 'NOT_TAKEN']],
    [[], ['St. John’s wort PATIENT '], ['TAKE_OVER', 'STOP', 'NOT_TAKEN']],
  ]);

  const choices: readonly MedicationDecision[] = ['STOP', 'KEEP', 'NOT_TAKEN', 'TAKE_OVER', 'TAKE_OVER'];
  const decisions = first.lines.map(({ name }, at) => ({ line: name, decision: choices[at] }));
  const input = { patient, at: '2026-11-28T18:00:00+01:00', decisions };
  const refused = (wrong: object, code: string) =>
    expect(desk.ask(SIGN, { input: { ...input, ...wrong }, passphrase: PASSPHRASE })).rejects.toMatchObject({ code });
  await refused({ decisions: decisions.slice(1) }, 'records.reconcile-open');
  await refused({ decisions: [...decisions, { line: 'seen otherwise', decision: 'KEEP' }] }, 'records.reconcile-changed');
  await expect(desk.ask(SIGN, { input, passphrase: 'another one entirely' })).rejects.toMatchObject({
    code: 'vault.passphrase-wrong',
  });
  expect(await now()).toEqual(first);

  const { medicationReconciliationText: text } = await desk.ask<{ medicationReconciliationText: string }>(TEXT, { input });
  const { signMedicationReconciliation: signed } = await desk.ask<{ signMedicationReconciliation: Item & object }>(SIGN, {
    input,
    passphrase: PASSPHRASE,
  });
  expect(signed).toMatchObject({ section: 'MEDICATION', resourceType: 'List' });
  const record = async (id: string) =>
    (await desk.ask<{ record: { resource: string; missingReferences: string[]; history: object[] } }>(RECORD, { patient, id }))
      .record;
  const list = await record(signed.id);
  const words = textOfDiv(JSON.parse(list.resource).text.div);
  expect(words).toBe(
    `MEDICATIONS RECONCILED\nPatient: Lena Morgenstern, born 1980-05-17 (${patient})\nDate: 2026-11-28T18:00:00+01:00\n` +
      'Goes on:\n  LISINOPRIL 10 mg: 1 tablet daily\nTaken over:\n  St. John’s wort (said by the patient)\n' +
      'Stopped:\n  Ibuprofen 400 mg: 1 tablet daily\n' +
      'Not taken by the patient:\n  Metformin 500 MG: 1 tablet daily (MedicationRequest.ndjson)\n' +
      'Listed once, by another record:\n  Lisinopril 10 MG Oral Tablet: 1 tablet daily (MedicationRequest.ndjson)\n' +
      'Signed by: Dr. Ada Frey\n',
  );
  // What is protected has a list of its own, behind the key of what is protected: the same act, other words.
  expect(text).toBe(`${words}\n${text.slice(words.length + 1)}`);
  expect(text.slice(words.length)).toContain('Taken over:\n  Sertraline 50 MG: 1 tablet daily (MedicationRequest.ndjson)\n');
  expect(list).toMatchObject({ history: [{ version: 1, personallySigned: true }] });
  expect(list.missingReferences).toEqual([]);

  const ended = await record(first.lines[0]?.chart[0]?.id ?? '');
  expect(JSON.parse(ended.resource)).toMatchObject({ status: 'stopped', statusReason: { text: 'Stopped' } });
  expect(ended.history[0]).toMatchObject({ version: 2, reason: 'Medication reconciliation: Stopped' });

  // Both versions of what came by the import say who was the first: a file, then a person.
  const taken = await record(first.lines[2]?.came[0]?.item.id ?? '');
  expect(taken.history).toMatchObject([{ importedFrom: null }, { importedFrom: 'MedicationRequest.ndjson' }]);

  const { chart } = await desk.ask<{ chart: { summary: { medications: (Item & object)[] } } }>(SUMMARY, { patient });
  expect(chart.summary.medications.map(({ title }) => title).sort()).toEqual([
    'LISINOPRIL 10 mg',
    'Sertraline 50 MG',
    'St. John’s wort',
  ]);
  const after = await now();
  expect(after.last).toMatchObject({ author: 'Dr. Ada Frey' });
  expect(after.lines.map(({ chart: kept, came }) => [kept.length, came.length])).toEqual([
    [1, 0],
    [1, 0],
    [1, 0],
  ]);
}, 60_000);

test('who may not sign is refused, and sees both sides', async () => {
  const { desk, vault, patient } = await openedDesk();
  (vault.request.vault.staff as { role: string }).role = 'nurse';
  const { medicationReconciliation } = await desk.ask<{ medicationReconciliation: { lines: Line[] } }>(LINES, { patient });
  const decisions = medicationReconciliation.lines.map(({ name }) => ({ line: name, decision: 'TAKE_OVER' }));
  expect(decisions).toHaveLength(3);
  const input = { patient, at: '2026-11-28T18:00:00Z', decisions };
  await expect(desk.ask(SIGN, { input, passphrase: PASSPHRASE })).rejects.toMatchObject({ code: 'access.not-allowed' });
}, 60_000);

test('nothing is lost between the sides, each medication stands in one line, and of each line at most one record goes on', () => {
  const medication = fc.record({
    title: fc.constantFrom('Aspirin', 'ASPIRIN', 'Ibuprofen', 'Metformin'),
    code: fc.option(fc.record({ system: fc.constantFrom('a', 'b'), code: fc.constantFrom('1', '2') }), { nil: undefined }),
  });
  const named = fc
    .array(medication, { maxLength: 6 })
    .map((all) => all.map(({ title, code }) => (code ? { title, code } : { title })));
  fc.assert(
    fc.property(named, named, (chart, came) => {
      const lines = medicationLines<(typeof chart)[number]>(chart, came);
      expect(lines.flatMap((line) => line.chart)).toHaveLength(chart.length);
      expect(lines.flatMap((line) => line.came)).toHaveLength(came.length);
      for (const line of lines as MedicationLine<object>[])
        for (const decision of decisionsAbout(line)) {
          const fates = fatesOf(line, decision).map(([, fate]) => fate);
          const goingOn = fates.filter((fate) => fate === 'goes-on' || fate === 'taken-over').length;
          expect(goingOn).toBe(decision === 'KEEP' || decision === 'TAKE_OVER' ? 1 : 0);
        }
    }),
  );
});
