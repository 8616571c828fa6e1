/** What a table probably says, from its header and its first rows: a proposal that a person sees, tries on these rows, and changes. */
import { dateIn, numberIn } from './csv-cells.ts';
import { CSV_FIELDS, CSV_RESOURCES, type CsvMapping, DATE_FORMATS, type FieldSource } from './csv-mapping.ts';

/** Headings by the field that they mean, in English and German, without case, blanks and marks. The first that stands there counts. */
const HEADINGS: Readonly<Record<string, readonly string[]>> = {
  patient: words(
    'patientid patientnumber patientno patient mrn recordnumber pid subject subjectid patientennummer patientennr patnr nr',
  ),
  family: words('family familyname lastname last surname nachname familienname name'),
  given: words('given givenname firstname first forename vorname'),
  birthDate: words('birthdate dateofbirth dob birthday geburtsdatum geboren gebdat geb'),
  gender: words('gender sex geschlecht mw'),
  phone: words('phone telephone phonenumber tel mobile telefon telefonnummer mobil'),
  street: words('street address addressline street1 strasse adresse'),
  postalCode: words('postalcode zip zipcode postcode plz postleitzahl'),
  city: words('city town ort stadt wohnort'),
  country: words('country land'),
  code: words('code loinc loinccode icd10 icd icdcode icd10code snomed snomedcode testcode'),
  codeSystem: words('codesystem system codingsystem kodiersystem'),
  display: words(
    'display description test testname analyte parameter observation diagnosis condition problem allergen allergy substance diagnose allergie untersuchung bezeichnung',
  ),
  value: words('value result wert ergebnis messwert befund'),
  unit: words('unit units uom einheit'),
  date: words(
    'date datetime effective effectivedate observationdate resultdate collected recorded onset onsetdate datum zeitpunkt abnahme beginn am',
  ),
  category: words('category kategorie'),
  low: words('low referencelow reflow lowerlimit untergrenze'),
  high: words('high referencehigh refhigh upperlimit obergrenze'),
  number: words('number resultnumber labnumber accession id nummer befundnummer auftragsnummer'),
  note: words('note notes comment remark notiz bemerkung kommentar'),
  clinicalStatus: words('clinicalstatus status zustand'),
  reaction: words('reaction manifestation reaktion'),
  criticality: words('criticality severity schweregrad kritikalitat'),
};

/** A table with one of these is about that, whatever else stands in it. */
const TELLING: ReadonlyArray<readonly [CsvMapping['resource'], readonly string[]]> = [
  ['AllergyIntolerance', words('allergen allergy allergie reaction reaktion criticality kritikalitat')],
  ['Observation', words('value result wert ergebnis messwert')],
  ['Condition', words('diagnosis diagnose condition problem icd icd10 icdcode icd10code clinicalstatus')],
];

const SYSTEMS: ReadonlyArray<readonly [RegExp, string]> = [
  [/^loinc/, 'http://loinc.org'],
  [/^icd/, 'http://hl7.org/fhir/sid/icd-10'],
  [/^snomed/, 'http://snomed.info/sct'],
];

type Proposal = Pick<CsvMapping, 'resource' | 'fields'>;

/** What each row is and which column says what. Somebody’s own columns without anything found are a patient; else an observation. */
export function proposedMapping(columns: readonly string[]): Proposal {
  const plain = new Set(columns.map(plainly));
  const telling = TELLING.find(([, headings]) => headings.some((heading) => plain.has(heading)))?.[0];
  const names = [...(HEADINGS.family ?? []), ...(HEADINGS.given ?? [])];
  const resource = telling ?? (names.some((heading) => plain.has(heading)) ? 'Patient' : 'Observation');
  return { resource, fields: proposedFields(columns, resource) };
}

/** The columns of a header that say something about such a row. */
export function proposedFields(columns: readonly string[], resource: CsvMapping['resource']): CsvMapping['fields'] {
  const fields: Record<string, FieldSource> = {};
  for (const field of CSV_FIELDS[resource]) {
    const column = (HEADINGS[field] ?? []).map((heading) => columns.find((each) => plainly(each) === heading)).find(Boolean);
    if (column) fields[field] = { column };
  }
  // A "name" beside a result is that of the test, unless a given name stands there too.
  const { family } = fields;
  if (resource !== 'Patient' && !fields.given && family && 'column' in family && plainly(family.column) === 'name')
    delete fields.family;
  const { code } = fields;
  const named = code && 'column' in code ? plainly(code.column) : '';
  const system = SYSTEMS.find(([heading]) => heading.test(named))?.[1];
  if (system && !fields.codeSystem) fields.codeSystem = { text: system };
  return fields;
}

const DATED: readonly string[] = ['birthDate', 'date'];
const MEASURED: readonly string[] = ['value', 'low', 'high'];

/**
 * How the first rows write dates and numbers, as far as they leave no doubt: 03/04/2026 is of two forms, so neither is proposed, and
 * what is wrong with the one that stands there shows in the rows below.
 */
export function proposedForms(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  fields: CsvMapping['fields'],
): Partial<Pick<CsvMapping, 'dateFormat' | 'decimal'>> {
  const cellsOf = (wanted: readonly string[]): string[] =>
    wanted.flatMap((field) => {
      const source = fields[field];
      const at = source && 'column' in source ? columns.indexOf(source.column) : -1;
      return at < 0 ? [] : rows.flatMap((row) => row[at] || []);
    });
  const only = <T>(all: readonly T[], cells: readonly string[], reads: (cell: string, form: T) => boolean): T | undefined => {
    const most = Math.max(0, ...all.map((form) => cells.filter((cell) => reads(cell, form)).length));
    const fitting = all.filter((form) => most > 0 && cells.filter((cell) => reads(cell, form)).length === most);
    return fitting.length === 1 ? fitting[0] : undefined;
  };
  const dateFormat = only(DATE_FORMATS, cellsOf(DATED), isDate);
  const decimal = only(['.', ','] as const, cellsOf(MEASURED), (cell, mark) => numberIn(cell, mark) !== undefined);
  return { ...(dateFormat && { dateFormat }), ...(decimal && { decimal }) };
}

function isDate(cell: string, format: string): boolean {
  try {
    return dateIn(cell, format, () => 'Z') !== '';
  } catch {
    return false;
  }
}

/** A mapping that was kept and whose columns all stand in the header; that with the most of them. */
export function keptFor(columns: readonly string[], kept: readonly CsvMapping[]): CsvMapping | undefined {
  const wanted = ({ fields }: CsvMapping): string[] =>
    Object.values(fields).flatMap((source) => ('column' in source ? [source.column] : []));
  return kept
    .filter((mapping) => CSV_RESOURCES.includes(mapping.resource) && wanted(mapping).every((column) => columns.includes(column)))
    .sort((one, other) => wanted(other).length - wanted(one).length)[0];
}

function words(all: string): string[] {
  return all.split(' ');
}

/** `Date of Birth` and `date_of_birth` are one heading; `Straße` is `strasse`. */
function plainly(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replaceAll(/[^a-z0-9]/g, '');
}
