import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { equalBytes } from '../../shared/encoding/bytes.ts';
import {
  type Codec,
  choice,
  decode,
  encode,
  fixed,
  flag,
  list,
  opaque,
  SharedMemory,
  struct,
  text,
  u8,
  u16,
  u24,
  u32,
  u64,
  Writer,
} from '../../shared/encoding/codec.ts';
import { Failure } from '../../shared/outcome/failure.ts';

const everything = struct({
  a: u8,
  b: u16,
  c: u24,
  d: u32,
  e: u64,
  key: fixed(4),
  short: opaque(12),
  long: opaque(300),
  name: text(40),
  word: choice('clinic', 'research', 'hub'),
  sure: flag,
  parts: list(struct({ id: fixed(2), note: text(8) }), 5),
});

const bytes = (min: number, max = min) => fc.uint8Array({ minLength: min, maxLength: max });
const anything = fc.record({
  a: fc.nat(255),
  b: fc.nat(65_535),
  c: fc.nat(2 ** 24 - 1),
  d: fc.nat(2 ** 32 - 1),
  e: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
  key: bytes(4),
  short: bytes(0, 12),
  long: bytes(0, 300),
  name: fc.string({ maxLength: 10, unit: 'grapheme' }).filter((name) => new TextEncoder().encode(name).length <= 40),
  word: fc.constantFrom('clinic' as const, 'research' as const, 'hub' as const),
  sure: fc.boolean(),
  parts: fc.array(fc.record({ id: bytes(2), note: fc.string({ maxLength: 8 }) }), { maxLength: 5 }),
});

const malformed = (run: () => unknown): void => {
  expect(run).toThrowError(expect.objectContaining({ code: 'encoding.malformed' }));
};

/** The encoded value again, or undefined where the bytes are refused as they should be. */
function reencoded<T>(codec: Codec<T>, input: Uint8Array): Uint8Array | undefined {
  try {
    return encode(codec, decode(codec, input));
  } catch (error) {
    if (error instanceof Failure && error.code === 'encoding.malformed') return undefined;
    throw error;
  }
}

describe('a value', () => {
  test('comes back from its bytes', () => {
    fc.assert(
      fc.property(anything, (value) => {
        expect(decode(everything, encode(everything, value))).toEqual(value);
      }),
    );
  });

  test('has the same bytes in memory that it shares with others, and they stay as they are', () => {
    const memory = new SharedMemory();
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 60 }), fc.nat(20_000), (values, length) => {
        const long = opaque(20_000);
        const shared = values.map((value) => memory.encode(everything, value));
        shared.push(memory.encode(long, new Uint8Array(length).fill(7)));
        const alone = values.map((value) => encode(everything, value));
        expect(shared).toEqual([...alone, encode(long, new Uint8Array(length).fill(7))]);
      }),
      { numRuns: 30 },
    );
  });

  test('is refused when cut short anywhere, or followed by anything', () => {
    fc.assert(
      fc.property(anything, bytes(1, 3), (value, more) => {
        const whole = encode(everything, value);
        for (let length = 0; length < whole.length; length++) malformed(() => decode(everything, whole.slice(0, length)));
        malformed(() => decode(everything, new Uint8Array([...whole, ...more])));
      }),
      { numRuns: 30 },
    );
  });

  test('has no second encoding: changed bytes are refused or are the encoding of another value', () => {
    fc.assert(
      fc.property(anything, fc.nat(), fc.integer({ min: 1, max: 255 }), (value, place, change) => {
        const whole = encode(everything, value);
        whole[place % whole.length]! ^= change;
        const again = reencoded(everything, whole);
        expect(again === undefined || equalBytes(again, whole)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('is never read out of arbitrary bytes in two ways, and reading never fails otherwise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (input) => {
        const again = reencoded(everything, input);
        expect(again === undefined || equalBytes(again, input)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('limits', () => {
  test.each([
    ['u8', -1, u8],
    ['u8', 256, u8],
    ['u16', 65_536, u16],
    ['u24', 2 ** 24, u24],
    ['u32', 2 ** 32, u32],
    ['u32', 0.5, u32],
    ['u64', 2 ** 53, u64],
    ['u64', -1, u64],
    ['u64', Number.NaN, u64],
  ])('%s refuses %d', (_, value, codec) => malformed(() => encode(codec, value)));

  test('the largest integers pass both ways, and 2^53 is refused in bytes', () => {
    for (const [codec, value] of [
      [u8, 255],
      [u16, 65_535],
      [u24, 2 ** 24 - 1],
      [u32, 2 ** 32 - 1],
      [u64, 2 ** 53 - 1],
    ] as const) {
      expect(decode(codec, encode(codec, value))).toBe(value);
    }
    malformed(() => decode(u64, Uint8Array.of(0, 0x20, 0, 0, 0, 0, 0, 0)));
  });

  test('integers are big-endian', () => {
    expect(encode(u24, 0x010203)).toEqual(Uint8Array.of(1, 2, 3));
    expect(encode(u64, 0x0102030405)).toEqual(Uint8Array.of(0, 0, 0, 1, 2, 3, 4, 5));
  });

  test.each([
    [255, 1],
    [256, 2],
    [65_535, 2],
    [65_536, 3],
    [2 ** 24 - 1, 3],
    [2 ** 24, 4],
  ])('a vector of at most %i bytes has a length of %i bytes', (max, prefix) => {
    expect(encode(opaque(max), new Uint8Array(0)).length).toBe(prefix);
    expect(encode(text(max), '').length).toBe(prefix);
    expect(encode(list(u8, max), []).length).toBe(prefix);
  });

  test('longer vectors, texts and lists than agreed are refused both ways', () => {
    malformed(() => encode(opaque(3), new Uint8Array(4)));
    malformed(() => decode(opaque(3), Uint8Array.of(4, 1, 2, 3, 4)));
    malformed(() => encode(text(3), 'äö'));
    malformed(() => encode(list(u8, 2), [1, 2, 3]));
    malformed(() => decode(list(u8, 2), Uint8Array.of(3, 1, 2, 3)));
    malformed(() => encode(fixed(2), new Uint8Array(3)));
  });

  test('a text is well-formed Unicode in UTF-8', () => {
    malformed(() => encode(text(10), 'a\ud800'));
    malformed(() => decode(text(10), Uint8Array.of(2, 0xc0, 0x80)));
    malformed(() => decode(text(10), Uint8Array.of(3, 0xed, 0xa0, 0x80)));
    expect(decode(text(10), encode(text(10), '\ufeffa'))).toBe('\ufeffa');
  });

  test('a choice is one of its words, a flag is 0 or 1', () => {
    malformed(() => encode(choice('a', 'b') as Codec<string>, 'c'));
    malformed(() => decode(choice('a', 'b'), Uint8Array.of(2)));
    malformed(() => decode(flag, Uint8Array.of(2)));
  });
});

test('a writer grows and hands out copies', () => {
  const out = new Writer();
  for (let at = 0; at < 3000; at++) out.uint(2, at);
  const first = out.done();
  first.fill(0);
  expect(out.done().slice(-2)).toEqual(Uint8Array.of(0x0b, 0xb7));
});
