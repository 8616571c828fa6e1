import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Section } from '../../generated/graphql.ts';

interface SectionSearchProps {
  readonly section: Section | 'TIMELINE';
  readonly value: string;
  readonly onChange: (typed: string) => void;
}

/** Looks for words in one section of a chart. */
export function SectionSearch({ section, value, onChange }: SectionSearchProps) {
  const { t } = useTranslation();
  const label = t('chart.searchSection', { section: t(`section.${section}`) });
  return (
    <TextInput
      type="search"
      leftSection={<IconSearch size={16} aria-hidden />}
      aria-label={label}
      placeholder={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      w={320}
    />
  );
}
