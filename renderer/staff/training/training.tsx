/** What training shows: guided tasks in a training clinic, competency records in any other. */
import { lazy } from 'react';

export const TrainingScreen = lazy(() => import('./training-screen.tsx').then((file) => ({ default: file.TrainingScreen })));
