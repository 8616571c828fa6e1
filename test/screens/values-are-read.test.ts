/** What a chart writes of values and people that other programs recorded. */
import fc from 'fast-check';
import type { TFunction } from 'i18next';
import { describe, expect, test } from 'vitest';
import { measuredWords, shownDecimals, shownUnit } from '../../renderer/parts/words/measured-words.ts';
import { ageOf } from '../../renderer/parts/words/person-words.ts';
import { fieldsOf } from '../../renderer/staff/records/forms/resource-fields.ts';
import { plainTitle } from '../../renderer/staff/records/item-title.ts';
import { writtenWordsOf } from '../../renderer/staff/records/written-words.ts';
import { writeAttachment } from '../../shared/records/attachment.ts';

describe('a value that a program calculated', () => {
  test.each([
    ['104.69008722048032', 'mm[Hg]', '104.69 mmHg'],
    ['104.69008722048032/83.89134560006005', 'mm[Hg]', '104.69/83.89 mmHg'],
    ['Systolic 104.69008722048032 mm[Hg]; diastolic 84 mm[Hg]', null, 'Systolic 104.69 mmHg; diastolic 84 mmHg'],
    ['0.0123456', 'mmol/L', '0.0123 mmol/L'],
    ['0.000000000123456', 'mol', '0.000000000123456 mol'],
    ['1.500', 'mmol/L', '1.500 mmol/L'],
    ['0.1250', 'mg', '0.1250 mg'],
    ['1.2.840.113619.12345', null, '1.2.840.113619.12345'],
    ['3.567107526896743', '{score}', '3.57 score'],
    ['4.5', '10*3/uL', '4.5 10³/µL'],
  ])('%s %s reads %s', (value, unit, words) => expect(measuredWords(value, unit)).toBe(words));

  test('reads as it was written, whatever in it turns the direction of the words', () => {
    expect(measuredWords('\u202E005\u202C', 'mg')).toBe('005 mg');
    expect(plainTitle(((key: string) => key) as unknown as TFunction, '\u2067Amoxicillin \u202E500\u2069 mg')).toBe(
      'Amoxicillin 500 mg',
    );
  });

  test('what has four decimals or fewer stays as it was written', () =>
    fc.assert(
      fc.property(fc.integer({ min: -9_999, max: 9_999 }), fc.integer({ min: 0, max: 4 }), (number, places) => {
        const literal = (number / 10 ** places).toFixed(places);
        expect(shownDecimals(literal)).toBe(literal);
      }),
    ));

  test('a unit that nobody abbreviates otherwise stays', () => expect(shownUnit('mmol/L')).toBe('mmol/L'));
});

describe('a note that another program sent inside its record', () => {
  const base64 = (text: string, encoding: BufferEncoding = 'utf8'): string => Buffer.from(text, encoding).toString('base64');
  const document = (contentType: string, data: string): string =>
    JSON.stringify({ resourceType: 'DocumentReference', content: [{ attachment: { contentType, data } }] });

  test.each([
    ['text/plain; charset=utf-8', base64('# Chief complaint\nHusten, seit drei Tagen: ärger')],
    ['text/plain', base64('# Chief complaint\nHusten, seit drei Tagen: ärger')],
    ['TEXT/PLAIN;charset="iso-8859-1"', base64('# Chief complaint\nHusten, seit drei Tagen: ärger', 'latin1')],
  ])('is read as words, sent as %s', (contentType, data) =>
    expect(writtenWordsOf(document(contentType, data))).toEqual([
      { title: '', words: '# Chief complaint\nHusten, seit drei Tagen: ärger' },
    ]),
  );

  test('a report carries its words as well, with their title', () => {
    const report = {
      resourceType: 'DiagnosticReport',
      presentedForm: [{ contentType: 'text/plain', title: 'X-ray', data: base64('Normal.') }],
    };
    expect(writtenWordsOf(JSON.stringify(report))).toEqual([{ title: 'X-ray', words: 'Normal.' }]);
  });

  test.each([
    ['a page of HTML', 'text/html', base64('<b>bold</b>')],
    ['a picture', 'image/png', base64('\u0089PNG', 'latin1')],
    ['bytes that are none of the charset', 'text/plain; charset=utf-8', base64('\u00e4rger', 'latin1')],
    ['a charset that nobody knows', 'text/plain; charset=klingon', base64('nuqneH')],
    ['what is no base64', 'text/plain', '***'],
  ])('%s is left to the exact text', (_, contentType, data) => expect(writtenWordsOf(document(contentType, data))).toEqual([]));
});

describe('how old somebody is', () => {
  test('who has died is as old as they became', () => {
    const person = { birthDate: '1944-04-27', deceased: true };
    expect(ageOf({ ...person, deceasedAt: '2009-05-12T10:00:00Z' })).toBe(65);
    expect(ageOf({ ...person, deceasedAt: '2009-04-26' })).toBe(64);
    expect(ageOf({ ...person, deceasedAt: null })).toBeUndefined();
  });

  test('who lives grows older', () => {
    const year = new Date().getFullYear();
    expect(ageOf({ birthDate: `${year - 40}-01-01`, deceased: false })).toBe(40);
    expect(ageOf({ birthDate: null, deceased: false })).toBeUndefined();
  });
});

describe('a title of a catalogue', () => {
  test.each([
    ['Essential hypertension (disorder)', 'Essential hypertension'],
    ['Full-time employment (finding)', 'Full-time employment'],
    ['Smoking cessation (regime/therapy)', 'Smoking cessation'],
    ['Penicillin (allergy)', 'Penicillin (allergy)'],
    ['(finding)', '(finding)'],
    ['Fracture (finding) of wrist', 'Fracture (finding) of wrist'],
  ])('%s reads %s', (title, words) => expect(plainTitle(((key: string) => key) as unknown as TFunction, title)).toBe(words));
});

describe('a file in the chart', () => {
  const said = ((key: string, { defaultValue = key }: { defaultValue?: string } = {}) => defaultValue) as unknown as TFunction;
  const format = { recorded: (date: string) => date, bytes: (size: number) => `${size} B` } as never;

  test('is a record without the pieces it is kept in; a file that lies elsewhere keeps its address', () => {
    const file = { id: 'ab'.repeat(16), name: 'scan.pdf', type: 'application/pdf', size: 3, pieces: ['cd'.repeat(32)] };
    const here = JSON.stringify(writeAttachment(file, 'p1', 'Scan', '2026-01-05T08:00:00Z'));
    expect(fieldsOf(said, format, here).map(({ value }) => value)).toEqual([
      'current',
      'Scan',
      '2026-01-05T08:00:00Z',
      'application/pdf',
      '3',
      'scan.pdf',
    ]);
    const elsewhere = '{"resourceType":"DocumentReference","content":[{"attachment":{"url":"https://other.example/scan.pdf"}}]}';
    expect(fieldsOf(said, format, elsewhere).map(({ value }) => value)).toEqual(['https://other.example/scan.pdf']);
  });
});
