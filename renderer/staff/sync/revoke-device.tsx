import { useMutation } from '@apollo/client/react';
import { Button, Code, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../parts/states.tsx';
import { revokeDevice } from './region-documents.ts';

/** Shuts a device of this clinic out: lost, stolen or no longer used. */
export function RevokeDevice({ device, onClose }: { device: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [revoke, { loading, error }] = useMutation(revokeDevice);
  const confirm = async (): Promise<void> => {
    // The refusal is shown below.
    if (await revoke({ variables: { device } }).catch(() => undefined)) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('devices.revoke')} closeButtonProps={{ 'aria-label': t('actions.close') }}>
      <Stack gap="md">
        <Text size="sm">{t('devices.revokeExplained')}</Text>
        <Code block>{device.slice(0, 32)}</Code>
        {error ? <ErrorNotice error={error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('actions.cancel')}
          </Button>
          <Button color="red" loading={loading} onClick={() => void confirm()}>
            {t('devices.revokeAction')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
