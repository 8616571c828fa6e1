/** Numeric results over time. Values stay the literals they were written as; who plots them makes numbers of them. */
import { pressuresOf, type ResourceSummary } from '../fhir/summary.ts';

export interface SeriesItem extends ResourceSummary {
  readonly record: string;
}

interface SeriesPoint {
  readonly record: string;
  readonly date: string;
  readonly value: string;
  readonly low: string | undefined;
  readonly high: string | undefined;
}

interface Series {
  readonly code: string;
  readonly title: string;
  readonly unit: string | undefined;
  readonly points: readonly SeriesPoint[];
}

/** Results that a plot must not show. */
const NOT_SHOWN: ReadonlySet<string> = new Set(['entered-in-error', 'cancelled']);

/** One number of a result. */
interface Measured extends SeriesPoint {
  readonly code: string;
  readonly title: string;
  readonly unit: string;
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
 * One code over time, oldest first. A plot has one unit: results in another one than the most frequent are left out, and stay in
 * the list. Undefined when there is nothing to plot.
 */
export function seriesOf(items: Iterable<SeriesItem>, code: string): Series | undefined {
  const points = [...items].flatMap((item) => measuredIn(item).filter((measured) => measured.code === code));
  const units = new Map<string, number>();
  for (const { unit } of points) units.set(unit, (units.get(unit) ?? 0) + 1);
  const [unit] = [...units].sort((one, other) => other[1] - one[1]).map(([name]) => name);
  const plotted = points.filter((point) => point.unit === unit);
  const [first] = plotted;
  if (!first) return undefined;
  return {
    code,
    title: first.title,
    unit: first.unit === '' ? undefined : first.unit,
    points: plotted
      .sort((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : 0))
      .map(({ record, date, value, low, high }) => ({ record, date, value, low, high })),
  };
}

/** The numbers of a result: none, one, or of a blood pressure both. */
function measuredIn(item: SeriesItem): Measured[] {
  const { record, code, title, date, value, status } = item;
  if (code === undefined || date === '' || value === undefined || NOT_SHOWN.has(status)) return [];
  const unit = value.unit ?? '';
  if (value.number !== undefined)
    return [{ record, code: code.code, title, date, value: value.number, unit, low: value.low, high: value.high }];
  return pressuresOf(value).map((each) => ({ ...each, record, date, unit, low: undefined, high: undefined }));
}
