import { useQuery } from '@apollo/client/react';
import { Button, FileButton, Flex, Group, Paper, Switch, Text } from '@mantine/core';
import { IconFileImport, IconFiles, IconFolder } from '@tabler/icons-react';
import { type DragEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFilePicker } from '../../parts/file-picker.ts';
import { Page } from '../../parts/page.tsx';
import { quietly } from '../../parts/quietly.ts';
import { ErrorNotice } from '../../parts/states.tsx';
import { CsvMappingForm, type CsvSample } from './csv-mapping-form.tsx';
import { DryRunNotice } from './dry-run-notice.tsx';
import { EarlierImports } from './earlier-imports.tsx';
import { importJobs } from './import-documents.ts';
import { ImportProgress } from './import-progress.tsx';
import { ImportReport } from './import-report.tsx';
import styles from './import-screen.module.css';
import { droppedFiles, isReadable, isTable, sampleOf } from './read-files.ts';
import { useImport } from './use-import.ts';

/** Takes in FHIR R4: NDJSON and Bundles, as files, folders, or dropped here. */
export function ImportScreen() {
  const { t } = useTranslation();
  const picker = useFilePicker();
  const current = useImport();
  const [over, setOver] = useState(false);
  const [ignored, setIgnored] = useState(0);
  const [dryRun, setDryRun] = useState(true);
  const [table, setTable] = useState<{ sample: CsvSample; go: (csvMapping: string) => Promise<void> }>();
  const folder = useRef<HTMLInputElement>(null);
  const { data, refetch } = useQuery(importJobs);

  const take = (files: readonly File[]): void => {
    const readable = files.filter(isReadable);
    setIgnored(files.length - readable.length);
    if (readable.length > 0) quietly(begin(readable));
  };
  const begin = async (files: readonly File[]): Promise<void> => {
    const go = async (csvMapping: string | null): Promise<void> => {
      await current.files(files, { dryRun, csvMapping });
      await refetch();
    };
    const table = files.find(isTable);
    if (!table) return go(null);
    setTable({ sample: { file: table.name, text: await sampleOf(table) }, go });
  };
  const choose = async (folders: boolean): Promise<void> => {
    const paths = (await picker?.choose(folders)) ?? [];
    if (paths.length === 0) return;
    const go = (csvMapping: string | null): Promise<void> => current.paths(paths, { dryRun, csvMapping });
    const table = paths.find((path) => isTable({ name: path }));
    if (table === undefined) await go(null);
    else setTable({ sample: { file: table, text: null }, go });
  };
  const drop = async (event: DragEvent): Promise<void> => {
    event.preventDefault();
    setOver(false);
    take(await droppedFiles(event.dataTransfer));
  };

  return (
    <Page title={t('screens.import')} note={t('import.note')}>
      <Paper
        withBorder
        p={current.job ? 'sm' : 'xl'}
        className={styles.target}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => void drop(event)}
      >
        {/* While there is a report to read, it has the room. */}
        <Flex direction={current.job ? 'row' : 'column'} align="center" justify="center" wrap="wrap" gap="sm">
          <IconFileImport size={current.job ? 20 : 32} aria-hidden />
          <Text size={current.job ? 'sm' : 'md'}>{t('import.drop')}</Text>
          <Group gap="xs">
            {picker ? (
              <Button
                leftSection={<IconFiles size={16} aria-hidden />}
                onClick={() => void choose(false)}
                disabled={current.running}
              >
                {t('import.files')}
              </Button>
            ) : (
              <FileButton multiple accept=".json,.ndjson,.jsonl,.hl7,.xml,.csv" onChange={take}>
                {(props) => (
                  <Button {...props} leftSection={<IconFiles size={16} aria-hidden />} disabled={current.running}>
                    {t('import.files')}
                  </Button>
                )}
              </FileButton>
            )}
            <Button
              variant="default"
              leftSection={<IconFolder size={16} aria-hidden />}
              onClick={() => (picker ? void choose(true) : folder.current?.click())}
              disabled={current.running}
            >
              {t('import.folder')}
            </Button>
            <input
              ref={(element) => {
                folder.current = element;
                // React knows no property for it.
                element?.setAttribute('webkitdirectory', '');
              }}
              type="file"
              hidden
              aria-label={t('import.folder')}
              onChange={(event) => {
                take([...(event.currentTarget.files ?? [])]);
                event.currentTarget.value = '';
              }}
            />
          </Group>
          {current.job ? null : (
            <Text size="sm" c="dimmed">
              {t('import.kinds')}
            </Text>
          )}
          <Switch
            label={t('import.lookFirst')}
            checked={dryRun}
            onChange={(event) => setDryRun(event.currentTarget.checked)}
            disabled={current.running}
          />
        </Flex>
      </Paper>
      {table ? (
        <CsvMappingForm
          sample={table.sample}
          onClose={() => setTable(undefined)}
          onChosen={(mapping) => {
            setTable(undefined);
            quietly(table.go(mapping));
          }}
        />
      ) : null}
      {ignored > 0 ? <Text size="sm">{t('import.ignored', { count: ignored })}</Text> : null}
      {current.error ? <ErrorNotice error={current.error} /> : null}
      {current.job ? (
        <>
          <ImportProgress current={current} job={current.job} />
          {current.job.dryRun && current.job.state === 'DONE' ? <DryRunNotice current={current} job={current.job} /> : null}
          <ImportReport key={`${current.job.id} ${current.job.state}`} job={current.job} />
        </>
      ) : (
        <EarlierImports jobs={data?.importJobs ?? []} onShow={current.show} />
      )}
    </Page>
  );
}
