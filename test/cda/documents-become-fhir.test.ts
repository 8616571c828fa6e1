/** C-CDA as FHIR: documents made after the examples of C-CDA R2.1, judged by HL7's own definitions. */
import { hash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { loadChecker } from '../../server/fhir/definitions.ts';
import { xmlIn } from '../../shared/cda/cda-xml.ts';
import { narrativeText } from '../../shared/cda/narrative.ts';
import { utf8 } from '../../shared/encoding/bytes.ts';
import { readSource, type SourceEntry, type SourceItem, type SourceRefusal } from '../../shared/fhir/import-source.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { folderOf } from '../support/fhir-files.ts';
import {
  ALLERGIES,
  CCD,
  code,
  FAMILY,
  id,
  MEDICATIONS,
  NOTES,
  observation,
  PATIENT,
  PLAN,
  PROBLEMS,
  PROCEDURE_TO_COME,
  RESULTS,
  type SampleDocument,
  sampleCcd,
  status,
  VACCINE_TO_COME,
  VITALS,
} from './sample-ccd.ts';

const cda = {
  zone: () => '+01:00',
  name: (text: string) => hash('sha256', text).slice(0, 40),
  knowsUnit: (unit: string) => unit !== 'Teelöffel',
};

async function read(content: string | Uint8Array): Promise<SourceItem[]> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const chunks = (async function* () {
    yield bytes;
  })();
  const items: SourceItem[] = [];
  for await (const item of readSource({ file: 'in.xml', format: 'cda', chunks }, { check: await loadChecker(), cda }))
    items.push(item);
  return items;
}
const made = (sections: SampleDocument['sections'], more: Partial<SampleDocument> = {}) => read(sampleCcd({ sections, ...more }));
const entries = (items: SourceItem[]): SourceEntry[] => items.filter((item) => item.kind === 'entry');
const refusals = (items: SourceItem[]): SourceRefusal[] => items.filter((item) => item.kind === 'refusal');
const ofType = (items: SourceItem[], type: string) =>
  entries(items)
    .map(({ resource }) => resource)
    .filter(({ resourceType }) => resourceType === type);
const fileIn = (resource: unknown): Buffer =>
  Buffer.from((resource as { content: [{ attachment: { data: string } }] }).content[0].attachment.data, 'base64');
const INSIDE = '/ClinicalDocument/component/structuredBody/component';

describe('relatives and plans', () => {
  test('a relative is who, what they had, when, and of what they died; what they did not have is not said of them', async () => {
    const items = await made([FAMILY]);
    expect(refusals(items)).toEqual([]);
    const [father] = ofType(items, 'FamilyMemberHistory');
    expect(father).toMatchObject({
      status: 'completed',
      relationship: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code: 'FTH' }] },
      sex: { coding: [{ code: 'male' }] },
      bornDate: '1910',
      deceasedBoolean: true,
      patient: { reference: expect.stringMatching(/^Patient\//) },
    });
    expect(father?.condition).toMatchObject([
      { code: { coding: [{ code: '22298006' }] }, contributedToDeath: true, onsetAge: { unit: 'a' } },
      { code: { coding: [{ code: '44054006' }] }, onsetPeriod: { start: '1950' } },
    ]);
  });

  test('what is planned is a request or a visit to come, and never something that was done', async () => {
    const items = await made([PLAN, VACCINE_TO_COME, PROCEDURE_TO_COME]);
    expect(refusals(items)).toEqual([]);
    expect(ofType(items, 'ServiceRequest')).toMatchObject([
      { intent: 'order', status: 'active', occurrenceDateTime: '2016-08-15', code: { coding: [{ code: '73761001' }] } },
      { intent: 'plan', status: 'active', code: { coding: [{ code: '168731009' }] } },
      { intent: 'order', status: 'active', code: { coding: [{ code: '80146002' }] } },
    ]);
    expect(ofType(items, 'Encounter')).toMatchObject([{ status: 'planned' }]);
    expect(ofType(items, 'MedicationRequest')).toMatchObject([{ intent: 'plan' }, { intent: 'plan' }]);
    expect(ofType(items, 'Immunization')).toEqual([]);
    expect(ofType(items, 'Procedure')).toEqual([]);
  });
});

describe('a continuity of care document', () => {
  test('is the person, the document byte for byte, and what its sections state', async () => {
    const text = sampleCcd(CCD);
    const items = await read(text);
    expect(refusals(items)).toEqual([]);
    const [patient, document] = entries(items).map(({ resource }) => resource);
    expect(patient).toMatchObject({
      resourceType: 'Patient',
      identifier: [{ system: 'urn:oid:2.16.840.1.113883.19.5.99999.2', value: '998991' }],
      name: [{ use: 'official', family: 'Jones', given: ['Isabella', 'Isa'] }],
      gender: 'female',
      birthDate: '1975-05-01',
      address: [{ line: ['1357 Amber Dr'], city: 'Beaverton', postalCode: '97867' }],
      telecom: [{ system: 'phone', value: '(816)276-6909', use: 'home' }],
    });
    expect(fileIn(document).equals(Buffer.from(text))).toBe(true);
    expect(document).toMatchObject({
      masterIdentifier: { value: 'TT988' },
      author: [{ display: 'Henry Seven' }],
      custodian: { display: 'Community Health and Hospitals' },
    });
    const [penicillin, none] = ofType(items, 'AllergyIntolerance');
    expect(penicillin).toMatchObject({
      clinicalStatus: { coding: [{ code: 'active' }] },
      criticality: 'high',
      category: ['medication'],
      code: { coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '7980' }], text: 'Penicillin V' },
      onsetDateTime: '1999-04-01',
      reaction: [{ manifestation: [{ text: 'Hives' }], severity: 'severe' }],
      patient: { reference: `Patient/${patient?.id}` },
    });
    expect(none).toMatchObject({ code: { coding: [{ code: '429625007' }], text: 'No known food allergy' } });
    expect(ofType(items, 'Condition')).toMatchObject([
      { clinicalStatus: { coding: [{ code: 'resolved' }] }, onsetDateTime: '2008-01-03', abatementDateTime: '2008-02-03' },
      {
        clinicalStatus: { coding: [{ code: 'active' }] },
        code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'J45.9' }], text: 'Asthma of the harbour' },
        onsetDateTime: '2007',
      },
      { category: [{ coding: [{ code: 'encounter-diagnosis' }] }], code: { text: 'Costal chondritis' } },
    ]);
    expect(ofType(items, 'MedicationStatement')).toMatchObject([
      {
        status: 'active',
        medicationCodeableConcept: { text: 'Albuterol 0.09 MG/ACTUAT' },
        dosage: [
          { text: 'Two puffs twice a day', timing: { repeat: { period: 12, periodUnit: 'h' } }, route: { text: 'Inhalation' } },
        ],
      },
    ]);
    expect(ofType(items, 'MedicationRequest')).toMatchObject([
      { intent: 'plan', medicationCodeableConcept: { text: 'Ointment of the pharmacist' } },
    ]);
    expect(ofType(items, 'Immunization')).toMatchObject([
      {
        status: 'completed',
        occurrenceDateTime: '2010-08-15',
        lotNumber: '1',
        manufacturer: { display: 'Health LS - Immuno Inc.' },
      },
    ]);
    expect(ofType(items, 'Encounter')).toMatchObject([
      {
        status: 'finished',
        class: { code: 'AMB' },
        period: { start: '2012-08-06T09:30:00-05:00' },
        participant: [{ individual: { display: 'Dr. Henry Seven' } }],
      },
    ]);
    const [note] = ofType(items, 'DocumentReference').slice(1);
    expect(fileIn(note).toString()).toBe('Dear colleague,\nDay | Pain\n1 | much\n- rest\n- ibuprofen & water');
  });

  test('keeps numbers as they are written, and what is not known as such', async () => {
    const items = await made([RESULTS, VITALS]);
    const texts = entries(items).map(({ text }) => text);
    expect(texts.find((text) => text.includes('"718-7"'))).toContain('"value":10.20,"unit":"g/dL"');
    expect(texts.find((text) => text.includes('"718-7"'))).toContain('"high":{"value":15.50');
    expect(texts.find((text) => text.includes('"1988-5"'))).toMatch(/"value":0\.50.*"comparator":"<"/);
    const observations = ofType(items, 'Observation');
    expect(observations.find((each) => JSON.stringify(each).includes('33765-9'))).toMatchObject({
      dataAbsentReason: { coding: [{ code: 'asked-unknown' }] },
    });
    expect(ofType(items, 'DiagnosticReport')[0]).toMatchObject({
      result: observations.slice(0, 3).map((each) => ({ reference: `Observation/${each.id}` })),
    });
    // Both pressures of one measuring are one blood pressure.
    expect(observations[3]).toMatchObject({
      code: { coding: [{ code: '85354-9' }] },
      component: [{ valueQuantity: { value: 132, code: 'mm[Hg]' } }, { valueQuantity: { value: 86 } }],
    });
  });

  test('says of a value what it says, and that it is not known where it says nothing', async () => {
    const values = [
      '<value xsi:type="BL" value="true"/>',
      '<value xsi:type="BL"/>',
      '<value xsi:type="BL" value="1"/>',
      '<value xsi:type="PQ" unit="mg/dL"/>',
      '<value xsi:type="IVL_PQ"><center value="5.0" unit="mg/dL"/></value>',
      '<value xsi:type="PQ" value="5." unit="mg/dL"/>',
      '<value xsi:type="PQ" value="1,5" unit="mg/dL"/>',
    ];
    const items = await made([
      {
        ...RESULTS,
        entries: values.map((value, at) =>
          observation(`${id(`v${at}`)}${code('loinc', '2345-7', 'Glucose')}${status('completed')}${value}`),
        ),
      },
    ]);
    const absent = { dataAbsentReason: { coding: [{ code: 'unknown' }] } };
    expect(ofType(items, 'Observation')).toMatchObject([
      { valueBoolean: true },
      absent,
      absent,
      { valueQuantity: { value: 5, code: 'mg/dL' } },
      { valueQuantity: { value: 5, code: 'mg/dL' } },
    ]);
    expect(refusals(items).map((refusal) => refusal.code)).toEqual(['cda.boolean', 'cda.number']);
  });

  test('says since when something is taken, which is no moment at which it was', async () => {
    const since = '<effectiveTime xsi:type="IVL_TS"><low value="20240101"/><high nullFlavor="NI"/></effectiveTime>';
    const taken = `<substanceAdministration classCode="SBADM" moodCode="EVN">${id('m')}${status('active')}${since}<consumable><manufacturedProduct><manufacturedMaterial>${code('rxnorm', '197361', 'Amlodipine 5 MG')}</manufacturedMaterial></manufacturedProduct></consumable></substanceAdministration>`;
    const [statement] = ofType(await made([{ ...MEDICATIONS, entries: [taken] }]), 'MedicationStatement');
    expect(statement).toMatchObject({ status: 'active', effectivePeriod: { start: '2024-01-01' } });
    expect(statement).not.toHaveProperty('effectiveDateTime');
  });

  test('marked as restricted makes sensitive records', async () => {
    const items = await made([ALLERGIES], { confidentiality: 'R' });
    for (const { resource } of entries(items)) expect(resource.meta).toMatchObject({ security: [{ code: 'R' }] });
  });

  test('of which an entry is wrong is taken in without it: it is named with its place, and its section kept as words', async () => {
    const strange = {
      ...ALLERGIES,
      entries: [...(ALLERGIES.entries ?? []), `<supply classCode="SPLY" moodCode="EVN">${id('s')}</supply>`],
    };
    const wrong = {
      ...RESULTS,
      text: 'Hemoglobin about ten',
      entries: RESULTS.entries?.map((entry) =>
        entry
          .replace('010.20', 'about 10')
          .replace('<value xsi:type="PQ" null', '<value xsi:type="QTY" x="1" null')
          .replace(' nullFlavor="ASKU"', ''),
      ),
    };
    const unknown = { code: '46264-8', title: 'Medical equipment', text: 'Mother: asthma', entries: ['<organizer/>'] };
    const items = await made([strange, wrong, unknown]);
    expect(refusals(items).map(({ path, code: reason }) => [path, reason])).toEqual([
      [`${INSIDE}/section/entry[3]/supply`, 'cda.entry-kind'],
      [`${INSIDE}[2]/section/entry/organizer/component/observation`, 'cda.number'],
      [`${INSIDE}[2]/section/entry/organizer/component[2]/observation`, 'cda.value-type'],
      [`${INSIDE}[3]/section/entry/organizer`, 'cda.entry-kind'],
    ]);
    const kept = ofType(items, 'DocumentReference').slice(1);
    expect(kept.map((each) => fileIn(each).toString())).toEqual([
      'Penicillin V: hives',
      'Hemoglobin about ten',
      'Mother: asthma',
    ]);
    const [report] = ofType(items, 'DiagnosticReport');
    expect(report?.result).toHaveLength(1);
  });

  test('says again, later, what the same entries are, under the same ids; two entries under one id stay two', async () => {
    const [first, later] = [await made([PROBLEMS]), await made([PROBLEMS], { effectiveTime: '20160722230000+0100' })];
    const ids = (items: SourceItem[]): unknown[] =>
      [...ofType(items, 'Patient'), ...ofType(items, 'Condition')].map((each) => each.id);
    expect(ids(later)).toEqual(ids(first));
    const [one = '', two = ''] = PROBLEMS.entries ?? [];
    const twice = await made([{ ...PROBLEMS, entries: [one, one.replace('Pneumonia', 'Pleurisy'), two] }]);
    expect(new Set(ids(twice)).size).toBe(4);
  });
});

test('a file inside a document is kept as the file that it is', async () => {
  const pdf = Buffer.from('%PDF-1.4 a letter').toString('base64');
  const note = `<act classCode="ACT" moodCode="EVN">${id('note-1')}${code('loinc', '34109-9', 'Note')}<text mediaType="application/pdf" representation="B64">\n ${pdf} </text>${status('completed')}</act>`;
  const items = await made([{ code: '34109-9', title: 'Notes', entries: [note] }]);
  expect(ofType(items, 'DocumentReference')[1]).toMatchObject({
    content: [{ attachment: { contentType: 'application/pdf', data: pdf } }],
  });
  const unstructured = sampleCcd({ sections: [] }).replace(
    /<structuredBody>[\s\S]*<\/structuredBody>/,
    `<nonXMLBody><text mediaType="application/pdf" representation="B64">${pdf}</text></nonXMLBody>`,
  );
  expect(ofType(await read(unstructured), 'DocumentReference')).toHaveLength(2);
});

const WHOLE = sampleCcd({ sections: [NOTES] });
const ENTITIES = Array.from({ length: 10 }, (_, at) => `<!ENTITY x${at + 1} "${`&x${at};`.repeat(10)}">`).join('');
const NAMESPACES = Array.from({ length: 101 }, (_, at) => `xmlns:x${at}="urn:x${at}"`).join(' ');
const ATTRIBUTES = Array.from({ length: 60_000 }, (_, at) => `a${at}=""`).join(' ');

test.each([
  [
    'cda.document-type',
    WHOLE.replace('?>', '?><!DOCTYPE ClinicalDocument [<!ENTITY x SYSTEM "file:///etc/passwd">]>').replace('Dear', '&x;'),
    1,
  ],
  [
    'cda.document-type',
    WHOLE.replace('?>', `?><!DOCTYPE ClinicalDocument [<!ENTITY x0 "ha">${ENTITIES}]>`).replace('Dear', '&x9;'),
    1,
  ],
  ['cda.xml', WHOLE.replace('Dear', '&x;'), 25],
  ['cda.xml', WHOLE.replace('</ClinicalDocument>', ''), 30],
  ['cda.xml', `${WHOLE}<another/>`, 30],
  ['cda.xml', WHOLE.replace('<id root=', '<id root="1.2" root='), 4],
  ['cda.xml', WHOLE.replace('Dear', '\u0001'), 25],
  ['import.empty', '', 1],
  ['cda.too-deep', WHOLE.replace('Dear', `${'<content>'.repeat(150)}x${'</content>'.repeat(150)}`), 25],
  ['cda.too-many', WHOLE.replace('Dear', `<content ${NAMESPACES}/>`), 25],
  ['cda.too-many', WHOLE.replace('Dear', `<content ${ATTRIBUTES}/>`), 25],
  ['cda.not-cda', '<html/>', 1],
  ['cda.not-cda', '<Patient xmlns="http://hl7.org/fhir"/>', 1],
  ['cda.no-patient', WHOLE.replace(/<recordTarget>[\s\S]*<\/recordTarget>/, ''), 2],
  [
    'cda.several-patients',
    WHOLE.replace('</recordTarget>', `</recordTarget><recordTarget><patientRole>${PATIENT}</patientRole></recordTarget>`),
    18,
  ],
  [
    'cda.no-patient-id',
    WHOLE.replace('<id root="2.16.840.1.113883.19.5.99999.2" extension="998991"/>', '<id nullFlavor="UNK"/>'),
    10,
  ],
  ['cda.too-large', WHOLE.replace('Dear', 'x'.repeat(13_000_000)), 1],
  ['cda.encoding', WHOLE.replace('UTF-8', 'EBCDIC'), 1],
])('%s is named with its line, and nothing is filed under nobody', async (reason, text, line) => {
  const items = await read(text);
  expect(refusals(items).map((each) => [each.code, each.line])).toEqual([[reason, line]]);
  expect(entries(items)).toEqual([]);
});

test('a row of a narrative keeps the cell behind hundreds of thousands of empty ones', () => {
  const row = xmlIn(utf8(`<text><table><tr>${'<td/>'.repeat(200_000)}<td>5.2</td><td/></tr></table></text>`));
  expect(narrativeText(row).endsWith('| 5.2')).toBe(true);
}, 30_000);

test('letters are read by what the document says that it is written in', async () => {
  const text = sampleCcd({ sections: [NOTES], prolog: '<?xml version="1.0" encoding="ISO-8859-1"?>' }).replace(
    'Isabella',
    'Renée',
  );
  const items = await read(Buffer.from(text, 'latin1'));
  expect(ofType(items, 'Patient')[0]).toMatchObject({ name: [{ given: ['Renée', 'Isa'] }] });
  expect(fileIn(ofType(items, 'DocumentReference')[0]).equals(Buffer.from(text, 'latin1'))).toBe(true);
  expect(refusals(await read(Buffer.from(text.replace('ISO-8859-1', 'UTF-8'), 'latin1'))).map((each) => each.code)).toEqual([
    'cda.encoding',
  ]);
});

test('a number is a number of JSON, however it is written', async () => {
  const weighed = async (written: string) =>
    (
      await made([
        {
          code: '8716-3',
          title: 'Vital signs',
          entries: [
            observation(
              `${code('loinc', '29463-7', 'Weight')}${status('completed')}<value xsi:type="PQ" value="${written}" unit="Teelöffel"/>`,
            ),
          ],
        },
      ])
    )
      .filter((item) => item.kind === 'entry')
      .map(({ text }) => /"valueQuantity":(\{[^}]*\})/.exec(text)?.[1])
      .find(Boolean);
  expect(await weighed('+007.500')).toBe('{"value":7.500,"unit":"Teelöffel"}');
  expect(await weighed('-.50')).toBe('{"value":-0.50,"unit":"Teelöffel"}');
  for (const bad of ['.', '-', '1e9', '0x10', '1,5']) expect(await weighed(bad)).toBeUndefined();
});

test('a clinic looks first, takes a document in once, a later one as the next version, and takes it back', async () => {
  const { request } = await (await ClinicDesk.open()).unlock();
  const imported = async (document: Partial<SampleDocument>, dryRun = false) => {
    const { id: job } = await request.imports.startPaths([folderOf({ 'ccd.xml': sampleCcd({ ...CCD, ...document }) })], {
      dryRun,
    });
    return request.imports.settled(job);
  };
  const people = async () => (await request.patients.find('jones', 9, undefined)).patients;
  expect(await imported({}, true)).toMatchObject({ state: 'DONE', accepted: 18, refusedCount: 0, patients: 1 });
  expect(await people()).toEqual([]);
  expect(await imported({})).toMatchObject({ state: 'DONE', accepted: 18, refusedCount: 0, patients: 1 });
  expect(await imported({})).toMatchObject({ accepted: 0, alreadyPresent: 18 });
  const later = await imported({ effectiveTime: '20160722230000+0100' });
  expect(later).toMatchObject({ patients: 0, refusedCount: 0 });
  const [found] = await people();
  const chart = await request.records.entries(found!.patient);
  expect(chart.filter(({ resourceType }) => resourceType === 'AllergyIntolerance').map(({ version }) => version)).toEqual([2, 2]);
  await request.imports.takeBack(later.id, 'Of another person');
  expect(await request.imports.settled(later.id)).toMatchObject({ state: 'TAKEN_BACK', undo: { left: 0 } });
});
