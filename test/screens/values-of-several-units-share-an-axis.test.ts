/** A result that was recorded in several units, on one axis: converted by the kept UCUM library, or left to the table. */
import { expect, test } from 'vitest';
import { loadUnits } from '../../renderer/parts/words/units.ts';
import { isMixed, lineOf, ownUnit, type SeriesShown } from '../../renderer/staff/records/series-lines.ts';
import { summarize } from '../../shared/fhir/summary.ts';
import { seriesOf } from '../../shared/records/series.ts';

type Quantity = { readonly value: number; readonly unit?: string; readonly code?: string };

/** As the service says it, of records as they are written. */
function seriesOfWeights(...weights: readonly Quantity[]): SeriesShown {
  const items = weights.map((quantity, at) => ({
    record: `r${at}`,
    ...summarize({
      ...{ resourceType: 'Observation', status: 'final', effectiveDateTime: `2026-01-0${at + 1}` },
      code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
      valueQuantity: { system: 'http://unitsofmeasure.org', ...quantity },
      referenceRange: [{ low: { value: quantity.value - 1 } }],
    }),
  }));
  return JSON.parse(JSON.stringify(seriesOf(items, '29463-7'))) as SeriesShown;
}

test('weights in kilograms, grams and pounds lie on one axis, and the table keeps what was recorded', async () => {
  const series = seriesOfWeights(
    { value: 80, unit: 'kg', code: 'kg' },
    { value: 81, unit: 'kg', code: 'kg' },
    { value: 79500, unit: 'g', code: 'g' },
    { value: 180, unit: 'lbs', code: '[lb_av]' },
  );
  const line = lineOf(series, await loadUnits());
  expect(isMixed(series)).toBe(true);
  expect(line.points.map(({ value }) => Math.round(value * 100) / 100)).toEqual([80, 81, 79.5, 81.65]);
  expect(line).toMatchObject({ unit: 'kg', converted: 2, left: 0 });
  // Of the newest, which is in pounds.
  expect(line.low).toBeCloseTo(179 * 0.45359237, 5);
  expect(series.points.map((point) => [point.value, ownUnit(series, point)])).toEqual([
    ['80', ''],
    ['81', ''],
    ['79500', 'g'],
    ['180', 'lbs'],
  ]);
});

test('what cannot be converted is not drawn as if it could, before the tables are there either', async () => {
  const series = seriesOfWeights(
    { value: 5.1, unit: 'mmol/L', code: 'mmol/L' },
    { value: 5.3, unit: 'mmol/L', code: 'mmol/L' },
    { value: 110, unit: 'mg/dL', code: 'mg/dL' },
    { value: 7, unit: 'cups' },
    { value: 6 },
  );
  for (const units of [undefined, await loadUnits()]) {
    const line = lineOf(series, units);
    expect(line.points.map(({ value }) => value)).toEqual([5.1, 5.3]);
    expect(line).toMatchObject({ converted: 0, left: 3 });
  }
});

test('one unit under two names is one unit', () => {
  const series = seriesOfWeights({ value: 80, unit: 'kg', code: 'kg' }, { value: 81, unit: 'kilograms', code: 'kg' });
  expect([isMixed(series), lineOf(series, undefined).points.length]).toEqual([false, 2]);
});
