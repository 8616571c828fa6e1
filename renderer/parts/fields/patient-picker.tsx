import { useQuery } from '@apollo/client/react';
import { Select } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/gql.ts';
import { quietly } from '../quietly.ts';
import { ErrorNotice } from '../states.tsx';
import { useDebounced } from '../use-debounced.ts';
import { useFormat } from '../words/use-format.ts';

const pickedPatients = graphql(`
  query PickedPatients($search: String) {
    patients(search: $search, first: 20) {
      edges {
        node {
          id
          name
          birthDate
          deceased
        }
      }
    }
  }
`);

interface PatientPickerProps {
  readonly label: string;
  readonly value: string | null;
  readonly onChange: (patient: string | null) => void;
}

/** Finds one patient by name, birth date or identifier, without opening the chart. */
export function PatientPicker({ label, value, onChange }: PatientPickerProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const search = useDebounced(typed.trim(), 80);
  const { data, previousData, error, refetch } = useQuery(pickedPatients, {
    variables: { search: search === '' ? null : search },
    fetchPolicy: 'no-cache',
  });
  const found = (data ?? previousData)?.patients.edges ?? [];
  return (
    <>
      <Select
        label={label}
        placeholder={t('patients.searchHint')}
        leftSection={<IconSearch size={16} aria-hidden />}
        searchable
        // When the focus comes back from a dialog, the list would cover what has just been done.
        openOnFocus={false}
        filter={({ options }) => options}
        onSearchChange={setTyped}
        data={found.map(({ node: { id, name, birthDate, deceased } }) => ({
          value: id,
          label: [name, format.recorded(birthDate), deceased ? t('patients.deceased') : ''].filter(Boolean).join(', '),
        }))}
        value={value}
        onChange={onChange}
        nothingFoundMessage={t('palette.nothing')}
      />
      {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
    </>
  );
}
