/** HL7 version 2 as FHIR: messages made after the examples of HL7 v2.5.1 (chapters 3 and 7), judged by HL7's own definitions. */
import { hash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadChecker } from '../../server/fhir/definitions.ts';
import { readSource, type SourceEntry, type SourceItem, type SourceRefusal } from '../../shared/fhir/import-source.ts';
import { resourcesOf } from '../../shared/hl7/hl7-resources.ts';
import { messagesOf, momentOf, unescaped } from '../../shared/hl7/hl7-text.ts';
import { asFailure, Failure } from '../../shared/outcome/failure.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { folderOf } from '../support/fhir-files.ts';

const hl7 = {
  zone: () => '+01:00',
  name: (text: string) => hash('sha256', text).slice(0, 40),
  knowsUnit: (unit: string) => unit !== 'furlongs',
};

async function read(content: string | Uint8Array): Promise<SourceItem[]> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const chunks = (async function* () {
    yield bytes;
  })();
  const items: SourceItem[] = [];
  for await (const item of readSource({ file: 'in.hl7', format: 'hl7', chunks }, { check: await loadChecker(), hl7 }))
    items.push(item);
  return items;
}
const entries = (items: SourceItem[]): SourceEntry[] => items.filter((item) => item.kind === 'entry');
const refusals = (items: SourceItem[]): SourceRefusal[] => items.filter((item) => item.kind === 'refusal');
const only = (items: SourceItem[], type: string): SourceEntry['resource'] =>
  entries(items).find(({ resource }) => resource.resourceType === type)?.resource as SourceEntry['resource'];

/** A segment with these fields, by their numbers. */
const segment = (name: string, fields: Readonly<Record<number, string>>): string => {
  const last = Math.max(...Object.keys(fields).map(Number));
  return [name, ...Array.from({ length: last }, (_, at) => fields[at + 1] ?? '')].join('|');
};

const ADT = [
  'MSH|^~\\&|ADT1|GOOD HEALTH HOSPITAL|GHH LAB, INC.|GOOD HEALTH HOSPITAL|198808181126|SECURITY|ADT^A01^ADT_A01|MSG00001|P|2.5.1|',
  'EVN|A01|200708181123||',
  'PID|1||PATID1234^5^M11^&2.16.840.1.113883.19&ISO^MR^GOOD HEALTH HOSPITAL~123456789^^^USSSA^SS||EVERYMAN^ADAM^A^III^^^L||19610615|M||2106-3|2222 HOME STREET^^GREENSBORO^NC^27401-1020|GL|(555) 555-2004|(555)555-2004||S||PATID12345001^2^M10^ADT1^AN^A|444333333|987654^NC|',
  segment('PV1', {
    1: '1',
    2: 'I',
    3: '2000^2012^01',
    7: '004777^ATTEND^AARON^A',
    10: 'SUR',
    19: 'V1001^^^ADT1',
    44: '200708181123',
  }),
  'AL1|1|DA|7980^Penicillin^RXNORM|SV|Hives~Swelling|19990401',
  'AL1|2|FA|^Peanut \\T\\ tree nut|MO|',
].join('\r');

const ORU = [
  'MSH|^~\\&|GHH LAB|ELAB-3|GHH OE|BLDG4|20260215093000+0100||ORU^R01^ORU_R01|CNTRL-3456|P|2.5.1',
  'PID|||555-44-4444^^^GHH^SS||EVERYWOMAN^EVE^E^^^^L|JONES|19620320|F',
  segment('OBR', {
    1: '1',
    2: '845439^GHH OE',
    3: '1045813^GHH LAB',
    4: '1554-5^GLUCOSE^LN',
    7: '200202150730',
    16: '555-55-5555^PRIMARY^PATRICIA P^^^^MD',
    22: '200202150930-0500',
    24: 'CH',
    25: 'F',
  }),
  'OBX|1|NM|1554-5^GLUCOSE POST 12H CFST:MCNC:PT:SER/PLAS:QN^LN||0182.50|mg/dL^^UCUM|70-105|H~A|||F|||200202150730',
  'NTE|1||taken by the night shift',
  'OBX|2|SN|2345-7^Lipase^LN||>^400|U/L|<160|HH|||P',
  'OBX|3|ST|664-3^Gram stain^LN||no organisms\\.br\\seen||||||C',
  'OBX|4|CWE|600-7^Culture^LN||112283007^Escherichia coli^SCT||||||F',
  'OBX|5|SN|5778-6^Titre^LN||^1^:^128||||||F',
].join('\r');

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

test('words that every object knows are words like others', () => {
  expect(unescaped('\\toString\\')).toBe('\\toString\\');
});

test('a code that every object knows is a code of nobody', async () => {
  const items = await read(ADT.replace('|M|', '|constructor|').replace('|SV|', '|valueOf|'));
  expect(only(items, 'Patient').gender).toBeUndefined();
  expect(refusals(items)).toEqual([]);
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

test('a file of several messages, framed, in a batch, with other line ends, is read to its end', async () => {
  const framed = `FHS|^~\\&|\nBHS|^~\\&|\n\u000b${ADT.replaceAll('\r', '\r\n')}\r\n\u001c\r\n\u000b${ORU}\r\u001c\rBTS|2|\n`;
  const items = await read(framed);
  expect(refusals(items)).toEqual([]);
  expect(
    entries(items)
      .map(({ resource }) => resource.resourceType)
      .filter((type) => type === 'Patient'),
  ).toHaveLength(2);
});

test.each([
  ['hl7.no-message', 'Hello', 1, ''],
  ['hl7.no-message', ' ', 1, ''],
  ['hl7.message-type', ADT.replace('ADT^A01^ADT_A01', 'SIU^S12'), 1, 'MSH'],
  ['hl7.message-type', ADT.replace('ADT^A01^ADT_A01', 'ADT^A40'), 1, 'MSH'],
  [
    'hl7.no-patient',
    ORU.split('\r')
      .filter((line) => !line.startsWith('PID'))
      .join('\r'),
    1,
    'MSH',
  ],
  ['hl7.no-patient-id', ORU.replace('555-44-4444^^^GHH^SS', ''), 2, 'PID'],
  ['hl7.moment', ORU.replace('19620320', '19621320'), 2, 'PID'],
])('%s is named with its place, and nothing is filed under nobody', async (code, text, line, path) => {
  const items = await read(text);
  expect(refusals(items).map((each) => [each.code, each.line, each.path])).toEqual([[code, line, path]]);
  expect(entries(items)).toEqual([]);
});

test('a file that is no UTF-8 and does not say what it is is refused for that', async () => {
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(ADT, 'utf16le')]);
  expect(() => [...messagesOf(utf16)]).toThrow(/does not say what else it is/);
});

test('letters of Latin-1 are read where the header says so, and refused where it does not', async () => {
  const latin = (charset: string): Uint8Array =>
    Buffer.from(ADT.replace('2.5.1|', `2.5.1|||||${charset === '' ? '' : `|${charset}`}`).replace('ADAM', 'JOSÉ'), 'latin1');
  expect(only(await read(latin('8859/1')), 'Patient')).toMatchObject({ name: [{ given: ['JOSÉ', 'A'] }] });
  expect(refusals(await read(latin(''))).map(({ code }) => code)).toEqual(['hl7.encoding-unsaid']);
  expect(refusals(await read(latin('8859/2'))).map(({ code }) => code)).toEqual(['hl7.encoding']);
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

test('a report of tens of thousands of results names them all', () => {
  const [header = '', person = '', order = ''] = ORU.split('\r');
  const lines = [header, person, order, ...Array.from({ length: 40_000 }, (_, at) => `OBX|${at}|NM|1^a^LN||5|mg|||||F`)];
  const [message] = [...messagesOf(new TextEncoder().encode(lines.join('\r')))];
  const made = message ? resourcesOf(message, hl7) : [];
  const report = made.flatMap((each) => ('resource' in each && each.path === 'OBR[1]' ? [each.resource] : []))[0];
  expect(report?.result).toHaveLength(40_000);
}, 30_000);

test('a message keeps what it says before its people for each of them, and not more of it than memory holds', async () => {
  const [header = '', person = ''] = ORU.split('\r');
  const note = (bytes: number): string => `NTE|1||${'x'.repeat(bytes)}`;
  const about = (people: number, before: number): string =>
    [header, note(before), ...Array.from({ length: people }, (_, at) => person.replace('555-44-4444', `P${at}`))].join('\r');
  expect(only(await read(about(1, 100_000)), 'Patient')).toBeDefined();
  expect(entries(await read(about(3, 20_000)))).toHaveLength(6);
  // Each of them would keep the note: forty gigabytes of a file of two megabytes.
  for (const hostile of [about(20_000, 1_000_000), about(20_000, 10), about(2, 70_000)])
    expect((await read(`${hostile}\r${ADT}`)).map((item) => ('code' in item ? item.code : item.resource.resourceType))).toEqual([
      'hl7.too-many-people',
      'Patient',
      'DocumentReference',
      'Encounter',
      'AllergyIntolerance',
      'AllergyIntolerance',
    ]);
}, 30_000);

test('lines without end, and a message of too many segments, are refused before they are taken apart', async () => {
  const [refused] = refusals(await read(`${ADT}\r${'\r'.repeat(4_000_000)}`));
  expect(refused).toMatchObject({ code: 'hl7.too-many-lines', line: 1 });
  const items = await read(`${ADT}\r${ORU}\r${'NTE|1||a\r'.repeat(100_000)}`);
  expect(items).toMatchObject([{ kind: 'refusal', code: 'hl7.message-too-long', line: ADT.split('\r').length + 1 }]);
}, 30_000);

test('escapes and moments are read as the standard writes them', () => {
  expect(unescaped('a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f\\H\\g\\N\\h\\X41\\i\\Zx\\')).toBe('a|b^c&d~e\\fghAi\\Zx\\');
  const moments = { '2026': '2026', '202601': '2026-01', '20260105': '2026-01-05', '2026010510': '2026-01-05T10:00:00+01:00' };
  for (const [written, read] of Object.entries(moments)) expect(momentOf(written, hl7.zone)).toBe(read);
  expect(momentOf('20260105103015.1234-0500', hl7.zone)).toBe('2026-01-05T10:30:15-05:00');
  for (const bad of ['2026-01-05', '20261305', '202601051099', 'yesterday'])
    expect(() => momentOf(bad, hl7.zone)).toThrow(Failure);
});

test('whatever a file holds, it is read or refused by name', () => {
  const pieces = fc.constantFrom(
    'MSH',
    '|',
    '^~\\&',
    '\r',
    'PID',
    'OBX',
    '^',
    '~',
    '&',
    '\\',
    '""',
    '2026',
    'ADT^A01',
    'ORU^R01',
    'é',
    '\u000b',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
      try {
        for (const message of messagesOf(new TextEncoder().encode(parts.join('')))) expect(message.line).toBeGreaterThan(0);
      } catch (error) {
        expect(asFailure(error).code).toMatch(/^hl7\./);
      }
    }),
    { numRuns: 300 },
  );
});
