import { useQuery } from '@apollo/client/react';
import { Title } from '@mantine/core';
import { IconEraser } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PatientPicker } from '../../parts/fields/patient-picker.tsx';
import { Page } from '../../parts/page.tsx';
import { quietly } from '../../parts/quietly.ts';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { ErasePatient } from './erase-patient.tsx';
import { ErasureCard } from './erasure-card.tsx';
import { erasures } from './erasure-documents.ts';
import { RetentionCard } from './retention-card.tsx';

/** Erasing a patient, the rule that binds the clinic, and what was erased or refused, with who has confirmed. */
export function ErasureScreen() {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const [erased, setErased] = useState(0);
  const { data, error, refetch } = useQuery(erasures, { pollInterval: 5_000 });
  const changed = (): void => {
    setChosen(null);
    setErased(erased + 1);
    quietly(refetch());
  };
  return (
    <Page title={t('screens.erasure')} note={t('erasure.note')}>
      {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
      {data ? <RetentionCard retention={data.retention} onChanged={() => quietly(refetch())} /> : null}
      {/* Begun anew after each: who was erased is offered no more. */}
      <PatientPicker key={erased} label={t('erasure.patient')} value={chosen} onChange={setChosen} />
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
