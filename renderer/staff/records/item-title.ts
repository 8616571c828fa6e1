/** What a chart calls what was measured. */
import type { TFunction } from 'i18next';
import { DIASTOLIC, SYSTOLIC, type VitalName, vitalNames, vitalSigns } from './forms/vital-signs.ts';

/** LOINC names a measurement for its catalogue; a ward says "blood pressure". */
const CATALOGUE_NAMES: ReadonlyMap<string, VitalName> = new Map([
  ...vitalNames.map((name) => [vitalSigns[name].title, name] as const),
  ['Oxygen saturation in Arterial blood by Pulse oximetry', 'oxygen'],
]);

/** The title of a record; LOINC's name of a vital sign in everyday words, and anything else as it was written. */
export function plainTitle(t: TFunction, title: string): string {
  if (title === SYSTOLIC.title) return t('results.systolic');
  if (title === DIASTOLIC.title) return t('results.diastolic');
  const name = CATALOGUE_NAMES.get(title);
  return name === undefined ? title : t(`write.observation.${name}`);
}
