/** Medications, immunizations, procedures and encounters (C-CDA R2.1). */
import { type Json, present } from '../hl7/hl7-datatypes.ts';
import { ENCOUNTER_STATUS, PROCEDURE_STATUS, REQUEST_STATUS, STATEMENT_STATUS, TERMINOLOGY, TIMING_UNITS } from './cda-codes.ts';
import { problemsOf } from './cda-concerns.ts';
import {
  coded,
  concept,
  exactNumber,
  identifiersOf,
  isSaid,
  moment,
  namedIn,
  period,
  quantity,
  referred,
  whenOf,
} from './cda-datatypes.ts';
import { answer, attempt, type EntryReading, hasHappened, isNegated, type Made, missing, related } from './cda-entry.ts';
import { all, at, attribute, plainText, type XmlElement } from './cda-xml.ts';

const FREE_TEXT = '76662-6';

/** What was taken is a statement, what is intended a request. */
export const medicationsOf = (entry: XmlElement, reading: EntryReading): Made[] => [
  attempt(entry, () => {
    const status = attribute(at(entry, 'statusCode'), 'code');
    const isTaken = hasHappened(entry);
    const dosage = dosageOf(entry, reading);
    const times = all(entry, 'effectiveTime').filter((each) => attribute(each, 'operator') !== 'A' && !at(each, 'period'));
    const fields = {
      identifier: identifiersOf(entry),
      medicationCodeableConcept: materialOf(entry, reading),
      reasonCode: related(entry, 'observation', 'RSON').flatMap((each) => concept(at(each, 'value'), reading) ?? []),
    };
    if (isTaken)
      return reading.resource('MedicationStatement', entry, {
        ...fields,
        status: isNegated(entry) ? 'not-taken' : (STATEMENT_STATUS[status] ?? 'unknown'),
        ...takenOver(times[0], reading),
        dateAsserted: moment(at(entry, 'author', 'time'), reading),
        dosage,
      });
    return reading.resource('MedicationRequest', entry, {
      ...fields,
      status: isNegated(entry) ? 'cancelled' : (REQUEST_STATUS[status] ?? 'unknown'),
      intent: attribute(entry, 'moodCode') === 'RQO' ? 'order' : 'plan',
      doNotPerform: isNegated(entry) ? true : undefined,
      authoredOn: moment(at(entry, 'author', 'time'), reading),
      dosageInstruction: dosage,
      dispenseRequest: present({ validityPeriod: present(period(times[0], reading)) }),
    });
  }),
];

/** A moment, or since when and until when: what has a beginning alone goes on. */
function takenOver(time: XmlElement | undefined, reading: EntryReading): Json {
  if (attribute(time, 'value') !== '') return { effectiveDateTime: moment(time, reading) };
  return { effectivePeriod: present({ ...period(time, reading) }) };
}

function materialOf(entry: XmlElement, reading: EntryReading): Json {
  const material = at(entry, 'consumable', 'manufacturedProduct', 'manufacturedMaterial');
  const named = concept(at(material, 'code'), reading) ?? present({ text: plainText(at(material, 'name')) });
  if (!named) throw missing('which product it is');
  return named;
}

function dosageOf(entry: XmlElement, reading: EntryReading): Json[] | undefined {
  const sig = related(entry, 'substanceAdministration').find((each) => attribute(at(each, 'code'), 'code') === FREE_TEXT);
  const dose = amount(at(entry, 'doseQuantity'), 'dose', reading);
  const rate = amount(at(entry, 'rateQuantity'), 'rate', reading);
  const route = at(entry, 'routeCode');
  const site = at(entry, 'approachSiteCode');
  const isNeeded = all(entry, 'precondition').length > 0;
  const said = present({
    text: referred(at(sig, 'text'), reading),
    timing: timingOf(entry),
    asNeededBoolean: isNeeded ? true : undefined,
    site: isSaid(site) ? concept(site, reading) : undefined,
    route: isSaid(route) ? concept(route, reading) : undefined,
    doseAndRate: dose || rate ? [{ ...dose, ...rate }] : undefined,
  });
  return said ? [said] : undefined;
}

function amount(element: XmlElement | undefined, name: string, reading: EntryReading): Json | undefined {
  const [low, high] = [quantity(at(element, 'low'), reading), quantity(at(element, 'high'), reading)];
  if (low || high) return { [`${name}Range`]: present({ low, high }) };
  const single = quantity(element, reading);
  return single && { [`${name}Quantity`]: single };
}

/** PIVL_TS: so often; EIVL_TS: at which moments of a day. */
function timingOf(entry: XmlElement): Json | undefined {
  for (const time of all(entry, 'effectiveTime')) {
    const often = at(time, 'period');
    const unit = TIMING_UNITS[attribute(often, 'unit')];
    if (unit && attribute(often, 'value'))
      return { repeat: { frequency: 1, period: exactNumber(attribute(often, 'value')), periodUnit: unit } };
    const event = attribute(at(time, 'event'), 'code');
    if (/^(?:HS|WAKE|C[MDV]?|A?[AP]C[MDV]?)$/.test(event)) return { repeat: { when: [event] } };
  }
  return undefined;
}

/** What is only intended is a request: an Immunization says that it was given, or was not. */
export const immunizationsOf = (entry: XmlElement, reading: EntryReading): Made[] =>
  hasHappened(entry) ? [immunization(entry, reading)] : medicationsOf(entry, reading);

const immunization = (entry: XmlElement, reading: EntryReading): Made =>
  attempt(entry, () => {
    const product = at(entry, 'consumable', 'manufacturedProduct');
    const given = moment(at(entry, 'effectiveTime'), reading) || period(at(entry, 'effectiveTime'), reading).start;
    const [route, site] = [at(entry, 'routeCode'), at(entry, 'approachSiteCode')];
    const maker = plainText(at(product, 'manufacturerOrganization', 'name'));
    const dose = attribute(at(entry, 'repeatNumber'), 'value');
    const by = namedIn(at(entry, 'performer', 'assignedEntity'));
    const refused = isNegated(entry)
      ? related(entry, 'observation', 'RSON').flatMap((each) => concept(at(each, 'code'), reading) ?? [])
      : [];
    return reading.resource('Immunization', entry, {
      identifier: identifiersOf(entry),
      status: isNegated(entry)
        ? 'not-done'
        : attribute(at(entry, 'statusCode'), 'code') === 'nullified'
          ? 'entered-in-error'
          : 'completed',
      statusReason: refused[0],
      vaccineCode: materialOf(entry, reading),
      ...(given ? { occurrenceDateTime: given } : { occurrenceString: 'unknown' }),
      lotNumber: plainText(at(product, 'manufacturedMaterial', 'lotNumberText')),
      manufacturer: maker ? { display: maker } : undefined,
      route: isSaid(route) ? concept(route, reading) : undefined,
      site: isSaid(site) ? concept(site, reading) : undefined,
      doseQuantity: quantity(at(entry, 'doseQuantity'), reading),
      performer: by ? [{ actor: by }] : undefined,
      protocolApplied: /^[1-9]\d{0,2}$/.test(dose) ? [{ doseNumberPositiveInt: Number(dose) }] : undefined,
    });
  });

export const proceduresOf = (entry: XmlElement, reading: EntryReading): Made[] => [
  attempt(entry, () => {
    const code = concept(at(entry, 'code'), reading);
    if (!code) throw missing('what was done');
    return reading.resource('Procedure', entry, {
      identifier: identifiersOf(entry),
      status: isNegated(entry) ? 'not-done' : (PROCEDURE_STATUS[attribute(at(entry, 'statusCode'), 'code')] ?? 'unknown'),
      code,
      ...whenOf('performed', at(entry, 'effectiveTime'), reading),
      performer: all(entry, 'performer').flatMap((each) => {
        const actor = namedIn(at(each, 'assignedEntity'));
        return actor ? [{ actor }] : [];
      }),
      bodySite: all(entry, 'targetSiteCode').flatMap((each) => (isSaid(each) ? (concept(each, reading) ?? []) : [])),
      outcome: answer(entry, 'ASSERTION') && concept(at(answer(entry, 'ASSERTION'), 'value'), reading),
    });
  }),
];

/** The encounter and what was diagnosed in it. */
export function encountersOf(entry: XmlElement, reading: EntryReading): Made[] {
  const encounter = attempt(entry, () => {
    const [type, status] = [concept(at(entry, 'code'), reading), attribute(at(entry, 'statusCode'), 'code')];
    const codings = (type?.coding ?? []) as Json[];
    const kind = codings.find(({ system }) => system === `${TERMINOLOGY}v3-ActCode`);
    const { start, end } = period(at(entry, 'effectiveTime'), reading);
    return reading.resource('Encounter', entry, {
      identifier: identifiersOf(entry),
      status: hasHappened(entry) ? (ENCOUNTER_STATUS[status] ?? 'finished') : 'planned',
      class: kind ?? { system: `${TERMINOLOGY}v3-NullFlavor`, code: 'UNK' },
      type: type ? [type] : undefined,
      period: present({ start, end }),
      participant: all(entry, 'performer').flatMap((each) => {
        const individual = namedIn(at(each, 'assignedEntity'));
        return individual ? [{ individual }] : [];
      }),
      location: all(entry, 'participant').flatMap((each) => {
        const display = plainText(at(each, 'participantRole', 'playingEntity', 'name'));
        return attribute(each, 'typeCode') === 'LOC' && display ? [{ location: { display } }] : [];
      }),
      reasonCode: related(entry, 'observation', 'RSON').flatMap((each) => concept(at(each, 'value'), reading) ?? []),
    });
  });
  const along = {
    category: [coded('condition-category', 'encounter-diagnosis')],
    encounter: 'resource' in encounter ? { reference: `Encounter/${encounter.resource.id}` } : undefined,
  };
  return [encounter, ...related(entry, 'act').flatMap((act) => problemsOf(act, reading, along))];
}
