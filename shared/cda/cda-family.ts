/** Relatives and what they had (C-CDA R2.1, family history organizer), as FHIR R4 FamilyMemberHistory. */
import { type Json, present } from '../hl7/hl7-datatypes.ts';
import { GENDERS } from './cda-codes.ts';
import { concept, humanName, identifiersOf, isSaid, moment, period, quantity } from './cda-datatypes.ts';
import { attempt, codeIn, type EntryReading, isNegated, type Made, missing, related } from './cda-entry.ts';
import { all, at, attribute, type XmlElement } from './cda-xml.ts';

const ADMINISTRATIVE_GENDER = 'http://hl7.org/fhir/administrative-gender';
/** “Age at onset” (SNOMED CT), the code of an age observation. */
const AGE = '445518008';

export const familyOf = (entry: XmlElement, reading: EntryReading): Made[] => [
  attempt(entry, () => {
    const relative = at(entry, 'subject', 'relatedSubject');
    const relationship = concept(at(relative, 'code'), reading);
    if (!relationship) throw missing('which relative it is about');
    const person = at(relative, 'subject');
    const gender = GENDERS[codeIn(at(person, 'administrativeGenderCode'))];
    const died = moment(at(person, 'deceasedTime'), reading).slice(0, 10);
    const isDead = attribute(at(person, 'deceasedInd'), 'value') === 'true';
    const observations = all(entry, 'component').flatMap((each) => all(each, 'observation'));
    return reading.resource('FamilyMemberHistory', entry, {
      identifier: identifiersOf(entry),
      status: 'completed',
      name: humanName(at(person, 'name'))?.text,
      relationship,
      sex: gender && { coding: [{ system: ADMINISTRATIVE_GENDER, code: gender }] },
      bornDate: moment(at(person, 'birthTime'), { zone: () => 'Z' }).slice(0, 10),
      deceasedDate: died,
      deceasedBoolean: died === '' && (isDead || observations.some(wasFatal)) ? true : undefined,
      condition: observations.flatMap((each) => conditionOf(each, reading)),
    });
  }),
];

/** What was not so is no condition of theirs: the words of the section say it. */
function conditionOf(observation: XmlElement, reading: EntryReading): Json[] {
  const value = at(observation, 'value');
  const code = isSaid(value) ? concept(value, reading) : undefined;
  if (!code || isNegated(observation)) return [];
  const age = related(observation, 'observation').find((each) => codeIn(at(each, 'code')) === AGE);
  const onsetAge = age && quantity(at(age, 'value'), reading);
  const when = present(period(at(observation, 'effectiveTime'), reading));
  return [
    {
      code,
      ...(wasFatal(observation) ? { contributedToDeath: true } : {}),
      ...(onsetAge ? { onsetAge } : when ? { onsetPeriod: when } : {}),
    },
  ];
}

/** A family history death observation inside: they died of it. */
const wasFatal = (observation: XmlElement): boolean => related(observation, 'observation', 'CAUS').length > 0;
