/** Registering a person at the desk: possible duplicates come first, and only a person decides that they are none. */
import type { RegisterPatientInput } from '../graphql/generated/vault.ts';
import { NOBODY, type PatientEntry, type RecordStore, type VaultContext } from '../sync/vault-context/vault-context.ts';
import type { PatientMatch, Patients } from './patients.ts';

interface Registration {
  /** The new person; undefined when there are candidates to look at first. */
  readonly patient: PatientEntry | undefined;
  readonly candidates: readonly PatientMatch[];
}

/** @throws {Failure} `fhir.…` when what was typed does not make a Patient (a birth date that is none). */
export async function register(
  context: VaultContext,
  patients: Patients,
  records: RecordStore,
  input: RegisterPatientInput,
  evenSo: boolean,
): Promise<Registration> {
  const named = patients.begin(NOBODY, '');
  const { entry, content } = await context.fhir.check(JSON.stringify(resourceOf(named.id, input)));
  const { summary, terms } = entry.person ?? { summary: NOBODY, terms: '' };
  const candidates = await patients.candidates(summary);
  if (candidates.length > 0 && !evenSo) return { patient: undefined, candidates };
  const owner = { ...named, summary, terms };
  const draft = {
    patient: owner.id,
    category: 'identity',
    kind: 'fhir',
    content,
    summary: entry.summary,
    fhirId: owner.id,
  } as const;
  await records.put(draft, undefined, owner);
  return { patient: patients.known(owner.id), candidates };
}

/** A FHIR R4 Patient; what was left empty is left out, as FHIR wants it. */
function resourceOf(id: string, input: RegisterPatientInput): object {
  const filled = (value: string | null | undefined): string | undefined => value?.trim() || undefined;
  const family = filled(input.family);
  const given = input.given.flatMap((name) => filled(name) ?? []);
  const system = filled(input.identifierSystem);
  const identifier = filled(input.identifier);
  const phone = filled(input.phone);
  const city = filled(input.city);
  return {
    resourceType: 'Patient',
    id,
    ...(identifier ? { identifier: [{ ...(system ? { system } : {}), value: identifier }] } : {}),
    active: true,
    name: [{ use: 'official', ...(family ? { family } : {}), ...(given.length > 0 ? { given } : {}) }],
    ...(phone ? { telecom: [{ system: 'phone', value: phone }] } : {}),
    ...(filled(input.gender) ? { gender: filled(input.gender) } : {}),
    ...(filled(input.birthDate) ? { birthDate: filled(input.birthDate) } : {}),
    ...(city ? { address: [{ use: 'home', city }] } : {}),
  };
}
