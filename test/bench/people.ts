/** As many people as a large directory holds, each made from a number. */
import type { FhirResource } from '../../shared/fhir/fhir-resource.ts';
import { CULTURES } from '../../shared/patients/sample-names.ts';

/** A Patient as registers hold them: number `at` of many. */
export function person(at: number): FhirResource {
  const culture = CULTURES[at % CULTURES.length] as (typeof CULTURES)[number];
  const pick = (from: readonly string[], step: number): string => from[Math.floor(at / step) % from.length] as string;
  const names = at % 2 === 0 ? culture.female : culture.male;
  const family = pick(culture.family, CULTURES.length);
  const given = pick(names, CULTURES.length * culture.family.length);
  const day = new Date(Date.UTC(1930, 0, 1) + ((at * 7919) % 33_000) * 86_400_000).toISOString().slice(0, 10);
  return {
    resourceType: 'Patient',
    id: `p${at}`,
    identifier: [{ system: 'urn:oid:2.999.1', value: String(10_000_000 + at) }],
    name: [{ family, given: [given] }],
    birthDate: day,
    address: [{ city: culture.cities[at % culture.cities.length]?.[0] ?? '' }],
  } as unknown as FhirResource;
}
