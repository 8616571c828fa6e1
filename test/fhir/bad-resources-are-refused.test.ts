import { beforeAll, describe, expect, test } from 'vitest';
import { loadChecker } from '../../server/fhir/definitions.ts';
import type { CheckResource, CheckResult } from '../../shared/fhir/resource-check.ts';
import { readStrictJson } from '../../shared/fhir/strict-json.ts';
import { fhirBytes, fhirText, hasFhirData, importAll, jsonFilesIn } from './fhir-data.ts';

let check: CheckResource;
beforeAll(async () => {
  check = await loadChecker();
});

const judge = (text: string): CheckResult => {
  const { value, exactNumbers } = readStrictJson(text);
  return check(value, exactNumbers);
};

const OBSERVATION = '"resourceType":"Observation","status":"final","code":{"text":"x"}';

describe('a resource is refused', () => {
  test.each([
    ['without a type', '{"id":"a"}', 'fhir.no-resource-type', ''],
    ['of an unknown type', '{"resourceType":"Pet"}', 'fhir.unknown-type', 'resourceType'],
    ['of a type that has no instances', '{"resourceType":"DomainResource"}', 'fhir.unknown-type', 'resourceType'],
    ['with an unknown name', '{"resourceType":"Patient","colour":"red"}', 'fhir.unknown-property', 'Patient.colour'],
    ['with __proto__', '{"resourceType":"Patient","__proto__":{"a":1}}', 'fhir.unknown-property', 'Patient.__proto__'],
    ['with a name of Object', '{"resourceType":"Patient","constructor":1}', 'fhir.unknown-property', 'Patient.constructor'],
    ['with a missing element', '{"resourceType":"Observation","code":{"text":"x"}}', 'fhir.missing', 'Observation.status'],
    [
      'with one value where a list belongs',
      '{"resourceType":"Patient","name":{"family":"A"}}',
      'fhir.list-wanted',
      'Patient.name',
    ],
    ['with a list where one value belongs', '{"resourceType":"Patient","gender":["male"]}', 'fhir.not-a-list', 'Patient.gender'],
    ['with text for a boolean', '{"resourceType":"Patient","active":"true"}', 'fhir.wrong-type', 'Patient.active'],
    ['with text for an object', '{"resourceType":"Patient","text":"hello"}', 'fhir.wrong-type', 'Patient.text'],
    ['with an impossible day', '{"resourceType":"Patient","birthDate":"2023-02-30"}', 'fhir.bad-value', 'Patient.birthDate'],
    ['with a bad id', '{"resourceType":"Patient","id":"a_b"}', 'fhir.bad-value', 'Patient.id'],
    ['with a code of its own', '{"resourceType":"Patient","gender":"M"}', 'fhir.bad-code', 'Patient.gender'],
    [
      'with a concept outside a required binding',
      '{"resourceType":"Condition","subject":{"reference":"Patient/1"},"clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"bad"}]}}',
      'fhir.bad-code',
      'Condition.clinicalStatus',
    ],
    ['with two values', `{${OBSERVATION},"valueString":"a","valueBoolean":true}`, 'fhir.choice', 'Observation.valueBoolean'],
    [
      'with a decimal written as text',
      `{${OBSERVATION},"valueQuantity":{"value":"1.5"}}`,
      'fhir.wrong-type',
      'Observation.valueQuantity.value',
    ],
    ['with 1.0 for an integer', `{${OBSERVATION},"valueInteger":1.0}`, 'fhir.bad-value', 'Observation.valueInteger'],
    [
      'with a null that holds no place',
      '{"resourceType":"Patient","name":[{"given":["A",null]}]}',
      'fhir.null',
      'Patient.name[0].given[1]',
    ],
    [
      'with a reversed period',
      '{"resourceType":"Patient","name":[{"family":"A","period":{"start":"2020-02","end":"2020-01-31"}}]}',
      'fhir.period-reversed',
      'Patient.name[0].period',
    ],
    [
      'with a script in its narrative',
      '{"resourceType":"Patient","text":{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\"><script>x</script></div>"}}',
      'fhir.active-content',
      'Patient.text.div',
    ],
    [
      'with an address that runs code',
      '{"resourceType":"Patient","photo":[{"url":"javascript:alert(1)"}]}',
      'fhir.active-content',
      'Patient.photo[0].url',
    ],
    [
      'that breaks one of HL7’s rules',
      `{${OBSERVATION},"referenceRange":[{"appliesTo":[{"text":"a"}]}]}`,
      'fhir.invariant',
      'Observation.referenceRange[0]',
    ],
    [
      'with a bad contained resource',
      '{"resourceType":"Patient","contained":[{"resourceType":"Organization","id":"org_1"}]}',
      'fhir.bad-value',
      'Patient.contained[0].id',
    ],
    [
      'with an extension of a thing that has none',
      '{"resourceType":"Patient","_name":[{"id":"a"}]}',
      'fhir.unknown-property',
      'Patient._name',
    ],
  ])('%s', (_, text, code, path) => {
    expect(judge(text).errors[0]).toMatchObject({ code, path });
  });

  test('with a message that repeats nothing of the record', () => {
    const { errors } = judge(
      '{"resourceType":"Patient","gender":"SECRET-1","birthDate":"SECRET-2","telecom":[{"system":"SECRET-3"}]}',
    );
    expect(errors).toHaveLength(3);
    expect(JSON.stringify(errors)).not.toContain('SECRET');
  });

  test('with at most fifty faults named', () => {
    const faults = Array.from({ length: 500 }, (_, index) => `"x${index}":1`).join();
    expect(judge(`{"resourceType":"Patient",${faults}}`).errors).toHaveLength(50);
  });

  test('also when it never was JSON text', () => {
    const endless: Record<string, unknown> = { url: 'urn:x' };
    endless.extension = [endless];
    expect(check({ resourceType: 'Patient', extension: [endless] }).errors.map(({ code }) => code)).toContain('fhir.too-deep');
    expect(check([]).errors[0]?.code).toBe('fhir.wrong-type');
    expect(check({ resourceType: 'Patient', name: [] }).errors[0]?.code).toBe('fhir.empty');
    expect(check({ resourceType: 'Patient', name: [{}] }).errors[0]?.code).toBe('fhir.empty');
  });
});

describe('a resource is taken with a warning', () => {
  test.each([
    [
      'that points to a wrong type',
      '{"resourceType":"Immunization","status":"completed","vaccineCode":{"text":"x"},"occurrenceString":"then","patient":{"reference":"Practitioner/1"}}',
      'fhir.reference-target',
      'Immunization.patient',
    ],
    [
      'that points to nothing inside itself',
      `{${OBSERVATION},"subject":{"reference":"#p"}}`,
      'fhir.reference-contained',
      'Observation.subject',
    ],
    [
      'whose period may be reversed',
      '{"resourceType":"Patient","name":[{"family":"A","period":{"start":"2023-06-21","end":"2023-06-21T06:20:00Z"}}]}',
      'fhir.period-unclear',
      'Patient.name[0].period',
    ],
  ])('%s', (_, text, code, path) => {
    const { errors, warnings } = judge(text);
    expect(errors).toEqual([]);
    expect(warnings[0]).toMatchObject({ code, path });
  });

  test('and none when it points by UUID, query or address', () => {
    for (const reference of [
      'urn:uuid:c757873d-ec9a-4326-a141-556f43239520',
      'Patient?identifier=a|b',
      'https://example.org/fhir/Patient/1',
    ]) {
      expect(judge(`{${OBSERVATION},"subject":{"reference":"${reference}"}}`)).toEqual({ errors: [], warnings: [] });
    }
  });
});

interface Case {
  readonly file: string;
  readonly level: string;
  readonly path: string;
}

describe.runIf(hasFhirData)('of the collected invalid files', () => {
  const cases = hasFhirData ? (JSON.parse(fhirText('invalid', 'expectations.json')) as { cases: Case[] }).cases : [];
  const judged = ['reference', 'invariant', 'profile'];

  test.each(cases.filter(({ file }) => file.endsWith('.json')).map((one) => [one.file, one] as const))(
    '%s is refused',
    async (file, one) => {
      const items = await importAll('json', fhirBytes('invalid', file), { check });
      const refusals = items.filter((item) => item.kind === 'refusal');
      const warnings = items.flatMap((item) => (item.kind === 'entry' ? item.warnings : []));
      if (judged.includes(one.level)) expect(refusals.length + warnings.length).toBeGreaterThan(0);
      else expect(refusals.length).toBeGreaterThan(0);
      const places = [...refusals, ...warnings].map(({ path, message }) => `${path} ${message}`);
      const field = /^[A-Za-z]+\.?([A-Za-z]*)/.exec(one.path)?.[1] ?? '';
      // The recorded path may name the object whose member is wrong, and syntax errors have no name at all.
      if (one.level === 'structure' && field !== '')
        expect(places.some((path) => path.includes(field.replace('[x]', '')))).toBe(true);
    },
  );
});

describe('what is valid is taken', () => {
  test.runIf(hasFhirData).each(['valid-odd', 'examples', 'ips', 'device', 'server-bundles', 'scoped-access', 'synthea-bundles'])(
    'in %s',
    (folder) => {
      const refused = jsonFilesIn(folder).flatMap((file) => {
        const { value, exactNumbers } = readStrictJson(new TextDecoder().decode(fhirBytes(file)));
        const { errors } = check(value, exactNumbers);
        return errors.length === 0 ? [] : [{ file, errors }];
      });
      expect(refused).toEqual([]);
    },
  );

  test.each([
    ['a place held by null', '{"resourceType":"Patient","name":[{"given":["Ana",null],"_given":[null,{"id":"g"}]}]}'],
    [
      'an extension without a value beside it',
      '{"resourceType":"Patient","_birthDate":{"extension":[{"url":"urn:x","valueCode":"unknown"}]}}',
    ],
    ['a leap second and the farthest zone', '{"resourceType":"Patient","deceasedDateTime":"2020-02-29T23:59:60+14:00"}'],
    ['exponents and trailing zeros', `{${OBSERVATION},"valueQuantity":{"value":1.500e-3}}`],
    ['parameters without any', '{"resourceType":"Parameters"}'],
    [
      'a local reference that is kept',
      `{${OBSERVATION},"contained":[{"resourceType":"Patient","id":"p"}],"subject":{"reference":"#p"}}`,
    ],
  ])('%s', (_, text) => {
    expect(judge(text)).toEqual({ errors: [], warnings: [] });
  });
});
