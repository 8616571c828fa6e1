/** What telemedicine shows in a chart. */
import { lazy } from 'react';

export const NotesPanel = lazy(() => import('./notes-panel.tsx').then((file) => ({ default: file.NotesPanel })));
