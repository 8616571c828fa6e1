import { useMutation } from '@apollo/client/react';
import { Button, Group, Paper, Select, Stack, Text, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupPartsFragment } from '../../generated/graphql.ts';
import { PathField } from '../../parts/fields/path-field.tsx';
import { ErrorNotice } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { makeBackup, scheduleBackups } from './backup-documents.ts';

const intervals = [6, 24, 168] as const;

/** Where backups go, how often they are made by themselves, and one now. */
export function BackupPlace({ state }: { state: BackupPartsFragment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [folder, setFolder] = useState(state.schedule?.folder ?? '');
  const [hours, setHours] = useState(String(state.schedule?.everyHours ?? 0));
  const [make, { loading: making, error: refused }] = useMutation(makeBackup);
  const [schedule, { loading: saving, error: notScheduled }] = useMutation(scheduleBackups);
  const busy = making || state.progress !== null;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // The refusal is shown below.
    make({ variables: { folder: folder.trim() } }).catch(() => undefined);
  };
  const save = (value: string | null): void => {
    const everyHours = Number(value ?? 0);
    setHours(String(everyHours));
    const variables = everyHours > 0 ? { folder: folder.trim(), everyHours } : {};
    schedule({ variables }).catch(() => undefined);
  };

  return (
    <Paper withBorder p="md" component="section" aria-label={t('backups.place')}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Title order={2}>{t('backups.place')}</Title>
          <Text size="sm">{t('backups.placeExplained')}</Text>
          <Group align="flex-end">
            <PathField label={t('backups.folder')} value={folder} folders onChange={setFolder} />
            <Select
              label={t('backups.interval')}
              description={folder.trim() === '' ? t('backups.folderFirst') : undefined}
              data={[
                { value: '0', label: t('backups.byHand') },
                ...intervals.map((every) => ({ value: String(every), label: t('backups.every', { count: every }) })),
              ]}
              value={hours}
              onChange={save}
              disabled={saving || folder.trim() === ''}
              allowDeselect={false}
            />
          </Group>
          {refused ? <ErrorNotice error={refused} /> : null}
          {notScheduled ? <ErrorNotice error={notScheduled} /> : null}
          <Group>
            <Button type="submit" loading={busy} disabled={folder.trim() === ''}>
              {t('backups.now')}
            </Button>
            {state.nextDue === null ? null : (
              <Text size="sm">{t('backups.next', { when: format.moment(Math.max(state.nextDue, Date.now())) })}</Text>
            )}
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
