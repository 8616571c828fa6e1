import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PaymentsOf } from '../../parts/payment-asking.ts';
import { PaymentsPanel } from './payments-panel.tsx';

/** A patient's receipts over whatever screen is looked at. */
export function PaymentsDialog({ patient, onClose }: { patient: PaymentsOf; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      size="90%"
      title={`${patient.name} · ${t('payments.title')}`}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <PaymentsPanel patient={patient.id} />
    </Modal>
  );
}
