import { Box, useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { regionOf } from './use-format.ts';

export interface PlotPoint {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly value: number;
}

interface PlotProps {
  readonly label: string;
  readonly points: readonly PlotPoint[];
  readonly low?: number;
  readonly high?: number;
  readonly language: string;
}

/** Seconds. */
const MONTH = 30 * 86_400;
const TWO_DAYS = 2 * 86_400;
/** Values up to which each has its mark; more are a line. */
const MARKED = 100;
const HEIGHT = 200;

/** Values over time with the band of usual values behind them. The same values belong in a table beside it: a canvas says nothing. */
export function Plot({ label, points, low, high, language }: PlotProps) {
  const frame = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('light');

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const colors =
      scheme === 'dark'
        ? { ink: '#d5dade', grid: '#3a4046', line: '#7dbfc5' }
        : { ink: '#38424b', grid: '#dde3e7', line: '#14656e' };
    const values = points.map(({ value }) => value);
    const edges = [...values, ...(low === undefined ? [] : [low]), ...(high === undefined ? [] : [high])];
    const least = Math.min(...edges);
    const most = Math.max(...edges);
    const margin = (most - least || Math.abs(most) || 1) * 0.12;
    const times = points.map(({ at }) => at / 1000);
    // One value alone stands in the middle of two months, not at the edge of years to come.
    const around = times.length === 1 ? MONTH : 0;
    const span: [number, number] = [Math.min(...times) - around, Math.max(...times) + around];
    const isOfADay = span[1] - span[0] < TWO_DAYS && around === 0;
    const day = new Intl.DateTimeFormat(regionOf(language), isOfADay ? { timeStyle: 'short' } : { dateStyle: 'short' });
    const axis = { stroke: colors.ink, grid: { stroke: colors.grid, width: 1 }, ticks: { stroke: colors.grid, width: 1 } };
    const plot = new uPlot(
      {
        width: element.clientWidth,
        height: HEIGHT,
        legend: { show: false },
        cursor: { y: false },
        scales: { x: { time: true, range: span }, y: { range: [least - margin, most + margin] } },
        axes: [
          { ...axis, values: (_plot, ticks) => ticks.map((tick) => day.format(tick * 1000)), space: 90 },
          { ...axis, size: 56 },
        ],
        series: [{}, { stroke: colors.line, width: 2, points: { show: points.length <= MARKED, size: 6, fill: colors.line } }],
        hooks: {
          drawClear: [
            (drawn) =>
              band(drawn, element, low ?? least - margin, high ?? most + margin, low !== undefined || high !== undefined),
          ],
        },
      },
      [times, values],
      element,
    );
    const resize = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT }));
    resize.observe(element);
    return () => {
      resize.disconnect();
      plot.destroy();
    };
  }, [points, low, high, language, scheme]);

  return <Box ref={frame} role="img" aria-label={label} h={HEIGHT} w="100%" />;
}

function band(plot: uPlot, element: HTMLElement, low: number, high: number, known: boolean): void {
  if (!known) return;
  const top = plot.valToPos(high, 'y', true);
  const bottom = plot.valToPos(low, 'y', true);
  plot.ctx.fillStyle = getComputedStyle(element).getPropertyValue('--careledger-band');
  plot.ctx.fillRect(plot.bbox.left, top, plot.bbox.width, bottom - top);
}
