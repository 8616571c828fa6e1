/** What payments show: a patient's receipts on their sheet, and over any screen. */
import { lazy } from 'react';

export const PaymentsPanel = lazy(() => import('./payments-panel.tsx').then((file) => ({ default: file.PaymentsPanel })));

export const PaymentsDialog = lazy(() => import('./payments-dialog.tsx').then((file) => ({ default: file.PaymentsDialog })));
