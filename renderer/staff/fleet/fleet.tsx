/** What the fleet shows: each clinic and device of a region as its hub knows them, for administrators of the hub. */
import { lazy } from 'react';

export const FleetScreen = lazy(() => import('./fleet-screen.tsx').then((file) => ({ default: file.FleetScreen })));
