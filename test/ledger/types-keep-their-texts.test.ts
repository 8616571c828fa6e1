/** The texts of event types are remembered by their bytes: whatever takes another's place, each reads as it is written. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8 } from '../../shared/encoding/bytes.ts';
import { typeText } from '../../shared/ledger/known-ids.ts';

/** Types that begin and end alike and are equally long share a place. */
const types = fc.array(
  fc.tuple(fc.constantFrom('record', 'recurd', 'réçord', ''), fc.constantFrom('put', 'pit', 'pat', 'amend')),
);

test('a type reads as it is written, whichever was read before', () => {
  fc.assert(
    fc.property(types, (names) => {
      for (const name of names.map((parts) => parts.join('.'))) expect(typeText(utf8(name))).toBe(name);
    }),
  );
});

test('bytes that are no text are refused, also where a type was remembered', () => {
  typeText(utf8('record.put'));
  const bytes = utf8('record.put');
  bytes[3] = 0xff;
  expect(() => typeText(bytes)).toThrowError(expect.objectContaining({ code: 'encoding.malformed' }));
});
