import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateIn, numberIn } from '../../shared/csv/csv-cells.ts';
import { foreignLine } from '../../shared/csv/csv-encoding.ts';
import { type CsvMapping, readCsvMapping } from '../../shared/csv/csv-mapping.ts';
import { csvResources } from '../../shared/csv/csv-resources.ts';
import { tableIn } from '../../shared/csv/csv-table.ts';
import { utf8 } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { folderOf } from '../support/fhir-files.ts';

const RESULTS: CsvMapping = {
  name: 'Laboratory',
  resource: 'Observation',
  delimiter: ';',
  dateFormat: 'DD.MM.YYYY HH:mm',
  decimal: ',',
  system: 'https://harbour.example/patients',
  fields: {
    patient: { column: 'Nr' },
    code: { column: 'LOINC' },
    codeSystem: { text: 'http://loinc.org' },
    display: { column: 'Test' },
    value: { column: 'Wert' },
    unit: { column: 'Einheit' },
    date: { column: 'Am' },
    category: { text: 'laboratory' },
  },
};
const PEOPLE: CsvMapping = {
  ...RESULTS,
  name: 'People',
  resource: 'Patient',
  dateFormat: 'DD.MM.YYYY',
  fields: {
    patient: { column: 'Nr' },
    family: { column: 'Name' },
    given: { column: 'Vorname' },
    birthDate: { column: 'Geb' },
    gender: { column: 'm/w' },
  },
};
const people =
  '\uFEFFNr;Name;Vorname;Geb;m/w\r\n17;Morgenstern;Lena Maria;17.05.1980;w\r\n18;"Okafor; jun.";Chidi;03.02.1951;m\r\n';
const results = `Nr;LOINC;Test;Wert;Einheit;Am
17;718-7;Hb;13,50;g/dL;04.01.2026 07:30
17;718-7;Hb;13,50;g/dL;04.01.2026 07:30
18;1554-5;Glucose;<0,5;mmol/L;05.01.2026 08:00
`;

async function imported(vault: Awaited<ReturnType<ClinicDesk['unlock']>>, file: string, text: string, csv: CsvMapping) {
  const { imports } = vault.request;
  const { id } = await imports.startPaths([folderOf({ [file]: text })], { csv });
  return { ...(await imports.settled(id)), refused: await imports.refused(id, 100) };
}

describe('a table', () => {
  test('makes people, and results that find them by their number, digits and all', async () => {
    const vault = await (await ClinicDesk.open()).unlock();
    expect(await imported(vault, 'people.csv', people, PEOPLE)).toMatchObject({ accepted: 2, patients: 2, refusedCount: 0 });
    expect(await imported(vault, 'lab.csv', results, RESULTS)).toMatchObject({ accepted: 3, refusedCount: 0, missingCount: 0 });
    expect(await imported(vault, 'lab.csv', results, RESULTS)).toMatchObject({ accepted: 0, alreadyPresent: 3 });
    const [found] = (await vault.request.patients.find('morgenstern', 5, undefined)).patients;
    const owner = vault.request.patients.known(found?.patient.id ?? '');
    expect(owner.summary).toMatchObject({ given: ['Lena', 'Maria'], birthDate: '1980-05-17', gender: 'female' });
    const entries = (await vault.request.records.entries(owner)).filter(({ resourceType }) => resourceType === 'Observation');
    expect(entries.map(({ value }) => value)).toMatchObject([{ number: '13.50', unit: 'g/dL' }, { number: '13.50' }]);
    expect(entries[0]?.date).toMatch(/^2026-01-04T07:30:00/);
  });

  test('is refused row by row, with file, line and column; the other rows go in', async () => {
    const vault = await (await ClinicDesk.open()).unlock();
    await imported(vault, 'people.csv', people, PEOPLE);
    const bad = `${results}17;718-7;Hb;13.5;g/dL;04.01.2026 07:30
17;718-7;Hb;14;grams;04.01.2026 07:30
17;718-7;Hb;14;g/dL;31.02.2026 07:30
17;718-7;"Hb
of the day";14;g/dL;06.01.2026 07:30
;718-7;Hb;14;g/dL;06.01.2026 07:30
17;718-7;Hb
`;
    const job = await imported(vault, 'lab.csv', bad, RESULTS);
    expect(job.accepted).toBe(4);
    expect(job.refused.map(({ file, line, path, code }) => [file, line, path, code])).toEqual([
      ['lab.csv', 5, 'column “Wert”', 'csv.number'],
      ['lab.csv', 6, 'column “Einheit”', 'csv.unit'],
      ['lab.csv', 7, 'column “Am”', 'csv.date'],
      ['lab.csv', 10, 'column “Nr”', 'csv.empty'],
      ['lab.csv', 11, '', 'csv.row-length'],
    ]);
  });

  test('without a mapping, or with one for another table, is refused whole and says why', async () => {
    const vault = await (await ClinicDesk.open()).unlock();
    const { imports } = vault.request;
    const { id } = await imports.startPaths([folderOf({ 'lab.csv': results })]);
    await imports.settled(id);
    expect(await imports.refused(id, 5)).toMatchObject([{ code: 'csv.no-mapping' }]);
    const { refused } = await imported(vault, 'lab.csv', results.replace('Wert', 'Value'), RESULTS);
    expect(refused).toMatchObject([{ code: 'csv.no-column' }]);
    expect(refused[0]?.message).toContain('Wert');
    expect((await imported(vault, 'lab.csv', results.replace('Test', 'Wert'), RESULTS)).refused).toMatchObject([
      { code: 'csv.column-twice' },
    ]);
  });

  test('may describe whom each row is about', async () => {
    const vault = await (await ClinicDesk.open()).unlock();
    const mapping: CsvMapping = {
      ...PEOPLE,
      name: 'Problems',
      resource: 'Condition',
      delimiter: ',',
      dateFormat: 'YYYY-MM-DD',
      fields: {
        patient: { column: 'id' },
        family: { column: 'name' },
        display: { column: 'problem' },
        date: { column: 'since' },
      },
    };
    const job = await imported(
      vault,
      'p.csv',
      'id,name,problem,since\n1,Frey,Asthma,2001-02-03\n1,Frey,"Gout, left",\n',
      mapping,
    );
    expect(job).toMatchObject({ accepted: 3, alreadyPresent: 1, patients: 1, refusedCount: 0 });
  });
});

test('a mapping is kept by name, and shown as what the first rows become', async () => {
  const desk = await ClinicDesk.open();
  const { request } = await desk.unlock();
  await request.csvMappings.save(JSON.stringify(RESULTS));
  await request.csvMappings.save(JSON.stringify({ ...RESULTS, decimal: '.' }));
  expect(await request.csvMappings.list()).toEqual([{ ...RESULTS, decimal: '.' }]);
  const before = desk.commits;
  const head = await request.csvMappings.preview('lab.csv', utf8(results), undefined);
  expect(head).toMatchObject({ delimiter: ';', columns: ['Nr', 'LOINC', 'Test', 'Wert', 'Einheit', 'Am'], resources: [] });
  const shown = await request.csvMappings.preview('lab.csv', utf8(results), JSON.stringify(RESULTS));
  expect(shown.resources.map((text) => JSON.parse(text).resourceType)).toEqual(['Observation', 'Observation', 'Observation']);
  expect(desk.commits).toBe(before);
});

test('a mapping that cannot be used says what is wrong with it', () => {
  const wrong: readonly [object, string][] = [
    [{ decimal: ' ' }, 'decimal'],
    [{ system: 'numbers' }, 'system'],
    [{ system: 'https://a.example|b' }, 'system'],
    [{ fields: { value: { column: 'x' } } }, 'patient'],
    [{ fields: { ...RESULTS.fields, colour: { column: 'x' } } }, 'colour'],
    [{ fields: { ...RESULTS.fields, codeSystem: undefined } }, 'codeSystem'],
    [{ script: 'x' }, 'script'],
  ];
  for (const [change, word] of wrong) expect(() => readCsvMapping(JSON.stringify({ ...RESULTS, ...change }))).toThrow(word);
});

test('a cell of megabytes takes no row after it along, nor a quote that is not closed in silence', () => {
  const rows = (text: string) =>
    tableIn(utf8(text), { delimiter: ',' }).rows.map((row) => ('failure' in row ? row.failure.message : row.cells[0]));
  expect(rows(`a,b\n1,2\n2,${'x'.repeat(2_000_000)}\n3,4\n5,6\n`)).toEqual(['1', '2', '3', '5']);
  const [first, broken, ...further] = rows('a,b\n1,2\n2,"x\n3,4\n');
  expect([first, further]).toEqual(['1', []]);
  expect(broken).toContain('What follows it was not read.');
});

test('a header of hundreds of thousands of columns is refused for that', () => {
  const header = Array.from({ length: 300_000 }, (_, at) => `c${at}`).join(',');
  expect(() => tableIn(utf8(`${header}\n1\n`), { delimiter: ',' })).toThrow('The first row names no columns.');
}, 30_000);

test('a line of millions of cells is refused by its number before its cells are made', () => {
  const endless = utf8(`a,b\n1,2\n${','.repeat(8_000_000)}\n`);
  const before = process.memoryUsage().heapUsed;
  expect(() => tableIn(endless, { delimiter: ',' })).toThrow('Line 3 has more than 100000 cells');
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(64_000_000);
});

test('the line above the header in which spreadsheets name the delimiter is no header', () => {
  const table = tableIn(utf8('\uFEFFsep=;\r\nNr;Name\r\n1;Frey\r\n'), { delimiter: ';' });
  expect(table).toEqual({ columns: ['Nr', 'Name'], rows: [{ line: 3, cells: ['1', 'Frey'] }] });
});

function failureOf(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

test('a table that is no UTF-8 is named with its first such line, and read as Windows-1252 where a person said so', () => {
  const latin = Uint8Array.from('Nr;Name\r\n1;Frey\r\n2;M\xfcller\r\n3;\x80uro\r\n', (letter) => letter.charCodeAt(0));
  expect(foreignLine(latin)).toBe(3);
  expect(failureOf(() => tableIn(latin, { delimiter: ';' }))).toMatchObject({ code: 'csv.encoding', details: { line: 3 } });
  const { rows } = tableIn(latin, { delimiter: ';', encoding: 'windows-1252' });
  expect(rows.map((row) => 'cells' in row && row.cells[1])).toEqual(['Frey', 'Müller', '€uro']);
});

test('a table that is UTF-8 stays so whatever the mapping says, and UTF-16 is read by its mark', () => {
  const text = 'Nr;Name\n1;Müller\n';
  const read = (bytes: Uint8Array) => tableIn(bytes, { delimiter: ';', encoding: 'windows-1252' }).rows;
  const expected = [{ line: 2, cells: ['1', 'Müller'] }];
  expect(read(utf8(text))).toEqual(expected);
  expect(read(utf8(`\uFEFF${text}`))).toEqual(expected);
  const little = Buffer.from(`\uFEFF${text}`, 'utf16le');
  for (const bytes of [little, Buffer.from(little).swap16()]) {
    expect(foreignLine(bytes)).toBeUndefined();
    expect(read(bytes)).toEqual(expected);
  }
});

test('bytes for which Windows-1252 has no letter are refused with their line', () => {
  for (const byte of [0x81, 0x9d, 0x00, 0x1b]) {
    const bytes = Uint8Array.of(...utf8('Nr;Name\n1;'), 0xe9, byte, ...utf8('\n'));
    const failure = failureOf(() => tableIn(bytes, { delimiter: ';', encoding: 'windows-1252' }));
    expect(failure).toMatchObject({ code: 'csv.not-windows-1252', details: { line: 2 } });
  }
});

test('whatever the bytes of a table, they are read or refused with a line that is there', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.constantFrom(undefined, 'windows-1252' as const), (bytes, encoding) => {
      const lines = bytes.filter((byte) => byte === 0x0a).length + 1;
      try {
        tableIn(bytes, { delimiter: ',', ...(encoding && { encoding }) });
      } catch (error) {
        expect(error).toBeInstanceOf(Failure);
        const { code, details } = error as Failure;
        if (code === 'csv.encoding') expect(details.line).toBe(foreignLine(bytes));
        if (details.line !== undefined) expect(Number(details.line)).toBeLessThanOrEqual(lines);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('bounds that are the wrong way round are refused, not charted', () => {
  const mapping = { ...RESULTS, fields: { ...RESULTS.fields, low: { column: 'Von' }, high: { column: 'Bis' } } };
  const options = { zone: () => '+01:00', name: (text: string) => text, knowsUnit: () => true };
  const row = (low: string, high: string) =>
    [
      ...csvResources(
        utf8(`Nr;LOINC;Test;Wert;Einheit;Am;Von;Bis\n1;718-7;Hb;13;g/dL;04.01.2026 07:30;${low};${high}\n`),
        mapping,
        options,
      ),
    ][0];
  expect(row('15', '9,5')).toMatchObject({ failure: { code: 'csv.range' } });
  for (const [low, high] of [
    ['9,5', '15'],
    ['9', '9'],
    ['', '9'],
  ])
    expect(row(low as string, high as string)).toHaveProperty('resource');
});

test('any table that was written as RFC 4180 says comes back, cell by cell', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'ä', '"', ',', ';', '\n', ' ', '0'), maxLength: 6 });
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 }), (rows) => {
      const text = [['x', 'y', 'z'], ...rows].map((row) => row.map(quoted).join(',')).join('\r\n');
      const table = tableIn(utf8(text), { delimiter: ',' });
      expect(table.rows.map((row) => ('cells' in row ? row.cells : row.failure))).toEqual(
        rows.map((row) => row.map((each) => each.trim())),
      );
    }),
    { numRuns: 200 },
  );
});

test('a date is read by its form or not at all; a number keeps its digits', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('0100-01-01'), max: new Date('9998-12-31'), noInvalidDate: true }), (date) => {
      const iso = date.toISOString().slice(0, 10);
      const [year, month, day] = iso.split('-');
      expect(dateIn(`${day}.${month}.${year}`, 'DD.MM.YYYY', () => '')).toBe(iso);
      expect(dateIn(`${year}${month}${day}`, 'YYYYMMDD', () => '')).toBe(iso);
    }),
  );
  for (const cell of ['29.02.2025', '1.1.2026', '00.01.2026', '01.13.2026', '2026-01-01', ''])
    expect(() => dateIn(cell, 'DD.MM.YYYY', () => '')).toThrow('DD.MM.YYYY');
  expect(JSON.stringify(numberIn('>= 007,500', ','))).toBe('{"comparator":">=","value":7.500}');
  for (const cell of ['1.5', '1,5,0', '1e5', '', '0x1', 'NaN']) expect(numberIn(cell, ',')).toBeUndefined();
});
