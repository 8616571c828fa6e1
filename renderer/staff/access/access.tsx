/** Who looked: the panel of one chart, and the screen on which a patient is chosen first. */
import { lazy } from 'react';

export const AccessPanel = lazy(() => import('./access-panel.tsx').then((file) => ({ default: file.AccessPanel })));

export const AccessScreen = lazy(() => import('./access-screen.tsx').then((file) => ({ default: file.AccessScreen })));
