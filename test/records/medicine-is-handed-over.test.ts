/** Medicine is handed over by a prescription, no more than it says, and what is left is counted. */
import fc from 'fast-check';
import i18next from 'i18next';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import type { ItemPartsFragment } from '../../renderer/generated/graphql.ts';
import type { PaperFacts } from '../../renderer/parts/paper/paper-parts.tsx';
import { dispenseForm } from '../../renderer/staff/records/forms/dispense-form.tsx';
import { medicineLabelPaper } from '../../renderer/staff/records/papers/chart-papers.tsx';
import {
  type HandedOver,
  handedOverIn,
  type Prescribed,
  prescribedIn,
  refusedBecause,
  supplyOf,
} from '../../shared/records/dispensing.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { folderOf, patient as person } from '../support/fhir-files.ts';

const PUT = 'mutation ($input: PutRecordInput!) { putRecord(input: $input) { id version section title value unit } }';
const OPEN = 'mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }';
const RECORD = 'query ($patient: ID!, $id: ID!) { record(patient: $patient, id: $id) { missingReferences history { version } } }';
const MEDICATIONS = `query ($patient: ID!) { chart(patient: $patient) {
  summary { medications { resourceType } } items(section: MEDICATION) { edges { node { resourceType } } } } }`;

const TABLETS = '{tablet}';
const DAY = '2026-11-27';
const ordered: Prescribed = {
  status: 'active',
  isOrder: true,
  amount: { value: '20', unit: TABLETS },
  supplies: 2,
  from: '',
  until: '',
};
const given = (value: string, over: Partial<HandedOver> = {}): HandedOver => ({
  ...{ record: '', status: 'completed', amount: { value, unit: TABLETS }, at: `${DAY}T12:00:00`, expires: '' },
  ...over,
});
const why = (wanted: HandedOver, prescribed: Partial<Prescribed> = {}, handed: readonly HandedOver[] = []) =>
  refusedBecause({ ...ordered, ...prescribed }, handed, wanted, DAY)?.reason;

const decimals = fc
  .tuple(fc.nat(50), fc.nat(999))
  .map(([whole, part]) => (part === 0 ? String(whole) : `${whole}.${String(part).padStart(3, '0')}`));
const dispenses = fc.array(
  fc.record({
    record: fc.uuid(),
    status: fc.constantFrom('completed', 'in-progress', 'entered-in-error', 'cancelled', 'declined'),
    amount: fc.option(fc.record({ value: decimals, unit: fc.constantFrom(TABLETS, '', 'mL') }), { nil: undefined }),
    at: fc.constant(''),
    expires: fc.constant(''),
  }),
  { maxLength: 12 },
);
const prescriptions = fc.record({
  ...{ status: fc.constant('active'), isOrder: fc.constant(true), from: fc.constant(''), until: fc.constant('') },
  amount: fc.option(fc.record({ value: decimals, unit: fc.constantFrom(TABLETS, '') }), { nil: undefined }),
  supplies: fc.integer({ min: 1, max: 12 }),
});

describe('what is left', () => {
  test('is never below nothing, and the same in whatever order it was handed over', () => {
    fc.assert(
      fc.property(prescriptions, dispenses, fc.infiniteStream(fc.nat()), (prescribed, handed, order) => {
        const supply = supplyOf(prescribed, handed);
        const shuffled = handed
          .map((each) => ({ each, at: order.next().value as number }))
          .sort((one, other) => one.at - other.at)
          .map(({ each }) => each);
        expect(supplyOf(prescribed, shuffled)).toEqual(supply);
        expect(Number(supply.left ?? 0)).toBeGreaterThanOrEqual(0);
        if (supply.total !== undefined)
          expect(Number(supply.left) - Number(supply.over ?? 0)).toBeCloseTo(Number(supply.total) - Number(supply.handedOver), 6);
      }),
    );
  });

  test('is all that may be handed over at once, and not a thousandth more', () => {
    fc.assert(
      fc.property(prescriptions, dispenses, (prescribed, handed) => {
        const { left, unit } = supplyOf(prescribed, handed);
        fc.pre(left !== undefined && left !== '0');
        const all = given(left as string, { amount: { value: left as string, unit } });
        expect(why(all, prescribed, handed)).toBeUndefined();
        const [whole, part = ''] = (left as string).split('.');
        const more = `${whole}.${part.padEnd(3, '0')}1`;
        expect(why(given(more, { amount: { value: more, unit } }), prescribed, handed)).toBe('more-than-left');
        expect(supplyOf(prescribed, [...handed, all]).left).toBe('0');
      }),
    );
  });

  test('is counted by digits, and what was entered in error is not', () => {
    const tenths = [given('0.1'), given('0.1'), given('0.1'), given('7', { status: 'entered-in-error' })];
    expect(supplyOf({ ...ordered, amount: { value: '0.3', unit: TABLETS }, supplies: 1 }, tenths)).toEqual({
      ...{ unit: TABLETS, total: '0.3', handedOver: '0.3', left: '0', over: undefined, uncounted: 0 },
    });
    expect(supplyOf(ordered, [given('30'), given('15'), given('1', { amount: undefined })])).toMatchObject({
      ...{ left: '0', over: '5', uncounted: 1 },
    });
  });
});

test.each([
  ['a stopped prescription', 'not-active', given('1'), { status: 'stopped' }],
  ['a cancelled one', 'not-active', given('1'), { status: 'cancelled' }],
  ['one entered in error', 'not-active', given('1'), { status: 'entered-in-error' }],
  ['a proposal, or what is not to be taken', 'not-ordered', given('1'), { isOrder: false }],
  ['one that is over since yesterday', 'no-longer-valid', given('1'), { until: '2026-11-26' }],
  ['one that begins tomorrow', 'not-yet-valid', given('1'), { from: '2026-11-28' }],
  ['a lot that is past its month', 'lot-expired', given('1', { expires: '2026-10' }), {}],
  ['another unit', 'other-unit', given('1', { amount: { value: '1', unit: 'mL' } }), {}],
  ['nobody knows how much', 'no-quantity', given('1', { amount: undefined }), {}],
  ['nothing', 'no-quantity', given('0'), {}],
])('%s is not handed over', (_, reason, wanted, prescribed) => {
  expect(why(wanted, prescribed)).toBe(reason);
});

test('the last day of a prescription and of a lot still count, also where only their month is said', () => {
  expect(why(given('1', { expires: '2026-11' }), { until: DAY, from: DAY })).toBeUndefined();
  expect(why(given('1', { expires: DAY }), { until: '2026-11', from: '2026-11' })).toBeUndefined();
});

test('what was handed over is corrected whatever has become of the prescription, and only more is judged anew', () => {
  const written = given('30', { record: 'a' });
  const ended = { status: 'stopped' };
  expect(why({ ...written, amount: { value: '25', unit: TABLETS } }, ended, [written])).toBeUndefined();
  expect(why({ ...written, status: 'entered-in-error' }, ended, [written])).toBeUndefined();
  expect(why({ ...written, amount: { value: '31', unit: TABLETS } }, ended, [written])).toBe('not-active');
  expect(why({ ...written, amount: { value: '40', unit: TABLETS } }, {}, [written])).toBeUndefined();
  expect(why({ ...written, amount: { value: '41', unit: TABLETS } }, {}, [written])).toBe('more-than-left');
  const inError = { ...written, status: 'entered-in-error' };
  expect(why(written, ended, [inError])).toBe('not-active');
});

test('it is read as FHIR writes it, the lot within the contained Medication', () => {
  const order = JSON.stringify({
    ...{ resourceType: 'MedicationRequest', status: 'active', intent: 'order' },
    dispenseRequest: {
      ...{ numberOfRepeatsAllowed: 1, validityPeriod: { start: '2026-11', end: '2027-11-01' } },
      quantity: { value: 20, unit: 'tablets', code: TABLETS },
    },
  });
  expect(prescribedIn(order)).toEqual({ ...ordered, from: '2026-11', until: '2027-11-01' });
  expect(
    prescribedIn('{"resourceType":"MedicationRequest","status":"active","intent":"order","doNotPerform":true}').isOrder,
  ).toBe(false);
  const lot = { resourceType: 'Medication', id: 'm', batch: { lotNumber: 'L1', expirationDate: '2027-01' } };
  const handed = {
    ...{ resourceType: 'MedicationDispense', status: 'completed', contained: [lot], medicationReference: { reference: '#m' } },
    ...{ quantity: { value: 5, code: TABLETS }, whenHandedOver: DAY },
  };
  expect(handedOverIn('a', JSON.stringify(handed))).toEqual(given('5', { record: 'a', at: DAY, expires: '2027-01' }));
});

test.each([
  ['mg', ''],
  ['mL', 'mL'],
  [TABLETS, TABLETS],
])('a prescription that says no quantity and is dosed in %s is handed over in "%s"', (code, unit) => {
  const resource = JSON.stringify({ dosageInstruction: [{ doseAndRate: [{ doseQuantity: { value: 500, code } }] }] });
  const item = { title: 'Amoxicillin', code: null, codeSystem: null } as ItemPartsFragment;
  const form = dispenseForm(i18next.t, {}, { item, resource, handed: [] }).empty() as unknown as { unit: string };
  expect(form.unit).toBe(unit);
});

test('a dosage that is too long for a label goes on over the next, none of it lost, and each says whose it is and what', () => {
  const words = Array.from({ length: 60 }, (_, at) => `word${at}`);
  const resource = JSON.stringify({
    contained: [{ batch: { lotNumber: 'A-17', expirationDate: '2027-02' } }],
    dosageInstruction: [{ text: `${words.slice(0, 20).join(' ')}. ${words.slice(20).join(' ')}` }],
  });
  const item = { title: 'Amoxicillin 500 mg', value: '20', unit: null, date: DAY } as ItemPartsFragment;
  const facts = {
    patient: { name: 'Lena Morgenstern', birthDate: '1980-05-17' },
    clinic: 'Harbour Clinic',
    t: (key: string, said: object = {}) => [key, ...Object.values(said)].join(' '),
    format: { recordedDay: (date: string | null) => date ?? '' },
  } as unknown as PaperFacts;
  const pages = medicineLabelPaper(facts, { item, resource }, 2);
  const labels = pages.map(({ content }) => renderToStaticMarkup(content));
  const half = labels.length / 2;
  for (const word of words) expect(labels.slice(0, half).join(' ')).toMatch(new RegExp(`\\b${word}\\b`));
  for (const label of labels) {
    expect(label).toContain('<strong>Lena Morgenstern</strong> · 1980-05-17');
    expect(label).toContain('<strong>Amoxicillin 500 mg</strong>');
    expect(label).toContain('A-17');
  }
  expect(labels.slice(half)).toEqual(labels.slice(0, half));
  expect(labels[half - 1]).toContain(`paper.page ${half} ${half}`);
  expect(new Set(pages.map(({ key }) => key)).size).toBe(labels.length);
});

test('a nurse hands over what a clinician prescribed, until nothing is left or it was stopped', async () => {
  const desk = await ClinicDesk.open();
  const vault = await desk.unlock();
  const subject = { reference: 'Patient/p1' };
  const drug = { medicationCodeableConcept: { text: 'Amoxicillin 500 mg' } };
  const order = {
    ...{ resourceType: 'MedicationRequest', id: 'from-elsewhere', status: 'active', intent: 'order', ...drug, subject },
    dispenseRequest: { quantity: { value: 20, unit: 'tablets', code: TABLETS }, numberOfRepeatsAllowed: 0 },
  };
  const folder = folderOf({ 'Patient.ndjson': person('p1'), 'MedicationRequest.ndjson': `${JSON.stringify(order)}\n` });
  const { id: job } = await vault.request.imports.startPaths([folder]);
  await vault.request.imports.settled(job);
  const patient = (await vault.request.patients.find('', 1, undefined)).patients[0]?.patient.id ?? '';
  await desk.ask(OPEN, { patient });
  const put = async (resource: object, more: object = {}) =>
    (
      await desk.ask<{ putRecord: { id: string; version: number } }>(PUT, {
        input: { patient, resource: JSON.stringify(resource), ...more },
      })
    ).putRecord;
  const refused = (written: Promise<unknown>, code: string) => expect(written).rejects.toMatchObject({ code });
  const dispense = (prescription: string, value: number, over: object = {}) => ({
    ...{ resourceType: 'MedicationDispense', status: 'completed', ...drug, subject, whenHandedOver: DAY },
    ...{ authorizingPrescription: [{ reference: `MedicationRequest/${prescription}` }] },
    ...{ quantity: { value, unit: 'tablets', code: TABLETS }, ...over },
  });
  const { id, ...mine } = order;
  const own = await put(mine);

  (vault.request.vault.staff as { role: string }).role = 'nurse';
  await refused(put(dispense(own.id, 21)), 'dispense.more-than-left');
  const first = await put(dispense(own.id, 15));
  expect(first).toMatchObject({ section: 'MEDICATION', title: 'Amoxicillin 500 mg', value: '15', unit: 'tablets' });
  const { record } = await desk.ask<{ record: { missingReferences: string[] } }>(RECORD, { patient, id: first.id });
  expect(record.missingReferences).toEqual([]);
  await refused(put(dispense(own.id, 6)), 'dispense.more-than-left');
  await put(dispense('from-elsewhere', 20));
  await refused(put(dispense('from-elsewhere', 1)), 'dispense.more-than-left');
  await refused(put(dispense('of-another-chart', 1)), 'dispense.no-prescription');
  await refused(put(dispense(own.id, 1, { authorizingPrescription: undefined })), 'dispense.no-prescription');

  const amend = (value: number, status: string, version: number) =>
    put(dispense(own.id, value, { status }), { record: first.id, basedOn: version, reason: 'Counted again' });
  await refused(amend(21, 'completed', 1), 'dispense.more-than-left');
  await amend(20, 'completed', 1);
  await amend(20, 'entered-in-error', 2);
  await put(dispense(own.id, 20));
  await refused(amend(1, 'completed', 3), 'dispense.more-than-left');
  const { record: kept } = await desk.ask<{ record: { history: object[] } }>(RECORD, { patient, id: first.id });
  expect(kept.history).toHaveLength(3);

  (vault.request.vault.staff as { role: string }).role = 'clinician';
  const second = await put({ ...mine, status: 'stopped' });
  await refused(put(dispense(second.id, 1)), 'dispense.not-active');
  await put(dispense(own.id, 1, { authorizingPrescription: undefined }));
  const { chart } = await desk.ask<{
    chart: { summary: { medications: { resourceType: string }[] }; items: { edges: { node: { resourceType: string } }[] } };
  }>(MEDICATIONS, { patient });
  expect(chart.items.edges.filter(({ node }) => node.resourceType === 'MedicationDispense')).toHaveLength(4);
  expect(chart.summary.medications.map(({ resourceType }) => resourceType)).toEqual(['MedicationRequest', 'MedicationRequest']);
});
