/** The import wizard proposes what a table says; a person looks at the first rows and changes it. */
import { expect, test } from 'vitest';
import { type CsvMapping, readCsvMapping } from '../../shared/csv/csv-mapping.ts';
import { keptFor, proposedFields, proposedForms, proposedMapping } from '../../shared/csv/csv-proposal.ts';

const OTHERWISE = { name: 'Proposed', delimiter: ';', dateFormat: 'DD.MM.YYYY', decimal: ',', system: 'urn:example:numbers' };
const columnsOf = ({ fields }: Pick<CsvMapping, 'fields'>): object =>
  Object.fromEntries(
    Object.entries(fields).map(([field, source]) => [field, 'column' in source ? source.column : `= ${source.text}`]),
  );

test.each([
  ['people', 'Patient', ['Patient ID', 'Last name', 'First name', 'Date of Birth', 'Sex', 'ZIP', 'City']],
  ['people, in German', 'Patient', ['Nr', 'Name', 'Vorname', 'Geb', 'm/w', 'Straße', 'PLZ', 'Ort']],
  ['results', 'Observation', ['MRN', 'LOINC', 'Test', 'Result', 'Units', 'Collected', 'Ref low', 'Ref high']],
  ['results with the person beside them', 'Observation', ['Pat.-Nr', 'Name', 'Vorname', 'LOINC', 'Wert', 'Einheit', 'Datum']],
  ['diagnoses', 'Condition', ['patient_id', 'ICD-10', 'Diagnosis', 'Onset']],
  ['allergies', 'AllergyIntolerance', ['Patientennummer', 'Allergen', 'Reaktion', 'Schweregrad']],
] as const)('a table of %s is proposed as %s, and the proposal can be used', (_, resource, header) => {
  const proposal = proposedMapping(header);
  expect(proposal.resource).toBe(resource);
  const mapping = readCsvMapping(JSON.stringify({ ...OTHERWISE, ...proposal }));
  expect(columnsOf(mapping)).toMatchObject({ patient: header[0] });
});

test('each column is found by its heading, and a known code system by that of the codes', () => {
  expect(columnsOf(proposedMapping(['MRN', 'LOINC', 'Test', 'Result', 'Units', 'Collected']))).toEqual({
    patient: 'MRN',
    code: 'LOINC',
    codeSystem: '= http://loinc.org',
    display: 'Test',
    value: 'Result',
    unit: 'Units',
    date: 'Collected',
  });
  expect(proposedFields(['MRN', 'Name', 'Result'], 'Observation').family).toBeUndefined();
});

test('a header of which nothing is known proposes nothing, and a kept mapping comes before any proposal', () => {
  expect(proposedMapping(['a', 'b', ''])).toEqual({ resource: 'Observation', fields: {} });
  const kept = (name: string, ...columns: string[]): CsvMapping =>
    ({
      ...OTHERWISE,
      name,
      resource: 'Patient',
      fields: { patient: { column: columns[0] }, family: { column: columns[1] } },
    }) as CsvMapping;
  const all = [kept('Other', 'x', 'y'), kept('Ours', 'a', 'b')];
  expect(keptFor(['a', 'b', 'c'], all)?.name).toBe('Ours');
  expect(keptFor(['a', 'c'], all)).toBeUndefined();
});

test.each([
  ['17.05.1980', '13,50', { dateFormat: 'DD.MM.YYYY', decimal: ',' }],
  ['1980-05-17 08:30', '<0.5', { dateFormat: 'YYYY-MM-DD HH:mm', decimal: '.' }],
  ['17/05/1980', '13', { dateFormat: 'DD/MM/YYYY' }],
  ['05/17/1980', '1.250,5', { dateFormat: 'MM/DD/YYYY' }],
  ['03/04/1980', 'negative', {}],
  ['', '', {}],
  ['31.02.1980', '', {}],
])('rows that write %s and %s propose %o', (date, value, forms) => {
  const columns = ['MRN', 'Collected', 'Result'];
  const { fields } = proposedMapping(columns);
  expect(proposedForms(columns, [['17', date, value], ['18']], fields)).toEqual(forms);
});

test('one cell that is wrong does not hide how the others are written', () => {
  const { fields } = proposedMapping(['MRN', 'Collected', 'Result']);
  const rows = ['04.01.2026', '31.02.2026', '05.01.2026', 'unknown'].map((date) => ['17', date, '1,5']);
  expect(proposedForms(['MRN', 'Collected', 'Result'], rows, fields)).toEqual({ dateFormat: 'DD.MM.YYYY', decimal: ',' });
});
