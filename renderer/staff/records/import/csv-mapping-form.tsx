import { useApolloClient, useQuery } from '@apollo/client/react';
import { Alert, Button, Checkbox, Code, Modal, Select, SimpleGrid, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  CSV_FIELDS,
  CSV_RESOURCES,
  type CsvMapping,
  DATE_FORMATS,
  DELIMITERS,
  type FieldSource,
} from '../../../../shared/csv/csv-mapping.ts';
import { keptFor, proposedFields, proposedForms, proposedMapping } from '../../../../shared/csv/csv-proposal.ts';
import { FormEnd } from '../../../parts/fields/form-end.tsx';
import { ErrorNotice, Loading } from '../../../parts/states.tsx';
import { useDebounced } from '../../../parts/use-debounced.ts';
import { useRefusalWords } from '../../../parts/words/refusal-words.ts';
import { refusalOf } from '../../../parts/words/service-error.ts';
import { csvMappings, csvPreview, saveCsvMapping } from './import-documents.ts';
import type { CsvSample } from './read-files.ts';

interface CsvMappingFormProps {
  readonly sample: CsvSample;
  readonly onClose: () => void;
  /** @param mapping JSON, kept by now */
  readonly onChosen: (mapping: string) => void;
}

const EMPTY: CsvMapping = {
  name: '',
  resource: 'Observation',
  delimiter: ',',
  dateFormat: 'YYYY-MM-DD',
  decimal: '.',
  system: '',
  fields: {},
};
const SETTLED_AFTER = 300;

/** What the columns of a table mean, with what its first rows become; kept under a name for the next time. */
export function CsvMappingForm({ sample, onClose, onChosen }: CsvMappingFormProps) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const [mapping, setMapping] = useState<CsvMapping>();
  const [refused, setRefused] = useState<unknown>();
  const { data: kept } = useQuery(csvMappings, { fetchPolicy: 'network-only' });
  const [encoding, setEncoding] = useState<CsvMapping['encoding']>();
  const looked = { file: sample.file, data: sample.data };
  const { data: head, error } = useQuery(csvPreview, { variables: { ...looked, mapping: null }, fetchPolicy: 'no-cache' });
  const known = (kept?.csvMappings ?? []).map((json) => JSON.parse(json) as CsvMapping);
  const guessed = DELIMITERS.find((each) => each === head?.csvPreview.delimiter) ?? ',';
  const columns = head?.csvPreview.columns ?? [];
  const foreignLine = sample.foreignLine ?? head?.csvPreview.foreignLine ?? undefined;
  const meant = mapping ?? keptFor(columns, known) ?? proposal(columns, head?.csvPreview.rows ?? [], guessed, known);
  // How this table is written says the table, not what was kept of another.
  const now = { ...meant, encoding };
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setRefused(undefined);
    try {
      const { data } = await client.mutate({ mutation: saveCsvMapping, variables: { mapping: JSON.stringify(now) } });
      if (data) onChosen(data.saveCsvMapping);
    } catch (failure) {
      setRefused(failure);
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={1040}
      title={t('import.csv.title', { file: sample.file })}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <form onSubmit={send}>
        <Stack gap="md">
          <Text size="sm">{t('import.csv.explained')}</Text>
          {error ? <ErrorNotice error={error} /> : head ? null : <Loading rows={3} />}
          {head && foreignLine ? <OtherEncoding line={foreignLine} encoding={encoding} onChange={setEncoding} /> : null}
          {head ? (
            <>
              <TableMeaning columns={columns} known={known} mapping={now} onChange={setMapping} />
              <Fields columns={columns} mapping={now} onChange={(fields) => setMapping({ ...now, fields })} />
              <Preview sample={sample} mapping={now} />
            </>
          ) : null}
          <FormEnd error={refused} onClose={onClose}>
            <Button type="submit" disabled={!head || (foreignLine !== undefined && !encoding)}>
              {t('import.csv.use')}
            </Button>
          </FormEnd>
        </Stack>
      </form>
    </Modal>
  );
}

interface OtherEncodingProps {
  readonly line: number;
  readonly encoding: CsvMapping['encoding'];
  readonly onChange: (encoding: CsvMapping['encoding']) => void;
}

/** Says at once that a table is no UTF-8, and where, and offers to read it as what it most likely is. */
function OtherEncoding({ line, encoding, onChange }: OtherEncodingProps) {
  const { t } = useTranslation();
  return (
    <Alert color="orange" title={t('import.csv.foreign', { line })}>
      <Stack gap="xs">
        <Text size="sm">{t('import.csv.foreignMeans')}</Text>
        <Checkbox
          label={t('import.csv.readForeign')}
          checked={encoding !== undefined}
          onChange={({ currentTarget: { checked } }) => onChange(checked ? 'windows-1252' : undefined)}
        />
      </Stack>
    </Alert>
  );
}

/** What nobody has mapped before: by header and first rows; whose numbers they are, as in the table before. */
function proposal(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  delimiter: CsvMapping['delimiter'],
  [newest]: readonly CsvMapping[],
): CsvMapping {
  const proposed = proposedMapping(columns);
  const forms = proposedForms(columns, rows, proposed.fields);
  return { ...EMPTY, delimiter, system: newest?.system ?? '', ...proposed, ...forms };
}

interface TableMeaningProps {
  readonly columns: readonly string[];
  readonly known: readonly CsvMapping[];
  readonly mapping: CsvMapping;
  readonly onChange: (mapping: CsvMapping) => void;
}

/** What a row is and how its values are written; a mapping that is kept fills all of it. */
function TableMeaning({ columns, known, mapping, onChange }: TableMeaningProps) {
  const { t } = useTranslation();
  const change = (part: Partial<CsvMapping>): void => onChange({ ...mapping, ...part });
  return (
    <SimpleGrid cols={4} style={{ alignItems: 'end' }}>
      <Select
        label={t('import.csv.kept')}
        data={known.map(({ name }) => name)}
        value={known.some(({ name }) => name === mapping.name) ? mapping.name : null}
        onChange={(name) => onChange(known.find((each) => each.name === name) ?? mapping)}
        disabled={known.length === 0}
      />
      <TextInput
        label={t('import.csv.name')}
        value={mapping.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
        required
      />
      <Choice
        label={t('import.csv.row')}
        all={CSV_RESOURCES}
        value={mapping.resource}
        onChange={(resource) => change({ resource, fields: proposedFields(columns, resource) })}
      />
      <TextInput
        label={t('import.csv.system')}
        description={t('import.csv.systemHint')}
        placeholder="https://clinic.example/patients"
        value={mapping.system}
        onChange={(event) => change({ system: event.currentTarget.value.trim() })}
        required
      />
      <Choice
        label={t('import.csv.delimiter')}
        all={DELIMITERS}
        value={mapping.delimiter}
        onChange={(delimiter) => change({ delimiter })}
      />
      <Choice
        label={t('import.csv.dates')}
        all={DATE_FORMATS}
        value={mapping.dateFormat}
        onChange={(dateFormat) => change({ dateFormat })}
      />
      <Choice
        label={t('import.csv.decimal')}
        all={['.', ',']}
        value={mapping.decimal}
        onChange={(decimal) => change({ decimal })}
      />
    </SimpleGrid>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly all: readonly T[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

function Choice<T extends string>({ label, all, value, onChange }: ChoiceProps<T>) {
  const { t } = useTranslation();
  const shown = (each: string): string => (each === '\t' ? t('import.csv.tab') : each);
  return (
    <Select
      label={label}
      data={all.map((each) => ({ value: each, label: shown(each) }))}
      value={value}
      onChange={(chosen) => onChange(all.find((each) => each === chosen) ?? value)}
      allowDeselect={false}
    />
  );
}

interface FieldsProps {
  readonly columns: readonly string[];
  readonly mapping: CsvMapping;
  readonly onChange: (fields: CsvMapping['fields']) => void;
}

/** Each field: a column, or a text for all rows. */
function Fields({ columns, mapping, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const named = [...new Set(columns.filter((column) => column !== ''))];
  const put = (field: string, source: FieldSource | undefined): void => {
    const { [field]: _, ...others } = mapping.fields;
    onChange(source ? { ...others, [field]: source } : others);
  };
  return (
    <Table verticalSpacing={4} aria-label={t('import.csv.fields')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('import.csv.field')}</Table.Th>
          <Table.Th scope="col">{t('import.csv.column')}</Table.Th>
          <Table.Th scope="col">{t('import.csv.fixed')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {CSV_FIELDS[mapping.resource].map((field) => {
          const source = mapping.fields[field];
          const column = source && 'column' in source ? source.column : null;
          const text = source && 'text' in source ? source.text : '';
          const label = t(`import.csv.is.${field}`);
          return (
            <Table.Tr key={field}>
              <Table.Th scope="row">{label}</Table.Th>
              <Table.Td>
                <Select
                  aria-label={`${label}: ${t('import.csv.column')}`}
                  size="xs"
                  searchable
                  clearable
                  data={named}
                  value={column}
                  onChange={(chosen) => put(field, chosen === null ? undefined : { column: chosen })}
                />
              </Table.Td>
              <Table.Td>
                <TextInput
                  aria-label={`${label}: ${t('import.csv.fixed')}`}
                  size="xs"
                  value={text}
                  disabled={column !== null || field === 'patient'}
                  onChange={({ currentTarget: { value } }) => put(field, value === '' ? undefined : { text: value })}
                />
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}

/** What the first rows become, or what the mapping still lacks. */
function Preview({ sample, mapping }: { sample: CsvSample; mapping: CsvMapping }) {
  const { t } = useTranslation();
  const words = useRefusalWords();
  const settled = useDebounced(JSON.stringify({ ...mapping, name: mapping.name || '–' }), SETTLED_AFTER);
  const { data, error } = useQuery(csvPreview, {
    variables: { file: sample.file, data: sample.data, mapping: settled },
    fetchPolicy: 'no-cache',
  });
  return (
    <Stack gap="xs" aria-live="polite">
      <Title order={2} size="h5">
        {t('import.csv.preview')}
      </Title>
      {error ? <Alert color="gray">{words(refusalOf(error))}</Alert> : null}
      {error
        ? null
        : data?.csvPreview.refused.map(({ line, path, code, message }) => (
            <Text key={`${line} ${path} ${message}`} size="sm" c="var(--mantine-color-error)">
              {t('import.csv.refused', { line, path, message: words({ code, message }) })}
            </Text>
          ))}
      {error ? null : (
        <SimpleGrid cols={2}>
          {data?.csvPreview.resources.map((resource) => (
            <Code key={resource} block>
              {resource.replaceAll(/([{,])"/g, '$1\n"')}
            </Code>
          ))}
        </SimpleGrid>
      )}
    </Stack>
  );
}
