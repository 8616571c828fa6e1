/** HL7 version 2 as FHIR: messages made after the examples of HL7 v2.5.1 (chapters 3 and 7), judged by HL7's own definitions. */
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { SourceItem } from '../../shared/fhir/import-source.ts';
import { momentOf, unescaped } from '../../shared/hl7/hl7-text.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { folderOf } from '../support/fhir-files.ts';
import { ADT, entries, hl7, ORU, only, read, refusals, segment } from './example-messages.ts';

describe('an admission', () => {
  test('is the person, the visit and the allergies, and the message as it was sent', async () => {
    const items = await read(ADT);
    expect(refusals(items)).toEqual([]);
    expect(entries(items).map(({ resource, line, path }) => [resource.resourceType, line, path])).toEqual([
      ['Patient', 3, 'PID'],
      ['DocumentReference', 1, 'MSH'],
      ['Encounter', 4, 'PV1'],
      ['AllergyIntolerance', 5, 'AL1'],
      ['AllergyIntolerance', 6, 'AL1[2]'],
    ]);
    const patient = only(items, 'Patient');
    expect(patient).toMatchObject({
      identifier: [
        { system: 'urn:oid:2.16.840.1.113883.19', value: 'PATID1234', type: { coding: [{ code: 'MR' }] } },
        { value: '123456789', assigner: { display: 'USSSA' } },
      ],
      name: [{ use: 'official', family: 'EVERYMAN', given: ['ADAM', 'A'], suffix: ['III'] }],
      gender: 'male',
      birthDate: '1961-06-15',
      address: [{ line: ['2222 HOME STREET'], city: 'GREENSBORO', state: 'NC', postalCode: '27401-1020' }],
    });
    expect(only(items, 'Encounter')).toMatchObject({
      status: 'in-progress',
      class: { code: 'IMP' },
      subject: { reference: `Patient/${patient.id}` },
      period: { start: '2007-08-18T11:23:00+01:00' },
      identifier: [{ value: 'V1001' }],
    });
    const allergies = entries(items)
      .map(({ resource }) => resource)
      .filter(({ resourceType }) => resourceType === 'AllergyIntolerance');
    expect(allergies).toMatchObject([
      { category: ['medication'], reaction: [{ severity: 'severe', manifestation: [{ text: 'Hives' }, { text: 'Swelling' }] }] },
      { category: ['food'], code: { text: 'Peanut & tree nut' } },
    ]);
  });

  test('says again, later, what the same person and visit are, under the same ids', async () => {
    const discharged = ADT.replace('198808181126', '198808191126').replace(
      'ADT^A01^ADT_A01|MSG00001',
      'ADT^A03^ADT_A03|MSG00002',
    );
    const [first, later] = [await read(ADT), await read(discharged)];
    for (const type of ['Patient', 'Encounter']) expect(only(later, type).id).toBe(only(first, type).id);
    expect(only(later, 'Encounter').status).toBe('finished');
    expect(only(later, 'DocumentReference').id).not.toBe(only(first, 'DocumentReference').id);
  });
});

describe('results', () => {
  test('are a report and its observations, with exact numbers, units, ranges, flags and notes', async () => {
    const items = await read(ORU);
    expect(refusals(items)).toEqual([]);
    const observations = entries(items).filter(({ resource }) => resource.resourceType === 'Observation');
    expect(observations[0]?.text).toContain('"value":182.50');
    expect(observations.map(({ resource }) => resource)).toMatchObject([
      {
        status: 'final',
        valueQuantity: { value: 182.5, unit: 'mg/dL', system: 'http://unitsofmeasure.org', code: 'mg/dL' },
        effectiveDateTime: '2002-02-15T07:30:00+01:00',
        interpretation: [{ coding: [{ code: 'H' }] }, { coding: [{ code: 'A' }] }],
        referenceRange: [{ low: { value: 70 }, high: { value: 105 }, text: '70-105' }],
        note: [{ text: 'taken by the night shift' }],
      },
      {
        status: 'preliminary',
        valueQuantity: { comparator: '>', value: 400, unit: 'U/L' },
        referenceRange: [{ high: { value: 160 } }],
      },
      { status: 'corrected', valueString: 'no organisms\nseen' },
      { valueCodeableConcept: { coding: [{ system: 'http://snomed.info/sct', code: '112283007' }] } },
      { valueRatio: { numerator: { value: 1 }, denominator: { value: 128 } } },
    ]);
    expect(only(items, 'DiagnosticReport')).toMatchObject({
      status: 'final',
      issued: '2002-02-15T09:30:00-05:00',
      identifier: [{ value: '1045813' }, { value: '845439' }],
      result: observations.map(({ resource }) => ({ reference: `Observation/${resource.id}` })),
    });
  });

  test('that are corrected are the same observation again', async () => {
    const corrected = ORU.replace('0182.50', '0181.50').replace('20260215093000', '20260215103000');
    const ids = async (text: string): Promise<unknown[]> =>
      entries(await read(text)).map(({ resource }) => `${resource.resourceType} ${resource.id}`);
    expect((await ids(corrected)).filter((id) => !`${id}`.startsWith('Doc'))).toEqual(
      (await ids(ORU)).filter((id) => !`${id}`.startsWith('Doc')),
    );
  });

  test('of which one is wrong are taken in without it, and it is named', async () => {
    const items = await read(ORU.replace('0182.50', 'about 180').replace('|ST|664-3', '|ED|664-3'));
    expect(refusals(items).map(({ line, path, code }) => [line, path, code])).toEqual([
      [4, 'OBX[1]', 'hl7.number'],
      [7, 'OBX[3]', 'hl7.value-type'],
    ]);
    expect(only(items, 'DiagnosticReport').result).toHaveLength(3);
  });
});

/** An ORU about one person with these observations. */
const report = (observations: readonly string[], person = 'PID|1||1001^^^ACME^MR||Muster^Max||19700101|M'): string =>
  [
    'MSH|^~\\&|LAB|ACME|||20260215093000+0100||ORU^R01|M1|P|2.5.1',
    person,
    'OBR|1||F1^LAB|24323-8^CMP^LN|||202602150800',
    ...observations,
  ].join('\r');
const valuesOf = (items: SourceItem[]): unknown[] =>
  entries(items)
    .filter(({ resource }) => resource.resourceType === 'Observation')
    .map(({ text }) => /"value\w*":(?:\{.*?\}|"[^"]*")|$/.exec(text)?.[0]);

describe('a value', () => {
  test('that is repeated keeps each of its repetitions', async () => {
    const items = await read(
      report([
        'OBX|1|NM|8867-4^Heart rate^LN||72~75.0~80|/min^^UCUM|||||F',
        'OBX|2|CWE|600-7^Culture^LN||112283007^Escherichia coli^SCT~3092008^Staphylococcus aureus^SCT||||||F',
      ]),
    );
    const [pulse, culture] = entries(items).filter(({ resource }) => resource.resourceType === 'Observation');
    expect(pulse?.text.match(/"value":[\d.]+/g)).toEqual(['"value":72', '"value":75.0', '"value":80']);
    expect(culture?.resource).toMatchObject({
      component: [
        { valueCodeableConcept: { coding: [{ code: '112283007' }] } },
        { valueCodeableConcept: { coding: [{ code: '3092008' }] } },
      ],
    });
    expect(refusals(items)).toEqual([]);
  });

  test('is a number however its point stands, and however long it is; one that was deleted is none', async () => {
    const numbers = ['.5', '5.', '+007.10', '-0.0', '123456789012345678901234567890.10', '""', '1e5', '12,5'];
    const items = await read(report(numbers.map((number, at) => `OBX|${at}|NM|${at}-1^X^LN||${number}||||||F`)));
    expect(valuesOf(items)).toEqual([
      ...['0.5', '5', '7.10', '-0.0', '123456789012345678901234567890.10'].map((value) => `"valueQuantity":{"value":${value}}`),
      '',
    ]);
    expect(refusals(items).map(({ path }) => path)).toEqual(['OBX[7]', 'OBX[8]']);
  });

  test('has a code of UCUM only where UCUM has it; otherwise its unit is words', async () => {
    const items = await read(report(['OBX|1|NM|1-8^X^LN||9|furlongs^^UCUM|||||F', 'OBX|2|NM|1-9^X^LN||9|K/uL|||||F']));
    expect(valuesOf(items)).toEqual(['furlongs', 'K/uL'].map((unit) => `"valueQuantity":{"value":9,"unit":"${unit}"}`));
  });

  test('in words keeps its lines, tabs and letters', async () => {
    const items = await read(report(['OBX|1|FT|664-3^Gram^LN||one\ttwo\\.sp\\three\\.br\\\\XC3A9\\\\XE9\\||||||F']));
    expect(only(items, 'Observation').valueString).toBe('one\ttwo\nthree\néé');
  });
});

describe('a message about several people', () => {
  const two = report(
    [
      segment('PV1', { 2: 'O', 19: 'V-ANNA^^^ACME' }),
      'OBX|1|NM|2345-7^Glucose^LN||5.5||||||F',
      'PID|2||2002^^^ACME^MR||Berg^Bo||19810101|M',
      'OBR|1||F8^LAB|24323-8^CMP^LN|||202602150800',
      'OBX|1|NM|2345-7^Glucose^LN||7.7||||||F',
    ],
    'PID|1||2001^^^ACME^MR||Anders^Anna||19800101|F',
  );

  test('says nothing of one in the records of another: neither a visit, nor in the message that is kept', async () => {
    const made = entries(await read(two)).map(({ resource }) => resource);
    const [anna, bo] = made.filter(({ resourceType }) => resourceType === 'Patient');
    const of = (person: typeof anna, type: string) =>
      made.find(
        ({ resourceType, subject }) =>
          resourceType === type && isDeepStrictEqual(subject, { reference: `Patient/${person?.id}` }),
      );
    expect(of(anna, 'Observation')).toHaveProperty('encounter');
    expect(of(bo, 'Observation')).not.toHaveProperty('encounter');
    const kept = [anna, bo].map((person) =>
      atob(
        String(
          (of(person, 'DocumentReference') as { content?: { attachment: { data: string } }[] })?.content?.[0]?.attachment.data,
        ),
      ),
    );
    expect(kept.map((text) => [text.startsWith('MSH|'), text.includes('Anders'), text.includes('Berg')])).toEqual([
      [true, true, false],
      [true, false, true],
    ]);
  });

  test('of whom one cannot be read is taken in without them and all that is theirs', async () => {
    const items = await read(two.replace('19800101', '19800230'));
    expect(refusals(items)).toMatchObject([{ line: 2, path: 'PID', code: 'hl7.moment' }]);
    expect(entries(items).map(({ resource }) => resource.resourceType)).toEqual([
      'Patient',
      'DocumentReference',
      'DiagnosticReport',
      'Observation',
    ]);
  });
});

test('of somebody whom FHIR does not take, nothing else is taken in', async () => {
  const items = await read(report(['OBX|1|NM|2345-7^Glucose^LN||5.5||||||F'], 'PID|1||1^^^ACME^MR||A\\X07\\B||19700101|M'));
  expect(entries(items)).toEqual([]);
  expect(refusals(items)).toMatchObject([{ resourceType: 'Patient', code: 'fhir.bad-value' }]);
});

test('a clinic takes them in like FHIR: once, and a correction becomes the next version', async () => {
  const { request } = await (await ClinicDesk.open()).unlock();
  const imported = async (text: string) => {
    const { id } = await request.imports.startPaths([folderOf({ 'lab.hl7': text })]);
    return { ...(await request.imports.settled(id)), refused: await request.imports.refused(id, 9) };
  };
  expect(await imported(`${ADT}\r${ORU}\r`)).toMatchObject({ state: 'DONE', accepted: 13, refusedCount: 0, patients: 2 });
  expect(await imported(`${ADT}\r${ORU}\r`)).toMatchObject({ accepted: 0, alreadyPresent: 13 });
  expect(await imported(ORU.replace('0182.50', '181.50').replace('20260215093000', '20260215103000'))).toMatchObject({
    patients: 0,
    refusedCount: 0,
  });
  const [found] = (await request.patients.find('everywoman', 9, undefined)).patients;
  const entries = await request.records.entries(found!.patient);
  const glucose = entries.find(({ value }) => value?.number?.startsWith('181'));
  expect(glucose).toMatchObject({ version: 2, value: { number: '181.50', unit: 'mg/dL' } });
  const [, before] = await request.records.versions(found!.patient, glucose!);
  expect(Buffer.from(before!.content).toString()).toContain('"value":182.50');
  // What was sent is there as it was sent.
  const sent = entries.filter(({ resourceType }) => resourceType === 'DocumentReference');
  const [newest] = await request.records.versions(found!.patient, sent[0]!);
  const { content } = JSON.parse(Buffer.from(newest!.content).toString()) as { content: [{ attachment: { data: string } }] };
  expect(Buffer.from(content[0].attachment.data, 'base64').toString()).toMatch(/^MSH\|.*ORU\^R01[\s\S]*OBX\|5/);
});

test('escapes and moments are read as the standard writes them', () => {
  expect(unescaped('a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f\\H\\g\\N\\h\\X41\\i\\Zx\\')).toBe('a|b^c&d~e\\fghAi\\Zx\\');
  const moments = { '2026': '2026', '202601': '2026-01', '20260105': '2026-01-05', '2026010510': '2026-01-05T10:00:00+01:00' };
  for (const [written, read] of Object.entries(moments)) expect(momentOf(written, hl7.zone)).toBe(read);
  expect(momentOf('20260105103015.1234-0500', hl7.zone)).toBe('2026-01-05T10:30:15-05:00');
  for (const bad of ['2026-01-05', '20261305', '202601051099', 'yesterday'])
    expect(() => momentOf(bad, hl7.zone)).toThrow(Failure);
});
