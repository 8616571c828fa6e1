/** What telemedicine shows in a chart, and beside every screen while a video visit is held. */
import { lazy } from 'react';

export const NotesPanel = lazy(() => import('./notes-panel.tsx').then((file) => ({ default: file.NotesPanel })));

export const ConsultsScreen = lazy(() => import('./consults-screen.tsx').then((file) => ({ default: file.ConsultsScreen })));

export const VideoVisit = lazy(() => import('./video-visit.tsx').then((file) => ({ default: file.VideoVisit })));
