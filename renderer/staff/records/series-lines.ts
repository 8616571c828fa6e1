/** Results over time as lines of one plot: a plot has one axis for a series, so what is recorded in another unit is converted for it. */
import { beginningOf } from '../../../shared/encoding/wall-clock.ts';
import type { SeriesOfQuery } from '../../generated/graphql.ts';
import type { Units } from '../../parts/words/units.ts';

export type SeriesShown = NonNullable<SeriesOfQuery['chart']['series']>;

interface SeriesLine {
  readonly unit: string;
  readonly points: ReadonlyArray<{ readonly at: number; readonly value: number }>;
  readonly low: number | undefined;
  readonly high: number | undefined;
}

/** How many values stand on an axis of another unit than their own, and how many could not be put there. */
interface Foreign {
  readonly converted: number;
  readonly left: number;
}

/** Whether some of it is recorded in another unit than the rest. */
export const isMixed = ({ ucum, points }: SeriesShown): boolean => points.some((point) => point.ucum !== ucum);

/** Its own unit stands beside a value that has another than its column. */
export const ownUnit = ({ unit }: SeriesShown, point: SeriesShown['points'][number]): string =>
  point.unit === (unit ?? '') ? '' : point.unit;

/**
 * A plot needs numbers; what a person reads stays the literal that was written. What cannot be converted, as milligrams into moles, is not
 * drawn. @param units undefined while their tables are on the way
 */
export function lineOf({ unit, ucum, points }: SeriesShown, units: Units | undefined): SeriesLine & Foreign {
  const inUnit = (literal: string | null | undefined, from: string): number | undefined => {
    if (literal == null || !Number.isFinite(Number(literal))) return undefined;
    return from === ucum ? Number(literal) : units?.convert(Number(literal), from, ucum);
  };
  const placed = points.map((point) => ({ point, at: beginningOf(point.date), value: inUnit(point.value, point.ucum) }));
  const foreign = placed.filter(({ point }) => point.ucum !== ucum);
  const newest = points.findLast(({ low, high }) => low !== null || high !== null);
  return {
    unit: unit ?? '',
    points: placed.flatMap(({ at, value }) => (Number.isFinite(at) && value !== undefined ? [{ at, value }] : [])),
    low: newest && inUnit(newest.low, newest.ucum),
    high: newest && inUnit(newest.high, newest.ucum),
    converted: foreign.filter(({ value }) => value !== undefined).length,
    left: foreign.filter(({ value }) => value === undefined).length,
  };
}
