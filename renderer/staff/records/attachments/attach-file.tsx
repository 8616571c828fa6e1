import { useApolloClient } from '@apollo/client/react';
import { Button, FileButton, Group, Progress, Stack, Text } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MOST_ATTACHMENT } from '../../../../shared/records/attachment.ts';
import { ErrorNotice } from '../../../parts/states.tsx';
import { useFormat } from '../../../parts/words/use-format.ts';
import { chartNow } from '../chart-documents.ts';
import { UnfinishedFiles } from '../import/unfinished-files.tsx';
import { attachFile } from './attachment-files.ts';

interface AttachFileProps {
  readonly patient: string;
  readonly onAttached: (record: string) => void;
}

/** Brings a file into the chart; what broke off goes on where it stopped. */
export function AttachFile({ patient, onAttached }: AttachFileProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useApolloClient();
  const [file, setFile] = useState<File | null>(null);
  const [share, setShare] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  /** How much had come when it broke off. */
  const [reached, setReached] = useState(0);

  const bring = async (chosen: File | null): Promise<void> => {
    if (!chosen) return;
    setFile(chosen);
    setError(null);
    const follow = (come: number): void => {
      setShare(come);
      setReached(come);
    };
    follow(0);
    try {
      const record = await attachFile(client, patient, chosen, follow);
      setFile(null);
      await client.refetchQueries({ include: [chartNow] }).catch(() => undefined);
      onAttached(record);
    } catch (refused) {
      setError(refused);
    } finally {
      setShare(null);
    }
  };
  return (
    <Stack gap="xs" flex={1}>
      <Group justify="flex-end" gap="xs">
        <Text size="xs" c="dimmed">
          {t('attachment.hint', { size: format.bytes(MOST_ATTACHMENT) })}
        </Text>
        <FileButton onChange={(chosen) => void bring(chosen)} inputProps={{ 'aria-label': t('attachment.add') }}>
          {(props) => (
            <Button {...props} leftSection={<IconPaperclip size={16} aria-hidden />} loading={share !== null}>
              {t('attachment.add')}
            </Button>
          )}
        </FileButton>
      </Group>
      {share === null || !file ? null : (
        <Stack gap={4} role="status">
          <Text size="sm">{t('attachment.coming', { name: file.name, share: format.percent(share) })}</Text>
          <Progress value={100 * share} aria-label={file.name} />
        </Stack>
      )}
      {error ? (
        <ErrorNotice
          error={error}
          title={t(reached > 0 ? 'attachment.brokeOff' : 'attachment.refused', {
            name: file?.name,
            share: format.percent(reached),
          })}
          onRetry={() => void bring(file)}
        />
      ) : null}
      {share === null && !error ? <UnfinishedFiles patient={patient} /> : null}
    </Stack>
  );
}
