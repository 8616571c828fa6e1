/** Numeric results over time. Values stay the literals they were written as; who plots them makes numbers of them. */
import type { ResourceSummary } from '../fhir/summary.ts';

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

/** Codes with dated numbers, the most frequent first. */
export function seriesCodes(items: Iterable<SeriesItem>): Array<{ code: string; title: string; count: number }> {
  const codes = new Map<string, { code: string; title: string; count: number }>();
  for (const item of items) {
    if (!isPoint(item)) continue;
    const code = item.code?.code as string;
    const known = codes.get(code) ?? { code, title: item.title, count: 0 };
    codes.set(code, { ...known, count: known.count + 1 });
  }
  return [...codes.values()].sort((one, other) => other.count - one.count || (one.code < other.code ? -1 : 1));
}

/**
 * One code over time, oldest first. A plot has one unit: results in another one than the most frequent are left out, and stay in
 * the list. Undefined when there is nothing to plot.
 */
export function seriesOf(items: Iterable<SeriesItem>, code: string): Series | undefined {
  const points = [...items].filter((item) => item.code?.code === code && isPoint(item));
  const units = new Map<string, number>();
  for (const { value } of points) units.set(value?.unit ?? '', (units.get(value?.unit ?? '') ?? 0) + 1);
  const [unit] = [...units].sort((one, other) => other[1] - one[1]).map(([name]) => name);
  const plotted = points.filter(({ value }) => (value?.unit ?? '') === unit);
  const [first] = plotted;
  if (!first || unit === undefined) return undefined;
  return {
    code,
    title: first.title,
    unit: unit === '' ? undefined : unit,
    points: plotted
      .sort((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : 0))
      .map(({ record, date, value }) => ({ record, date, value: value?.number ?? '', low: value?.low, high: value?.high })),
  };
}

function isPoint({ code, date, value, status }: SeriesItem): boolean {
  return code !== undefined && date !== '' && value?.number !== undefined && !NOT_SHOWN.has(status);
}
