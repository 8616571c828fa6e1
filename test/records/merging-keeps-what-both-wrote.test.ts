import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareVersions, mergeVersions } from '../../shared/records/merge-versions.ts';
import { saferOf } from '../../shared/records/safety-facts.ts';

const weight = (value: string, more = ''): string =>
  `{"resourceType":"Observation","id":"w","status":"final","valueQuantity":{"value":${value},"unit":"kg"}${more}}`;

describe('two versions that grew from one', () => {
  test('are compared element by element, each with who changed it', () => {
    const late = weight('70.10', ',"note":[{"text":"with shoes"}]').replace('final', 'amended');
    const current = weight('70.50').replace('final', 'corrected');
    expect(compareVersions(weight('70.10'), current, late)).toEqual([
      { element: 'status', base: '"final"', current: '"corrected"', late: '"amended"', changedBy: 'both', safety: false },
      {
        element: 'value[x]',
        base: '{"valueQuantity":{"value":70.10,"unit":"kg"}}',
        current: '{"valueQuantity":{"value":70.50,"unit":"kg"}}',
        late: '{"valueQuantity":{"value":70.10,"unit":"kg"}}',
        changedBy: 'current',
        safety: false,
      },
      { element: 'note', base: undefined, current: undefined, late: '[{"text":"with shoes"}]', changedBy: 'late', safety: false },
    ]);
  });

  test('merge with the digits as they were written', () => {
    const merged = mergeVersions(weight('70.500'), weight('1', ',"note":[{"text":"x"}]'), new Set(['note']));
    expect(merged).toBe(weight('70.500', ',"note":[{"text":"x"}]'));
  });

  test('never have two values of one choice, nor a date without what belongs to it', () => {
    const text =
      '{"resourceType":"Observation","valueString":"refused","_effectiveDateTime":{"id":"a"},"effectiveDateTime":"2026"}';
    expect(mergeVersions(weight('70'), text, new Set(['value[x]', 'effective[x]']))).toBe(
      '{"resourceType":"Observation","id":"w","status":"final","valueString":"refused","_effectiveDateTime":{"id":"a"},"effectiveDateTime":"2026"}',
    );
    expect(mergeVersions(text, weight('70'), new Set(['value[x]']))).not.toContain('valueString');
  });

  test('of a warning propose nothing: each element is a safety fact', () => {
    const allergy = (status: string) =>
      `{"resourceType":"AllergyIntolerance","clinicalStatus":{"coding":[{"code":"${status}"}]}}`;
    expect(compareVersions(allergy('active'), allergy('inactive'), allergy('resolved'))).toMatchObject([{ safety: true }]);
    const person = (died: string) => `{"resourceType":"Patient","gender":"male"${died}}`;
    expect(compareVersions(person(''), person(',"deceasedBoolean":true'), person(''))).toMatchObject([
      { element: 'deceased[x]', safety: true, changedBy: 'current' },
    ]);
  });

  test('whatever they say: taking nothing is the current version, taking all is the late one, and the rest is as chosen', () => {
    const value = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.array(fc.integer(), { maxLength: 3 }));
    const resource = fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), value, { maxKeys: 8 });
    const canonical = (text: string) => JSON.stringify(Object.entries(JSON.parse(text) as object).sort());
    fc.assert(
      fc.property(resource, resource, resource, fc.infiniteStream(fc.boolean()), (base, ours, theirs, choices) => {
        const [before, current, late] = [base, ours, theirs].map((each) => JSON.stringify(each)) as [string, string, string];
        const elements = compareVersions(before, current, late).map(({ element }) => element);
        const chosen = new Set(elements.filter(() => choices.next().value));
        const fixed = (text: string) => !/"(resourceType|id)"/.test(text);
        fc.pre(fixed(current) && fixed(late));
        expect(canonical(mergeVersions(current, late, new Set()))).toBe(canonical(current));
        expect(canonical(mergeVersions(current, late, new Set(elements)))).toBe(canonical(late));
        const merged = mergeVersions(current, late, chosen);
        expect(
          compareVersions(before, current, merged)
            .map(({ element }) => element)
            .sort(),
        ).toEqual([...chosen].sort());
      }),
      { numRuns: 300 },
    );
  });
});

test('while versions of an allergy disagree, the one that warns is shown; of other records the newest', () => {
  const at = (resourceType: string, status: string) => ({ resourceType, status });
  const active = at('AllergyIntolerance', 'active');
  const removed = at('AllergyIntolerance', 'entered-in-error');
  expect(saferOf(removed, [active])).toBe(active);
  expect(saferOf(active, [removed])).toBe(active);
  expect(saferOf(removed, [at('AllergyIntolerance', 'resolved')])).toBe(removed);
  const problem = at('Condition', 'resolved');
  expect(saferOf(problem, [at('Condition', 'active')])).toBe(problem);
});
