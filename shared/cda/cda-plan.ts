/** What is planned (C-CDA R2.1, plan of treatment): observations, procedures and acts as FHIR R4 ServiceRequests, the rest by its own reader. */
import { encountersOf, medicationsOf } from './cda-acts.ts';
import { concept, identifiersOf, isSaid, moment, namedIn, whenOf } from './cda-datatypes.ts';
import { attempt, type EntryReading, isNegated, type Made, missing, related } from './cda-entry.ts';
import { all, at, attribute, type XmlElement } from './cda-xml.ts';

/** What the mood says of how firm it is. */
const INTENTS: Readonly<Record<string, string>> = { RQO: 'order', PRP: 'proposal' };
const STATUS: Readonly<Record<string, string>> = {
  active: 'active',
  completed: 'completed',
  aborted: 'revoked',
  cancelled: 'revoked',
  held: 'on-hold',
  suspended: 'on-hold',
};

export function plannedOf(entry: XmlElement, reading: EntryReading): Made[] {
  if (entry.name === 'encounter') return encountersOf(entry, reading);
  // A planned vaccine too: an Immunization says that it was given.
  if (entry.name === 'substanceAdministration') return medicationsOf(entry, reading);
  return [
    attempt(entry, () => {
      const code = concept(at(entry, 'code'), reading);
      if (!code) throw missing('what is planned');
      const by = all(entry, 'author').flatMap((each) => namedIn(at(each, 'assignedAuthor')) ?? [])[0];
      return reading.resource('ServiceRequest', entry, {
        identifier: identifiersOf(entry),
        status: STATUS[attribute(at(entry, 'statusCode'), 'code')] ?? 'unknown',
        intent: INTENTS[attribute(entry, 'moodCode')] ?? 'plan',
        doNotPerform: isNegated(entry) ? true : undefined,
        code,
        ...whenOf('occurrence', at(entry, 'effectiveTime'), reading),
        authoredOn: moment(at(entry, 'author', 'time'), reading),
        requester: by,
        performer: all(entry, 'performer').flatMap((each) => namedIn(at(each, 'assignedEntity')) ?? []),
        bodySite: all(entry, 'targetSiteCode').flatMap((each) => (isSaid(each) ? (concept(each, reading) ?? []) : [])),
        reasonCode: related(entry, 'observation', 'RSON').flatMap((each) => concept(at(each, 'value'), reading) ?? []),
      });
    }),
  ];
}
