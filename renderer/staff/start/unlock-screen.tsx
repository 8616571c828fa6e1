import { Alert, Stack } from '@mantine/core';
import { IconBellRinging } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { WorkstationPartsFragment } from '../../generated/graphql.ts';
import { DoorPage } from '../../parts/door-page.tsx';
import { useFormat } from '../../parts/use-format.ts';
import { KeychainNote } from './keychain-note.tsx';
import { UnlockForm } from './unlock-form.tsx';
import { UpdateNotice } from './update-notice.tsx';

/** The locked workstation. */
export function UnlockScreen({ workstation }: { workstation: WorkstationPartsFragment }) {
  const { t } = useTranslation();
  const { staff, clinic, keychain, update, waiting } = workstation;
  return (
    <DoorPage title={clinic ? t('unlock.titleOf', { clinic: clinic.name }) : t('unlock.title')}>
      <Stack gap="md">
        <UnlockForm explanation={t('unlock.explain')} people={staff} />
        {waiting && waiting.alerts + waiting.tasks > 0 ? <WaitingCount {...waiting} /> : null}
        {update ? <UpdateNotice update={update} /> : null}
        {keychain ? null : <KeychainNote keychain={false} />}
      </Stack>
    </DoorPage>
  );
}

/** How much waits, and as of when: numbers only, since whoever passes reads them. */
function WaitingCount({ alerts, tasks, at }: NonNullable<WorkstationPartsFragment['waiting']>) {
  const { t } = useTranslation();
  const format = useFormat();
  const counts = [
    alerts > 0 ? t('unlock.alerts', { count: alerts }) : '',
    tasks > 0 ? t('unlock.tasks', { count: tasks }) : '',
  ].filter(Boolean);
  return (
    <Alert color={alerts > 0 ? 'orange' : 'lagoon'} icon={<IconBellRinging aria-hidden />}>
      {t('unlock.waiting', { what: counts.join(' · '), time: format.moment(at) })}
    </Alert>
  );
}
