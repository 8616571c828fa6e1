import { Table, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { isJsonObject, type JsonValue, readStrictJson } from '../../../shared/fhir/strict-json.ts';

interface Field {
  readonly path: string;
  readonly label: string;
  readonly value: string;
}

/** `valueQuantity` → `Value quantity`. */
const words = (name: string): string => {
  const spaced = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};

/** Every leaf of the resource with its place; numbers with the digits that were written. */
function fieldsOf(text: string): Field[] {
  const { value, exactNumbers } = readStrictJson(text, { fhir: false });
  const fields: Field[] = [];
  const walk = (node: JsonValue | undefined, path: string, labels: readonly string[]): void => {
    if (Array.isArray(node)) {
      for (const [index, item] of node.entries()) {
        walk(item, `${path}[${index}]`, node.length > 1 ? [...labels, String(index + 1)] : labels);
      }
    } else if (isJsonObject(node)) {
      for (const [name, item] of Object.entries(node)) {
        // Narrative is markup: its text stands under "exact text", and is never shown as a page.
        if (name === 'div' && labels.at(-1) === 'Text') continue;
        walk(item, path === '' ? name : `${path}.${name}`, [...labels, words(name)]);
      }
    } else if (node !== undefined && node !== null) {
      fields.push({ path, label: labels.join(' › '), value: exactNumbers.get(path) ?? String(node) });
    }
  };
  walk(value, '', []);
  return fields;
}

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
  const fields = useMemo(() => fieldsOf(resource), [resource]);
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
