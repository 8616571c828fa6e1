import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compareBytes,
  concat,
  equalBytes,
  fromBase64,
  fromHex,
  fromUtf8,
  toBase64,
  toHex,
  utf8,
} from '../../shared/encoding/bytes.ts';

const bytes = fc.uint8Array({ maxLength: 100 });

describe('hexadecimal', () => {
  test('is lower case and comes back', () => {
    fc.assert(
      fc.property(bytes, (value) => {
        expect(toHex(value)).toBe(Buffer.from(value).toString('hex'));
        expect(fromHex(toHex(value))).toEqual(value);
      }),
    );
  });

  test.each(['A0', 'a', '0g', ' 00', '00\n'])('refuses %j', (written) => expect(() => fromHex(written)).toThrow(RangeError));
});

describe('base64', () => {
  test('is what RFC 4648 section 4 says and comes back', () => {
    fc.assert(
      fc.property(bytes, (value) => {
        expect(toBase64(value)).toBe(Buffer.from(value).toString('base64'));
        expect(fromBase64(toBase64(value))).toEqual(value);
      }),
    );
    const large = new Uint8Array(100_000).map((_, at) => at * 7);
    expect(toBase64(large)).toBe(Buffer.from(large).toString('base64'));
    // As long as a document may be that comes with its file inside.
    const document = Buffer.alloc(9_000_000, 'scan');
    expect(document.equals(fromBase64(document.toString('base64')))).toBe(true);
  });

  test.each(['Zg', 'Zg=', 'Zh==', 'Zm9=', 'Zg==\n', ' Zg==', 'Zm-v', '====', 'Zg==Zg=='])('refuses %j', (written) => {
    expect(() => fromBase64(written)).toThrow(RangeError);
  });

  test('has one text for one value: what is taken is written the same way', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('A', 'Q', 'g', 'w', '/', '+', '=', '9'), maxLength: 12 }), (written) => {
        let value: Uint8Array;
        try {
          value = fromBase64(written);
        } catch {
          return;
        }
        expect(toBase64(value)).toBe(written);
      }),
      { numRuns: 2000 },
    );
  });
});

test('UTF-8 is strict and keeps a byte order mark', () => {
  expect(fromUtf8(utf8('è ﬁ 患者'))).toBe('è ﬁ 患者');
  expect(fromUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('\ufeffa');
  expect(() => fromUtf8(Uint8Array.of(0x80))).toThrow(TypeError);
});

test('comparison is that of Buffer.compare, equality its zero', () => {
  fc.assert(
    fc.property(bytes, bytes, fc.nat(5), (a, b, common) => {
      const c = concat(a.slice(0, common), b);
      for (const [x, y] of [
        [a, b],
        [a, c],
        [a, a.slice()],
      ] as const) {
        expect(Math.sign(compareBytes(x, y))).toBe(Buffer.compare(x, y));
        expect(equalBytes(x, y)).toBe(Buffer.compare(x, y) === 0);
      }
    }),
  );
});
