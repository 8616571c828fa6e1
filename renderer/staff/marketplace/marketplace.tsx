/** What the marketplace shows: the region's offers, and one patient's part in them. */
import { lazy } from 'react';

export const OffersScreen = lazy(() => import('./offers-screen.tsx').then((file) => ({ default: file.OffersScreen })));

export const ParticipationPanel = lazy(() =>
  import('./participation-panel.tsx').then((file) => ({ default: file.ParticipationPanel })),
);
