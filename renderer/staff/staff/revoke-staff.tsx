import { useMutation } from '@apollo/client/react';
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { revokeStaff } from './staff-documents.ts';

interface RevokeStaffProps {
  readonly member: { readonly id: string; readonly name: string };
  readonly onClose: () => void;
  readonly onRevoked: () => void;
}

/** Takes a colleague's key out of use; what they signed stays signed. */
export function RevokeStaff({ member, onClose, onRevoked }: RevokeStaffProps) {
  const { t } = useTranslation();
  const [revoke] = useMutation(revokeStaff);
  return (
    <ConfirmDialog
      title={t('staff.revokeOf', { name: member.name })}
      action={t('staff.revokeAction')}
      onClose={onClose}
      onConfirm={async () => {
        await revoke({ variables: { staff: member.id } });
        onRevoked();
      }}
    >
      <Text size="sm">{t('staff.revokeExplained')}</Text>
    </ConfirmDialog>
  );
}
