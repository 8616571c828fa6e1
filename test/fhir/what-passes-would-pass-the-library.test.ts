/** Resources whose rules hold for certain are not handed to the library (shared/fhir/invariants.ts). Here they are. */
import { OperationOutcomeError, validateResource } from '@medplum/core';
import type { Resource } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadChecker } from '../../server/fhir/definitions.ts';
import type { CheckResource } from '../../shared/fhir/resource-check.ts';
import { samplePatients } from '../../shared/patients/sample-patients.ts';
import { fhirText, hasFhirData, jsonFilesIn } from './fhir-data.ts';

let check: CheckResource;
beforeAll(async () => {
  check = await loadChecker();
});

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Faults that the library finds; white space in base64 left out, which R4 allows and the library does not. */
function libraryFaults(value: Json): string[] {
  try {
    validateResource(value as unknown as Resource, { base64BinaryMaxBytes: 16 * 1024 * 1024 });
  } catch (error) {
    if (!(error instanceof OperationOutcomeError)) return [];
    const errors = (error.outcome.issue ?? []).filter(({ severity, code }) => severity === 'error' && code !== 'processing');
    return errors.map(({ details }) => details?.text ?? '').filter((text) => text !== 'Invalid base64Binary format');
  }
  return [];
}

const passes = (value: Json): boolean => check(value).errors.length === 0;

/** One of each type, and some that HL7 has many rules for. */
const RESOURCES: readonly Json[] = [
  ...new Map(
    [...samplePatients({ seed: 5, patients: 4, encountersPerPatient: 4, referenceDate: '2026-11-01' })].map(
      ({ resourceType, text }) => [resourceType, JSON.parse(text) as Json] as const,
    ),
  ).values(),
  {
    resourceType: 'Observation',
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '1' }] },
    valueQuantity: { value: 3.5, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' },
    component: [{ code: { coding: [{ system: 'http://loinc.org', code: '2' }] }, valueString: 'a' }],
    referenceRange: [{ low: { value: 1 }, text: 'b' }],
    extension: [{ url: 'urn:one', valueString: 'c' }],
    modifierExtension: [{ url: 'urn:two', extension: [{ url: 'urn:three', valueInteger: 1 }] }],
  },
  {
    resourceType: 'Questionnaire',
    status: 'draft',
    item: [
      { linkId: '1', type: 'group', item: [{ linkId: '2', type: 'choice', answerOption: [{ valueString: 'a' }] }] },
      {
        linkId: '3',
        type: 'string',
        maxLength: 5,
        initial: [{ valueString: 'a' }],
        enableWhen: [{ question: '2', operator: 'exists', answerBoolean: true }],
      },
    ],
  },
  {
    resourceType: 'Patient',
    contact: [{ name: { family: 'A' }, period: { start: '2020' } }],
    link: [{ other: { reference: 'Patient/1' }, type: 'seealso' }],
    communication: [{ language: { text: 'x' } }],
  },
  {
    resourceType: 'ValueSet',
    status: 'draft',
    compose: { include: [{ system: 'urn:s', concept: [{ code: 'a' }] }, { valueSet: ['urn:v'] }] },
    expansion: {
      timestamp: '2020',
      contains: [
        { code: 'a', system: 'urn:s' },
        { display: 'x', abstract: true },
      ],
    },
  },
];

const ODD: readonly Json[] = [
  ' ',
  '\t',
  'x ',
  'a\tb',
  '',
  '2020-02-30',
  '2020-02',
  '2020-01-01T10:00:00.1234567890Z',
  0,
  -1,
  1.5,
  true,
  null,
  [],
  {},
  'https://a/b',
  '#c',
  { url: 'urn:x' },
  { extension: [{ url: 'urn:y', valueCode: 'z' }] },
];
const FURTHER = ['extension', 'modifierExtension', '_status', 'contained', 'text', 'period', 'dataAbsentReason', 'id'];

/** `value` with one place taken away, replaced, doubled or added to. */
function altered(value: Json, [place, way, odd, name]: readonly [number, number, Json, string]): Json {
  const whole = structuredClone(value);
  const places: Array<[holder: Json[] | { [name: string]: Json }, key: string]> = [];
  const walk = (at: Json): void => {
    if (typeof at !== 'object' || at === null) return;
    for (const key of Object.keys(at)) {
      places.push([at, key]);
      walk((at as { [name: string]: Json })[key] as Json);
    }
  };
  walk(whole);
  const [holder, key] = places[place % places.length] as (typeof places)[number];
  const into = holder as { [name: string]: Json };
  if (way === 0 && Array.isArray(holder)) holder.splice(Number(key), 1);
  else if (way === 0) delete into[key];
  else if (way === 1) into[key] = odd;
  else if (way === 2 && Array.isArray(holder)) holder.push(structuredClone(holder[Number(key)] as Json));
  else if (!Array.isArray(holder)) into[name] = name.endsWith('xtension') ? [odd] : odd;
  return whole;
}

describe('whatever passes, the library lets pass', () => {
  test('as it is, and with a few places altered', () => {
    const alteration = fc.tuple(fc.nat(), fc.nat(3), fc.constantFrom(...ODD), fc.constantFrom(...FURTHER));
    let passed = 0;
    fc.assert(
      fc.property(fc.constantFrom(...RESOURCES), fc.array(alteration, { maxLength: 3 }), (resource, alterations) => {
        const value = alterations.reduce(altered, resource);
        if (!passes(value)) return;
        passed++;
        expect(libraryFaults(value)).toEqual([]);
      }),
      { numRuns: 600 },
    );
    expect(passed).toBeGreaterThan(60);
  });

  test.each([
    ['Observation', { referenceRange: [{ appliesTo: [{ text: 'a' }] }] }],
    ['Observation', { extension: [{ url: 'urn:x' }] }],
    ['Observation', { dataAbsentReason: { text: 'not asked' }, valueString: 'a' }],
    ['Patient', { contact: [{ gender: 'male' }] }],
    ['Patient', { contained: [{ resourceType: 'Patient', contained: [{ resourceType: 'Patient' }] }] }],
    ['Patient', { contained: [{ resourceType: 'Patient', id: 'a', meta: { versionId: '1' } }] }],
  ])('a broken rule of HL7’s is still found: %s %j', (resourceType, more) => {
    const needed = resourceType === 'Observation' ? { status: 'final', code: { coding: [{ system: 'urn:a', code: 'b' }] } } : {};
    expect(check({ resourceType, ...needed, ...more }).errors[0]?.code).toBe('fhir.invariant');
  });

  test.runIf(hasFhirData)('among the collected files', () => {
    const single = (value: Json): Json[] => {
      const { resourceType, entry } = value as { resourceType?: Json; entry?: Array<{ resource: Json }> };
      if (resourceType !== 'Bundle' || !Array.isArray(entry)) return [value];
      return entry.filter((_, at) => entry.length < 50 || at % 9 === 0).map(({ resource }) => resource);
    };
    for (const file of jsonFilesIn('.')) {
      let value: Json;
      try {
        value = JSON.parse(fhirText(file)) as Json;
      } catch {
        continue;
      }
      for (const each of single(value)) if (passes(each)) expect([file, libraryFaults(each)]).toEqual([file, []]);
    }
  });
});
