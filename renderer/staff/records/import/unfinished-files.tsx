/** Files that the person began and did not finish: how far each is, until when it stays, and throwing it away. */
import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { UnfinishedFilesQuery } from '../../../generated/graphql.ts';
import { useAnnounce } from '../../../parts/focus/use-announce.ts';
import { quietly } from '../../../parts/quietly.ts';
import { ErrorNotice } from '../../../parts/states.tsx';
import { useFormat } from '../../../parts/words/use-format.ts';
import { discardAttachment, unfinishedFiles } from '../attachments/attachment-documents.ts';

type Unfinished = UnfinishedFilesQuery['unfinishedFiles'][number];

export function UnfinishedFiles({ patient }: { patient: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const announce = useAnnounce();
  const { data, error, refetch } = useQuery(unfinishedFiles, { variables: { patient }, fetchPolicy: 'network-only' });
  const [discard, discarding] = useMutation(discardAttachment, { refetchQueries: [unfinishedFiles] });
  const throwAway = async ({ name, type, size, modified }: Unfinished): Promise<void> => {
    // The refusal is shown below.
    const done = await discard({ variables: { input: { patient, name, type, size, modified } } }).catch(() => undefined);
    if (done) announce(t('attachment.discarded', { name }));
  };
  if (error) return <ErrorNotice error={error} onRetry={() => quietly(refetch())} />;
  if (!data || data.unfinishedFiles.length === 0) return null;
  return (
    <Paper withBorder p="sm" component="section" aria-label={t('attachment.unfinished')}>
      <Stack gap="xs">
        <Text size="sm" fw={600}>
          {t('attachment.unfinished')}
        </Text>
        <Text size="xs" c="dimmed">
          {t('attachment.unfinishedHint')}
        </Text>
        {data.unfinishedFiles.map((file) => (
          <Group key={`${file.name} ${file.size} ${file.modified}`} justify="space-between" wrap="nowrap">
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {file.name} · {t('attachment.here', { share: format.percent(file.next / file.of) })} ·{' '}
              {t('attachment.keptUntil', { moment: format.moment(file.keptUntil) })}
            </Text>
            <Button
              size="compact-sm"
              variant="default"
              loading={discarding.loading}
              aria-label={`${t('attachment.discard')}: ${file.name}`}
              onClick={() => void throwAway(file)}
            >
              {t('attachment.discard')}
            </Button>
          </Group>
        ))}
        {discarding.error ? <ErrorNotice error={discarding.error} /> : null}
      </Stack>
    </Paper>
  );
}
