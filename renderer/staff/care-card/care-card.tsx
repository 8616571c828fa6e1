/** What care cards show: a panel in a chart, and a screen for the reception. */
import { lazy } from 'react';

export const CareCardPanel = lazy(() => import('./card-panel.tsx').then((file) => ({ default: file.CareCardPanel })));

export const CardsScreen = lazy(() => import('./cards-screen.tsx').then((file) => ({ default: file.CardsScreen })));
