import { Table, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../parts/words/use-format.ts';
import { fieldsOf } from './resource-fields.ts';

/** An attachment inside a resource is megabytes of base64, which nobody reads here. */
const MOST_SHOWN = 2_000;
const BEGINNING = 200;

function Value({ text }: { text: string }) {
  const { t } = useTranslation();
  if (text.length <= MOST_SHOWN) return text;
  return (
    <>
      {text.slice(0, BEGINNING)}{' '}
      <Text span size="sm" c="dimmed">
        {t('item.more', { count: text.length - BEGINNING })}
      </Text>
    </>
  );
}

/** A record's fields in the order in which they were written. */
export function RecordFields({ resource }: { resource: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const fields = useMemo(() => fieldsOf(t, format, resource), [t, format, resource]);
  return (
    <Table aria-label={t('item.fields')} layout="fixed">
      <Table.Tbody>
        {fields.map(({ path, label, value }) => (
          <Table.Tr key={path}>
            <Table.Th scope="row" w="42%" fw={400}>
              <Text size="sm" c="dimmed">
                {label}
              </Text>
            </Table.Th>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>
              <Value text={value} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
