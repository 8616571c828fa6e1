/** OBX as a FHIR R4 Observation; numbers keep their exact decimals. */
import type { Hl7Segment } from '@medplum/core';
import { Failure } from '../outcome/failure.ts';
import { OBSERVATION_STATUS } from './hl7-codes.ts';
import { concept, each, type Json, personName, present } from './hl7-datatypes.ts';
import { component, type Hl7Options, momentOf, repetitions } from './hl7-text.ts';

/** NM: digits with an optional point among, before or after them (2.A.47). */
const NUMBER = /^[+-]?(?:\d{1,100}(?:\.\d{0,100})?|\.\d{1,100})$/;
const TEXTS: ReadonlySet<string> = new Set(['ST', 'TX', 'FT', 'IS']);
/** The library's types do not know it yet; what it is given is written as it is. */
const { rawJSON } = JSON as typeof JSON & { rawJSON(text: string): unknown };

type Reading = Pick<Hl7Options, 'zone' | 'knowsUnit'>;

/** @param taken when the order says that the specimen was taken @throws {Failure} `hl7.field-missing`, `hl7.number`, `hl7.value-type`, `hl7.moment`. */
export function observationOf(segment: Hl7Segment, options: Reading, taken: string): Json {
  const code = concept(segment, 3);
  if (!code) throw new Failure('hl7.field-missing', 'OBX-3 does not say what was observed.');
  const flags = each(segment, 8, (at) => component(segment, 8, 1, at) || undefined);
  const status = OBSERVATION_STATUS[component(segment, 11)] ?? 'unknown';
  const by = personName(segment, 16, 2);
  return {
    status,
    code,
    effectiveDateTime: momentOf(component(segment, 14), options.zone) || taken,
    performer: by ? [{ display: by.text }] : undefined,
    ...valuesIn(segment, code, options),
    interpretation: flags.map((flag) => ({
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation', code: flag }],
    })),
    referenceRange: rangeOf(component(segment, 7), unitOf(segment, options)),
  };
}

function valuesIn(segment: Hl7Segment, code: Json, options: Reading): Json {
  if (TEXTS.has(component(segment, 2))) return { valueString: each(segment, 5, (at) => component(segment, 5, 1, at)).join('\n') };
  const [first, ...further] = Array.from({ length: repetitions(segment, 5) }, (_, at) => valueIn(segment, at, options));
  // Repeated values have no place in FHIR's Observation but its components.
  return further.length === 0 ? (first ?? {}) : { component: [first, ...further].map((value) => ({ code, ...value })) };
}

function valueIn(segment: Hl7Segment, repetition: number, options: Reading): Json {
  const written = component(segment, 5, 1, repetition);
  switch (component(segment, 2)) {
    case 'NM':
      // A value that is deleted (`""`) is none.
      return written === '' ? {} : { valueQuantity: { ...quantity(written), ...unitOf(segment, options) } };
    case 'SN':
      return structured(segment, repetition, options);
    case 'CE':
    case 'CWE':
    case 'CNE':
    case 'CF':
      return present({ valueCodeableConcept: concept(segment, 5, repetition) }) ?? {};
    case 'DT':
    case 'TS':
    case 'DTM':
      return present({ valueDateTime: momentOf(written, options.zone) }) ?? {};
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

/** JSON knows no leading plus or zeros, and no point without digits on both sides. */
function exact(written: string): unknown {
  const [, sign = '', whole = '', fraction = ''] = /^([+-]?)0*(\d*)\.?(\d*)$/.exec(written) ?? [];
  return rawJSON(`${sign === '-' ? '-' : ''}${whole || '0'}${fraction ? `.${fraction}` : ''}`);
}

/** SN: comparator, number, separator, number. */
function structured(segment: Hl7Segment, repetition: number, options: Reading): Json {
  const [comparator = '', first = '', separator = '', second = ''] = [1, 2, 3, 4].map((part) =>
    component(segment, 5, part, repetition),
  );
  const unit = unitOf(segment, options);
  if (NUMBER.test(first) && separator === '' && ['', '=', '<', '>', '<=', '>='].includes(comparator))
    return { valueQuantity: present({ ...quantity(first), comparator: comparator.replace(/^=$/, ''), ...unit }) };
  if (NUMBER.test(first) && NUMBER.test(second) && comparator === '') {
    const [low, high] = [first, second].map((each) => ({ ...quantity(each), ...unit }));
    if (separator === '-') return { valueRange: { low, high } };
    if (separator === ':' || separator === '/') return { valueRatio: { numerator: low, denominator: high } };
  }
  return present({ valueString: `${comparator}${first}${separator}${second}` }) ?? {};
}

/** A unit that UCUM does not have stays words, whatever it calls itself. */
function unitOf(segment: Hl7Segment, { knowsUnit }: Pick<Reading, 'knowsUnit'>): Json {
  const [code = '', text = '', system = ''] = [1, 2, 3].map((part) => component(segment, 6, part));
  const isUcum = system === 'UCUM' && knowsUnit(code);
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
