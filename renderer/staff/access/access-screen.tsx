import { useQuery } from '@apollo/client/react';
import { Select } from '@mantine/core';
import { IconEye, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/gql.ts';
import { Page } from '../../parts/page.tsx';
import { Empty, ErrorNotice } from '../../parts/states.tsx';
import { useDebounced } from '../../parts/use-debounced.ts';
import { useFormat } from '../../parts/use-format.ts';
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
  const format = useFormat();
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
      <Select
        label={t('access.patient')}
        placeholder={t('patients.searchHint')}
        leftSection={<IconSearch size={16} aria-hidden />}
        searchable
        filter={({ options }) => options}
        onSearchChange={setTyped}
        data={found.map(({ node }) => ({
          value: node.id,
          label: [node.name, format.recorded(node.birthDate)].filter(Boolean).join(', '),
        }))}
        value={chosen}
        onChange={setChosen}
        nothingFoundMessage={t('palette.nothing')}
        maw={480}
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
