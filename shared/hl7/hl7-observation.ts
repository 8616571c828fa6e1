/** OBX as a FHIR R4 Observation; numbers keep their exact decimals. */
import type { Hl7Segment } from '@medplum/core';
import { Failure } from '../outcome/failure.ts';
import { OBSERVATION_STATUS } from './hl7-codes.ts';
import { concept, each, type Json, personName, present } from './hl7-datatypes.ts';
import { component, type Hl7Options, momentOf, repetitions } from './hl7-text.ts';

const NUMBER = /^[+-]?\d{1,17}(?:\.\d{1,17})?$/;
/** The library's types do not know it yet; what it is given is written as it is. */
const { rawJSON } = JSON as typeof JSON & { rawJSON(text: string): unknown };

/** @param taken when the order says that the specimen was taken @throws {Failure} `hl7.field-missing`, `hl7.number`, `hl7.value-type`, `hl7.moment`. */
export function observationOf(segment: Hl7Segment, options: Pick<Hl7Options, 'zone'>, taken: string): Json {
  const code = concept(segment, 3);
  if (!code) throw new Failure('hl7.field-missing', 'OBX-3 does not say what was observed.');
  const flags = each(segment, 8, (at) => component(segment, 8, 1, at) || undefined);
  const status = OBSERVATION_STATUS[component(segment, 11)] ?? 'unknown';
  const value = valueIn(segment, options);
  const by = personName(segment, 16, 2);
  return {
    status,
    code,
    effectiveDateTime: momentOf(component(segment, 14), options.zone) || taken,
    performer: by ? [{ display: by.text }] : undefined,
    ...value,
    interpretation: flags.map((flag) => ({
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation', code: flag }],
    })),
    referenceRange: rangeOf(component(segment, 7), unitOf(segment)),
  };
}

function valueIn(segment: Hl7Segment, { zone }: Pick<Hl7Options, 'zone'>): Json {
  const written = component(segment, 5);
  if (repetitions(segment, 5) === 0) return {};
  switch (component(segment, 2)) {
    case 'NM':
      return { valueQuantity: { ...quantity(written), ...unitOf(segment) } };
    case 'SN':
      return structured(segment);
    case 'CE':
    case 'CWE':
    case 'CNE':
    case 'CF':
      return { valueCodeableConcept: concept(segment, 5) };
    case 'DT':
    case 'TS':
    case 'DTM':
      return { valueDateTime: momentOf(written, zone) };
    case 'ST':
    case 'TX':
    case 'FT':
    case 'IS':
      return { valueString: each(segment, 5, (at) => component(segment, 5, 1, at)).join('\n') };
    default:
      throw new Failure(
        'hl7.value-type',
        `A value of type ${component(segment, 2) || '(none)'} (OBX-2) is not taken in. The message itself is kept as a document.`,
      );
  }
}

function quantity(written: string): Json {
  if (!NUMBER.test(written)) throw new Failure('hl7.number', `OBX-5 says “${written.slice(0, 30)}”, which is no number (NM).`);
  return { value: exact(written) };
}

/** JSON knows no leading plus or zeros. */
const exact = (written: string): unknown => rawJSON(written.replace(/^\+/, '').replace(/^(-?)0+(?=\d)/, '$1'));

/** SN: comparator, number, separator, number. */
function structured(segment: Hl7Segment): Json {
  const [comparator = '', first = '', separator = '', second = ''] = [1, 2, 3, 4].map((part) => component(segment, 5, part));
  const unit = unitOf(segment);
  if (NUMBER.test(first) && separator === '' && ['', '=', '<', '>', '<=', '>='].includes(comparator))
    return { valueQuantity: present({ ...quantity(first), comparator: comparator.replace(/^=$/, ''), ...unit }) };
  if (NUMBER.test(first) && NUMBER.test(second) && comparator === '') {
    const [low, high] = [first, second].map((each) => ({ ...quantity(each), ...unit }));
    if (separator === '-') return { valueRange: { low, high } };
    if (separator === ':' || separator === '/') return { valueRatio: { numerator: low, denominator: high } };
  }
  return { valueString: `${comparator}${first}${separator}${second}` };
}

function unitOf(segment: Hl7Segment): Json {
  const [code = '', text = '', system = ''] = [1, 2, 3].map((part) => component(segment, 6, part));
  const isUcum = system === 'UCUM';
  return present({ unit: text || code, ...(isUcum ? { system: 'http://unitsofmeasure.org', code } : {}) }) ?? {};
}

/** `70-105`, `<5`, `>=60`, or words. */
function rangeOf(written: string, unit: Json): Json[] | undefined {
  if (written === '') return undefined;
  const [, low, high] = /^(-?[\d.]+)\s*-\s*(-?[\d.]+)$/.exec(written) ?? [];
  const [, sign, bound] = /^([<>])=?\s*(-?[\d.]+)$/.exec(written) ?? [];
  const bounded = (each: string | undefined): Json | undefined =>
    each !== undefined && NUMBER.test(each) ? { value: exact(each), ...unit } : undefined;
  const range = present({
    low: bounded(sign === '>' ? bound : low),
    high: bounded(sign === '<' ? bound : high),
    text: written,
  });
  return range ? [range] : undefined;
}
