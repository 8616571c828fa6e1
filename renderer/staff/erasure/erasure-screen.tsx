import { useQuery } from '@apollo/client/react';
import { Title } from '@mantine/core';
import { IconEraser } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../parts/page.tsx';
import { PatientPicker } from '../../parts/patient-picker.tsx';
import { quietly } from '../../parts/quietly.ts';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { useDebounced } from '../../parts/use-debounced.ts';
import { ErasePatient } from './erase-patient.tsx';
import { ErasureCard } from './erasure-card.tsx';
import { erasurePatients, erasures } from './erasure-documents.ts';
import { RetentionCard } from './retention-card.tsx';

/** Erasing a patient, the rule that binds the clinic, and what was erased or refused, with who has confirmed. */
export function ErasureScreen() {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const search = useDebounced(typed.trim(), 80);
  const found = useQuery(erasurePatients, {
    variables: { search: search === '' ? null : search },
    fetchPolicy: 'no-cache',
  });
  const { data, error, refetch } = useQuery(erasures, { pollInterval: 5_000 });
  const edges = (found.data ?? found.previousData)?.patients.edges ?? [];
  const changed = (): void => {
    setChosen(null);
    setTyped('');
    quietly(Promise.all([refetch(), found.refetch()]));
  };
  return (
    <Page title={t('screens.erasure')} note={t('erasure.note')}>
      {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
      {data ? <RetentionCard retention={data.retention} onChanged={() => quietly(refetch())} /> : null}
      <PatientPicker
        label={t('erasure.patient')}
        found={edges.map(({ node }) => node)}
        onSearch={setTyped}
        value={chosen}
        onChange={setChosen}
      />
      {chosen ? <ErasePatient key={chosen} patient={chosen} onDone={changed} /> : null}
      <Title order={2}>{t('erasure.list')}</Title>
      {!data && !error ? <Loading rows={4} /> : null}
      {data?.erasures.length === 0 ? (
        <Empty icon={<IconEraser aria-hidden />} title={t('erasure.none')} text={t('erasure.noneHint')} />
      ) : null}
      {data?.erasures.map((erasure) => (
        <ErasureCard key={erasure.id} erasure={erasure} />
      ))}
    </Page>
  );
}
