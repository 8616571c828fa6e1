import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  internationalSummary,
  namingPatient,
  type SummarizedResource,
  summarized,
} from '../../shared/fhir/international-summary.ts';
import type { ChartSection } from '../../shared/fhir/summary.ts';

const subject = {
  id: '0123456789abcdef0123456789abcdef',
  time: Date.UTC(2026, 0, 5),
  clinic: 'Praxis am Markt',
  patient: { id: 'p1', json: '{"resourceType":"Patient","id":"p1"}' },
};
const allergy: SummarizedResource = {
  section: 'allergy',
  resourceType: 'AllergyIntolerance',
  id: 'a1',
  title: 'Penicillin <b>&',
  json: '{"resourceType":"AllergyIntolerance","id":"a1","patient":{"reference":"Patient/p1"}}',
};
const vital: SummarizedResource = {
  section: 'vital',
  resourceType: 'Observation',
  id: 'o1',
  title: 'Temperature',
  json: '{"resourceType":"Observation","id":"o1","valueQuantity":{"value":37.50}}',
};

interface Document {
  readonly type: string;
  readonly entry: ReadonlyArray<{
    readonly fullUrl: string;
    readonly resource: {
      readonly resourceType: string;
      readonly subject?: { readonly reference: string };
      readonly section?: ReadonlyArray<{
        readonly title: string;
        readonly text: { readonly div: string };
        readonly entry?: ReadonlyArray<{ readonly reference: string }>;
        readonly emptyReason?: object;
      }>;
    };
  }>;
}

interface Coded {
  readonly title: string;
  readonly code: { readonly coding: readonly [{ readonly code: string }] };
  readonly text: { readonly div: string };
  readonly entry?: ReadonlyArray<{ readonly reference: string }>;
  readonly emptyReason?: object;
}

const made = (resources: readonly SummarizedResource[]): Document =>
  JSON.parse(internationalSummary(subject, resources)) as Document;

test('a document begins with its Composition, and each of its references is in it', () => {
  const { type, entry } = made([vital, allergy]);
  expect(type).toBe('document');
  const [first] = entry;
  expect(first?.resource.resourceType).toBe('Composition');
  const urls = entry.map(({ fullUrl }) => fullUrl);
  expect(new Set(urls).size).toBe(urls.length);
  const referred = [first?.resource.subject, ...(first?.resource.section ?? []).flatMap((section) => section.entry ?? [])];
  expect(referred.map((each) => each?.reference)).toEqual(['Patient/p1', 'AllergyIntolerance/a1', 'Observation/o1']);
  for (const each of referred) expect(urls.some((url) => url.endsWith(`/fhir/${each?.reference}`))).toBe(true);
});

test('what the desk wrote about somebody who was imported names them as the document does', () => {
  const own = 'f'.repeat(32);
  const written = allergy.json.replace('Patient/p1', `Patient/${own}`);
  const [, , listed] = made([{ ...allergy, json: namingPatient(written, own, subject.patient.id) }]).entry;
  expect(JSON.stringify(listed?.resource)).toBe(allergy.json);
});

test.each(['urn:uuid:d78af07c-9c4b-4a10-8c4e-3f1f2b0f5a11', 'https://old.example/fhir/Patient/77', 'Patient/p1'])(
  'a record that names its patient %s is about the patient of the document, and else as it was written',
  (reference) => {
    const written = `{"resourceType":"AllergyIntolerance","id":"a1","note":[{"text":"1.50"}],"patient":{"reference":"${reference}"}}`;
    const { entry } = made([{ ...allergy, json: written }]);
    expect(JSON.stringify(entry[2]?.resource)).toBe(written.replace(reference, 'Patient/p1'));
    expect(entry[1]?.fullUrl).toMatch(/\/Patient\/p1$/);
  },
);

test('problems, allergies and medicines are there even when nothing is known of them', () => {
  const sections = made([]).entry[0]?.resource.section ?? [];
  expect(sections.map(({ title }) => title)).toEqual(['Problems', 'Allergies and intolerances', 'Medications']);
  expect(sections.every(({ emptyReason }) => emptyReason !== undefined)).toBe(true);
});

test('numbers keep their digits, words cannot become markup, what has no id is left out', () => {
  expect(internationalSummary(subject, [vital])).toContain('37.50');
  const sections = made([allergy]).entry[0]?.resource.section ?? [];
  expect(sections.find(({ title }) => title.startsWith('Allergies'))?.text.div).toContain('Penicillin &lt;b&gt;&amp;');
  expect(made([{ ...vital, id: '' }]).entry).toHaveLength(2);
});

/** What the profiles Bundle-uv-ips and Composition-uv-ips (IPS 2.0) take into a section, by its LOINC code. */
const IPS_SECTIONS: Readonly<Record<string, readonly string[]>> = {
  '10160-0': ['MedicationStatement', 'MedicationRequest', 'MedicationAdministration', 'MedicationDispense'],
  '11348-0': ['Condition'],
  '11369-6': ['Immunization'],
  '11450-4': ['Condition'],
  '30954-2': ['Observation', 'DiagnosticReport', 'Media'],
  '47519-4': ['Procedure'],
  '48765-2': ['AllergyIntolerance'],
  '8716-3': ['Observation'],
};
const IPS_REQUIRED = ['10160-0', '11450-4', '48765-2'];

test('whatever a chart holds, each section has what IPS takes into it, and says why where it has nothing', () => {
  const types = [
    ['problem', 'Condition'],
    ['allergy', 'AllergyIntolerance'],
    ['medication', 'MedicationRequest'],
    ['medication', 'List'],
    ['immunization', 'Immunization'],
    ['procedure', 'Procedure'],
    ['procedure', 'ServiceRequest'],
    ['result', 'Observation'],
    ['result', 'ImagingStudy'],
    ['vital', 'Observation'],
  ] as const;
  const resource = fc.constantFrom(...types).chain(([section, resourceType]) =>
    fc
      .record({
        id: fc.uuid(),
        isPast: fc.constant(section === 'problem').chain((may) => (may ? fc.boolean() : fc.constant(false))),
      })
      .map(
        ({ id, isPast }): SummarizedResource => ({
          section,
          resourceType,
          id,
          title: resourceType,
          isPast,
          json: JSON.stringify({ resourceType, id, subject: { reference: 'Patient/p1' } }),
        }),
      ),
  );
  fc.assert(
    fc.property(fc.array(resource, { maxLength: 60 }), (resources) => {
      const { entry } = made(resources);
      const places = new Set(entry.map(({ fullUrl }) => fullUrl.split('/').slice(-2).join('/')));
      expect(entry.filter(({ resource: { resourceType } }) => resourceType === 'Composition')).toHaveLength(1);
      const sections = (entry[0]?.resource.section ?? []) as unknown as readonly Coded[];
      const codes = sections.map(({ code }) => code.coding[0].code);
      expect(new Set(codes).size).toBe(codes.length);
      expect(codes).toEqual(expect.arrayContaining(IPS_REQUIRED));
      for (const { code, title, text, entry: listed = [], emptyReason } of sections) {
        expect(title && text.div).toBeTruthy();
        // ips-comp-1
        expect(listed.length > 0).toBe(emptyReason === undefined);
        for (const { reference } of listed) {
          expect(IPS_SECTIONS[code.coding[0].code]).toContain(reference.split('/')[0]);
          expect(places).toContain(reference);
        }
      }
    }),
  );
});

test('a problem that is over is none of today, what was stopped or never done says so, and nothing known is not “nothing there”', () => {
  const listed = (section: ChartSection, resourceType: string, title: string, status: string) => ({
    entry: { resourceType, title, date: '2026', status, section, record: title },
    id: title,
    json: JSON.stringify({ resourceType, id: title }),
  });
  const { entry } = made(
    summarized([
      listed('problem', 'Condition', 'Asthma', 'active'),
      listed('problem', 'Condition', 'Measles', 'resolved'),
      listed('medication', 'MedicationRequest', 'Ibuprofen', 'stopped'),
      listed('immunization', 'Immunization', 'Cholera', 'not-done'),
      listed('allergy', 'AllergyIntolerance', 'No known allergies', 'active'),
      listed('allergy', 'AllergyIntolerance', 'Latex', 'entered-in-error'),
    ]),
  );
  const words = (entry[0]?.resource.section ?? []).map(
    ({ title, text }) => `${title}: ${[...text.div.matchAll(/<li>(.*?)<\/li>/g)].map(([, line]) => line).join()}`,
  );
  expect(words).toEqual([
    'Problems: Asthma',
    'Allergies and intolerances: No known allergies',
    'Medications: Ibuprofen (stopped)',
    'Immunizations: Cholera (not-done)',
    'Past illnesses: Measles (resolved)',
  ]);
});

test('who keeps their problems back keeps those that are over back as well', () => {
  const past = { ...allergy, section: 'problem', resourceType: 'Condition', id: 'c1', title: 'Measles', isPast: true };
  expect(internationalSummary(subject, [past])).toContain('Measles');
  expect(internationalSummary(subject, [past], new Set(['problem']))).not.toContain('Measles');
});
