import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ImportPartsFragment } from '../../../generated/graphql.ts';
import type { Import } from './use-import.ts';

/** That nothing was written yet, whom to look at, and the way to go on. */
export function DryRunNotice({ current, job }: { current: Import; job: ImportPartsFragment }) {
  const { t } = useTranslation();
  const withoutRefusals = job.alreadyPresent > 0 ? 'import.dryRun.nothingNew' : 'import.dryRun.nothingThere';
  const withoutNews = job.refusedCount > 0 ? 'import.dryRun.nothingTaken' : withoutRefusals;
  const outcome = job.accepted > 0 ? 'import.dryRun.explained' : withoutNews;
  return (
    <Alert icon={<IconEye size={20} aria-hidden />} title={t('import.dryRun.title')}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{t(outcome, { count: job.accepted })}</Text>
        {job.alikeCount > 0 ? <Text size="sm">{t('import.dryRun.alike', { count: job.alikeCount })}</Text> : null}
        {job.accepted > 0 ? <Button onClick={current.begin}>{t('import.dryRun.begin')}</Button> : null}
      </Stack>
    </Alert>
  );
}
