import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadChecker } from '../../server/fhir/definitions.ts';
import { findImportFiles, readImportFile } from '../../server/fhir/import-files.ts';
import { readSource, type SourceItem } from '../../shared/fhir/import-source.ts';
import type { CheckResource } from '../../shared/fhir/resource-check.ts';
import { samplePatients } from '../../shared/patients/sample-patients.ts';
import { fhirBytes, fhirPath, fhirText, hasFhirData, importAll } from './fhir-data.ts';

let check: CheckResource;
beforeAll(async () => {
  check = await loadChecker();
});

const SAMPLES = [...samplePatients({ seed: 5, patients: 2, encountersPerPatient: 3, referenceDate: '2026-11-01' })].map(
  ({ text }) => text,
);
const brief = (items: readonly SourceItem[]): unknown[] =>
  items.map((item) => [item.kind, item.line, item.path, item.kind === 'refusal' ? item.code : item.resource.resourceType]);
const nothing: CheckResource = () => ({ errors: [], warnings: [] });
const patient = (id: string): string => `{"resourceType":"Patient","id":"${id}"}`;

async function readAll(path: string, after = 0): Promise<SourceItem[]> {
  const items: SourceItem[] = [];
  for (const file of (await findImportFiles([path])).files)
    for await (const item of readImportFile(file, { check, after })) items.push(item);
  return items;
}

describe('what is no file of records', () => {
  const codes = (items: readonly SourceItem[]): unknown[] =>
    items.map((item) => [item.line, item.kind === 'refusal' ? item.code : item.resource.resourceType]);

  test('an .ndjson whose resources go over lines is said to be so once, whatever it holds', async () => {
    const people = SAMPLES.map((text) => JSON.parse(text) as unknown);
    const written = [
      JSON.stringify(people[0], null, 2),
      JSON.stringify(people, null, 1),
      `\ufeff${people.map((each) => JSON.stringify(each, null, 2)).join('\n')}`,
      '{"resourceType":"Patient",\r\n"id":"a"}\r\n{"resourceType":"Patient",\r\n"id":"b"}',
    ];
    for (const text of written) {
      const items = await importAll('ndjson', `\n${text}\n`, { check, chunk: 7 });
      expect(codes(items)).toEqual([[1, 'fhir.lines-broken']]);
    }
    // One line that was cut off is that line's own fault.
    const cut = ['{"resourceType":"Patient","id":', patient('b'), patient('c')].join('\n');
    expect(codes(await importAll('ndjson', cut, { check }))).toEqual([
      [1, 'fhir.json-truncated'],
      [2, 'Patient'],
      [3, 'Patient'],
    ]);
    expect(codes(await importAll('ndjson', '{"resourceType":"Patient",', { check }))).toEqual([[1, 'fhir.json-truncated']]);
  });

  test('Parameters with a patient inside are no record; what an export says of itself is neither record nor fault', async () => {
    const asked = `{"resourceType":"Parameters","parameter":[{"name":"resource","resource":${patient('a')}}]}`;
    expect(codes(await importAll('json', asked, { check }))).toEqual([[1, 'fhir.parameters']]);
    expect(codes(await importAll('ndjson', `${patient('b')}\n${asked}`, { check }))).toEqual([
      [1, 'Patient'],
      [2, 'fhir.parameters'],
    ]);
    expect(codes(await importAll('json', '{"resourceType":"Parameters"}', { check }))).toEqual([[1, 'Parameters']]);
    expect(await importAll('json', '{"careledger":"export/1","statement":"{}"}', { check })).toEqual([]);
  });
});

describe('NDJSON', () => {
  test('gives each resource with the exact text it was written in', async () => {
    const items = await importAll('ndjson', `${SAMPLES.join('\n')}\n`, { check });
    expect(items.map((item) => (item.kind === 'entry' ? item.text : item))).toEqual(SAMPLES);
    expect(items.map(({ ordinal }) => ordinal)).toEqual(SAMPLES.map((_, index) => index + 1));
  });

  test('goes on after bad lines, skips blank ones, and takes any line ending', async () => {
    const lines = [
      '\ufeff{"resourceType":"Patient","id":"a"}\r',
      '{"resourceType":"Patient","id":"b"',
      '',
      ' \t\r',
      '[1]',
      '{"exportId":"x","at":null}',
    ];
    const items = await importAll('ndjson', [...lines, '{"resourceType":"Pet"}', '"text"', ` ${patient('c')} `].join('\n'), {
      check,
      chunk: 7,
    });
    expect(brief(items)).toEqual([
      ['entry', 1, '', 'Patient'],
      ['refusal', 2, 'Patient.id', 'fhir.json-truncated'],
      ['refusal', 5, '', 'fhir.source-list'],
      ['refusal', 6, '', 'fhir.no-resource-type'],
      ['refusal', 7, 'resourceType', 'fhir.unknown-type'],
      ['refusal', 8, '', 'fhir.no-resource-type'],
      ['entry', 9, '', 'Patient'],
    ]);
    expect(items[0]).toMatchObject({ text: patient('a') });
    expect(items[6]).toMatchObject({ text: patient('c') });
  });

  test('refuses a line that is too long without holding it', async () => {
    const line = `{"resourceType":"Patient","id":"${'x'.repeat(5000)}"}`;
    const items = await importAll('ndjson', `${patient('a')}\n${line}\n${patient('b')}`, {
      check,
      maxLineBytes: 1000,
      chunk: 64,
    });
    expect(brief(items)).toEqual([
      ['entry', 1, '', 'Patient'],
      ['refusal', 2, '', 'fhir.too-long'],
      ['entry', 3, '', 'Patient'],
    ]);
  });

  test('refuses a resource that sealed would be more than the hub takes, by bytes and not by characters', async () => {
    const note = (length: number): string => `{"resourceType":"Basic","code":{"text":"${'ü'.repeat(length)}"}}`;
    const items = await importAll('ndjson', [note(350_000), note(400_000), patient('a')].join('\n'), { check: nothing });
    expect(brief(items)).toEqual([
      ['entry', 1, '', 'Basic'],
      ['refusal', 2, '', 'fhir.too-long'],
      ['entry', 3, '', 'Patient'],
    ]);
  });

  test('passes over a line of 50 MB in bounded memory', async () => {
    const megabyte = new Uint8Array(1024 * 1024).fill(0x61);
    async function* hostile(): AsyncGenerator<Uint8Array> {
      for (let count = 0; count < 50; count++) yield megabyte;
      yield new TextEncoder().encode(`\n${patient('a')}`);
    }
    const items: SourceItem[] = [];
    for await (const item of readSource({ file: 'a', format: 'ndjson', chunks: hostile() }, { check })) items.push(item);
    expect(brief(items)).toEqual([
      ['refusal', 1, '', 'fhir.too-long'],
      ['entry', 2, '', 'Patient'],
    ]);
  });

  test('unpacks nothing, and says so of a packed or an empty file', async () => {
    const bytes = (...begin: number[]): Uint8Array => Uint8Array.of(...begin, ...new Array(100).fill(0x0a));
    async function* of(whole: Uint8Array): AsyncGenerator<Uint8Array> {
      yield whole;
    }
    for (const format of ['json', 'ndjson', 'hl7', 'cda', 'csv'] as const)
      for (const packed of [bytes(0x50, 0x4b, 3, 4), bytes(0x1f, 0x8b, 8)]) {
        const items: SourceItem[] = [];
        for await (const item of readSource({ file: 'a', format, chunks: of(packed) }, { check })) items.push(item);
        expect(items).toMatchObject([{ kind: 'refusal', code: 'import.packed' }]);
      }
    expect(await importAll('json', ' \n', { check })).toMatchObject([{ kind: 'refusal', code: 'import.empty' }]);
    for (const format of ['json', 'hl7', 'cda', 'csv'] as const)
      expect(await importAll(format, '', { check })).toMatchObject([{ kind: 'refusal', code: 'import.empty' }]);
    for (const text of ['\n', '']) expect(await importAll('ndjson', text, { check })).toEqual([]);
  });

  test('what a search says of itself is no record', async () => {
    const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'warning', code: 'invalid' }] };
    const bundle = {
      resourceType: 'Bundle',
      type: 'searchset',
      entry: [
        { resource: JSON.parse(patient('a')), search: { mode: 'match' } },
        { resource: outcome, search: { mode: 'outcome' } },
      ],
    };
    expect(brief(await importAll('json', JSON.stringify(bundle), { check }))).toEqual([
      ['entry', 1, 'Bundle.entry[0].resource', 'Patient'],
      ['refusal', 1, 'Bundle.entry[1]', 'fhir.bundle-outcome'],
    ]);
  });

  test('goes on where it was interrupted', async () => {
    const text = ['{"x":1}', ...SAMPLES].join('\n');
    const all = await importAll('ndjson', text, { check });
    for (const after of [0, 1, 2, all.length - 1, all.length]) {
      expect(await importAll('ndjson', text, { check, after })).toEqual(all.slice(after));
    }
  });
});

describe('a Bundle', () => {
  const bundle = (type: string, ...entries: string[]): string =>
    `{\n"resourceType":"Bundle","type":"${type}",\n"entry":[\n${entries.join(',\n')}\n]}`;
  const uuid = 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520';

  test('gives its resources with text, line, path, fullUrl and references', async () => {
    const observation = `{ "resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"reference":"${uuid}"},\n"valueQuantity":{"value":1.500} }`;
    const text = bundle('collection', `{"fullUrl":"${uuid}","resource":${patient('a')}}`, `{"resource":\n${observation}}`);
    const items = await importAll('json', text, { check });
    expect(brief(items)).toEqual([
      ['entry', 4, 'Bundle.entry[0].resource', 'Patient'],
      ['entry', 6, 'Bundle.entry[1].resource', 'Observation'],
    ]);
    expect(items[0]).toMatchObject({ fullUrl: uuid, text: patient('a') });
    expect(items[1]).toMatchObject({
      text: observation,
      references: [{ path: 'Observation.subject', reference: uuid, kind: 'uuid', id: uuid.slice(9) }],
    });
  });

  test('loses only its bad entries', async () => {
    const request = '"request":{"method":"POST","url":"Patient"}';
    const items = await importAll(
      'json',
      bundle(
        'transaction',
        `{"resource":${patient('a')}}`,
        `{"resource":{"resourceType":"Patient","gender":"M"},${request}}`,
        '{"request":{"method":"DELETE","url":"Patient/1"}}',
        '{"request":{"method":"GET","url":"Patient/1"}}',
        `{"resource":{"id":"x"},${request}}`,
        `{"fullUrl":"Patient/1","resource":${patient('b')},${request}}`,
        `{"fullUrl":"${uuid}","resource":${patient('c')},${request}}`,
        `{"fullUrl":"${uuid}","resource":${patient('d')},${request}}`,
      ),
      { check },
    );
    expect(brief(items).map((item) => (item as unknown[]).slice(2))).toEqual([
      ['Bundle.entry[0].request', 'fhir.bundle-request'],
      ['Bundle.entry[1].resource.gender', 'fhir.bad-code'],
      ['Bundle.entry[2]', 'fhir.bundle-delete'],
      ['Bundle.entry[3]', 'fhir.bundle-no-resource'],
      ['Bundle.entry[4].resource', 'fhir.no-resource-type'],
      ['Bundle.entry[5].fullUrl', 'fhir.bundle-full-url'],
      ['Bundle.entry[6].resource', 'Patient'],
      ['Bundle.entry[7].fullUrl', 'fhir.bundle-duplicate'],
    ]);
  });

  test('of no known type is refused whole, and so is one inside too many others', async () => {
    expect(brief(await importAll('json', bundle('heap', `{"resource":${patient('a')}}`), { check }))).toEqual([
      ['refusal', 1, 'Bundle.type', 'fhir.bad-code'],
    ]);
    let nested = bundle('collection', `{"resource":${patient('a')}}`);
    expect(await importAll('json', bundle('collection', `{"resource":${nested}}`), { check })).toMatchObject([
      { kind: 'entry', path: 'Bundle.entry[0].resource.entry[0].resource' },
    ]);
    for (let depth = 0; depth < 4; depth++) nested = bundle('collection', `{"resource":${nested}}`);
    expect(await importAll('json', nested, { check })).toMatchObject([{ code: 'fhir.bundle-nested' }]);
  });

  test('goes on where it was interrupted', async () => {
    const text = bundle('collection', ...SAMPLES.map((sample) => `{"resource":${sample}}`));
    const all = await importAll('json', text, { check });
    expect(all.map((item) => (item.kind === 'entry' ? item.text : item))).toEqual(SAMPLES);
    expect(await importAll('json', text, { check, after: 9 })).toEqual(all.slice(9));
  });
});

describe('files', () => {
  test('are found in folders in a steady order; others are named, links and missing paths are not followed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'careledger-import-'));
    try {
      await mkdir(join(folder, 'b'));
      await writeFile(join(folder, 'b', 'two.NDJSON'), `${patient('b')}\n${patient('c')}\n`);
      await writeFile(join(folder, 'a.json'), patient('a'));
      await writeFile(join(folder, 'notes.txt'), 'x');
      await symlink('/', join(folder, 'z.json'));
      const { files, ignored } = await findImportFiles([folder]);
      expect(files.map(({ file, format }) => [file, format])).toEqual([
        ['a.json', 'json'],
        ['b/two.NDJSON', 'ndjson'],
      ]);
      expect(ignored).toEqual(['notes.txt', 'z.json']);
      expect((await readAll(folder)).map((item) => item.kind === 'entry' && item.resource.id)).toEqual(['a', 'b', 'c']);
      await expect(findImportFiles([join(folder, 'none')])).rejects.toMatchObject({ code: 'fhir.path-missing' });
      await expect(findImportFiles([join(folder, 'notes.txt')])).rejects.toMatchObject({ code: 'fhir.file-kind' });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('that vanish while they are read end in a refusal', async () => {
    const gone = {
      absolutePath: join(tmpdir(), 'careledger-is-not-there.json'),
      file: 'gone.json',
      format: 'json' as const,
      size: 1,
    };
    const items: SourceItem[] = [];
    for await (const item of readImportFile(gone, { check })) items.push(item);
    expect(items).toMatchObject([{ kind: 'refusal', code: 'fhir.file-unreadable', file: 'gone.json' }]);
  });
});

describe.runIf(hasFhirData)('the shared data', () => {
  test('synthea-10: 7,160 resources go in, the four log lines are refused', async () => {
    const items = await readAll(fhirPath('synthea-10'));
    const refusals = items.filter((item) => item.kind === 'refusal');
    expect(items.length - refusals.length).toBe(7160);
    expect(refusals.map(({ file, line, code }) => [file, line, code])).toEqual(
      [1, 2, 3, 4].map((line) => ['log.ndjson', line, 'fhir.no-resource-type']),
    );
    const written = fhirText('synthea-10', 'Condition.000.ndjson').trimEnd().split('\n');
    expect(items.flatMap((item) => (item.kind === 'entry' && item.file === 'Condition.000.ndjson' ? [item.text] : []))).toEqual(
      written,
    );
  });

  test('synthea-bundles: every entry goes in', async () => {
    const items = await readAll(fhirPath('synthea-bundles'));
    expect(items.filter((item) => item.kind === 'refusal')).toEqual([]);
    expect(items).toHaveLength(1580);
  });

  // The list of expectations calls line 4 a resource of an unknown type. Its bytes are a Patient of synthea-10 and a CRLF.
  test('import-mixed.ndjson: the cut line is refused, the blank one skipped, the whole ones go in', async () => {
    const items = await importAll('ndjson', fhirBytes('invalid', 'import-mixed.ndjson'), { check });
    expect(items.map(({ kind, line }) => [kind, line])).toEqual([
      ['entry', 1],
      ['refusal', 2],
      ['entry', 4],
      ['entry', 5],
    ]);
  });
});
