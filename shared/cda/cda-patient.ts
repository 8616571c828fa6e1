/** The person whom a document is about, as a FHIR R4 Patient. */
import { type Json, present } from '../hl7/hl7-datatypes.ts';
import { Failure } from '../outcome/failure.ts';
import { GENDERS } from './cda-codes.ts';
import { address, type CdaReading, concept, contactPoint, humanName, identifierOf, isSaid, moment } from './cda-datatypes.ts';
import { all, at, attribute, type XmlElement } from './cda-xml.ts';

/**
 * `key` is what the sender knows the person by, named as an HL7 version 2 message of the same sender names them.
 * @throws {Failure} `cda.no-patient-id`, `hl7.moment`.
 */
export function patientOf(role: XmlElement, reading: CdaReading): { resource: Json; key: string } {
  const identifier = all(role, 'id').flatMap((each) => identifierOf(each) ?? []);
  const [first] = identifier;
  if (!first)
    throw new Failure('cda.no-patient-id', 'The patient has no identifier: who this is about cannot be recognised again.', {
      details: { line: role.line },
    });
  const person = at(role, 'patient');
  const died = moment(at(person, 'deceasedTime'), reading);
  const isDead = attribute(at(person, 'deceasedInd'), 'value') === 'true';
  const marital = at(person, 'maritalStatusCode');
  const resource = {
    identifier,
    name: all(person, 'name').flatMap((each) => humanName(each) ?? []),
    telecom: all(role, 'telecom').flatMap((each) => contactPoint(each) ?? []),
    gender: genderOf(at(person, 'administrativeGenderCode')),
    birthDate: moment(at(person, 'birthTime'), { zone: () => 'Z' }).slice(0, 10),
    deceasedDateTime: died,
    deceasedBoolean: died === '' && isDead ? true : undefined,
    address: all(role, 'addr').flatMap((each) => address(each) ?? []),
    maritalStatus: isSaid(marital) ? concept(marital, reading) : undefined,
    communication: all(person, 'languageCommunication').flatMap((each) => {
      const code = attribute(at(each, 'languageCode'), 'code');
      const language = code && { coding: [{ system: 'urn:ietf:bcp:47', code }] };
      const preferred = attribute(at(each, 'preferenceInd'), 'value') === 'true' ? true : undefined;
      return language ? [present({ language, preferred })] : [];
    }),
  };
  return { resource, key: `${first.system ?? ''} ${first.value}` };
}

function genderOf(element: XmlElement | undefined): string | undefined {
  if (!element) return undefined;
  return isSaid(element) ? (GENDERS[attribute(element, 'code')] ?? 'unknown') : 'unknown';
}
