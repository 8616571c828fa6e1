import { describe, expect, test } from 'vitest';
import { fitsForm, type PrimitiveForm, primitiveForm } from '../../shared/fhir/primitives.ts';
import { readStrictJson } from '../../shared/fhir/strict-json.ts';
import { fhirText, hasFhirData } from './fhir-data.ts';

const form = (type: string): PrimitiveForm => {
  const found = primitiveForm(type);
  if (found === undefined) throw new Error(`no form of ${type}`);
  return found;
};
const fits = (type: string, value: unknown): boolean => fitsForm(form(type), value);

describe('primitive forms', () => {
  test.each([
    [
      'date',
      ['2024', '2024-02', '2024-02-29', '2000-02-29'],
      ['2023-02-29', '1900-02-29', '2024-13', '2024-2-1', '0000', '2024-02-30', ''],
    ],
    [
      'dateTime',
      ['2024', '2024-02-29T23:59:60+14:00', '2024-01-01T00:00:00.123456789012Z'],
      ['2024-01-01T10:00Z', '2024-01-01T10:00:00', '2024-01-01T24:00:00Z', '2024-01-01 10:00:00Z'],
    ],
    ['instant', ['2024-01-01T10:00:00Z'], ['2024-01-01', '2024-01-01T10:00:00']],
    ['time', ['10:00:00', '23:59:60.5'], ['10:00', '24:00:00', '10:00:00Z']],
    ['base64Binary', ['AAAA', 'AA==', 'AA A=', 'AAAA\nAAAA'], ['A', 'AA=A', '====', '%%%2', '', ' ']],
    ['id', ['a', 'A-1.b', 'x'.repeat(64)], ['', 'a_b', 'x'.repeat(65), 'a/b', 'a\n']],
    ['code', ['final', 'a b', 'a-b'], [' a', 'a ', 'a  b', '']],
    ['uri', ['urn:uuid:1', 'a'], ['a b', ' ', '']],
    ['oid', ['urn:oid:1.2.3'], ['1.2.3', 'urn:oid:3.1', 'urn:oid:1.02']],
    ['uuid', ['urn:uuid:c757873d-ec9a-4326-a141-556f43239520'], ['urn:uuid:C757873D-ec9a-4326-a141-556f43239520', 'c757873d']],
    ['string', ['a', 'tab\tand\r\nline', '😀'], ['', '   ', 'bell\u0007', 'x'.repeat(1024 * 1024 + 1), 1]],
    ['boolean', [true, false], ['true', 1, 0]],
    ['decimal', [1, -0.5, 1e20], ['1', Number.POSITIVE_INFINITY, Number.NaN]],
    ['integer', [0, -5, 2_147_483_647], [2_147_483_648, 1.5, '1']],
    ['positiveInt', [1], [0, -1]],
    ['unsignedInt', [0, 1], [-1]],
  ])('of %s', (type, valid, invalid) => {
    for (const value of valid) expect([value, fits(type, value)]).toEqual([value, true]);
    for (const value of invalid) expect([value, fits(type, value)]).toEqual([value, false]);
  });

  test('an integer is written without point and exponent', () => {
    expect(fitsForm(form('integer'), 1, '1.0')).toBe(false);
    expect(fitsForm(form('integer'), 100, '1e2')).toBe(false);
    expect(fitsForm(form('decimal'), 1, '1.0')).toBe(true);
  });
});

describe.runIf(hasFhirData)('the published primitive values', () => {
  const types: Record<string, string> = {
    base64_binary: 'base64Binary',
    positive_int: 'positiveInt',
    unsigned_int: 'unsignedInt',
  };
  const names = [
    'base64_binary',
    'canonical',
    'date',
    'decimal',
    'instant',
    'markdown',
    'positive_int',
    'string',
    'unsigned_int',
    'url',
    'xhtml',
  ];
  const linesOf = (name: string, kind: string): string[] =>
    fhirText('primitives', `${name}.${kind}.ndjson`)
      .split('\n')
      .filter((line) => line !== '');
  /** True when the line is a value of the type, read as the import reads it. */
  const judge = (name: string, line: string): boolean => {
    try {
      const { value, exactNumbers } = readStrictJson(line, { fhir: false });
      return fitsForm(form(types[name] ?? name), value, exactNumbers.get(''));
    } catch {
      return false;
    }
  };

  test.each(names)('of %s', (name) => {
    // A null among the valid stands for an absent value, which never reaches a form.
    for (const line of linesOf(name, 'valid')) if (line !== 'null') expect([line, judge(name, line)]).toEqual([line, true]);
    for (const line of linesOf(name, 'invalid')) expect([line, judge(name, line)]).toEqual([line, false]);
  });
});
