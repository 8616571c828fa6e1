/** What care cards show in a chart. */
import { lazy } from 'react';

export const CareCardPanel = lazy(() => import('./card-panel.tsx').then((file) => ({ default: file.CareCardPanel })));
