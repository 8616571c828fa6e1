import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { WorkstationPartsFragment } from '../../generated/graphql.ts';
import { UnlockForm } from './unlock-form.tsx';

/** Another person takes the desk over, by name and passphrase; a wrong one leaves it as it is. */
export function TakeOver({ workstation, onClose }: { workstation: WorkstationPartsFragment; onClose: () => void }) {
  const { t } = useTranslation();
  const others = workstation.staff.filter(({ id }) => id !== workstation.signedIn?.id);
  return (
    <Modal opened onClose={onClose} title={t('shell.takeOver')} closeButtonProps={{ 'aria-label': t('actions.close') }}>
      <UnlockForm
        explanation={t('shell.takeOverExplained')}
        action={t('shell.takeOverAction')}
        people={others}
        onCancel={onClose}
      />
    </Modal>
  );
}
