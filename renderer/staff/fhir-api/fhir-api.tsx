/** What the FHIR façade shows: which programs ask this desk, and whether it answers them. */
import { lazy } from 'react';

export const ProgramsScreen = lazy(() => import('./programs-screen.tsx').then((file) => ({ default: file.ProgramsScreen })));
