/** Results, vital signs and social history (C-CDA R2.1, organizers and observations); numbers keep their exact decimals. */
import { type Json, present } from '../hl7/hl7-datatypes.ts';
import { OBSERVATION_STATUS, REPORT_STATUS, TERMINOLOGY } from './cda-codes.ts';
import {
  coded,
  codingOf,
  concept,
  identifiersOf,
  isSaid,
  namedIn,
  observedValue,
  quantity,
  referred,
  whenOf,
} from './cda-datatypes.ts';
import { attempt, type EntryReading, isNegated, type Made, missing } from './cda-entry.ts';
import { all, at, attribute, type XmlElement } from './cda-xml.ts';

const [SYSTOLIC, DIASTOLIC] = ['8480-6', '8462-4'];
const LOINC = 'http://loinc.org';

/** An organizer is a report of its observations; one that stands alone is itself. */
export function resultsOf(entry: XmlElement, reading: EntryReading): Made[] {
  if (entry.name === 'observation') return [made(entry, reading, 'laboratory')];
  const observations = observationsIn(entry).map((each) => made(each, reading, 'laboratory', at(entry, 'effectiveTime')));
  const result = observations.flatMap((each) => ('resource' in each ? [{ reference: `Observation/${each.resource.id}` }] : []));
  const report = attempt(entry, () => {
    const code = concept(at(entry, 'code'), reading);
    if (!code) throw missing('what was asked for');
    return reading.resource('DiagnosticReport', entry, {
      identifier: identifiersOf(entry),
      status: REPORT_STATUS[attribute(at(entry, 'statusCode'), 'code')] ?? 'unknown',
      category: [coded('v2-0074', 'LAB')],
      code,
      ...whenOf('effective', at(entry, 'effectiveTime'), reading),
      result,
    });
  });
  return [...observations, report];
}

/** Each measure by itself; both pressures of one measuring are one blood pressure, as FHIR's vital signs want it. */
export function vitalsOf(entry: XmlElement, reading: EntryReading): Made[] {
  const observations = entry.name === 'observation' ? [entry] : observationsIn(entry);
  const time = at(entry, 'effectiveTime');
  const [systolic, diastolic] = [SYSTOLIC, DIASTOLIC].map((code) =>
    observations.filter((each) => attribute(at(each, 'code'), 'code') === code),
  ) as [XmlElement[], XmlElement[]];
  const pair =
    systolic.length === 1 && diastolic.length === 1 ? ([systolic[0], diastolic[0]] as [XmlElement, XmlElement]) : undefined;
  const others = observations.filter((each) => !pair?.includes(each));
  return [
    ...(pair ? [attempt(pair[0], () => bloodPressure(pair, time, reading))] : []),
    ...others.map((each) => made(each, reading, 'vital-signs', time)),
  ];
}

export const socialHistoryOf = (entry: XmlElement, reading: EntryReading): Made[] =>
  (entry.name === 'organizer' ? observationsIn(entry) : [entry]).map((each) => made(each, reading, 'social-history'));

const observationsIn = (organizer: XmlElement): XmlElement[] =>
  all(organizer, 'component').flatMap((each) => [...all(each, 'observation'), ...all(each, 'organizer').flatMap(observationsIn)]);

function made(element: XmlElement, reading: EntryReading, category: string, time?: XmlElement): Made {
  return attempt(element, () => {
    const code = concept(at(element, 'code'), reading);
    if (!code) throw missing('what was observed');
    const own = at(element, 'effectiveTime');
    return reading.resource('Observation', element, {
      identifier: identifiersOf(element),
      status: OBSERVATION_STATUS[attribute(at(element, 'statusCode'), 'code')] ?? 'unknown',
      category: [coded('observation-category', category)],
      code,
      ...whenOf('effective', isSaid(own) ? own : time, reading),
      performer: all(element, 'author').flatMap((each) => namedIn(at(each, 'assignedAuthor')) ?? []),
      ...whatWasSeen(element, reading),
      method: isSaid(at(element, 'methodCode')) ? concept(at(element, 'methodCode'), reading) : undefined,
      bodySite: isSaid(at(element, 'targetSiteCode')) ? concept(at(element, 'targetSiteCode'), reading) : undefined,
      referenceRange: all(element, 'referenceRange').flatMap((each) => rangeOf(each, reading)),
    });
  });
}

function whatWasSeen(element: XmlElement, reading: EntryReading): Json {
  const values = all(element, 'value');
  // Repeated values have no place in FHIR's Observation but its components.
  const code = concept(at(element, 'code'), reading);
  const several =
    values.length > 1 ? { component: values.map((each) => present({ code, ...observedValue(each, reading) })) } : undefined;
  const absent = values.length === 0 ? { dataAbsentReason: coded('data-absent-reason', 'unknown') } : undefined;
  return {
    ...(isNegated(element)
      ? { dataAbsentReason: coded('data-absent-reason', 'not-performed') }
      : (several ?? absent ?? observedValue(values[0], reading))),
    interpretation: all(element, 'interpretationCode').flatMap((each) => {
      const coding = codingOf(each);
      return coding ? [{ coding: [{ ...coding, system: coding.system ?? `${TERMINOLOGY}v3-ObservationInterpretation` }] }] : [];
    }),
  };
}

function bloodPressure(
  [systolic, diastolic]: [XmlElement, XmlElement],
  time: XmlElement | undefined,
  reading: EntryReading,
): Json & { id: string } {
  const component = [systolic, diastolic].map((each) =>
    present({
      code: concept(at(each, 'code'), reading),
      ...whatWasSeen(each, reading),
      referenceRange: all(each, 'referenceRange').flatMap((range) => rangeOf(range, reading)),
    }),
  );
  const own = at(systolic, 'effectiveTime');
  return reading.resource('Observation', systolic, {
    identifier: [...identifiersOf(systolic), ...identifiersOf(diastolic)],
    status: OBSERVATION_STATUS[attribute(at(systolic, 'statusCode'), 'code')] ?? 'unknown',
    category: [coded('observation-category', 'vital-signs')],
    code: { coding: [{ system: LOINC, code: '85354-9', display: 'Blood pressure panel with all children optional' }] },
    ...whenOf('effective', isSaid(own) ? own : time, reading),
    component,
  });
}

function rangeOf(element: XmlElement, reading: EntryReading): Json[] {
  const range = at(element, 'observationRange');
  const value = at(range, 'value');
  const [low, high] = [quantity(at(value, 'low'), reading), quantity(at(value, 'high'), reading)];
  const said = present({ low, high, text: referred(at(range, 'text'), reading) });
  return said ? [said] : [];
}
