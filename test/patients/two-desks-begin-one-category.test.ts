/** A category that desks began while they could not hear each other: one category, the same on every desk, whoever heard of whom first. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Compartments,
  compartmentsOf,
  everyCompartment,
  joinedCompartments,
  withoutCompartments,
} from '../../server/sync/vault-context/patient-compartments.ts';

const CATEGORIES = ['identity', 'clinical', 'sensitive', 'consents'] as const;
const handles = fc.integer({ min: 0, max: 255 }).map((byte) => byte.toString(16).padStart(32, '0'));
/** What one desk has begun by itself. */
const begun: fc.Arbitrary<Compartments> = fc
  .uniqueArray(fc.constantFrom(...CATEGORIES))
  .chain((names) => fc.tuple(...names.map((name) => handles.map((handle) => [name, handle] as const))))
  .map((pairs) => ({ handles: Object.fromEntries(pairs) }));

const known = (entry: Compartments): string[] =>
  everyCompartment(entry)
    .map((each) => each.join(' '))
    .sort();

test('whoever hears of whom first, every desk ends with the same compartments, none lost, and writes new records in the same one', () => {
  fc.assert(
    fc.property(
      fc
        .array(begun, { minLength: 1, maxLength: 5 })
        .chain((desks) => fc.tuple(fc.constant(desks), fc.shuffledSubarray(desks, { minLength: desks.length }))),
      ([desks, otherwise]) => {
        const joined = desks.reduce(joinedCompartments);
        expect(otherwise.reduceRight(joinedCompartments)).toEqual(joined);
        expect(joinedCompartments(joined, joined)).toEqual(joined);
        expect(known(joined)).toEqual([...new Set(desks.flatMap(known))].sort());
        for (const name of CATEGORIES) {
          const [first, ...further] = compartmentsOf(joined, name);
          expect(first).toBe(joined.handles[name]);
          expect(further.every((each) => each > (first as string))).toBe(true);
        }
      },
    ),
  );
});

test('what is erased is gone from it, and what is left goes on as the category', () => {
  fc.assert(
    fc.property(fc.array(begun, { minLength: 1, maxLength: 5 }), fc.array(handles), (desks, erased) => {
      const joined = desks.reduce(joinedCompartments);
      const left = withoutCompartments(joined, new Set(erased));
      expect(known(left)).toEqual(known(joined).filter((each) => !erased.includes(each.split(' ')[1] as string)));
      for (const [name] of everyCompartment(left)) expect(left.handles[name]).toBeDefined();
    }),
  );
});
