import { describe, expect, test } from 'vitest';
import type { FhirResource } from '../../shared/fhir/fhir-resource.ts';
import { categoryOf, patientReferenceOf } from '../../shared/fhir/patient-compartment.ts';
import { parseReference, referencesIn } from '../../shared/fhir/references.ts';
import { samplePatients } from '../../shared/patients/sample-patients.ts';

const resource = (resourceType: string, elements: object = {}): FhirResource => ({ resourceType, ...elements }) as FhirResource;
const to = (reference: string): object => ({ reference });

describe('references', () => {
  test.each([
    ['Patient/1', 'relative', 'Patient', '1'],
    ['Patient/1/_history/2', 'relative', 'Patient', '1'],
    ['urn:uuid:c757873d', 'uuid', undefined, 'c757873d'],
    ['Practitioner?identifier=a|b', 'conditional', 'Practitioner', 'identifier=a|b'],
    ['https://example.org/fhir/Patient/1', 'absolute', 'Patient', '1'],
    ['https://example.org/x', 'absolute', undefined, undefined],
    ['#med', 'contained', undefined, 'med'],
    ['#', 'contained', undefined, ''],
    ['somebody', 'other', undefined, undefined],
  ])('%s', (reference, kind, type, id) => {
    expect(parseReference(reference)).toEqual({ kind, type, id });
  });

  test('are all found, with their places', () => {
    const found = referencesIn(
      resource('Encounter', {
        subject: to('Patient/1'),
        participant: [{ period: {} }, { individual: to('Practitioner?identifier=a') }],
        contained: [resource('Condition', { subject: to('#') })],
      }),
    );
    expect(found.map(({ path, kind }) => [path, kind])).toEqual([
      ['Encounter.subject', 'relative'],
      ['Encounter.participant[1].individual', 'conditional'],
      ['Encounter.contained[0].subject', 'contained'],
    ]);
  });
});

describe('a record belongs to the patient', () => {
  test.each([
    ['Patient', { id: 'a' }, 'Patient/a'],
    ['Observation', { subject: to('Patient/1'), performer: [to('Patient/2')] }, 'Patient/1'],
    ['Immunization', { patient: to('urn:uuid:1') }, 'urn:uuid:1'],
    ['Coverage', { subscriber: to('Patient/2'), beneficiary: to('Patient/1') }, 'Patient/1'],
    ['Appointment', { participant: [{ actor: to('Practitioner/1') }, { actor: to('Patient/1') }] }, 'Patient/1'],
    ['Appointment', { participant: [{ actor: to('urn:uuid:1') }] }, undefined],
    ['ResearchSubject', { individual: to('https://example.org/Patient/1') }, 'https://example.org/Patient/1'],
    ['Provenance', { target: [to('Observation/1'), to('Patient/1')] }, 'Patient/1'],
    ['Observation', { subject: to('Group/1') }, undefined],
    ['Observation', {}, undefined],
    ['Group', { member: [{ entity: to('Patient/1') }] }, undefined],
    ['Practitioner', { id: 'a' }, undefined],
    ['constructor', {}, undefined],
  ])('of a %s', (type, elements, expected) => {
    expect(patientReferenceOf(resource(type, elements))?.reference).toBe(expected);
  });
});

describe('a record lies in the category', () => {
  const labelled = (code: string): object => ({
    meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code }] },
  });
  test.each([
    ['Patient', {}, 'identity'],
    ['Patient', labelled('R'), 'identity'],
    ['RelatedPerson', {}, 'identity'],
    ['Coverage', {}, 'identity'],
    ['Condition', {}, 'clinical'],
    ['Condition', labelled('HIV'), 'sensitive'],
    ['MedicationRequest', labelled('PSY'), 'sensitive'],
    ['Observation', labelled('N'), 'clinical'],
    ['MedicationRequest', {}, 'medication'],
    ['Immunization', {}, 'medication'],
    ['MolecularSequence', {}, 'genomic'],
    ['Observation', { component: [{ code: { coding: [{ system: 'http://loinc.org', code: '48018-6' }] } }] }, 'genomic'],
    ['DiagnosticReport', { category: [{ coding: [{ code: 'GE' }] }] }, 'genomic'],
    ['Observation', { code: { coding: [{ system: 'urn:iso:std:iso:11073:10101', code: '150020' }] } }, 'device'],
    ['Device', {}, 'device'],
    ['DeviceMetric', {}, 'device'],
    ['ResearchSubject', {}, 'research'],
    ['Practitioner', {}, null],
    ['Organization', {}, null],
    ['Location', labelled('R'), null],
    ['toString', {}, null],
  ])('of a %s with %o', (type, elements, category) => {
    expect(categoryOf(resource(type, elements))).toBe(category);
  });
});

test('every sample record but the directory names its patient', () => {
  for (const sample of samplePatients({ seed: 3, patients: 4, encountersPerPatient: 4, referenceDate: '2026-11-01' })) {
    const parsed = JSON.parse(sample.text) as FhirResource;
    const expected = sample.patientId === '' ? undefined : `Patient/${sample.patientId}`;
    expect(patientReferenceOf(parsed)?.reference).toBe(expected);
    expect(categoryOf(parsed) === null).toBe(expected === undefined);
  }
});
