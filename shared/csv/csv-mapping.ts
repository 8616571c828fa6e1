/** Which column of a table means what in FHIR: kept by the clinic under a name, written as JSON. */
import { Failure } from '../outcome/failure.ts';
import { OTHER_ENCODINGS, type OtherEncoding } from './csv-encoding.ts';

export const CSV_RESOURCES = ['Patient', 'Observation', 'Condition', 'AllergyIntolerance'] as const;
type CsvResource = (typeof CSV_RESOURCES)[number];

export const DELIMITERS = [',', ';', '\t', '|'] as const;
/** YYYY, MM, DD, HH, mm and ss stand for digits; all else for itself. */
export const DATE_FORMATS = [
  'YYYY-MM-DD',
  'DD.MM.YYYY',
  'DD/MM/YYYY',
  'MM/DD/YYYY',
  'YYYYMMDD',
  'YYYY-MM-DD HH:mm',
  'YYYY-MM-DD HH:mm:ss',
  'DD.MM.YYYY HH:mm',
  'DD/MM/YYYY HH:mm',
  'MM/DD/YYYY HH:mm',
] as const;

/** What a row can say of whom it is about; any row may say it along with something else. */
export const PERSON_FIELDS = [
  'family',
  'given',
  'birthDate',
  'gender',
  'phone',
  'street',
  'postalCode',
  'city',
  'country',
] as const;

/** What a row can say, by what it is; `patient` is the record number of whom it is about. */
export const CSV_FIELDS = {
  Patient: ['patient', ...PERSON_FIELDS],
  Observation: [
    ...['patient', 'code', 'codeSystem', 'display', 'value', 'unit', 'date', 'category', 'low', 'high', 'number', 'note'],
    ...PERSON_FIELDS,
  ],
  Condition: ['patient', 'code', 'codeSystem', 'display', 'date', 'clinicalStatus', 'number', 'note', ...PERSON_FIELDS],
  AllergyIntolerance: [
    ...['patient', 'code', 'codeSystem', 'display', 'date', 'reaction', 'criticality', 'number', 'note'],
    ...PERSON_FIELDS,
  ],
} as const satisfies Record<CsvResource, readonly string[]>;

/** Where a field is found: in a column of the table, or the same text for all rows. */
export type FieldSource = { readonly column: string } | { readonly text: string };

export interface CsvMapping {
  readonly name: string;
  readonly resource: CsvResource;
  readonly delimiter: (typeof DELIMITERS)[number];
  readonly dateFormat: (typeof DATE_FORMATS)[number];
  /** Of the digits after it in a number. */
  readonly decimal: '.' | ',';
  /** Who gives the record numbers, as a URI: the same number of somebody else is another person. */
  readonly system: string;
  /** How a table is read that is no UTF-8; without it such a table is refused. */
  readonly encoding?: OtherEncoding;
  readonly fields: Readonly<Record<string, FieldSource>>;
}

const KEYS: ReadonlySet<string> = new Set([
  'name',
  'resource',
  'delimiter',
  'dateFormat',
  'decimal',
  'system',
  'encoding',
  'fields',
]);

/** @param json as `CsvMapping` @throws {Failure} `csv.mapping` that names what is wrong. */
export function readCsvMapping(json: string): CsvMapping {
  const value = parsed(json);
  const extra = Object.keys(value).find((key) => !KEYS.has(key));
  if (extra !== undefined) throw wrong(`“${extra}” is nothing that a mapping says.`);
  const { name, system, fields } = value;
  if (typeof name !== 'string' || name.trim() === '' || name.length > 100) throw wrong('It has no name, or a very long one.');
  if (typeof system !== 'string' || !/^[a-z][a-z0-9+.-]*:\S+$/i.test(system) || system.includes('|'))
    throw wrong('“system” is a URI that says who gives the record numbers, like https://clinic.example/patients.');
  const resource = oneOf(value.resource, CSV_RESOURCES, 'resource');
  const mapping = {
    name,
    resource,
    delimiter: oneOf(value.delimiter, DELIMITERS, 'delimiter'),
    dateFormat: oneOf(value.dateFormat, DATE_FORMATS, 'dateFormat'),
    decimal: oneOf(value.decimal, ['.', ','] as const, 'decimal'),
    system,
    ...(value.encoding !== undefined && { encoding: oneOf(value.encoding, OTHER_ENCODINGS, 'encoding') }),
    fields: fieldsIn(fields, resource),
  };
  requireFields(mapping);
  return mapping;
}

function parsed(json: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new Failure('csv.mapping', 'The mapping is no JSON. Save it anew from the import screen.', { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong('It is no object.');
  return value as Readonly<Record<string, unknown>>;
}

function fieldsIn(value: unknown, resource: CsvResource): CsvMapping['fields'] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong('“fields” is missing.');
  const known: ReadonlySet<string> = new Set(CSV_FIELDS[resource]);
  const found = Object.entries(value).map(([field, source]): [string, FieldSource] => {
    if (!known.has(field)) throw wrong(`A ${resource} has no field “${field}”: ${[...known].join(', ')}.`);
    const { column, text } = (source ?? {}) as { column?: unknown; text?: unknown };
    if (typeof column === 'string' && column !== '' && text === undefined) return [field, { column }];
    if (typeof text === 'string' && text !== '' && column === undefined) return [field, { text }];
    throw wrong(`“${field}” names a column, or a text for all rows.`);
  });
  return Object.fromEntries(found);
}

function requireFields({ resource, fields }: CsvMapping): void {
  if (!fields.patient) throw wrong('“patient”, the column with the record number, is missing.');
  if (resource === 'Patient' && !fields.family) throw wrong('“family” is missing: a patient has a name.');
  if (resource === 'Observation' && !fields.value) throw wrong('“value” is missing.');
  if (resource !== 'Patient' && !fields.code && !fields.display)
    throw wrong('Neither “code” nor “display” says what each row is.');
  if (resource !== 'Patient' && fields.code && !fields.codeSystem)
    throw wrong('“codeSystem” is missing: the URI of the codes, like http://loinc.org.');
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[], name: string): T {
  const found = allowed.find((each) => each === value);
  if (found !== undefined) return found;
  throw wrong(`“${name}” is one of ${allowed.map((each) => JSON.stringify(each)).join(', ')}.`);
}

const wrong = (what: string): Failure => new Failure('csv.mapping', `The mapping cannot be used. ${what}`);
