/** A day is typed as the person's language writes it, and what is no day is not taken for one. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOver, isToCome, patternOf, readDate, writeDate } from '../../renderer/parts/fields/typed-date.ts';
import { localInstant } from '../../shared/encoding/wall-clock.ts';

const LANGUAGES = ['en-GB', 'en-US', 'en-ZA', 'de', 'de-CH', 'en-SA', 'en-IN'];
const DAY = { withTime: false, partial: false };
const MOMENT = { withTime: true, partial: false };
const moments = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 16));

describe.each(LANGUAGES)('in %s', (language) => {
  test('what the field writes is read as the same day and minute', () => {
    fc.assert(
      fc.property(moments, (moment) => {
        expect(readDate(language, writeDate(language, moment), MOMENT)).toBe(moment);
        expect(readDate(language, writeDate(language, moment.slice(0, 10)), DAY)).toBe(moment.slice(0, 10));
        expect(readDate(language, moment.replace('T', ' '), MOMENT)).toBe(moment);
      }),
      { numRuns: 30 },
    );
  });
});

test('the fifth of April is written in the order of the language', () => {
  expect(readDate('en-GB', '5/4/1980', DAY)).toBe('1980-04-05');
  expect(readDate('de', '05041980', DAY)).toBe('1980-04-05');
  expect(readDate('en-US', '4/5/1980', DAY)).toBe('1980-04-05');
  expect(readDate('en-US', '4/5/1980 3:05 pm', MOMENT)).toBe('1980-04-05T15:05');
  expect(patternOf('de', { day: 'TT', month: 'MM', year: 'JJJJ' })).toBe('TT.MM.JJJJ');
});

test('a year or a month is enough only where it is asked for', () => {
  for (const [typed, meant] of [
    ['1980', '1980'],
    ['5/1980', '1980-05'],
    ['1980-05', '1980-05'],
  ] as const) {
    expect(readDate('en-GB', typed, { withTime: false, partial: true })).toBe(meant);
    expect(readDate('en-GB', typed, DAY)).toBeUndefined();
  }
});

test.each(['31/02/2026', '5/4/80', '13/13/2026', '1/2026', '2026-02-30', 'yesterday', '27/11/2026 25:00', '27/11/2026 noon'])(
  'given %s, then it is no day',
  (typed) => {
    expect(readDate('en-GB', typed, DAY)).toBeUndefined();
    expect(readDate('en-GB', typed, MOMENT)).toBeUndefined();
  },
);

describe('at noon of a day in November', () => {
  const now = new Date(2026, 10, 29, 12, 0).getTime();
  const moment = (hour: number, minute = 0) => localInstant(new Date(2026, 10, 29, hour, minute).getTime());

  test.each([
    ['', false, false],
    ['2026', false, false],
    ['2026-11', false, false],
    ['2026-12', true, false],
    ['2062', true, false],
    ['2026-11-29', false, false],
    ['2026-11-30', true, false],
    ['2026-11-28', false, true],
    [moment(12), false, false],
    [moment(12, 1), true, false],
    [moment(0), false, false],
  ])('"%s" is still to come: %s, its day is over: %s', (value, toCome, over) => {
    expect(isToCome(value, now)).toBe(toCome);
    // What is planned is a day or a moment.
    if (value.length > 7) expect(isOver(value, now)).toBe(over);
  });
});
