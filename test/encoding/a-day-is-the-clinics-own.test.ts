/** At half past eleven in the evening UTC has another day, east and west: what people type and read is of their own calendar. */
import { afterEach, describe, expect, test } from 'vitest';
import { endOf } from '../../renderer/kiosk/choices.tsx';
import { ageOf } from '../../renderer/parts/words/person-words.ts';
import { dayFrom } from '../../renderer/staff/visits/visit-order.ts';
import { guardianText } from '../../shared/care-card/guardian-text.ts';
import { beginningOf, dayHere, localDay, localInstant, localMoment } from '../../shared/encoding/wall-clock.ts';
import { spanOf } from '../../shared/fhir-api/search-match.ts';

const before = process.env.TZ;
afterEach(() => {
  if (before === undefined) delete process.env.TZ;
  else process.env.TZ = before;
});

const words = {
  patientName: 'Ada',
  guardianName: 'Ben',
  clinicName: 'Harbour',
  mayConsent: false,
  mayComplain: false,
  isChild: false,
  privateFrom: 12,
  evidence: '',
  number: '1',
};

describe.each([
  { zone: 'Asia/Kolkata', offset: '+05:30', late: '2026-11-27T18:00:00Z', early: '2026-11-26T19:00:00Z' },
  { zone: 'America/New_York', offset: '-05:00', late: '2026-11-28T04:30:00Z', early: '2026-11-27T05:30:00Z' },
])('in $zone', ({ zone, offset, late, early }) => {
  const inZone = <T>(act: () => T): T => {
    process.env.TZ = zone;
    return act();
  };

  test('23:30 and 00:30 are of the day that the calendar on the wall shows', () => {
    for (const moment of [late, early]) {
      expect(inZone(() => localDay(Date.parse(moment)))).toBe('2026-11-27');
      expect(inZone(() => dayHere(moment))).toBe('2026-11-27');
    }
    expect(inZone(() => localInstant(Date.parse(late)))).toBe(`2026-11-27T23:30:00${offset}`);
    expect(inZone(() => localMoment(Date.parse(late)))).toBe(`2026-11-27 23:30 (UTC${offset})`);
    expect(Date.parse(inZone(() => localInstant(Date.parse(late))))).toBe(Date.parse(late));
  });

  test('a date without a time is the same day everywhere, and one less exact stays so', () => {
    for (const date of ['2026-11-27', '2026-11', '2026', '']) expect(inZone(() => dayHere(date))).toBe(date);
    expect(inZone(() => localDay(beginningOf('2026-11-27')))).toBe('2026-11-27');
    expect(inZone(() => localDay(beginningOf('2026')))).toBe('2026-01-01');
    expect(inZone(() => localDay(beginningOf('2026-02')))).toBe('2026-02-01');
    expect(inZone(() => beginningOf(late))).toBe(Date.parse(late));
    expect(inZone(() => beginningOf('unknown'))).toBeNaN();
    expect(inZone(() => dayFrom('2026-11-27', 1))).toBe('2026-11-28');
  });

  test('who dies in the last half hour before a birthday has not reached it, and in the first has', () => {
    const person = (birthDate: string) => ({ birthDate, deceased: true, deceasedAt: late });
    expect(inZone(() => ageOf(person('1950-11-27')))).toBe(76);
    expect(inZone(() => ageOf(person('1950-11-28')))).toBe(75);
  });

  test('who acts for a patient until a day reads that day before it is signed', () => {
    const text = inZone(() => guardianText({ ...words, ends: beginningOf('2026-12-31') }, 'en'));
    expect(text).toContain(`This ends by itself on 2026-12-31 00:00 (UTC${offset}).`);
  });

  test('a program that searches for a day finds what happened in its evening, and nothing of the next', () => {
    const day = inZone(() => spanOf('2026-11-27'));
    for (const moment of [late, early]) {
      const at = Date.parse(moment);
      expect(day && day.from <= at && at < day.until).toBe(true);
    }
    const next = inZone(() => spanOf('2026-11-28'));
    expect(day?.until).toBe(next?.from);
    expect(inZone(() => spanOf('2026-11-27T23:30'))?.from).toBe(Date.parse(late));
    expect(inZone(() => spanOf('2026-11'))?.until).toBe(inZone(() => spanOf('2026-12'))?.from);
  });

  test('what a patient gives for a month at the kiosk ends with a day of the clinic', () => {
    const end = inZone(() => endOf('month')) ?? 0;
    expect(inZone(() => localInstant(end)).slice(11, 19)).toBe('00:00:00');
    expect(inZone(() => dayFrom(localDay(Date.now()), 31))).toBe(inZone(() => localDay(end)));
  });
});
