import { useApolloClient, useQuery } from '@apollo/client/react';
import { Button, FileButton, Group, Stack, Text, Title } from '@mantine/core';
import { IconCertificate, IconFileCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrainingRecordsQuery } from '../../generated/graphql.ts';
import { PassphraseDialog } from '../../parts/fields/passphrase-dialog.tsx';
import { quietly } from '../../parts/quietly.ts';
import { type Column, RowTable } from '../../parts/row-table.tsx';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { keepTrainingRecord, trainingRecords } from './training-documents.ts';

/** The competency records that people brought from training clinics. */
export function KeptRecords() {
  const { t } = useTranslation();
  const columns = useRecordColumns();
  const client = useApolloClient();
  const [file, setFile] = useState<string | null>(null);
  const { data, error, refetch } = useQuery(trainingRecords);
  const choose = (chosen: File | null): void => {
    if (chosen) void chosen.text().then(setFile);
  };
  const keep = async (passphrase: string): Promise<void> => {
    await client.mutate({ mutation: keepTrainingRecord, variables: { file: file ?? '', passphrase } });
    quietly(refetch());
  };
  const bring = (
    <FileButton accept="application/json,.json" onChange={choose} inputProps={{ 'aria-label': t('training.keep') }}>
      {(props) => (
        <Button {...props} leftSection={<IconFileCheck size={16} aria-hidden />}>
          {t('training.keep')}
        </Button>
      )}
    </FileButton>
  );
  return (
    <Stack gap="sm" component="section" aria-label={t('training.records')}>
      {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
      {!data && !error ? <Loading rows={3} /> : null}
      {data?.trainingRecords.length === 0 ? (
        <Empty icon={<IconCertificate aria-hidden />} title={t('training.noRecords')} text={t('training.noRecordsHint')}>
          {bring}
        </Empty>
      ) : null}
      {data && data.trainingRecords.length > 0 ? (
        <>
          <Group justify="space-between">
            <Title order={2}>{t('training.records')}</Title>
            {bring}
          </Group>
          <RowTable label={t('training.records')} rows={data.trainingRecords} rowKey={({ id }) => id} columns={columns} />
        </>
      ) : null}
      {file === null ? null : (
        <PassphraseDialog
          opened
          title={t('training.keep')}
          action={t('training.keepAction')}
          onClose={() => setFile(null)}
          onConfirm={keep}
        >
          <Text size="sm">{t('training.keepExplained')}</Text>
        </PassphraseDialog>
      )}
    </Stack>
  );
}

function useRecordColumns(): readonly Column<TrainingRecordsQuery['trainingRecords'][number]>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    { key: 'name', label: t('training.who'), cell: ({ name }) => name },
    { key: 'when', label: t('training.when'), cell: ({ signedAt }) => format.moment(signedAt) },
    {
      key: 'score',
      label: t('training.result'),
      cell: ({ points, mostPoints, tasks }) => {
        const done = tasks.filter(({ doneAt }) => doneAt !== null).length;
        return t('training.score', { points, of: mostPoints, done, total: tasks.length });
      },
    },
    {
      key: 'kept',
      label: t('training.keptBy'),
      cell: ({ keptBy, keptAt }) => `${keptBy}, ${format.moment(keptAt)}`,
    },
  ];
}
