import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { WorkstationPartsFragment } from '../../generated/graphql.ts';
import { DoorPage } from '../../parts/door-page.tsx';
import { KeychainNote } from './keychain-note.tsx';
import { UnlockForm } from './unlock-form.tsx';
import { UpdateNotice } from './update-notice.tsx';

/** The locked workstation. */
export function UnlockScreen({ workstation }: { workstation: WorkstationPartsFragment }) {
  const { t } = useTranslation();
  const { staff, clinic, keychain, update } = workstation;
  return (
    <DoorPage title={clinic ? t('unlock.titleOf', { clinic: clinic.name }) : t('unlock.title')}>
      <Stack gap="md">
        <UnlockForm explanation={t('unlock.explain')} people={staff} />
        {update ? <UpdateNotice update={update} /> : null}
        {keychain ? null : <KeychainNote keychain={false} />}
      </Stack>
    </DoorPage>
  );
}
