import { Group, SegmentedControl, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Purpose } from '../../generated/graphql.ts';
import type { ShownVisits } from './access-documents.ts';

const DAY = 86_400_000;
const PERIODS = { week: 7 * DAY, month: 30 * DAY, year: 365 * DAY } as const;
const BY = ['all', 'people', 'programs', 'glass'] as const;

interface ChosenFilter {
  readonly text: string;
  readonly by: (typeof BY)[number];
  readonly staff: string | null;
  readonly clinic: string | null;
  readonly purpose: Purpose | null;
  readonly period: keyof typeof PERIODS | null;
}

export const NO_FILTER: ChosenFilter = { text: '', by: 'all', staff: null, clinic: null, purpose: null, period: null };

/** As the service takes it. @param now milliseconds: from when periods are counted */
export function asFilter({ by, period, ...chosen }: ChosenFilter, now: number) {
  return {
    ...chosen,
    text: chosen.text.trim(),
    byProgram: by === 'people' ? false : by === 'programs' ? true : null,
    brokeGlass: by === 'glass' ? true : null,
    from: period === null ? null : now - PERIODS[period],
  };
}

interface AccessFilterProps {
  readonly chosen: ChosenFilter;
  readonly onChoose: (chosen: ChosenFilter) => void;
  /** What there is to filter by. */
  readonly log: Pick<ShownVisits, 'people' | 'clinics' | 'purposes'>;
  /** What can be done with the part that was asked for. */
  readonly children: ReactNode;
}

/** Asks for a part of the log. */
export function AccessFilter({ chosen, onChoose, log, children }: AccessFilterProps) {
  const { t } = useTranslation();
  const choose = (part: Partial<ChosenFilter>): void => onChoose({ ...chosen, ...part });
  const options = (facets: ShownVisits['people']) =>
    facets.map(({ id, name, visits }) => ({ value: id, label: `${name} (${visits})` }));
  return (
    <Stack gap="xs">
      <Group gap="xs" align="flex-end">
        <TextInput
          label={t('access.search')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={chosen.text}
          onChange={({ currentTarget }) => choose({ text: currentTarget.value })}
          flex={1}
          miw={190}
        />
        <SegmentedControl
          aria-label={t('access.by')}
          value={chosen.by}
          onChange={(by) => choose({ by: by as ChosenFilter['by'] })}
          data={BY.map((value) => ({ value, label: t(`access.byWhom.${value}`) }))}
        />
        {children}
      </Group>
      <SimpleGrid cols={{ base: 2, md: 4 }} spacing="xs">
        <Select
          label={t('access.who')}
          placeholder={t('access.anybody')}
          clearable
          searchable
          data={options(log.people)}
          value={chosen.staff}
          onChange={(staff) => choose({ staff })}
        />
        <Select
          label={t('access.clinic')}
          placeholder={t('access.anywhere')}
          clearable
          data={options(log.clinics)}
          value={chosen.clinic}
          onChange={(clinic) => choose({ clinic })}
        />
        <Select
          label={t('access.purpose')}
          placeholder={t('access.anything')}
          clearable
          data={log.purposes.map(({ id, visits }) => ({ value: id, label: `${t(`purpose.${id as Purpose}`)} (${visits})` }))}
          value={chosen.purpose}
          onChange={(purpose) => choose({ purpose: purpose as Purpose | null })}
        />
        <Select
          label={t('access.at')}
          placeholder={t('access.anyTime')}
          clearable
          data={Object.keys(PERIODS).map((value) => ({ value, label: t(`access.periods.${value as keyof typeof PERIODS}`) }))}
          value={chosen.period}
          onChange={(period) => choose({ period: period as ChosenFilter['period'] })}
        />
      </SimpleGrid>
    </Stack>
  );
}
