/** Erasing: the screen on which a patient is chosen, what would go is shown, and what was erased is listed. */
import { lazy } from 'react';

export const ErasureScreen = lazy(() => import('./erasure-screen.tsx').then((file) => ({ default: file.ErasureScreen })));
