/** Readings: what one version of an Observation says of a measurement, and when it was measured and received. */
import { isResource } from '../fhir/fhir-resource.ts';
import { decimalAt } from '../fhir/json-cursor.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../fhir/strict-json.ts';
import { MEASUREMENTS, type Measurement, type MeasurementName } from './measurements.ts';

export interface Reading {
  /** The version (document, hexadecimal) that brought it. */
  readonly id: string;
  /** Milliseconds since 1970, by the clock of the desk that took it in. */
  readonly received: number;
  /** Milliseconds since 1970, as the record has it: the earliest moment that its date can mean. Undefined without one. */
  readonly measured: number | undefined;
  /** Digits as written, with their comparator; '' where there is no number in this measurement's unit. */
  readonly value: string;
  /** A newer version of the record is here. */
  readonly corrected: boolean;
}

type ReadingPlace = Pick<Reading, 'id' | 'received' | 'corrected'>;

/** Versions that say of themselves that nothing was measured. */
const NOTHING_MEASURED: ReadonlySet<string> = new Set(['entered-in-error', 'cancelled']);
const LOINC = 'http://loinc.org';
const UCUM = 'http://unitsofmeasure.org';

/** @param text the resource as it is kept. Undefined when it is no reading of this measurement. */
export function readingOf(name: MeasurementName, text: string, place: ReadingPlace): Reading | undefined {
  const resource: unknown = JSON.parse(text);
  if (!isResource(resource) || resource.resourceType !== 'Observation') return undefined;
  if (NOTHING_MEASURED.has(String(resource.status))) return undefined;
  const measurement = MEASUREMENTS[name];
  const found = holderIn(resource, measurement);
  return found && { ...place, measured: measuredAt(resource), value: measuredValue(found, measurement, text) };
}

interface Holder {
  readonly holder: JsonObject;
  /** Where it stands in the text. */
  readonly path: string;
}

function holderIn(resource: JsonObject, { codes }: Measurement): Holder | undefined {
  if (hasCode(resource.code, codes)) return { holder: resource, path: '' };
  const components = Array.isArray(resource.component) ? resource.component : [];
  const at = components.findIndex((component) => isJsonObject(component) && hasCode(component.code, codes));
  const holder = components[at];
  return isJsonObject(holder) ? { holder, path: `component[${at}].` } : undefined;
}

function hasCode(concept: JsonValue | undefined, codes: readonly string[]): boolean {
  const codings = isJsonObject(concept) && Array.isArray(concept.coding) ? concept.coding : [];
  return codings.some((coding) => isJsonObject(coding) && coding.system === LOINC && codes.includes(String(coding.code)));
}

function measuredValue({ holder, path }: Holder, { units }: Measurement, text: string): string {
  const quantity = holder.valueQuantity;
  if (!isJsonObject(quantity) || quantity.system !== UCUM || !units.includes(String(quantity.code))) return '';
  const number = decimalAt(text, `${path}valueQuantity.value`);
  const comparator = typeof quantity.comparator === 'string' ? quantity.comparator : '';
  return number === undefined ? '' : `${comparator}${number}`;
}

function measuredAt(resource: JsonObject): number | undefined {
  const period = isJsonObject(resource.effectivePeriod) ? resource.effectivePeriod : {};
  const written = [resource.effectiveDateTime, resource.effectiveInstant, period.end, period.start].find(
    (each) => typeof each === 'string',
  );
  const time = Date.parse(earliest(String(written)));
  return Number.isNaN(time) ? undefined : time;
}

/** A day without a time begins first where the clocks are fourteen hours ahead: a reading must not look fresher than it may be. */
function earliest(date: string): string {
  if (date.length > 10) return date;
  return `${date}${'-01-01'.slice(date.length - 4)}T00:00:00+14:00`;
}
