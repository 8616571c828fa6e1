import { useQuery } from '@apollo/client/react';
import { IconEye } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/gql.ts';
import { Page } from '../../parts/page.tsx';
import { PatientPicker } from '../../parts/patient-picker.tsx';
import { Empty, ErrorNotice } from '../../parts/states.tsx';
import { useDebounced } from '../../parts/use-debounced.ts';
import { AccessPanel } from './access-panel.tsx';

const accessPatients = graphql(`
  query AccessPatients($search: String) {
    patients(search: $search, first: 20) {
      edges {
        cursor
        node {
          id
          name
          birthDate
        }
      }
    }
  }
`);

/** The access log of one patient, without opening the chart. */
export function AccessScreen() {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const search = useDebounced(typed.trim(), 80);
  const { data, previousData, error } = useQuery(accessPatients, {
    variables: { search: search === '' ? null : search },
    fetchPolicy: 'no-cache',
  });
  const found = (data ?? previousData)?.patients.edges ?? [];
  return (
    <Page title={t('screens.access')} note={t('access.note')}>
      <PatientPicker
        label={t('access.patient')}
        found={found.map(({ node }) => node)}
        onSearch={setTyped}
        value={chosen}
        onChange={setChosen}
      />
      {error ? <ErrorNotice error={error} /> : null}
      {chosen ? (
        <AccessPanel patient={chosen} />
      ) : (
        <Empty icon={<IconEye aria-hidden />} title={t('access.choose')} text={t('access.chooseHint')} />
      )}
    </Page>
  );
}
