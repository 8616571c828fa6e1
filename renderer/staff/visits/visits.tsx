/** What visits show at the desk. */
import { lazy } from 'react';

export const TodayScreen = lazy(() => import('./today-screen.tsx').then((file) => ({ default: file.TodayScreen })));
