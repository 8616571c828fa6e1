import { useMutation } from '@apollo/client/react';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../parts/states.tsx';
import { revokeStaff } from './staff-documents.ts';

interface RevokeStaffProps {
  readonly member: { readonly id: string; readonly name: string };
  readonly onClose: () => void;
  readonly onRevoked: () => void;
}

/** Takes a colleague's key out of use; what they signed stays signed. */
export function RevokeStaff({ member, onClose, onRevoked }: RevokeStaffProps) {
  const { t } = useTranslation();
  const [revoke, { loading, error }] = useMutation(revokeStaff);
  const confirm = async (): Promise<void> => {
    // The refusal is shown below.
    const done = await revoke({ variables: { staff: member.id } }).catch(() => undefined);
    if (!done) return;
    onRevoked();
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('staff.revokeOf', { name: member.name })}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <Stack gap="md">
        <Text size="sm">{t('staff.revokeExplained')}</Text>
        {error ? <ErrorNotice error={error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('actions.cancel')}
          </Button>
          <Button color="red" loading={loading} onClick={() => void confirm()} data-autofocus>
            {t('staff.revokeAction')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
