/** What the forms of the chart write is FHIR R4 that the checker passes, with what was typed; an amendment changes what was changed. */
import fc from 'fast-check';
import i18next from 'i18next';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadUnits } from '../../renderer/parts/words/units.ts';
import { doseUnits, frequencyNames, routeNames, spans } from '../../renderer/staff/records/forms/dosage.ts';
import type { ChartFacts } from '../../renderer/staff/records/forms/form-definition.ts';
import { filledBy, isSame, templatedIn } from '../../renderer/staff/records/forms/form-templates.ts';
import { orderForm } from '../../renderer/staff/records/forms/order-form.tsx';
import { prescriptionForm } from '../../renderer/staff/records/forms/prescription-form.tsx';
import { resultForm } from '../../renderer/staff/records/forms/result-form.tsx';
import { soapForm } from '../../renderer/staff/records/forms/soap-form.tsx';
import { vitalSigns } from '../../renderer/staff/records/forms/vital-signs.ts';
import { vitalsForm } from '../../renderer/staff/records/forms/vitals-form.tsx';
import { loadChecker } from '../../server/fhir/definitions.ts';
import type { FhirResource } from '../../shared/fhir/fhir-resource.ts';
import type { CheckResource } from '../../shared/fhir/resource-check.ts';
import { readStrictJson } from '../../shared/fhir/strict-json.ts';
import { summarize } from '../../shared/fhir/summary.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';

let check: CheckResource;
let t: typeof i18next.t;
beforeAll(async () => {
  check = await loadChecker();
  const translation = (await import('../../renderer/language/en.json')).default;
  await i18next.init({ lng: 'en', resources: { en: { translation } }, interpolation: { escapeValue: false } });
  t = i18next.t;
});

const none: ChartFacts = { allergies: [], medications: [], vitals: [], orders: [] };
const writer = { type: 'Practitioner', identifier: { system: 'urn:careledger:staff', value: 'ab12' }, display: 'Ana Ferreira' };
const place = { amending: false, facts: none };

/** The resource of a text that the checker has nothing against. */
function passed(text: string): FhirResource {
  const { value, exactNumbers } = readStrictJson(text);
  expect([text, check(value, exactNumbers)]).toEqual([text, { errors: [], warnings: [] }]);
  return value as FhirResource;
}

describe('vital signs', () => {
  const at = '2026-11-28T09:30:00+01:00';

  test('become one observation each, with exactly their digits and units', () => {
    const form = {
      ...vitalsForm.empty(),
      at,
      bloodPressure: '128',
      diastolic: '82',
      temperature: '101.30',
      temperatureUnit: '[degF]',
    };
    expect(vitalsForm.wrong(form, t, place)).toBeUndefined();
    const texts = [vitalsForm.write({ ...form, weight: '71,50' }, 'p1', none)].flat();
    expect(texts.map((text) => summarize(passed(text), text).value?.text)).toEqual(['128/82 mmHg', '101.30 °F', '71.50 kg']);
    for (const text of texts)
      expect(JSON.parse(text)).toMatchObject({ effectiveDateTime: at, subject: { reference: 'Patient/p1' } });
  });

  test('half a blood pressure, and nothing at all, are not saved', () => {
    const form = vitalsForm.empty();
    expect(vitalsForm.wrong(form, t, place)).toBe('Write at least one value.');
    expect(vitalsForm.wrong({ ...form, bloodPressure: '120' }, t, place)).toMatch(/^Blood pressure:/);
    expect(vitalsForm.wrong({ ...form, heartRate: 'fast' }, t, place)).toMatch(/^Heart rate:/);
  });

  test('are measured in units that UCUM knows and can convert', async () => {
    const units = await loadUnits();
    for (const sign of Object.values(vitalSigns)) {
      const others: readonly string[] = 'otherUnits' in sign ? sign.otherUnits : [];
      for (const unit of [sign.unit, ...others])
        expect([unit, units.convert(1, unit, sign.unit) !== undefined]).toEqual([unit, true]);
    }
    expect(doseUnits.filter((unit) => !units.knows(unit))).toEqual([]);
    expect(units.convert(98.6, '[degF]', 'Cel')).toBeCloseTo(37);
    expect(units.knows('mmHg')).toBe(false);
    expect(units.like('mmHg')).toContain('mm[Hg]');
  });
});

describe('a prescription', () => {
  const empty = () => ({ ...prescriptionForm(t, writer).empty(), words: 'Amoxicillin 500 mg', code: '308191' });

  test('says dose, route, frequency and duration, in words and by code', () => {
    const { write } = prescriptionForm(t, writer);
    const form = { ...empty(), dose: '500', frequency: 'thrice', days: '7', quantity: '21', repeats: '0' };
    const resource = passed(write(form, 'p1', none));
    expect(resource).toMatchObject({
      intent: 'order',
      dosageInstruction: [
        {
          text: '500 mg by mouth, three times a day, for 7 days',
          timing: { repeat: { frequency: 3, period: 1, periodUnit: 'd', boundsDuration: { value: 7, code: 'd' } } },
          doseAndRate: [{ doseQuantity: { value: 500, code: 'mg' } }],
        },
      ],
      dispenseRequest: { quantity: { value: 21 }, numberOfRepeatsAllowed: 0 },
      requester: { display: 'Ana Ferreira' },
    });
    expect(summarize(resource).value?.text).toBe('500 mg by mouth, three times a day, for 7 days');
  });

  test('is read back as it was written, whatever is chosen', () => {
    const { write, read, wrong } = prescriptionForm(t, writer);
    const any = fc.record({
      dose: fc.integer({ min: 1, max: 5000 }).map(String),
      unit: fc.constantFrom(...doseUnits),
      route: fc.constantFrom(...routeNames),
      frequency: fc.constantFrom(...frequencyNames),
      asNeeded: fc.boolean(),
      days: fc.option(fc.integer({ min: 1, max: 90 }).map(String), { nil: '' }),
      span: fc.constantFrom(...spans),
    });
    fc.assert(
      fc.property(any, (dosage) => {
        const form = { ...empty(), ...dosage, span: dosage.days === '' ? 'd' : dosage.span };
        expect(wrong(form, t, place)).toBeUndefined();
        const text = write(form, 'p1', none);
        passed(text);
        expect(read(text)).toEqual(form);
      }),
      { numRuns: 60 },
    );
  });

  test('against an allergy names the record that speaks against it, and asks why', () => {
    const { write, wrong } = prescriptionForm(t, writer);
    const allergy = { resourceType: 'AllergyIntolerance', id: 'a1', title: 'Amoxicillin', code: null, codeSystem: null };
    const facts = { ...none, allergies: [allergy] } as unknown as ChartFacts;
    const form = { ...empty(), dose: '500', frequency: 'thrice' };
    expect(wrong(form, t, { amending: false, facts })).toBe('Say why it is given although an allergy speaks against it.');
    expect(passed(write({ ...form, despite: 'Tolerated in 2024' }, 'p1', facts))).toMatchObject({
      supportingInformation: [{ reference: 'AllergyIntolerance/a1', display: 'Amoxicillin' }],
      note: [{ text: 'Amoxicillin: Tolerated in 2024' }],
    });
  });

  test('of another program keeps its own words of the dosage, and everything that nobody touched', () => {
    const { read, amend, wrong } = prescriptionForm(t, writer);
    const text =
      '{"resourceType":"MedicationRequest","status":"active","intent":"order","medicationCodeableConcept":{"text":"Lithium"},' +
      '"dosageInstruction":[{"text":"as agreed"},{"text":"less when ill"}],"dispenseRequest":{"validityPeriod":{"end":"2027-01-01"}}}';
    const before = read(text);
    expect([before.inWords, wrong(before, t, { amending: true, facts: none })]).toEqual(['as agreed', undefined]);
    expect(amend({ ...before, status: 'stopped' }, before, text)).toBe(text.replace('"active"', '"stopped"'));
    expect(amend({ ...before, inWords: 'one at night' }, before, text)).toBe(text.replace('as agreed', 'one at night'));
    const supplied = JSON.parse(amend({ ...before, repeats: '2' }, before, text));
    expect(supplied.dispenseRequest).toEqual({ validityPeriod: { end: '2027-01-01' }, numberOfRepeatsAllowed: 2 });
  });
});

describe('an order and its result', () => {
  test('an order says what, why and how urgent', () => {
    const { empty, write } = orderForm(writer);
    const form = {
      ...empty(),
      words: 'Potassium',
      code: '2823-3',
      priority: 'urgent',
      reason: 'On a diuretic',
      performer: 'City lab',
    };
    expect(passed(write(form, 'p1', none))).toMatchObject({
      status: 'active',
      priority: 'urgent',
      performer: [{ display: 'City lab' }],
    });
  });

  test('a result refers to its order, and is held against its range', () => {
    const form = {
      ...resultForm.empty(),
      order: 'o1',
      words: 'Potassium',
      code: '2823-3',
      value: '6.10',
      unit: 'mmol/L',
      low: '3.5',
      high: '5.1',
    };
    expect(passed(resultForm.write(form, 'p1', none))).toMatchObject({
      basedOn: [{ reference: 'ServiceRequest/o1' }],
      interpretation: [{ coding: [{ code: 'H' }] }],
      referenceRange: [{ low: { value: 3.5 }, high: { value: 5.1 } }],
    });
    expect(passed(resultForm.write({ ...form, value: 'haemolysed' }, 'p1', none))).toMatchObject({ valueString: 'haemolysed' });
  });
});

test('a note by subjective, objective, assessment and plan is read back, whatever is written', () => {
  const { empty, write, read } = soapForm(writer);
  const line = fc.string({ unit: 'grapheme-ascii', maxLength: 30 }).map((text) => text.trim());
  const words = fc.array(line, { maxLength: 3 }).map((lines) => lines.join('\n').trim());
  fc.assert(
    fc.property(words, words, words, (subjective, objective, plan) => {
      const form = { ...empty(), subjective, objective, assessment: 'Influenza & <rest>', plan };
      const text = write(form, 'p1', none);
      expect(summarize(passed(text), text).value?.text).toBe('Influenza & <rest>');
      expect(read(text)).toEqual(form);
    }),
    { numRuns: 60 },
  );
});

const PUT = `mutation ($patient: ID!, $inputs: [PutRecordInput!]!) { putRecords(patient: $patient, inputs: $inputs) { id title status } }`;
const OPEN = 'mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }';
const REGISTER =
  'mutation { registerPatient(input: { family: "Sand", given: ["Ida"], birthDate: "1980-01-02" }) { patient { id } } }';
const ORDERS = '{ orders { id title } }';

test('records that belong together are all written or none, and a result takes its order off the list', async () => {
  const desk = await ClinicDesk.open();
  await desk.unlock();
  const { registerPatient } = await desk.ask<{ registerPatient: { patient: { id: string } } }>(REGISTER);
  const { patient } = registerPatient;
  await desk.ask(OPEN, { patient: patient.id });
  const put = (...resources: string[]) =>
    desk.ask(PUT, { patient: patient.id, inputs: resources.map((resource) => ({ patient: patient.id, resource })) });
  const order = orderForm(writer);
  const ordered = { ...order.empty(), words: 'Potassium', code: '2823-3' };
  const vitals = [vitalsForm.write({ ...vitalsForm.empty(), heartRate: '70', oxygen: '98' }, patient.id, none)].flat();
  await expect(put(...vitals, '{"resourceType":"Observation"}')).rejects.toMatchObject({
    code: expect.stringMatching(/^fhir\./),
  });
  const { putRecords } = (await put(...vitals, order.write(ordered, patient.id, none))) as { putRecords: { id: string }[] };
  const summary = `query ($patient: ID!) { chart(patient: $patient) { summary { vitals { title } } } }`;
  expect(await desk.ask(summary, { patient: patient.id })).toMatchObject({ chart: { summary: { vitals: [{}, {}] } } });
  const open = `query ($patient: ID!) { chart(patient: $patient) { summary ${ORDERS} } }`;
  expect(await desk.ask(open, { patient: patient.id })).toMatchObject({
    chart: { summary: { orders: [{ title: 'Potassium' }] } },
  });

  const id = putRecords[2]?.id ?? '';
  const result = resultForm.write(
    { ...resultForm.empty(), words: 'Potassium', value: '4.0', unit: 'mmol/L', order: id },
    patient.id,
    none,
  );
  const done = order.amend({ ...ordered, status: 'completed' }, ordered, order.write(ordered, patient.id, none));
  const inputs = [
    { patient: patient.id, resource: result },
    { patient: patient.id, record: id, basedOn: 1, resource: done, reason: 'Answered' },
  ];
  await desk.ask(PUT, { patient: patient.id, inputs });
  expect(await desk.ask(open, { patient: patient.id })).toMatchObject({ chart: { summary: { orders: [] } } });
});

test('a template fills the fields that it may, and nothing of what the form has no longer or takes otherwise', () => {
  const form = prescriptionForm(t, writer);
  const empty = form.empty();
  const names = form.templated ?? [];
  const started = templatedIn(empty, names);
  expect(Object.keys(started)).not.toContain('despite');
  const kept = templatedIn({ ...empty, words: 'Ibuprofen 400 mg', dose: '1', asNeeded: true, despite: 'No other helps' }, names);
  expect(isSame(kept, started)).toBe(false);
  const filled = filledBy(started, { ...kept, asNeeded: 'often', gone: 'x' } as never);
  expect(filled).toEqual({ ...kept, asNeeded: false });
  const at = { ...empty, ...filled, frequency: frequencyNames[0] ?? '' };
  expect(form.wrong(at, t, place)).toBeUndefined();
  expect(passed(form.write(at, 'p1', none))).toMatchObject({ medicationCodeableConcept: { text: 'Ibuprofen 400 mg' } });
});
