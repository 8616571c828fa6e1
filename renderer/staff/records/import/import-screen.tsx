import { useQuery } from '@apollo/client/react';
import { Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../../parts/page.tsx';
import { quietly } from '../../../parts/quietly.ts';
import { ErrorNotice } from '../../../parts/states.tsx';
import { CsvMappingForm } from './csv-mapping-form.tsx';
import { DryRunNotice } from './dry-run-notice.tsx';
import { EarlierImports } from './earlier-imports.tsx';
import { importJobs } from './import-documents.ts';
import { ImportProgress } from './import-progress.tsx';
import { ImportReport } from './import-report.tsx';
import { ImportTarget } from './import-target.tsx';
import { NothingToRead } from './nothing-to-read.tsx';
import { type CsvSample, isTable, type PickedFile, sampleOf, sortFiles } from './read-files.ts';
import { type Import, useImport } from './use-import.ts';

interface Chosen {
  readonly sample: CsvSample;
  readonly go: (csvMapping: string) => Promise<void>;
}

/** Begins imports of what is chosen; where a table is among it, its columns are asked for first. */
function useBeginning(current: Import, dryRun: boolean, onBegun: () => Promise<unknown>) {
  const [table, setTable] = useState<Chosen>();
  const [ignored, setIgnored] = useState(0);
  /** What was chosen when none of it can be read. */
  const [unread, setUnread] = useState<readonly PickedFile[]>();
  const files = async (chosen: readonly PickedFile[]): Promise<void> => {
    const { readable, beside, ignored } = sortFiles(chosen);
    setIgnored(readable.length === 0 ? 0 : ignored);
    setUnread(readable.length === 0 ? chosen : undefined);
    if (readable.length === 0) return;
    const go = async (csvMapping: string | null): Promise<void> => {
      await current.files({ readable, beside }, { dryRun, csvMapping });
      await onBegun();
    };
    const found = readable.map(({ file }) => file).find(isTable);
    if (found) setTable({ sample: await sampleOf(found), go });
    else await go(null);
  };
  const paths = async (chosen: string[]): Promise<void> => {
    if (chosen.length === 0) return;
    const go = (csvMapping: string | null): Promise<void> => current.paths(chosen, { dryRun, csvMapping });
    const found = chosen.find((path) => isTable({ name: path }));
    if (found === undefined) await go(null);
    else setTable({ sample: { file: found, data: null, foreignLine: undefined }, go });
  };
  return { files, paths, ignored, unread, table, closeTable: () => setTable(undefined) };
}

/** Takes in FHIR R4, HL7 version 2, clinical documents and tables, as files, folders, or dropped here. */
export function ImportScreen() {
  const { t } = useTranslation();
  const current = useImport();
  const [dryRun, setDryRun] = useState(true);
  const { data, refetch } = useQuery(importJobs);
  const { files, paths, ignored, unread, table, closeTable } = useBeginning(current, dryRun, refetch);

  return (
    <Page title={t('screens.import')} note={t('import.note')}>
      <ImportTarget
        isBusy={current.running}
        isSmall={current.job !== null}
        onFiles={(chosen) => quietly(files(chosen))}
        onPaths={paths}
      >
        <Switch
          label={t('import.asDryRun')}
          checked={dryRun}
          onChange={(event) => setDryRun(event.currentTarget.checked)}
          disabled={current.running}
        />
      </ImportTarget>
      {table ? (
        <CsvMappingForm
          sample={table.sample}
          onClose={closeTable}
          onChosen={(mapping) => {
            closeTable();
            quietly(table.go(mapping));
          }}
        />
      ) : null}
      {unread ? <NothingToRead files={unread} /> : null}
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
