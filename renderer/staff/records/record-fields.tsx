import { Table, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { isJsonObject, type JsonObject, type JsonValue, readStrictJson } from '../../../shared/fhir/strict-json.ts';

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

/** Said elsewhere beside the record, or only of use to programs; the exact text has them. */
const LEFT_OUT: ReadonlySet<string> = new Set(['resourceType', 'id', 'meta', 'text.div', 'text.status']);

/** What a person reads of an element whose parts say one thing together: an amount, a coded word, a reference. */
function together(node: JsonObject, path: string, exactNumbers: ReadonlyMap<string, string>): string | undefined {
  const said = (name: string): string => (typeof node[name] === 'string' ? node[name] : '');
  const unit = said('unit') || said('code');
  if (typeof node.value === 'number' && unit !== '')
    return `${said('comparator')}${exactNumbers.get(`${path}.value`) ?? node.value} ${unit}`;
  const key = said('reference') || (said('system') && said('code'));
  if (key === '') return undefined;
  return said('display') === '' ? key : `${said('display')} (${key})`;
}

/** A concept's own words are left out where one of its codes says the same. */
const repeats = (concept: JsonObject): boolean =>
  Array.isArray(concept.coding) && concept.coding.some((each) => isJsonObject(each) && each.display === concept.text);

/** What the resource says, with its place; numbers with the digits that were written. */
function fieldsOf(resource: string): Field[] {
  const { value, exactNumbers } = readStrictJson(resource, { fhir: false });
  const fields: Field[] = [];
  const walk = (node: JsonValue | undefined, path: string, labels: readonly string[]): void => {
    if (LEFT_OUT.has(path) || node === undefined || node === null) return;
    if (Array.isArray(node)) {
      for (const [index, item] of node.entries()) {
        walk(item, `${path}[${index}]`, node.length > 1 ? [...labels, String(index + 1)] : labels);
      }
      return;
    }
    const said = isJsonObject(node) ? together(node, path, exactNumbers) : (exactNumbers.get(path) ?? String(node));
    if (said !== undefined) fields.push({ path, label: labels.join(' › '), value: said });
    else if (isJsonObject(node))
      for (const [name, item] of Object.entries(node)) {
        if (name === 'text' && repeats(node)) continue;
        walk(item, path === '' ? name : `${path}.${name}`, name === 'coding' ? labels : [...labels, words(name)]);
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
