import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differenceOf } from '../../shared/records/difference.ts';
import { type SeriesItem, seriesCodes, seriesOf } from '../../shared/records/series.ts';

describe('the difference between two versions', () => {
  test('names each place that was added, removed or changed', () => {
    expect(differenceOf('{"a":1,"b":{"c":["x","y"]}}', '{"a":1,"b":{"c":["x","z"],"d":true}}')).toEqual([
      { path: 'b.c[1]', before: 'y', after: 'z' },
      { path: 'b.d', before: undefined, after: 'true' },
    ]);
  });

  test('digits count: 1.50 is not 1.5, and neither is rounded', () => {
    expect(differenceOf('{"value":1.5}', '{"value":1.50}')).toEqual([{ path: 'value', before: '1.5', after: '1.50' }]);
    expect(differenceOf('{"value":12345678901234567890}', '{"value":12345678901234567891}')).toHaveLength(1);
  });

  test('a resource does not differ from itself, however it is spaced', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        expect(differenceOf(JSON.stringify({ value }), JSON.stringify({ value }, null, 2))).toEqual([]);
      }),
    );
  });

  test('a list of a thousand changes is cut', () => {
    const long = JSON.stringify(Array.from({ length: 1_000 }, (_, index) => index));
    expect(differenceOf('[]', long)).toHaveLength(500);
  });
});

const result = (record: string, date: string, number: string, fields: Partial<SeriesItem> = {}): SeriesItem => ({
  record,
  resourceType: 'Observation',
  title: 'Glucose',
  code: { system: 'http://loinc.org', code: '2339-0' },
  date,
  status: 'final',
  value: { text: `${number} mmol/L`, number, unit: 'mmol/L' },
  section: 'result',
  ...fields,
});

describe('results over time', () => {
  const items = [
    result('b', '2025-02-01', '5.10'),
    result('a', '2024-02-01', '6.30'),
    result('wrong', '2024-03-01', '99', { status: 'entered-in-error' }),
    result('undated', '', '7'),
    result('other unit', '2024-05-01', '110', { value: { text: '110 mg/dL', number: '110', unit: 'mg/dL' } }),
    result('words', '2024-06-01', '', { value: { text: 'high' } }),
  ];

  test('stand oldest first, with their digits, each in the unit in which it was recorded', () => {
    expect(seriesOf(items, '2339-0')).toMatchObject({
      ...{ unit: 'mmol/L', ucum: 'mmol/L' },
      points: [
        { record: 'a', value: '6.30', unit: 'mmol/L' },
        { record: 'other unit', value: '110', unit: 'mg/dL' },
        { record: 'b', value: '5.10', unit: 'mmol/L' },
      ],
    });
    expect(seriesOf(items, 'unknown')).toBeUndefined();
  });

  test('a blood pressure is two of them, each with its digits', () => {
    const pressure = (record: string, date: string, text: string): SeriesItem =>
      result(record, date, '', {
        title: 'Blood pressure panel with all children optional',
        code: { system: 'http://loinc.org', code: '85354-9' },
        value: { text, unit: 'mm[Hg]' },
      });
    const pressures = [
      pressure('b', '2025-02-01', '118.5/76 mm[Hg]'),
      pressure('a', '2024-02-01', '122/84 mm[Hg]'),
      pressure('words', '2024-03-01', 'not taken'),
    ];
    expect(seriesOf(pressures, '8480-6')?.points.map(({ value }) => value)).toEqual(['122', '118.5']);
    expect(seriesOf(pressures, '8462-4')?.points.map(({ value }) => value)).toEqual(['84', '76']);
    expect(seriesCodes([...pressures, ...items]).map(({ code, count }) => [code, count])).toEqual([
      ['2339-0', 3],
      ['8462-4', 2],
      ['8480-6', 2],
    ]);
    expect(seriesOf(pressures, '85354-9')).toBeUndefined();
  });

  test('codes are listed by how often they were measured', () => {
    const weights = [result('w', '2024-01-01', '70', { title: 'Weight', code: { system: '', code: '29463-7' } })];
    expect(seriesCodes([...weights, ...items])).toEqual([
      { code: '2339-0', title: 'Glucose', count: 3 },
      { code: '29463-7', title: 'Weight', count: 1 },
    ]);
  });
});
