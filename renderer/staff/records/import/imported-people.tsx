import { Badge, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImportReportQuery } from '../../../generated/graphql.ts';
import { RowTable } from '../../../parts/row-table.tsx';
import { useFormat } from '../../../parts/words/use-format.ts';

type Person = ImportReportQuery['importJob']['people'][number];

/** Whom the files of a dry run describe: who is new, who is here already, and who looks like somebody here. */
export function ImportedPeople({ people }: { people: readonly Person[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <Title order={2}>{t('import.people.title')}</Title>
      <RowTable
        label={t('import.people.title')}
        rows={people.map((person, index) => ({ ...person, index }))}
        rowKey={({ index }) => String(index)}
        columns={[
          { key: 'name', label: t('import.people.name'), cell: ({ name }) => name },
          { key: 'birthDate', label: t('import.people.birthDate'), cell: ({ birthDate }) => format.recorded(birthDate) },
          {
            key: 'fate',
            label: t('import.people.fate'),
            width: 110,
            cell: ({ isNew }) => (
              <Badge color={isNew ? 'blue' : 'gray'}>{t(isNew ? 'import.people.new' : 'import.people.known')}</Badge>
            ),
          },
          {
            key: 'alike',
            label: t('import.people.alike'),
            width: '38%',
            cell: ({ alike }) => (
              <Stack gap={2}>
                {alike.slice(0, 3).map(({ probability, patient }) => (
                  <Text key={patient.id} size="sm">
                    {t('import.people.likely', {
                      name: patient.name,
                      birthDate: format.recorded(patient.birthDate),
                      percent: Math.min(99, Math.round(probability * 100)),
                    })}
                  </Text>
                ))}
              </Stack>
            ),
          },
          { key: 'place', label: t('import.file'), cell: ({ file, line }) => t('import.fileLine', { file, line }) },
        ]}
      />
    </>
  );
}
