import { useMutation } from '@apollo/client/react';
import { Code, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { revokeDevice } from './region-documents.ts';

/** Shuts a device of this clinic out: lost, stolen or no longer used. */
export function RevokeDevice({ device, onClose }: { device: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [revoke] = useMutation(revokeDevice);
  return (
    <ConfirmDialog
      title={t('devices.revoke')}
      action={t('devices.revokeAction')}
      onClose={onClose}
      onConfirm={() => revoke({ variables: { device } })}
    >
      <Text size="sm">{t('devices.revokeExplained')}</Text>
      <Code block>{device.slice(0, 32)}</Code>
    </ConfirmDialog>
  );
}
