/** What is said of a person, on every screen and paper alike. */
import type { TFunction } from 'i18next';
import { dayHere, localDay } from '../../../shared/encoding/wall-clock.ts';
import type { Format } from './use-format.ts';

/** FHIR's administrative gender in words; a word of another program stays as it came. */
export const genderWord = (t: TFunction, gender: string | null | undefined): string =>
  gender ? t(`gender.${gender as 'unknown'}`, { defaultValue: gender }) : '';

/** What kind of number it is: the names of HL7's table 0203 in the person's language, others as they came. */
export function identifierWord(t: TFunction, type: string | null | undefined): string {
  if (!type) return t('patients.identifier');
  const known = type.toLowerCase().replaceAll(/[^a-z]+/g, '-');
  return t(`identifierType.${known as 'passport-number'}`, { defaultValue: type });
}

interface Lifetime {
  readonly birthDate: string | null;
  readonly deceased: boolean;
  readonly deceasedAt?: string | null;
}

/** Whole years of who lives; of who has died, the years they became, where it was recorded when. A date without a day counts from its beginning. */
export function ageOf({ birthDate, deceased, deceasedAt }: Lifetime): number | undefined {
  if (!birthDate || (deceased && !deceasedAt)) return undefined;
  const [year, month, day] = partsOf(birthDate);
  const [endYear, endMonth, endDay] = partsOf(deceasedAt || localDay(Date.now()));
  const before = endMonth < month || (endMonth === month && endDay < day);
  return endYear - year - (before ? 1 : 0);
}

/** Year, month and day of a FHIR date or moment. */
function partsOf(date: string): [year: number, month: number, day: number] {
  const [year = 0, month = 1, day = 1] = dayHere(date).split('-').map(Number);
  return [year, month, day];
}

/** `27 Apr 1944 (34)`; without an age when nobody knows how old somebody became; null without a birth date. */
export function bornWords(format: Format, person: Lifetime): string | null {
  if (!person.birthDate) return null;
  const age = ageOf(person);
  return age === undefined ? format.recorded(person.birthDate) : `${format.recorded(person.birthDate)} (${age})`;
}
