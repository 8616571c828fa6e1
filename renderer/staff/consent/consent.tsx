/** What consent shows in a chart. */
import { lazy } from 'react';

export const ConsentPanel = lazy(() => import('./consent-panel.tsx').then((file) => ({ default: file.ConsentPanel })));
