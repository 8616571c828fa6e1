/** What a chart calls what was measured. */
import type { TFunction } from 'i18next';
import { inWrittenOrder } from '../../parts/words/measured-words.ts';
import { DIASTOLIC, SYSTOLIC, type VitalName, vitalNames, vitalSigns } from './forms/vital-signs.ts';

/** LOINC names a measurement for its catalogue; a ward says "blood pressure". */
const CATALOGUE_NAMES: ReadonlyMap<string, VitalName> = new Map([
  ...vitalNames.map((name) => [vitalSigns[name].title, name] as const),
  ['Oxygen saturation in Arterial blood by Pulse oximetry', 'oxygen'],
]);

/** SNOMED CT ends the full name of a concept with the kind of thing that it is, for who maintains the catalogue. */
const KIND_OF_CONCEPT =
  / \((?:disorder|environment|event|finding|observable entity|person|physical object|procedure|product|regime\/therapy|situation|social concept|substance)\)$/;

/**
 * The title of a record as a ward says it: LOINC's name of a vital sign in everyday words, SNOMED CT's without the kind of concept, and
 * anything else as it was written. The record itself shows its exact text.
 */
export function plainTitle(t: TFunction, title: string): string {
  if (title === SYSTOLIC.title) return t('results.systolic');
  if (title === DIASTOLIC.title) return t('results.diastolic');
  const name = CATALOGUE_NAMES.get(title);
  return name === undefined ? inWrittenOrder(title.replace(KIND_OF_CONCEPT, '')) : t(`write.observation.${name}`);
}
