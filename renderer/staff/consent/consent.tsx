/** What consent shows in a chart, the review of what was opened beyond it, and what is kept from people of the clinic. */
import { lazy } from 'react';

export const ConsentPanel = lazy(() => import('./consent-panel.tsx').then((file) => ({ default: file.ConsentPanel })));

export const GlassScreen = lazy(() => import('./glass-screen.tsx').then((file) => ({ default: file.GlassScreen })));

export const BreakGlassButton = lazy(() => import('./break-glass.tsx').then((file) => ({ default: file.BreakGlassButton })));

export const CardNews = lazy(() => import('./card-news.tsx').then((file) => ({ default: file.CardNews })));

export const GlassMark = lazy(() => import('./glass-mark.tsx').then((file) => ({ default: file.GlassMark })));

export const RestrictionsScreen = lazy(() =>
  import('./restrictions-screen.tsx').then((file) => ({ default: file.RestrictionsScreen })),
);
