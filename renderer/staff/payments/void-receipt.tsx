import { useMutation } from '@apollo/client/react';
import { Button, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PaymentPartsFragment } from '../../generated/graphql.ts';
import { FormEnd } from '../../parts/fields/form-end.tsx';
import { quietly } from '../../parts/quietly.ts';
import { paymentReceipts, voidPaymentReceipt } from './payment-documents.ts';

interface VoidReceiptProps {
  readonly patient: string;
  readonly receipt: PaymentPartsFragment;
  readonly onClose: () => void;
}

/** Nothing is deleted: the receipt stays, under its number, with the reason why it does not count. */
export function VoidReceipt({ patient, receipt, onClose }: VoidReceiptProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [makeVoid, { loading, error }] = useMutation(voidPaymentReceipt, { refetchQueries: [paymentReceipts] });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { id, revision } = receipt;
    // The refusal is shown below.
    if (await makeVoid({ variables: { patient, receipt: id, revision, reason } }).catch(() => undefined)) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('payments.voidTitle', { number: receipt.number })}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <form onSubmit={(event) => quietly(submit(event))}>
        <Stack gap="md">
          <Text size="sm">{t('payments.voidHint')}</Text>
          <TextInput
            label={t('payments.reason')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            maxLength={200}
            required
            data-autofocus
          />
          <FormEnd error={error} onClose={onClose}>
            <Button type="submit" color="red" loading={loading} disabled={reason.trim() === ''}>
              {t('payments.makeVoid')}
            </Button>
          </FormEnd>
        </Stack>
      </form>
    </Modal>
  );
}
