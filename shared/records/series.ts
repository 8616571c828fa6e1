/** Numeric results over time. Values stay the literals they were written as; who plots them makes numbers of them. */
import { pressuresOf, type ResourceSummary } from '../fhir/summary.ts';

export interface SeriesItem extends ResourceSummary {
  readonly record: string;
}

interface SeriesPoint {
  readonly record: string;
  readonly date: string;
  /** Exact literal, in `unit`. */
  readonly value: string;
  /** As it was recorded; '' where none was. */
  readonly unit: string;
  /** Its UCUM code as far as the record says one, by which values are converted. */
  readonly ucum: string;
  readonly low: string | undefined;
  readonly high: string | undefined;
}

interface Series {
  readonly code: string;
  readonly title: string;
  /** Of most of its points. */
  readonly unit: string | undefined;
  readonly ucum: string;
  readonly points: readonly SeriesPoint[];
}

/** Results that a plot must not show. */
const NOT_SHOWN: ReadonlySet<string> = new Set(['entered-in-error', 'cancelled']);

/** One number of a result. */
interface Measured extends SeriesPoint {
  readonly code: string;
  readonly title: string;
}

/** Codes with dated numbers, the most frequent first. */
export function seriesCodes(items: Iterable<SeriesItem>): Array<{ code: string; title: string; count: number }> {
  const codes = new Map<string, { code: string; title: string; count: number }>();
  for (const item of items) {
    for (const { code, title } of measuredIn(item)) {
      const known = codes.get(code) ?? { code, title, count: 0 };
      codes.set(code, { ...known, count: known.count + 1 });
    }
  }
  return [...codes.values()].sort((one, other) => other.count - one.count || (one.code < other.code ? -1 : 1));
}

/**
 * One code over time, oldest first, each value in the unit in which it was recorded. Who draws them on one axis converts what is in
 * another than the most frequent one. Undefined when there is nothing to plot.
 */
export function seriesOf(items: Iterable<SeriesItem>, code: string): Series | undefined {
  const points = [...items].flatMap((item) => measuredIn(item).filter((measured) => measured.code === code));
  const units = new Map<string, number>();
  for (const { ucum } of points) units.set(ucum, (units.get(ucum) ?? 0) + 1);
  const [ucum] = [...units].sort((one, other) => other[1] - one[1]).map(([name]) => name);
  const first = points.find((point) => point.ucum === ucum);
  if (!first) return undefined;
  return {
    code,
    title: first.title,
    unit: first.unit === '' ? undefined : first.unit,
    ucum: first.ucum,
    points: points
      .sort((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : 0))
      .map(({ record, date, value, unit, ucum, low, high }) => ({ record, date, value, unit, ucum, low, high })),
  };
}

/** The numbers of a result: none, one, or of a blood pressure both. */
function measuredIn(item: SeriesItem): Measured[] {
  const { record, code, title, date, value, status } = item;
  if (code === undefined || date === '' || value === undefined || NOT_SHOWN.has(status)) return [];
  const unit = value.unit ?? '';
  const ucum = value.ucum ?? unit;
  if (value.number !== undefined)
    return [{ record, code: code.code, title, date, value: value.number, unit, ucum, low: value.low, high: value.high }];
  return pressuresOf(value).map((each) => ({ ...each, record, date, unit, ucum, low: undefined, high: undefined }));
}
