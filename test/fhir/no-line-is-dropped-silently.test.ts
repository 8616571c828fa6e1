/** Whatever a file holds, each of its lines, entries and segments ends as a record or as a refusal with a reason that a person can read. */
import { hash } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { loadChecker } from '../../server/fhir/definitions.ts';
import type { CsvMapping } from '../../shared/csv/csv-mapping.ts';
import { readSource, type SourceFormat, type SourceItem, type SourceOptions } from '../../shared/fhir/import-source.ts';
import { CCD, sampleCcd } from '../cda/sample-ccd.ts';
import { patient, weight } from '../support/fhir-files.ts';

let check: SourceOptions['check'];
beforeAll(async () => {
  check = await loadChecker();
});

const naming = { zone: () => 'Z', name: (text: string) => hash('sha256', text).slice(0, 40), knowsUnit: () => true };
const mapping: CsvMapping = {
  name: 'Weights',
  resource: 'Observation',
  delimiter: ',',
  dateFormat: 'YYYY-MM-DD',
  decimal: '.',
  system: 'urn:x',
  fields: { patient: { column: 'Nr' }, code: { text: '29463-7' }, value: { column: 'kg' }, date: { column: 'on' } },
};

async function read(format: SourceFormat, bytes: Uint8Array, cuts: readonly number[] = []): Promise<SourceItem[]> {
  const chunks = (async function* () {
    let from = 0;
    for (const cut of [...cuts].map((each) => each % (bytes.length + 1)).sort((one, other) => one - other)) {
      yield bytes.subarray(from, cut);
      from = cut;
    }
    yield bytes.subarray(from);
  })();
  const items: SourceItem[] = [];
  const options = { check, hl7: naming, cda: naming, csv: { ...naming, mapping } };
  for await (const item of readSource({ file: 'in', format, chunks }, options)) items.push(item);
  return items;
}
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
/** A refusal says in words what is wrong: no trace of the program, and not the masked error. */
function expectWords(items: readonly SourceItem[]): void {
  for (const item of items) {
    if (item.kind !== 'refusal') continue;
    expect(item.code).toMatch(/^(fhir|hl7|cda|csv|import)\./);
    expect(item.message.length).toBeGreaterThan(10);
    expect(item.message).not.toMatch(/\.ts|at Object|undefined|\[object|TypeError|RangeError/);
    expect(item.line).toBeGreaterThan(0);
  }
}

const good = fc.constantFrom(patient('p1'), weight('w1', 'Patient/p1', '61.50'), patient('p2', { gender: 'male' }));
/** A text with something cut out, put in or doubled. */
const hurt = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      text,
      fc.nat(),
      fc.nat({ max: 60 }),
      fc.oneof(fc.string(), fc.constantFrom('"', '\u0000', '{', '|', '^~\\&', ',', '<', '\r')),
    )
    .map(([whole, at, cut, put]) => {
      const from = at % (whole.length + 1);
      return whole.slice(0, from) + put + whole.slice(from + cut);
    });
const line = fc.oneof(good, hurt(good), fc.string()).map((text) => text.replaceAll(/[\r\n]/g, ' '));
const cuts = fc.array(fc.nat(), { maxLength: 5 });

test('of an NDJSON file each line that says something is a record or a refusal, wherever the disk cuts it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 8 }), cuts, fc.constantFrom('\n', '\r\n'), async (lines, at, end) => {
      const items = await read('ndjson', utf8(lines.join(end)), at);
      expectWords(items);
      const said = lines.flatMap((text, index) => (text.trim() === '' ? [] : [index + 1]));
      const met = new Set(items.map((item) => item.line));
      // A file over several lines each is refused once, at its beginning.
      if (!items.some((item) => item.kind === 'refusal' && item.code === 'fhir.lines-broken'))
        for (const number of said) expect(met).toContain(number);
    }),
    { numRuns: 150 },
  );
}, 60_000);

test('of a Bundle each entry is a record or a refusal; what is no Bundle is refused once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(good, { minLength: 1, maxLength: 5 }),
      fc.nat({ max: 4 }),
      hurt(good),
      cuts,
      async (entries, at, bad, where) => {
        const resources = entries.map((each, index) => (index === at ? bad : each));
        const text = `{"resourceType":"Bundle","type":"collection","entry":[${resources
          .map((resource, index) => `{"fullUrl":"urn:uuid:0000000${index}-0000-4000-8000-000000000000","resource":${resource}}`)
          .join(',')}]}`;
        const items = await read('json', utf8(text), where);
        expectWords(items);
        const isJson = ((): boolean => {
          try {
            return JSON.parse(text) !== undefined;
          } catch {
            return false;
          }
        })();
        expect(items.length).toBeGreaterThanOrEqual(isJson ? entries.length : 1);
      },
    ),
    { numRuns: 100 },
  );
}, 60_000);

const HL7 = [
  'MSH|^~\\&|LAB|GHH|OE|BLDG4|20260215093000+0100||ORU^R01^ORU_R01|C-1|P|2.5.1',
  'PID|||555-44-4444^^^GHH^SS||EVERYWOMAN^EVE^E^^^^L|JONES|19620320|F',
  'OBR|1|845439^GHH OE|1045813^GHH LAB|1554-5^GLUCOSE^LN|||200202150730',
  'OBX|1|NM|1554-5^GLUCOSE^LN||182|mg/dL^^UCUM|70-105|H|||F|||200202150730',
  'OBX|2|NM|718-7^Hb^LN||13.2|g/dL^^UCUM|||||F',
].join('\r');
const CSV = 'Nr,kg,on\n17,61.5,2026-01-04\n18,80.0,2026-01-05\n19,"7\n0",2026-01-06\n';

test.each([
  ['hl7', HL7],
  ['csv', CSV],
  ['cda', sampleCcd(CCD)],
] as const)(
  'whatever becomes of a file of %s, it is said, and said in words',
  async (format, text) => {
    await fc.assert(
      fc.asyncProperty(hurt(hurt(fc.constant(text))), cuts, async (hurtText, at) => {
        const items = await read(format, utf8(hurtText), at);
        expect(items.length).toBeGreaterThan(0);
        expectWords(items);
      }),
      { numRuns: format === 'cda' ? 40 : 200 },
    );
  },
  90_000,
);

test.each(['ndjson', 'json', 'hl7', 'csv', 'cda'] as const)(
  'bytes of any kind are no %s and no fault of the program',
  async (format) => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 400 }), cuts, async (bytes, at) => {
        const items = await read(format, bytes, at);
        expectWords(items);
        if (new TextDecoder().decode(bytes).trim() !== '') expect(items.length).toBeGreaterThan(0);
      }),
      { numRuns: 100 },
    );
  },
  60_000,
);

test('a table without a row under its header is said to be that', async () => {
  expect(await read('csv', utf8('Nr,kg,on\n'))).toMatchObject([{ kind: 'refusal', code: 'csv.no-rows' }]);
});
