/** Files of HL7 version 2 messages, hostile ones among them: each is read to its end, or refused by name with the place. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resourcesOf } from '../../shared/hl7/hl7-resources.ts';
import { messagesOf, unescaped } from '../../shared/hl7/hl7-text.ts';
import { asFailure } from '../../shared/outcome/failure.ts';
import { ADT, entries, hl7, ORU, only, read, refusals } from './example-messages.ts';

test('a file of several messages, framed, in a batch, with other line ends, is read to its end', async () => {
  const framed = `FHS|^~\\&|\nBHS|^~\\&|\n\u000b${ADT.replaceAll('\r', '\r\n')}\r\n\u001c\r\n\u000b${ORU}\r\u001c\rBTS|2|\n`;
  const items = await read(framed);
  expect(refusals(items)).toEqual([]);
  expect(
    entries(items)
      .map(({ resource }) => resource.resourceType)
      .filter((type) => type === 'Patient'),
  ).toHaveLength(2);
});

test.each([
  ['hl7.no-message', 'Hello', 1, ''],
  ['hl7.no-message', ' ', 1, ''],
  ['hl7.message-type', ADT.replace('ADT^A01^ADT_A01', 'SIU^S12'), 1, 'MSH'],
  ['hl7.message-type', ADT.replace('ADT^A01^ADT_A01', 'ADT^A40'), 1, 'MSH'],
  [
    'hl7.no-patient',
    ORU.split('\r')
      .filter((line) => !line.startsWith('PID'))
      .join('\r'),
    1,
    'MSH',
  ],
  ['hl7.no-patient-id', ORU.replace('555-44-4444^^^GHH^SS', ''), 2, 'PID'],
  ['hl7.moment', ORU.replace('19620320', '19621320'), 2, 'PID'],
])('%s is named with its place, and nothing is filed under nobody', async (code, text, line, path) => {
  const items = await read(text);
  expect(refusals(items).map((each) => [each.code, each.line, each.path])).toEqual([[code, line, path]]);
  expect(entries(items)).toEqual([]);
});

test('a file that is no UTF-8 and does not say what it is is refused for that', async () => {
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(ADT, 'utf16le')]);
  expect(() => [...messagesOf(utf16)]).toThrow(/does not say what else it is/);
});

test('letters of Latin-1 are read where the header says so, and refused where it does not', async () => {
  const latin = (charset: string): Uint8Array =>
    Buffer.from(ADT.replace('2.5.1|', `2.5.1|||||${charset === '' ? '' : `|${charset}`}`).replace('ADAM', 'JOSÉ'), 'latin1');
  expect(only(await read(latin('8859/1')), 'Patient')).toMatchObject({ name: [{ given: ['JOSÉ', 'A'] }] });
  expect(refusals(await read(latin(''))).map(({ code }) => code)).toEqual(['hl7.encoding-unsaid']);
  expect(refusals(await read(latin('8859/2'))).map(({ code }) => code)).toEqual(['hl7.encoding']);
});

test('a report of tens of thousands of results names them all', () => {
  const [header = '', person = '', order = ''] = ORU.split('\r');
  const lines = [header, person, order, ...Array.from({ length: 40_000 }, (_, at) => `OBX|${at}|NM|1^a^LN||5|mg|||||F`)];
  const [message] = [...messagesOf(new TextEncoder().encode(lines.join('\r')))];
  const made = message ? resourcesOf(message, hl7) : [];
  const report = made.flatMap((each) => ('resource' in each && each.path === 'OBR[1]' ? [each.resource] : []))[0];
  expect(report?.result).toHaveLength(40_000);
}, 60_000);

test('a message keeps what it says before its people for each of them, and not more of it than memory holds', async () => {
  const [header = '', person = ''] = ORU.split('\r');
  const note = (bytes: number): string => `NTE|1||${'x'.repeat(bytes)}`;
  const about = (people: number, before: number): string =>
    [header, note(before), ...Array.from({ length: people }, (_, at) => person.replace('555-44-4444', `P${at}`))].join('\r');
  expect(only(await read(about(1, 100_000)), 'Patient')).toBeDefined();
  expect(entries(await read(about(3, 20_000)))).toHaveLength(6);
  // Each of them would keep the note: forty gigabytes of a file of two megabytes.
  for (const hostile of [about(20_000, 1_000_000), about(20_000, 10), about(2, 70_000)])
    expect((await read(`${hostile}\r${ADT}`)).map((item) => ('code' in item ? item.code : item.resource.resourceType))).toEqual([
      'hl7.too-many-people',
      'Patient',
      'DocumentReference',
      'Encounter',
      'AllergyIntolerance',
      'AllergyIntolerance',
    ]);
}, 60_000);

test('lines without end, and a message of too many segments, are refused before they are taken apart', async () => {
  const [refused] = refusals(await read(`${ADT}\r${'\r'.repeat(4_000_000)}`));
  expect(refused).toMatchObject({ code: 'hl7.too-many-lines', line: 1 });
  const items = await read(`${ADT}\r${ORU}\r${'NTE|1||a\r'.repeat(100_000)}`);
  expect(items).toMatchObject([{ kind: 'refusal', code: 'hl7.message-too-long', line: ADT.split('\r').length + 1 }]);
}, 60_000);

test('words that every object knows are words like others', () => {
  expect(unescaped('\\toString\\')).toBe('\\toString\\');
});

test('a code that every object knows is a code of nobody', async () => {
  const items = await read(ADT.replace('|M|', '|constructor|').replace('|SV|', '|valueOf|'));
  expect(only(items, 'Patient').gender).toBeUndefined();
  expect(refusals(items)).toEqual([]);
});

test('whatever a file holds, it is read or refused by name', () => {
  const pieces = fc.constantFrom(
    'MSH',
    '|',
    '^~\\&',
    '\r',
    'PID',
    'OBX',
    '^',
    '~',
    '&',
    '\\',
    '""',
    '2026',
    'ADT^A01',
    'ORU^R01',
    'é',
    '\u000b',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
      try {
        for (const message of messagesOf(new TextEncoder().encode(parts.join('')))) expect(message.line).toBeGreaterThan(0);
      } catch (error) {
        expect(asFailure(error).code).toMatch(/^hl7\./);
      }
    }),
    { numRuns: 300 },
  );
});
