import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Decimal, decimalTyped, exactJson, withMembers } from '../../renderer/staff/records/exact-json.ts';
import { observationForm } from '../../renderer/staff/records/forms/observation-form.tsx';
import { vitalSigns } from '../../renderer/staff/records/forms/vital-signs.ts';
import { readStrictJson } from '../../shared/fhir/strict-json.ts';

const weight =
  '{"resourceType":"Observation","status":"final", "code":{"coding":[{"system":"http://loinc.org","code":"29463-7"}]},\n' +
  ' "subject":{"reference":"Patient/p1"},"effectiveDateTime":"2026-01-05",\n' +
  ' "valueQuantity":{"value":61.500,"unit":"kg","code":"kg"},"referenceRange":[{"low":{"value":50.0}}],"note":[{"text":"dry"},{"text":"second"}]}';

test('a decimal is written with the digits that were typed', () => {
  expect(exactJson({ value: decimalTyped('1.500') })).toBe('{\n  "value": 1.500\n}');
  expect(decimalTyped('36,60')?.literal).toBe('36.60');
  for (const typed of ['', '.5', '1.', '01', '1e', 'NaN', '1 2']) expect(decimalTyped(typed)).toBeUndefined();
  // More digits than FHIR asks every program to keep, and numbers of which nothing in a clinic has as many.
  for (const typed of ['9'.repeat(19), `0.${'1'.repeat(18)}`, '1e18', '1e999', '-1e400'])
    expect(decimalTyped(typed)).toBeUndefined();
  expect(decimalTyped(`0.${'1'.repeat(17)}`)?.literal).toBe(`0.${'1'.repeat(17)}`);
});

test('an amended value leaves every other byte as it was', () => {
  const before = observationForm.read(weight);
  const after = observationForm.amend({ ...before, value: '62.00' }, before, weight);
  expect(after).toBe(weight.replace('61.500', '62.00').replace('"final"', '"amended"'));
});

test('an amended note keeps the notes beside it', () => {
  const before = observationForm.read(weight);
  const after = observationForm.amend({ ...before, note: 'wet' }, before, weight);
  expect(JSON.parse(after).note).toEqual([{ text: 'wet' }, { text: 'second' }]);
});

test('a blood pressure is amended by its codes, whichever component comes first', () => {
  const part = (code: string, value: string): string =>
    `{"code":{"coding":[{"system":"http://loinc.org","code":"${code}"}]},"valueQuantity":{"value":${value},"code":"mm[Hg]"}}`;
  const pressure = `{"resourceType":"Observation","status":"final","code":{"coding":[{"code":"${vitalSigns.bloodPressure.code}"}]},"component":[${part('8462-4', '80')},${part('8480-6', '120.0')}]}`;
  const before = observationForm.read(pressure);
  expect([before.value, before.second]).toEqual(['120.0', '80']);
  const after = observationForm.amend({ ...before, value: '121' }, before, pressure);
  expect(after).toContain('"value":121,');
  expect(after).toContain('"value":80,');
});

test('members are replaced, added and taken out of any object, and the rest stays', () => {
  const names = fc.string({ minLength: 1, maxLength: 8 }).filter((name) => !/[.[\]]/.test(name) && name !== '__proto__');
  fc.assert(
    fc.property(
      fc.dictionary(names, fc.string(), { maxKeys: 6 }),
      names,
      fc.option(fc.string(), { nil: undefined }),
      (object, name, value) => {
        const text = JSON.stringify(object);
        const changed = readStrictJson(withMembers(text, { [name]: value }), { fhir: false }).value as Record<string, unknown>;
        const { [name]: _gone, ...rest } = object;
        expect(changed).toEqual(value === undefined ? rest : { ...rest, [name]: value });
      },
    ),
  );
});

test('a new observation is FHIR with the exact literal', () => {
  const form = { ...observationForm.empty(), value: '120.0', second: '80' };
  const text = observationForm.write(form, 'p1', { allergies: [], medications: [], vitals: [], orders: [] });
  expect(text).toContain('"value": 120.0');
  expect(JSON.parse(text)).toMatchObject({ resourceType: 'Observation', status: 'final', subject: { reference: 'Patient/p1' } });
  expect(new Decimal('120.0').literal).toBe('120.0');
});
