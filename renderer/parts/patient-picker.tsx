import type { TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Select } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from './states.tsx';
import { useDebounced } from './use-debounced.ts';
import { useFormat } from './use-format.ts';

interface Found {
  readonly patients: {
    readonly edges: ReadonlyArray<{
      readonly node: { readonly id: string; readonly name: string; readonly birthDate?: string | null };
    }>;
  };
}

interface PatientPickerProps {
  /** The screen's own question for who fits what was typed. */
  readonly query: TypedDocumentNode<Found, { search?: string | null }>;
  readonly label: string;
  readonly value: string | null;
  readonly onChange: (patient: string | null) => void;
}

/** Finds one patient by name, birth date or identifier, without opening the chart. */
export function PatientPicker({ query, label, value, onChange }: PatientPickerProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const search = useDebounced(typed.trim(), 80);
  const { data, previousData, error } = useQuery(query, {
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
        filter={({ options }) => options}
        onSearchChange={setTyped}
        data={found.map(({ node: { id, name, birthDate } }) => ({
          value: id,
          label: [name, format.recorded(birthDate)].filter(Boolean).join(', '),
        }))}
        value={value}
        onChange={onChange}
        nothingFoundMessage={t('palette.nothing')}
        maw={640}
      />
      {error ? <ErrorNotice error={error} /> : null}
    </>
  );
}
