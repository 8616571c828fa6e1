import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonBytes } from '../../server/graphql/json-bytes.ts';

test('an answer in pieces is the JSON that it would be in one', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constant('—'.repeat(20_000)), fc.constant('x'.repeat(20_000)));
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: 'small' },
      text,
      fc.constantFrom(0, -0, null, undefined, true, Number.NaN),
      tie('list'),
      tie('fields'),
    ),
    list: fc.array(tie('any'), { maxLength: 4 }),
    fields: fc.dictionary(fc.oneof(fc.string(), fc.constant('__proto__')), tie('any'), { maxKeys: 4 }),
  }));
  fc.assert(
    fc.property(value.fields, (answer) => {
      expect(Buffer.concat(jsonBytes(answer as object)).toString('utf8')).toBe(
        Buffer.from(JSON.stringify(answer)).toString('utf8'),
      );
    }),
    { numRuns: 40 },
  );
});
