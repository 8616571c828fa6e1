/** What monitoring shows: everybody who is watched, and the plans of one patient in the chart. */
import { lazy } from 'react';

export const AlertCalls = lazy(() => import('./alert-calls.tsx').then((file) => ({ default: file.AlertCalls })));

export const MonitoringScreen = lazy(() =>
  import('./monitoring-screen.tsx').then((file) => ({ default: file.MonitoringScreen })),
);

export const MonitoringPanel = lazy(() => import('./monitoring-panel.tsx').then((file) => ({ default: file.MonitoringPanel })));
