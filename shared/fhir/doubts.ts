/**
 * What a resource says that FHIR allows and that can hardly be meant. An import names it in its report and takes the resource as it is:
 * whether it is wrong only people know.
 */
import type { FhirResource } from './fhir-resource.ts';
import { pathText } from './json-scanner.ts';
import type { Issue } from './resource-check.ts';
import { isJsonObject, type JsonValue } from './strict-json.ts';

interface DoubtGround {
  /** Milliseconds. */
  readonly now: number;
  /** Whether UCUM knows a code. */
  knowsUnit(code: string): boolean;
}

/** As they are written in FHIR: `2026`, `2026-01`, `2026-01-05`, a moment. '' when unknown. */
interface LifeDates {
  readonly birthDate: string;
  readonly deceasedAt?: string;
}

export const UCUM = 'http://unitsofmeasure.org';
const DAY_MS = 24 * 60 * 60_000;
/** Somewhere it is tomorrow already. */
const endOfToday = (now: number): string => new Date(now + DAY_MS).toISOString();

/** Of one resource by itself, whoever it is about. */
export function doubtsIn(resource: FhirResource, { now, knowsUnit }: DoubtGround): Issue[] {
  const doubts: Issue[] = unknownUnits(resource, knowsUnit);
  if (resource.resourceType !== 'Patient') return doubts;
  const { birthDate, deceasedDateTime } = resource;
  const [born, died] = [textOf(birthDate), textOf(deceasedDateTime)];
  if (isBefore(endOfToday(now), born))
    doubts.push({ code: 'fhir.born-later', path: 'Patient.birthDate', message: 'This birth date is in the future.' });
  if (isBefore(endOfToday(now), died))
    doubts.push({ code: 'fhir.died-later', path: 'Patient.deceasedDateTime', message: 'This date of death is in the future.' });
  if (isBefore(died, born))
    doubts.push({ code: 'fhir.died-before', path: 'Patient.deceasedDateTime', message: 'Death is dated before birth.' });
  return doubts;
}

/** What happens to a living body; letters, findings and bills may well come after death. */
const OF_THE_LIVING: ReadonlySet<string> = new Set([
  'Condition',
  'Encounter',
  'Immunization',
  'MedicationAdministration',
  'Procedure',
]);

/**
 * Of a resource's date beside those of whom it is about. A day counts as it is written, in whatever zone.
 * @param date of the event, as its summary has it
 */
export function dateDoubt(type: string, date: string, { birthDate, deceasedAt = '' }: LifeDates): Issue | undefined {
  if (type === 'Patient') return undefined;
  if (isBefore(date, birthDate))
    return { code: 'fhir.before-birth', path: type, message: 'This is dated before the birth of the patient.' };
  if (OF_THE_LIVING.has(type) && isBefore(deceasedAt, date))
    return { code: 'fhir.after-death', path: type, message: 'This is dated after the death of the patient.' };
  return undefined;
}

/** Whether the days say so, as exact as both are written. */
function isBefore(one: string, other: string): boolean {
  const length = Math.min(one.length, other.length, 'YYYY-MM-DD'.length);
  return length > 0 && one.slice(0, length) < other.slice(0, length);
}

function unknownUnits(resource: FhirResource, knowsUnit: DoubtGround['knowsUnit']): Issue[] {
  const found: Issue[] = [];
  const look = (value: JsonValue | undefined, trail: readonly (string | number)[]): void => {
    if (Array.isArray(value)) for (const [at, each] of value.entries()) look(each, [...trail, at]);
    if (!isJsonObject(value)) return;
    const { system, code } = value;
    if (system === UCUM && typeof code === 'string' && !knowsUnit(code))
      found.push({ code: 'fhir.unit-unknown', path: pathText([...trail, 'code']), message: 'UCUM does not know this unit.' });
    for (const [name, each] of Object.entries(value)) if (typeof each === 'object') look(each, [...trail, name]);
  };
  look(resource, [resource.resourceType]);
  return found;
}

const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');
