/** Coming of age is judged by the day on the wall of the clinic, wherever it stands. */
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { comesOfAge, guardianText } from '../../shared/care-card/guardian-text.ts';

const own = process.env.TZ;
/** This computer stands in this zone from now on: Node looks at the variable each time. */
const standIn = (zone: string | undefined): void => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
};
afterEach(() => standIn(own));

/** The day on a wall there, by the time zone database and by no calculation of ours: `2028-11-27`. */
const dayIn = (zone: string, time: number): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(time);

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const born = fc.date({ min: new Date('1995-01-01'), max: new Date('2045-12-31'), noInvalidDate: true });
const birthDates = fc.oneof(
  born.map((date) => date.toISOString().slice(0, 10)),
  fc.integer({ min: 499, max: 511 }).map((year) => `${4 * year}-02-29`),
);

test('in every time zone it begins with that day and not a moment before, those of 29 February on 1 March where there is none', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
      birthDates,
      fc.integer({ min: 12, max: 25 }),
      (zone, birthDate, years) => {
        standIn(zone);
        const year = Number(birthDate.slice(0, 4)) + years;
        const day = birthDate.slice(5) === '02-29' && !isLeap(year) ? '03-01' : birthDate.slice(5);
        const time = comesOfAge(birthDate, years) as number;
        expect(dayIn(zone, time - 1) < `${year}-${day}`).toBe(true);
        // A whole day that a place leaps over (Samoa, 2011) is over as it begins.
        expect(dayIn(zone, time) >= `${year}-${day}`).toBe(true);
        expect(dayIn(zone, time) === `${year}-${day}` || dayIn(zone, time - 1) < dayIn(zone, time)).toBe(true);
      },
    ),
    { numRuns: 1_000 },
  );
});

test('of a date that is less exact the earliest day counts', () => {
  standIn('America/Sao_Paulo');
  expect(comesOfAge('2010', 18)).toBe(Date.parse('2028-01-01T00:00:00-03:00'));
  expect(comesOfAge('2010-11', 18)).toBe(Date.parse('2028-11-01T00:00:00-03:00'));
  expect(comesOfAge('', 18)).toBeUndefined();
});

test('at ten in the evening before the birthday a clinic in Auckland is a day ahead of one in Honolulu', () => {
  const at = (zone: string): number => {
    standIn(zone);
    return comesOfAge('2008-02-29', 18) as number;
  };
  expect(at('Pacific/Auckland')).toBe(Date.parse('2026-03-01T00:00:00+13:00'));
  expect(at('Pacific/Honolulu')).toBe(Date.parse('2026-03-01T00:00:00-10:00'));
});

test('a midnight over which the clocks leap is the moment after it', () => {
  standIn('Africa/Cairo');
  // 28 April 2023 began there at one o’clock.
  expect(comesOfAge('2005-04-28', 18)).toBe(Date.parse('2023-04-28T01:00:00+03:00'));
});

test('the words that are signed say the day of the clinic and how far it is from universal time', () => {
  standIn('Europe/Berlin');
  const words = {
    patientName: 'A',
    guardianName: 'B',
    clinicName: 'C',
    mayConsent: true,
    mayComplain: true,
    ends: comesOfAge('2010-11-27', 18) as number,
    isChild: true,
    privateFrom: 14,
    evidence: 'birth certificate',
    number: '1',
  };
  expect(guardianText(words, 'en')).toContain('ends by itself on 2028-11-27 00:00 (UTC+01:00).');
});
