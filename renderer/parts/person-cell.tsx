import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from './words/use-format.ts';

interface PersonCellProps {
  readonly person: { readonly name: string; readonly birthDate?: string | null | undefined };
  /** What a reader has to see with the name. */
  readonly marks?: ReactNode;
}

/** Who it is in a row of a table: two identifiers, as no name is one person's alone. */
export function PersonCell({ person: { name, birthDate }, marks }: PersonCellProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <Group gap="xs">
        <Text size="sm" fw={600}>
          {name}
        </Text>
        {marks}
      </Group>
      <Text size="xs" c="dimmed">
        {birthDate ? format.recorded(birthDate) : t('chart.bornUnknown')}
      </Text>
    </>
  );
}
