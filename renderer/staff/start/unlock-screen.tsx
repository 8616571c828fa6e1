import { Alert, List, Stack } from '@mantine/core';
import { IconAlertTriangle, IconBellRinging } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkstationPartsFragment } from '../../generated/graphql.ts';
import { useCallAttention } from '../../parts/attention.ts';
import { DoorPage } from '../../parts/door-page.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
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
        <UnlockForm explanation={t('unlock.explain')} action={t('unlock.action')} people={staff} />
        {waiting ? <LaddersGoOn {...waiting} /> : null}
        {waiting && waiting.alerts + waiting.tasks > 0 ? <WaitingCount {...waiting} /> : null}
        {update ? <UpdateNotice update={update} /> : null}
        {keychain ? null : <KeychainNote keychain={false} />}
      </Stack>
    </DoorPage>
  );
}

/**
 * What has come due since the desk was locked, by the clock alone: alerts that nobody has acknowledged go up their ladder, and of who is
 * watched no reading is looked at. Said here, in the window's title, and to who looks at another window.
 */
function LaddersGoOn({ calls, quiet, calledAt }: NonNullable<WorkstationPartsFragment['waiting']>) {
  const { t } = useTranslation();
  const format = useFormat();
  const callAttention = useCallAttention();
  const lines = [
    calls > 0 ? t('unlock.calls', { count: calls }) : '',
    quiet > 0 ? t('unlock.quiet', { count: quiet }) : '',
  ].filter(Boolean);
  const title = t('unlock.attention');
  const text = lines.join(' ');
  useEffect(() => {
    if (text === '') return undefined;
    const before = document.title;
    document.title = `● ${title}`;
    return () => {
      document.title = before;
    };
  }, [title, text]);
  // Told again at each step, not when the words are in another language.
  const isDue = calledAt !== null && text !== '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: the moment is what is told
  useEffect(() => {
    if (isDue) callAttention({ title, text });
  }, [isDue, calledAt]);
  if (calledAt === null || text === '') return null;
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle aria-hidden />} title={title}>
      <List size="sm" mb="xs">
        {lines.map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
      {t('unlock.attentionHint', { time: format.moment(calledAt) })}
    </Alert>
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
