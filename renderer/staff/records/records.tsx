/**
 * What the records offer elsewhere: the chart of one patient and the import, loaded when they are first opened, and the
 * drafts that the vault keeps for whoever writes in a chart.
 */
import { lazy } from 'react';
import { useDraftOfChart } from './forms/drafts.ts';

export const ChartScreen = lazy(() => import('./chart-screen.tsx').then((file) => ({ default: file.ChartScreen })));

export const ConflictsScreen = lazy(() =>
  import('./conflicts/conflicts-screen.tsx').then((file) => ({ default: file.ConflictsScreen })),
);

export const ImportScreen = lazy(() => import('./import/import-screen.tsx').then((file) => ({ default: file.ImportScreen })));

export const useChartDraft = useDraftOfChart;
