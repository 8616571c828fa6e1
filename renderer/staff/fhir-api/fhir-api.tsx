/** What the FHIR façade shows: which programs ask this desk, whether it answers them, and exports into a folder. */
import { lazy } from 'react';

export const ExportScreen = lazy(() => import('./export-screen.tsx').then((file) => ({ default: file.ExportScreen })));
export const ProgramsScreen = lazy(() => import('./programs-screen.tsx').then((file) => ({ default: file.ProgramsScreen })));
