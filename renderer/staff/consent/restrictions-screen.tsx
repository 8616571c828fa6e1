import { useQuery } from '@apollo/client/react';
import { IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../parts/page.tsx';
import { PatientPicker } from '../../parts/patient-picker.tsx';
import { Empty, ErrorNotice } from '../../parts/states.tsx';
import { useDebounced } from '../../parts/use-debounced.ts';
import { restrictionPatients } from './consent-documents.ts';
import { RestrictionList } from './restriction-list.tsx';
import { WhoCouldOpen } from './who-could-open.tsx';

/** For the privacy officer: who could open one patient's records, and what the patient wants kept from whom. */
export function RestrictionsScreen() {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const search = useDebounced(typed.trim(), 80);
  const { data, previousData, error } = useQuery(restrictionPatients, {
    variables: { search: search === '' ? null : search },
    fetchPolicy: 'no-cache',
  });
  const found = (data ?? previousData)?.patients.edges ?? [];
  return (
    <Page title={t('screens.restrictions')} note={t('restriction.note')}>
      <PatientPicker
        label={t('access.patient')}
        found={found.map(({ node }) => node)}
        onSearch={setTyped}
        value={chosen}
        onChange={setChosen}
      />
      {error ? <ErrorNotice error={error} /> : null}
      {chosen ? (
        <>
          <RestrictionList key={chosen} patient={chosen} />
          <WhoCouldOpen patient={chosen} />
        </>
      ) : (
        <Empty icon={<IconEyeOff aria-hidden />} title={t('restriction.choose')} text={t('restriction.chooseHint')} />
      )}
    </Page>
  );
}
