/** PID as a FHIR R4 Patient. */
import type { Hl7Segment } from '@medplum/core';
import { Failure } from '../outcome/failure.ts';
import { GENDERS } from './hl7-codes.ts';
import { address, contactPoint, each, type Identifier, identifierOf, type Json, personName } from './hl7-datatypes.ts';
import { component, dateOf, type Hl7Options, momentOf } from './hl7-text.ts';

/**
 * `key` is what the sender knows the person by: the medical record number of PID-3 with who gave it, else its first identifier, else PID-2.
 * @throws {Failure} `hl7.no-patient-id`, `hl7.moment`.
 */
export function patientOf(segment: Hl7Segment, { zone }: Pick<Hl7Options, 'zone'>): { resource: Json; key: string } {
  const listed = each(segment, 3, (at) => identifierOf(segment, 3, at));
  const identifier = listed.length > 0 ? listed : [identifierOf(segment, 2)].filter((found) => found !== undefined);
  const first =
    identifier.find((each) => typeCode(each) === 'MR') ?? identifier.find((each) => typeCode(each) === 'PI') ?? identifier[0];
  if (!first) throw new Failure('hl7.no-patient-id', 'PID-3 has no identifier: who this is about cannot be recognised again.');
  const givenBy = first.system ?? (first.assigner as { display: string } | undefined)?.display ?? '';
  const died = momentOf(component(segment, 29), zone);
  const isDead = component(segment, 30) === 'Y';
  const resource = {
    identifier,
    name: each(segment, 5, (at) => personName(segment, 5, 1, at)),
    telecom: [
      ...each(segment, 13, (at) => contactPoint(segment, 13, 'home', at)),
      ...each(segment, 14, (at) => contactPoint(segment, 14, 'work', at)),
    ],
    gender: GENDERS[component(segment, 8)],
    birthDate: dateOf(component(segment, 7)),
    address: each(segment, 11, (at) => address(segment, 11, at)),
    deceasedDateTime: died,
    deceasedBoolean: died === '' && isDead ? true : undefined,
  };
  return { resource, key: `${givenBy} ${first.value}` };
}

const typeCode = ({ type }: Identifier): string | undefined =>
  (type as { coding: [{ code: string }] } | undefined)?.coding[0].code;
