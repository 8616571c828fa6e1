import { Alert } from '@mantine/core';
import { IconKey, IconKeyOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Says aloud whether this computer's keychain guards the device's keys. */
export function KeychainNote({ keychain }: { keychain: boolean }) {
  const { t } = useTranslation();
  return keychain ? (
    <Alert color="lagoon" icon={<IconKey aria-hidden />} title={t('keychain.present')}>
      {t('keychain.presentExplained')}
    </Alert>
  ) : (
    <Alert color="orange" icon={<IconKeyOff aria-hidden />} title={t('keychain.absent')}>
      {t('keychain.absentExplained')}
    </Alert>
  );
}
