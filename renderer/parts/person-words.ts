/** What is said of a person, on every screen and paper alike. */
import type { TFunction } from 'i18next';

/** FHIR's administrative gender in words; a word of another program stays as it came. */
export const genderWord = (t: TFunction, gender: string | null | undefined): string =>
  gender ? t(`gender.${gender as 'unknown'}`, { defaultValue: gender }) : '';

/** What kind of number it is: the names of HL7's table 0203 in the person's language, others as they came. */
export function identifierWord(t: TFunction, type: string | null | undefined): string {
  if (!type) return t('patients.identifier');
  const known = type.toLowerCase().replaceAll(/[^a-z]+/g, '-');
  return t(`identifierType.${known as 'passport-number'}`, { defaultValue: type });
}

/** Whole years since a FHIR date; a date without a day counts from its beginning. */
export function ageOf(birthDate: string): number {
  const [year = 0, month = 1, day = 1] = birthDate.split('-').map(Number);
  const now = new Date();
  const before = now.getMonth() + 1 < month || (now.getMonth() + 1 === month && now.getDate() < day);
  return now.getFullYear() - year - (before ? 1 : 0);
}
