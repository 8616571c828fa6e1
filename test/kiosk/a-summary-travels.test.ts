import { expect, test } from 'vitest';
import { internationalSummary, namingPatient, type SummarizedResource } from '../../shared/kiosk/international-summary.ts';

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
