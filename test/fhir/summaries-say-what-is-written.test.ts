import { describe, expect, test } from 'vitest';
import type { FhirResource } from '../../shared/fhir/fhir-resource.ts';
import { foldText, patientSummary, searchTerms } from '../../shared/fhir/patient-summary.ts';
import { type ResourceSummary, summarize } from '../../shared/fhir/summary.ts';
import { fhirText, hasFhirData } from './fhir-data.ts';

const row = (text: string): ResourceSummary => summarize(JSON.parse(text) as FhirResource, text);

describe('a row of the chart', () => {
  test('shows a result with the digits as they were written', () => {
    const text =
      '{"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"2160-0","display":"Creatinine"}]},' +
      '"effectiveDateTime":"2020-01","encounter":{"reference":"Encounter/1"},"valueQuantity":{"value":1.500,"unit":"mg/dL","comparator":"<"},' +
      '"referenceRange":[{"low":{"value":0.60},"high":{"value":1.20}}]}';
    expect(row(text)).toEqual({
      resourceType: 'Observation',
      title: 'Creatinine',
      code: { system: 'http://loinc.org', code: '2160-0' },
      date: '2020-01',
      status: 'final',
      value: { text: '<1.500 mg/dL', number: '1.500', unit: 'mg/dL', low: '0.60', high: '1.20' },
      encounter: 'Encounter/1',
      section: 'result',
    });
    expect(summarize(JSON.parse(text) as FhirResource).value?.number).toBe('1.5');
  });

  test('reads blood pressure as one, the upper value first', () => {
    const part = (code: string, value: string): string =>
      `{"code":{"coding":[{"code":"${code}"}],"text":"${code}"},"valueQuantity":{"value":${value},"unit":"mmHg"}}`;
    const pressure = (parts: string[]): string =>
      `{"resourceType":"Observation","category":[{"coding":[{"code":"vital-signs"}]}],"code":{"text":"BP"},"component":[${parts.join()}]}`;
    expect(row(pressure([part('8462-4', '84.0'), part('8480-6', '122')]))).toMatchObject({
      section: 'vital',
      value: { text: '122/84.0 mmHg' },
    });
    expect(row(pressure([part('8462-4', '84')])).value?.text).toBe('8462-4 84 mmHg');
  });

  test.each([
    [
      '{"resourceType":"Condition","code":{"text":"Asthma"},"clinicalStatus":{"coding":[{"code":"active"}]},"onsetDateTime":"2001"}',
      ['problem', 'Asthma', '2001', 'active'],
    ],
    [
      '{"resourceType":"AllergyIntolerance","code":{"coding":[{"display":"Penicillin"}]},"recordedDate":"2001-02-03"}',
      ['allergy', 'Penicillin', '2001-02-03', ''],
    ],
    [
      '{"resourceType":"MedicationRequest","status":"active","medicationReference":{"reference":"#m"},"contained":[{"resourceType":"Medication","id":"m","code":{"text":"Iron"}}],"authoredOn":"2020"}',
      ['medication', 'Iron', '2020', 'active'],
    ],
    [
      '{"resourceType":"MedicationStatement","status":"active","medicationReference":{"display":"Zinc"}}',
      ['medication', 'Zinc', '', 'active'],
    ],
    [
      '{"resourceType":"Immunization","status":"completed","vaccineCode":{"text":"MMR"},"occurrenceString":"as a child"}',
      ['immunization', 'MMR', 'as a child', 'completed'],
    ],
    [
      '{"resourceType":"Encounter","status":"finished","class":{"code":"AMB","display":"ambulatory"},"period":{"start":"2020-01-01"}}',
      ['encounter', 'ambulatory', '2020-01-01', 'finished'],
    ],
    [
      '{"resourceType":"Procedure","status":"completed","code":{"text":"X-ray"},"performedPeriod":{"end":"2020"}}',
      ['procedure', 'X-ray', '2020', 'completed'],
    ],
    [
      '{"resourceType":"DocumentReference","status":"current","type":{"text":"Letter"},"date":"2020"}',
      ['document', 'Letter', '2020', 'current'],
    ],
    [
      '{"resourceType":"Consent","status":"active","category":[{"text":"Sharing"}],"dateTime":"2020"}',
      ['consent', 'Sharing', '2020', 'active'],
    ],
    [
      '{"resourceType":"Device","status":"active","deviceName":[{"name":"Pump","type":"model-name"}]}',
      ['device', 'Pump', '', 'active'],
    ],
    ['{"resourceType":"Composition","status":"final","title":"Note","date":"2020"}', ['note', 'Note', '2020', 'final']],
    ['{"resourceType":"Flag","status":"active","code":{"text":"Falls"}}', ['other', 'Falls', '', 'active']],
    ['{"resourceType":"Observation"}', ['result', 'Observation', '', '']],
    ['{"resourceType":"toString"}', ['other', 'toString', '', '']],
  ])('%s', (text, [section, title, date, status]) => {
    expect(row(text)).toMatchObject({ section, title, date, status });
  });

  test.each([
    ['"valueCodeableConcept":{"coding":[{"display":"Positive"}]}', 'Positive'],
    ['"valueString":"cloudy"', 'cloudy'],
    ['"valueBoolean":false', 'false'],
    ['"valueInteger":3', '3'],
    ['"valueRange":{"low":{"value":1.0},"high":{"value":2}}', '1.0–2'],
    ['"valueRatio":{"numerator":{"value":1},"denominator":{"value":128}}', '1:128'],
    ['"dataAbsentReason":{"text":"not done"}', 'not done'],
  ])('shows %s', (value, shown) => {
    expect(row(`{"resourceType":"Observation","code":{"text":"x"},${value}}`).value?.text).toBe(shown);
  });

  test.runIf(hasFhirData)('keeps the odd decimals of the collected files', () => {
    for (const [file, number] of [
      ['decimal-trailing-zeros.json', '1.500'],
      ['decimal-18-digits.json', undefined],
      ['decimal-exponent.json', undefined],
    ] as const) {
      const text = fhirText('valid-odd', file);
      const written = /"value"\s*:\s*([-0-9.eE+]+)/.exec(text)?.[1];
      expect(row(text).value?.number).toBe(number ?? written);
    }
  });
});

describe('a patient', () => {
  const patient = {
    resourceType: 'Patient',
    id: 'p',
    identifier: [{ system: 'urn:x', value: '12-34', type: { text: 'MRN' } }, { system: 'urn:y' }],
    name: [
      { use: 'maiden', family: 'Weiß', given: ['Zoë'] },
      { use: 'official', family: 'Núñez', given: ['Zoë', 'Łucja'] },
    ],
    telecom: [
      { system: 'email', value: 'z@example.org' },
      { system: 'phone', value: '+49 555 1' },
    ],
    gender: 'female',
    birthDate: '1970-02',
    deceasedDateTime: '2020-01-01',
    address: [
      { use: 'work', city: 'Bonn' },
      { use: 'home', city: 'Köln' },
    ],
  } as unknown as FhirResource;

  test('is shown by the name they go by', () => {
    expect(patientSummary(patient)).toEqual({
      id: 'p',
      family: 'Núñez',
      given: ['Zoë', 'Łucja'],
      fullName: 'Zoë Łucja Núñez',
      birthDate: '1970-02',
      gender: 'female',
      deceased: true,
      deceasedAt: '2020-01-01',
      identifiers: [{ system: 'urn:x', value: '12-34', type: 'MRN' }],
      city: 'Köln',
      phone: '+49 555 1',
    });
    expect(patientSummary({ resourceType: 'Patient' })).toMatchObject({ id: '', fullName: '', birthDate: '', deceased: false });
    const hanako = { resourceType: 'Patient', name: [{ family: '佐藤', given: ['花子'] }] };
    expect(patientSummary(hanako).fullName).toBe('佐藤花子');
  });

  test('is found by every name, number and city, whatever the accents', () => {
    expect(searchTerms(patient)).toBe(
      'zoe weiss lucja nunez 1970-02 12-34 1234 z@example.org zexampleorg +49 555 1 495551 bonn koln',
    );
  });

  test('folding takes accents and points away and leaves letters', () => {
    expect(foldText('  ÉMILE  Ångström ')).toBe('emile angstrom');
    expect(foldText('İpek Yıldız')).toBe('ipek yildiz');
    expect(foldText('e\u0301')).toBe(foldText('é'));
    expect(foldText('مُحَمَّد')).toBe('محمد');
    expect(foldText('Ελένη')).toBe('ελενη');
    expect(foldText('が')).toBe('が');
    expect(foldText('कविता')).toBe('कविता');
    expect(foldText('김민준')).toBe('김민준');
  });
});
