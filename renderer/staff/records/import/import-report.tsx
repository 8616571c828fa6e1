import { useApolloClient, useQuery } from '@apollo/client/react';
import { Button, Code, Group, List, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ImportPartsFragment, ImportReportQuery } from '../../../generated/graphql.ts';
import { download } from '../../../parts/fields/download.ts';
import { quietly } from '../../../parts/quietly.ts';
import { RowTable } from '../../../parts/row-table.tsx';
import { ErrorNotice } from '../../../parts/states.tsx';
import { useRefusalWords } from '../../../parts/words/refusal-words.ts';
import { useFormat } from '../../../parts/words/use-format.ts';
import { importReport } from './import-documents.ts';
import styles from './import-screen.module.css';
import { ImportedPeople } from './imported-people.tsx';
import { isUndoable, TakeImportBack, TakenBack } from './take-import-back.tsx';

const SHOWN = 200;
/** As many as a report lists at all. */
const MOST_SAVED = 5_000;

/** The reconciliation: what went in, what was there already, and what was refused, with the reason and the place. */
export function ImportReport({ job }: { job: ImportPartsFragment }) {
  const { t } = useTranslation();
  const save = useSavedReport(job);
  const { data, error, refetch } = useQuery(importReport, {
    variables: { id: job.id, first: SHOWN },
    skip: job.state === 'RUNNING',
    fetchPolicy: 'network-only',
  });
  const report = data?.importJob;
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={2}>{t(job.dryRun ? 'import.dryRun.report' : 'import.report')}</Title>
        <Group gap="xs">
          {isUndoable(job) ? <TakeImportBack job={job} /> : null}
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => void save()}
            disabled={job.state === 'RUNNING'}
          >
            {t('import.saveReport')}
          </Button>
        </Group>
      </Group>
      {report?.undo ? <TakenBack undo={report.undo} /> : null}
      <Figures job={job} />
      {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
      {report && report.people.length > 0 ? <ImportedPeople people={report.people} /> : null}
      {report && report.refused.length > 0 ? (
        <Places title={t('import.refusedTitle')} places={report.refused} total={job.refusedCount} />
      ) : null}
      {report && report.refused.length === 0 && job.state === 'DONE' ? <Text>{t('import.nothingRefused')}</Text> : null}
      {report && report.doubts.length > 0 ? (
        <Places
          title={t(job.dryRun ? 'import.dryRun.doubtsTitle' : 'import.doubtsTitle')}
          explained={t(job.dryRun ? 'import.dryRun.doubtsExplained' : 'import.doubtsExplained')}
          places={report.doubts}
          total={report.doubtCount}
        />
      ) : null}
      {report && report.missingReferences.length > 0 ? <Missing references={report.missingReferences} /> : null}
      {report && report.ignored.length > 0 ? (
        <Text size="sm">
          {t('import.ignored', { count: report.ignored.length })} {report.ignored.slice(0, 10).join(', ')}
          {report.ignored.length > 10 ? ', …' : ''}
        </Text>
      ) : null}
    </Stack>
  );
}

type Report = ImportReportQuery['importJob'];

/** Saves the whole report as JSON; the screen shows its beginning. */
function useSavedReport(job: ImportPartsFragment): () => Promise<void> {
  const client = useApolloClient();
  return async () => {
    const all = await client.query({
      query: importReport,
      variables: { id: job.id, first: MOST_SAVED },
      fetchPolicy: 'no-cache',
    });
    if (!all.data) return;
    const { accepted, alreadyPresent, refused, doubts, missingReferences, ignored, startedAt } = all.data.importJob;
    const plain = (places: Report['refused']) =>
      places.map(({ file, line, path, code, message }) => ({ file, line, path, code, message }));
    const begun = new Date(startedAt).toISOString();
    const content = {
      startedAt: begun,
      accepted,
      alreadyPresent,
      refused: plain(refused),
      doubts: plain(doubts),
      missingReferences,
      ignored,
    };
    download('import-report.json', `${JSON.stringify(content, null, 2)}\n`);
  };
}

interface PlacesProps {
  readonly title: string;
  readonly explained?: string;
  readonly places: Report['refused'];
  /** How many there are: the first are listed. */
  readonly total: number;
}

/** Places in the files, and what is the matter there. */
function Places({ title, explained, places, total }: PlacesProps) {
  const { t } = useTranslation();
  const words = useRefusalWords();
  return (
    <>
      <Title order={2}>{title}</Title>
      {explained ? (
        <Text size="sm" c="dimmed">
          {explained}
        </Text>
      ) : null}
      <RowTable
        label={title}
        rows={places.map((place, index) => ({ ...place, index }))}
        rowKey={({ index }) => String(index)}
        total={total}
        columns={[
          {
            key: 'file',
            label: t('import.file'),
            width: '26%',
            cell: ({ file, line }) => (
              <Text size="sm" className={styles.place}>
                {line === null ? file : t('import.fileLine', { file, line })}
              </Text>
            ),
          },
          {
            key: 'path',
            label: t('import.path'),
            width: '24%',
            cell: ({ path }) => <Code className={styles.place}>{path || '–'}</Code>,
          },
          { key: 'code', label: t('import.code'), cell: ({ code }) => <Code>{code}</Code> },
          { key: 'message', label: t('import.message'), cell: words },
        ]}
      />
    </>
  );
}

function Missing({ references }: { references: Report['missingReferences'] }) {
  const { t } = useTranslation();
  return (
    <Paper withBorder p="md">
      <Title order={2} mb={4}>
        {t('import.missingTitle')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('import.missingExplained')}
      </Text>
      <List size="sm">
        {references.slice(0, 20).map((reference) => (
          <List.Item key={reference}>
            <Code>{reference}</Code>
          </List.Item>
        ))}
      </List>
    </Paper>
  );
}

function Figures({ job }: { job: ImportPartsFragment }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <SimpleGrid cols={5}>
      <Figure label={t('import.accepted')} value={format.number(job.accepted)} />
      <Figure label={t('import.alreadyPresent')} value={format.number(job.alreadyPresent)} />
      <Figure label={t('import.refused')} value={format.number(job.refusedCount)} />
      <Figure label={t('import.patients')} value={format.number(job.patients)} />
      <Figure label={t('import.missing')} value={format.number(job.missingReferenceCount)} />
    </SimpleGrid>
  );
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <Paper withBorder p="sm">
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text fw={600} size="lg">
        {value}
      </Text>
    </Paper>
  );
}
