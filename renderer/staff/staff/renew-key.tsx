import { useMutation } from '@apollo/client/react';
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PassphraseDialog } from '../../parts/fields/passphrase-dialog.tsx';
import { lock } from '../start/workstation.ts';
import { renewOwnKey } from './staff-documents.ts';

/** A new key of one's own; the desk locks after it, since who is signed in has another key now. */
export function RenewKey({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [renew] = useMutation(renewOwnKey);
  const [lockNow] = useMutation(lock);
  const confirm = async (passphrase: string): Promise<void> => {
    await renew({ variables: { passphrase } });
    await lockNow().catch(() => undefined);
  };
  return (
    <PassphraseDialog
      opened
      title={t('staff.renewKeyTitle')}
      action={t('staff.renewKey')}
      size="md"
      onClose={onClose}
      onConfirm={confirm}
    >
      <Text size="sm">{t('staff.renewKeyExplained')}</Text>
    </PassphraseDialog>
  );
}
