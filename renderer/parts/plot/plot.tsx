import { Box, useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { shownUnit } from '../words/measured-words.ts';
import { regionOf } from '../words/use-format.ts';
import { LINES, MOST_LINES } from './plot-lines.ts';

interface PlotPoint {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly value: number;
}

interface PlotSeries {
  /** Series of one unit share an axis; the first two units have one each. */
  readonly unit: string;
  readonly points: readonly PlotPoint[];
  /** Usual values, drawn as a band where there is one series. */
  readonly low?: number | undefined;
  readonly high?: number | undefined;
}

interface PlotProps {
  readonly label: string;
  readonly series: readonly PlotSeries[];
  readonly language: string;
  /** Stands behind each value of the axis, where the values share a unit that nothing beside the plot names. */
  readonly axisUnit?: string | undefined;
  /** Shows nothing older, in milliseconds since 1970. */
  readonly since?: number | undefined;
}

/** Seconds. */
const MONTH = 30 * 86_400;
const TWO_DAYS = 2 * 86_400;
const HALF_A_YEAR = 182 * 86_400;
/** Values up to which each has its mark; more are a line. */
const MARKED = 100;
const HEIGHT = 200;

/**
 * Values over time, of a single series with the band of usual values behind them. To drag across it looks closer, a double click shows all
 * again. The same values belong in a table beside it: a canvas says nothing.
 */
export function Plot({ label, series, language, since, axisUnit }: PlotProps) {
  const frame = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('light');

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const plot = new uPlot(
      { width: element.clientWidth, height: HEIGHT, ...drawingOf({ series, language, since, axisUnit }, scheme, element) },
      uPlot.join(
        series.map(({ points }) => [points.map(({ at }) => at / 1000), points.map(({ value }) => value)] as uPlot.AlignedData),
      ),
      element,
    );
    const resize = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT }));
    resize.observe(element);
    return () => {
      resize.disconnect();
      plot.destroy();
    };
  }, [series, language, since, axisUnit, scheme]);

  return <Box ref={frame} role="img" aria-label={label} h={HEIGHT} w="100%" />;
}

function drawingOf(
  { series, language, since, axisUnit = '' }: Omit<PlotProps, 'label'>,
  scheme: 'light' | 'dark',
  element: HTMLElement,
): Omit<uPlot.Options, 'width' | 'height'> {
  const colors = scheme === 'dark' ? { ink: '#d5dade', grid: '#3a4046' } : { ink: '#38424b', grid: '#dde3e7' };
  const font = `12px ${getComputedStyle(element).fontFamily}`;
  const axis = { font, stroke: colors.ink, grid: { stroke: colors.grid, width: 1 }, ticks: { stroke: colors.grid, width: 1 } };
  const [span, words] = timeOf(series, language, since);
  const units = [...new Set(series.map(({ unit }) => unit))];
  const ranges = units.map((unit) => rangeOf(series.filter((each) => each.unit === unit)));
  const numbers = new Intl.NumberFormat(regionOf(language), { maximumFractionDigits: 6 });
  const valued = (_plot: uPlot, ticks: number[]): string[] => ticks.map((tick) => `${numbers.format(tick)}${axisUnit}`);
  const [only] = series.length === 1 ? series : [];
  return {
    legend: { show: false },
    cursor: { y: false },
    scales: {
      x: { time: true, range: span },
      ...Object.fromEntries(units.map((unit, at) => [unit, { range: ranges[at] as [number, number] }])),
    },
    axes: [
      { ...axis, values: (_plot, ticks) => worded(ticks, words), space: 90 },
      ...units.slice(0, 2).map((unit, at): uPlot.Axis => {
        // Two axes say which is whose.
        const named = units.length > 1 ? { label: shownUnit(unit), labelSize: 18, labelFont: font } : {};
        const upright = { ...axis, ...named, scale: unit, size: axisUnit ? 76 : 56, values: valued };
        return at === 0 ? upright : { ...upright, side: 1, grid: { show: false } };
      }),
    ],
    series: [
      {},
      ...series.map(({ unit, points }, at): uPlot.Series => {
        const { [scheme]: stroke, dash } = LINES[at % MOST_LINES] as (typeof LINES)[number];
        const marks = { show: points.length <= MARKED, size: 6, fill: stroke };
        return { scale: unit, stroke, width: 2, dash: [...dash], spanGaps: true, points: marks };
      }),
    ],
    hooks: { drawClear: [(drawn) => only && band(drawn, element, only, ranges[0] as [number, number])] },
  };
}

/** Each moment of the axis once: a minute has seconds between its marks, which its words do not tell apart. */
function worded(ticks: readonly number[], words: Intl.DateTimeFormat): string[] {
  const texts = ticks.map((tick) => words.format(tick * 1000));
  return texts.map((text, at) => (text === texts[at - 1] ? '' : text));
}

/** From when to when, and how its moments are worded. */
function timeOf(
  series: readonly PlotSeries[],
  language: string,
  since: number | undefined,
): [span: [number, number], words: Intl.DateTimeFormat] {
  const times = series.flatMap(({ points }) => points.map(({ at }) => at / 1000));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  // One moment alone stands in the middle of two months, not at the edge of years to come.
  const around = first === last ? MONTH : 0;
  const span: [number, number] = [Math.max(first - around, (since ?? 0) / 1000), last + around];
  const length = span[1] - span[0];
  const region = regionOf(language);
  if (length < TWO_DAYS) return [span, new Intl.DateTimeFormat(region, { timeStyle: 'short' })];
  if (length < HALF_A_YEAR) return [span, new Intl.DateTimeFormat(region, { day: 'numeric', month: 'short' })];
  return [span, new Intl.DateTimeFormat(region, { month: 'short', year: 'numeric' })];
}

function rangeOf(series: readonly PlotSeries[]): [number, number] {
  const edges = series.flatMap(({ points, low, high }) => [
    ...points.map(({ value }) => value),
    ...[low, high].filter((edge) => edge !== undefined),
  ]);
  const [least, most] = [Math.min(...edges), Math.max(...edges)];
  const margin = (most - least || Math.abs(most) || 1) * 0.12;
  return [least - margin, most + margin];
}

function band(plot: uPlot, element: HTMLElement, { unit, low, high }: PlotSeries, [least, most]: [number, number]): void {
  if (low === undefined && high === undefined) return;
  const top = plot.valToPos(high ?? most, unit, true);
  const bottom = plot.valToPos(low ?? least, unit, true);
  plot.ctx.fillStyle = getComputedStyle(element).getPropertyValue('--careledger-band');
  plot.ctx.fillRect(plot.bbox.left, top, plot.bbox.width, bottom - top);
}
