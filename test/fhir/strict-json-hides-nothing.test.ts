import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimalAt, elementsOf, memberAt, membersOf, rootOf, sliceAt } from '../../shared/fhir/json-cursor.ts';
import { readStrictJson, readStrictJsonBytes, type StrictJsonOptions } from '../../shared/fhir/strict-json.ts';
import { Failure } from '../../shared/outcome/failure.ts';

const failureOf = (read: () => unknown): Failure => {
  try {
    read();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('it was accepted');
};
const refusal = (text: string, options?: StrictJsonOptions): string => failureOf(() => readStrictJson(text, options)).code;
const plain = { fhir: false };

/** Any JSON text, with white space wherever the grammar allows it. */
const spaced = fc
  .tuple(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(undefined, 1, 3, '\t'), fc.constantFrom('', ' ', '\r\n', '\t\n'))
  .map(([value, indent, around]) => around + JSON.stringify(value, null, indent) + around);

describe('a strict reading', () => {
  test('gives what JSON.parse gives, for every text that hides nothing', () => {
    fc.assert(
      fc.property(spaced, (text) => {
        expect(readStrictJson(text, plain).value).toEqual(JSON.parse(text));
      }),
      { numRuns: 400 },
    );
  });

  test('refuses every text that JSON.parse refuses', () => {
    const damaged = fc.tuple(
      spaced,
      fc.nat(),
      fc.constantFrom('', '"', '}', ']', ',', ':', '\\', '\u0001', 'x', '0', '-', '.', 'e'),
    );
    fc.assert(
      fc.property(damaged, ([text, place, with_]) => {
        const at = place % (text.length + 1);
        const broken = text.slice(0, at) + with_ + text.slice(at + 1);
        let parses = true;
        try {
          JSON.parse(broken);
        } catch {
          parses = false;
        }
        if (!parses) expect(refusal(broken, plain)).toMatch(/^fhir\.json-/);
      }),
      { numRuns: 1500 },
    );
  });

  test('keeps the exact piece of text of every member and element', () => {
    fc.assert(
      fc.property(spaced, (text) => {
        const value: unknown = JSON.parse(text);
        readStrictJson(text, plain);
        const root = rootOf(text);
        expect(text.slice(root.start, root.end)).toBe(text.trim());
        if (Array.isArray(value)) {
          expect([...elementsOf(text, root.start)].map(({ start, end }) => JSON.parse(text.slice(start, end)))).toEqual(value);
        } else if (typeof value === 'object' && value !== null) {
          const members = [...membersOf(text, root.start)].map(({ name, start, end }) => [
            name,
            JSON.parse(text.slice(start, end)),
          ]);
          expect(Object.fromEntries(members)).toEqual(value);
        }
      }),
      { numRuns: 400 },
    );
  });

  test('keeps the digits of every number', () => {
    const literal = fc
      .tuple(fc.constantFrom('', '-'), fc.nat(), fc.stringMatching(/^\d{0,20}$/), fc.constantFrom('', 'e2', 'E-7', 'e+10'))
      .map(([sign, whole, fraction, exponent]) => `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}${exponent}`);
    fc.assert(
      fc.property(literal, (number) => {
        const text = `{"a":[0,{"b":${number}}]}`;
        const { value, exactNumbers } = readStrictJson(text);
        const double = (value as { a: [number, { b: number }] }).a[1].b;
        expect(decimalAt(text, 'a[1].b')).toBe(number);
        expect(exactNumbers.get('a[1].b') ?? String(double)).toBe(number);
      }),
    );
  });

  test('names the path and the offset of a fault', () => {
    const failure = failureOf(() => readStrictJson('{"resourceType":"Patient","name":[{"given":["A"]},{"given":["B",""]}]}'));
    expect(failure.code).toBe('fhir.json-empty');
    expect(failure.details).toEqual({ path: 'Patient.name[1].given[1]', offset: 64 });
  });

  test.each([
    ['a key twice', '{"a":1,"a":2}', 'fhir.json-duplicate-key'],
    ['a key twice, once escaped', '{"a":1,"\\u0061":2}', 'fhir.json-duplicate-key'],
    ['a key twice, far down', `${'{"a":['.repeat(20)}{"b":1,"c":2,"b":3}${']}'.repeat(20)}`, 'fhir.json-duplicate-key'],
    [
      'a key twice among many',
      `{${Array.from({ length: 200 }, (_, index) => `"k${index}":1`).join()},"k3":2}`,
      'fhir.json-duplicate-key',
    ],
    ['__proto__ twice', '{"__proto__":1,"__proto__":2}', 'fhir.json-duplicate-key'],
    ['NaN', '{"a":NaN}', 'fhir.json-syntax'],
    ['Infinity', '[-Infinity]', 'fhir.json-syntax'],
    ['a leading zero', '[01]', 'fhir.json-syntax'],
    ['a leading plus', '[+1]', 'fhir.json-syntax'],
    ['a bare point', '[1.]', 'fhir.json-syntax'],
    ['hexadecimal', '[0x10]', 'fhir.json-syntax'],
    ['a trailing comma', '{"a":1,}', 'fhir.json-syntax'],
    ['a comment', '{"a":1/* */}', 'fhir.json-syntax'],
    ['single quotes', "{'a':1}", 'fhir.json-syntax'],
    ['a raw line feed in a text', '["a\nb"]', 'fhir.json-syntax'],
    ['an unknown escape', '["\\x41"]', 'fhir.json-syntax'],
    ['a second value', '{"a":1}{"a":1}', 'fhir.json-trailing'],
    ['a byte order mark in the middle', '{"a":1}\ufeff', 'fhir.json-trailing'],
    ['nothing', '', 'fhir.json-truncated'],
    ['half a text', '{"a":"b', 'fhir.json-truncated'],
    ['half an object', '{"a":1', 'fhir.json-truncated'],
    ['an escaped high surrogate alone', '["\\ud83d"]', 'fhir.json-lone-surrogate'],
    ['an escaped low surrogate alone', '["\\ude00"]', 'fhir.json-lone-surrogate'],
    ['two escaped high surrogates', '["\\ud83d\\ud83d"]', 'fhir.json-lone-surrogate'],
    ['a raw surrogate alone', '["\ud83d"]', 'fhir.json-lone-surrogate'],
    ['an empty text', '{"a":""}', 'fhir.json-empty'],
    ['an empty object', '{"a":{}}', 'fhir.json-empty'],
    ['an empty list', '{"a":[ ]}', 'fhir.json-empty'],
    ['null as a member', '{"a":null}', 'fhir.json-null'],
  ])('refuses %s', (_, text, code) => {
    expect(refusal(text)).toBe(code);
  });

  test('accepts escaped pairs, nulls that hold a place, and a leading byte order mark', () => {
    expect(readStrictJson('["\\ud83d\\ude00",null]').value).toEqual(['😀', null]);
    const marked = readStrictJsonBytes(new Uint8Array([0xef, 0xbb, 0xbf, 0x5b, 0x31, 0x5d]));
    expect(marked.text).toBe('[1]');
  });

  test('refuses bytes that are not UTF-8 and says where', () => {
    const bytes = new TextEncoder().encode('{"resourceType":"Patient","name":[{"family":"Xab"}]}');
    bytes[bytes.indexOf(0x58)] = 0xc3;
    const failure = failureOf(() => readStrictJsonBytes(bytes));
    expect([failure.code, failure.details.path]).toEqual(['fhir.json-not-utf8', 'Patient.name[0].family']);
    expect(failureOf(() => readStrictJsonBytes(new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22]))).code).toBe('fhir.json-not-utf8');
    expect(failureOf(() => readStrictJsonBytes(new Uint8Array([0x22, 0xc0, 0xaf, 0x22]))).code).toBe('fhir.json-not-utf8');
  });

  test('stops at the depth limit, however deep the text goes', () => {
    expect(readStrictJson(`${'['.repeat(100)}1${']'.repeat(100)}`).value).toBeDefined();
    expect(refusal(`${'['.repeat(101)}1${']'.repeat(101)}`)).toBe('fhir.json-too-deep');
    expect(refusal('['.repeat(5_000_000))).toBe('fhir.json-too-deep');
    expect(refusal('{"a":'.repeat(1_000_000))).toBe('fhir.json-too-deep');
    expect(refusal('[[1]]', { maxDepth: 1 })).toBe('fhir.json-too-deep');
  });

  test('refuses 50 MB before it looks into them', () => {
    const started = performance.now();
    expect(refusal(`"${'a'.repeat(50 * 1024 * 1024)}"`)).toBe('fhir.json-too-large');
    expect(failureOf(() => readStrictJsonBytes(new Uint8Array(50 * 1024 * 1024))).code).toBe('fhir.json-too-large');
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test('takes __proto__ and constructor as plain names', () => {
    const { value } = readStrictJson('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}');
    expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

test('a cursor finds a value by its path and nothing where nothing is', () => {
  const text = ' {"a\\u0062":1, "value": {"low" :[{"x":"}]\\""},{"x":1.50}]}} ';
  expect(decimalAt(text, 'value.low[1].x')).toBe('1.50');
  expect(decimalAt(text, 'ab')).toBe('1');
  expect(decimalAt(text, 'value.low[0].x')).toBeUndefined();
  expect(sliceAt(text, 'value.low[2].x')).toBeUndefined();
  expect(sliceAt(text, 'value.high')).toBeUndefined();
  expect(memberAt(text, rootOf(text).start, 'nothing')).toBeUndefined();
});
