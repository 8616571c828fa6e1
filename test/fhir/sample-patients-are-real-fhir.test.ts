import { createHash } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { loadChecker } from '../../server/fhir/definitions.ts';
import type { FhirResource } from '../../shared/fhir/fhir-resource.ts';
import { patientSummary } from '../../shared/fhir/patient-summary.ts';
import type { CheckResource } from '../../shared/fhir/resource-check.ts';
import { readStrictJson } from '../../shared/fhir/strict-json.ts';
import { LARGEST_CHART, type SampleOptions, type SampleResource, samplePatients } from '../../shared/patients/sample-patients.ts';

let check: CheckResource;
beforeAll(async () => {
  check = await loadChecker();
});

const options: SampleOptions = { seed: 11, patients: 30, encountersPerPatient: 8, referenceDate: '2026-11-01' };
const digest = (samples: Iterable<SampleResource>): string => {
  const hash = createHash('sha256');
  for (const { text } of samples) hash.update(text);
  return hash.digest('hex');
};

test('every sample passes the checker without a warning', () => {
  const types = new Set<string>();
  for (const { text, resourceType } of samplePatients(options)) {
    types.add(resourceType);
    const { value, exactNumbers } = readStrictJson(text);
    expect([text, check(value, exactNumbers)]).toEqual([text, { errors: [], warnings: [] }]);
  }
  expect([...types].sort()).toEqual(
    (
      'AllergyIntolerance Condition DiagnosticReport DocumentReference Encounter Immunization MedicationRequest Observation Organization ' +
      'Patient Practitioner Procedure'
    ).split(' '),
  );
});

test('the same seed gives the same bytes, another seed other ones', () => {
  expect(digest(samplePatients(options))).toBe(digest(samplePatients(options)));
  expect(digest(samplePatients(options))).not.toBe(digest(samplePatients({ ...options, seed: 12 })));
});

test('two different patients share name and birth date', () => {
  const patients = [...samplePatients(options)].filter(({ resourceType }) => resourceType === 'Patient');
  const [, one, other] = patients.map(({ text }) => patientSummary(JSON.parse(text) as FhirResource));
  expect([one?.fullName, one?.birthDate]).toEqual([other?.fullName, other?.birthDate]);
  expect(one?.id).not.toBe(other?.id);
  expect(one?.identifiers[0]?.value).not.toBe(other?.identifiers[0]?.value);
});

test('all references resolve, ids are unique, and nothing lies after the reference date', () => {
  const samples = [...samplePatients(options)];
  const names = new Set(samples.map(({ resourceType, id }) => `${resourceType}/${id}`));
  expect(names.size).toBe(samples.length);
  for (const { text } of samples) {
    for (const [, reference] of text.matchAll(/"reference":"([^"]+)"/g)) expect(names.has(reference as string)).toBe(true);
    for (const [, start] of text.matchAll(/"(?:start|onsetDateTime|effectiveDateTime|authoredOn|birthDate)":"([^"]+)"/g)) {
      expect((start as string) <= '2026-11-02').toBe(true);
    }
  }
});

test('the largest chart has 708 encounters', () => {
  const samples = [...samplePatients({ ...options, patients: 1, largestChart: true })];
  expect(samples.filter(({ resourceType }) => resourceType === 'Encounter')).toHaveLength(LARGEST_CHART);
});

test('numbers keep the digits they were measured with', () => {
  const texts = [...samplePatients(options)].map(({ text }) => text);
  expect(texts.some((text) => /"value":\d+\.\d*0[,}]/.test(text))).toBe(true);
  expect(texts.some((text) => text.includes('decimal:'))).toBe(false);
});
