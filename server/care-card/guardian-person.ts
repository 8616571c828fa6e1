/** Who acts for a patient as their records say it: a FHIR RelatedPerson, until it is over. */
import type { RelatedPerson } from '@medplum/fhirtypes';
import { fromUtf8, utf8 } from '../../shared/encoding/bytes.ts';
import type { FhirResource } from '../../shared/fhir/fhir-resource.ts';
import { summarize } from '../../shared/fhir/summary.ts';
import type { PatientEntry } from '../sync/vault-context/vault-context.ts';
import type { CareCardParts } from './care-cards.ts';
import type { KnownGuardian } from './guardian-rows.ts';

const ROLE_CODES = 'http://terminology.hl7.org/CodeSystem/v3-RoleCode';
const ROLE_CLASSES = 'http://terminology.hl7.org/CodeSystem/v3-RoleClass';

/** `starts` and `ends` in milliseconds; `ends` 0: until it is ended. */
export function relatedPerson(
  patient: PatientEntry,
  guardian: PatientEntry,
  { relationship, starts, ends }: { relationship: string; starts: number; ends: number },
): RelatedPerson {
  return {
    resourceType: 'RelatedPerson',
    active: true,
    patient: { reference: `Patient/${patient.id}` },
    relationship: [{ coding: [{ system: relationship === 'NOK' ? ROLE_CLASSES : ROLE_CODES, code: relationship }] }],
    name: [{ text: guardian.summary.fullName }],
    period: { start: new Date(starts).toISOString(), ...(ends === 0 ? {} : { end: new Date(ends).toISOString() }) },
  };
}

/** What a record holds of it. */
export const writtenPerson = (person: RelatedPerson) => ({
  content: utf8(JSON.stringify(person)),
  summary: summarize(person as unknown as FhirResource),
});

/** The RelatedPerson says that it is over. Nothing where it does already, or is not there. */
export async function endPerson(
  { records, directory, context }: CareCardParts,
  { patient, record }: KnownGuardian,
): Promise<void> {
  const entry = directory.get(patient);
  const stands = entry && (await records.entries(entry)).find((each) => each.record === record);
  const [newest] = entry && stands ? await records.versions(entry, stands) : [];
  if (!stands || !newest) return;
  const before = JSON.parse(fromUtf8(newest.content)) as RelatedPerson;
  if (before.active === false) return;
  const person = { ...before, active: false, period: { ...before.period, end: new Date(context.clock()).toISOString() } };
  const { category, kind, fhirId, version } = stands;
  await records.put({ patient, category, kind, ...writtenPerson(person), fhirId, record, basedOn: version });
}
