import { Button, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ImportPartsFragment } from '../../../generated/graphql.ts';
import { ErrorNotice } from '../../../parts/states.tsx';
import { problemError } from '../../../parts/words/service-error.ts';
import { useFormat } from '../../../parts/words/use-format.ts';
import type { Import } from './use-import.ts';

/** How far the import is, and the ways to hold and end it. */
export function ImportProgress({ current, job }: { current: Import; job: ImportPartsFragment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const known = job.bytesTotal > 0;
  const percent = known ? Math.min(100, (job.bytesRead / job.bytesTotal) * 100) : 100;
  const size = known
    ? t('import.bytesOf', { read: format.bytes(job.bytesRead), total: format.bytes(job.bytesTotal) })
    : format.bytes(job.bytesRead);
  const state = current.paused ? 'PAUSED' : job.state;
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Group justify="space-between">
          <Group gap="sm">
            <Text fw={600} role="status">
              {job.dryRun && state === 'DONE' ? t('import.dryRun.done') : t(`import.state.${state}`)}
            </Text>
            <Text size="sm" c="dimmed">
              {[size, job.currentFile].filter(Boolean).join(' · ')}
            </Text>
          </Group>
          <Group gap="xs">
            {current.paused ? (
              <Button variant="default" leftSection={<IconPlayerPlay size={16} aria-hidden />} onClick={current.resume}>
                {t('import.resume')}
              </Button>
            ) : null}
            {current.running && !current.paused ? (
              <Button variant="default" leftSection={<IconPlayerPause size={16} aria-hidden />} onClick={current.pause}>
                {t('import.pause')}
              </Button>
            ) : null}
            {current.running ? (
              <Button variant="default" leftSection={<IconPlayerStop size={16} aria-hidden />} onClick={current.cancel}>
                {t('actions.cancel')}
              </Button>
            ) : null}
          </Group>
        </Group>
        {job.state === 'DONE' ? null : (
          <Progress value={percent} animated={current.running && !current.paused} aria-label={t('import.progress')} />
        )}
        {job.problem ? <ErrorNotice error={problemError(job.problem)} /> : null}
      </Stack>
    </Paper>
  );
}
