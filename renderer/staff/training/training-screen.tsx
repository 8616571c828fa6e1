import { useQuery } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../parts/page.tsx';
import { quietly } from '../../parts/quietly.ts';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { GuidedTasks } from './guided-tasks.tsx';
import { KeptRecords } from './kept-records.tsx';
import { TamperingDemo } from './tampering-demo.tsx';
import { trainingNow } from './training-documents.ts';

/** Where people learn the program, and where their clinic keeps what they have shown. */
export function TrainingScreen() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(trainingNow, { fetchPolicy: 'cache-and-network' });
  return (
    <Page title={t('screens.training')} note={data ? t(data.training ? 'training.note' : 'training.noteElsewhere') : undefined}>
      {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
      {!data && !error ? <Loading rows={6} /> : null}
      {data?.training ? (
        <>
          <GuidedTasks training={data.training} />
          <TamperingDemo />
        </>
      ) : null}
      {data?.training === null ? <KeptRecords /> : null}
    </Page>
  );
}
