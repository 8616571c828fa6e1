import { Select } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from './use-format.ts';

interface FoundPatient {
  readonly id: string;
  readonly name: string;
  readonly birthDate?: string | null;
}

interface PatientPickerProps {
  readonly label: string;
  /** Who fits what was typed: asked for by the screen that shows the picker. */
  readonly found: readonly FoundPatient[];
  readonly onSearch: (typed: string) => void;
  readonly value: string | null;
  readonly onChange: (patient: string | null) => void;
}

/** Finds one patient by name, birth date or identifier, without opening the chart. */
export function PatientPicker({ label, found, onSearch, value, onChange }: PatientPickerProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Select
      label={label}
      placeholder={t('patients.searchHint')}
      leftSection={<IconSearch size={16} aria-hidden />}
      searchable
      filter={({ options }) => options}
      onSearchChange={onSearch}
      data={found.map(({ id, name, birthDate }) => ({
        value: id,
        label: [name, format.recorded(birthDate)].filter(Boolean).join(', '),
      }))}
      value={value}
      onChange={onChange}
      nothingFoundMessage={t('palette.nothing')}
      maw={480}
    />
  );
}
