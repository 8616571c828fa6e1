import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../parts/words/use-format.ts';
import { pathWords, valueWords } from '../forms/resource-fields.ts';

interface DifferenceTableProps {
  readonly difference: ReadonlyArray<{ readonly path: string; readonly before: string | null; readonly after: string | null }>;
  /** Headings of the two sides. */
  readonly before: string;
  readonly after: string;
}

/** Field by field what a version has otherwise than the one before, or than the one that it is compared with. */
export function DifferenceTable({ difference, before, after }: DifferenceTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const said = (path: string, value: string): string => valueWords(t, format, path, value);
  return (
    <Table layout="fixed" withTableBorder>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('history.field')}</Table.Th>
          <Table.Th scope="col">{before}</Table.Th>
          <Table.Th scope="col">{after}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {difference.map((field) => (
          <Table.Tr key={field.path}>
            <Table.Td>{pathWords(t, field.path)}</Table.Td>
            <Table.Td>{field.before === null ? t('history.nothing') : <del>{said(field.path, field.before)}</del>}</Table.Td>
            <Table.Td>{field.after === null ? t('history.removed') : <ins>{said(field.path, field.after)}</ins>}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
