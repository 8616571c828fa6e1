/** Everybody of the region who could open a patient of this clinic today, each with what and why. */

import { exceptionRule } from '../../shared/consent/consent-choices.ts';
import type { Policies } from '../../shared/consent/decision.ts';
import { type Opening, peopleIn, STAFF, whoCouldOpen } from '../../shared/consent/who-could-open.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { PatientEntry } from '../sync/vault-context/vault-context.ts';
import type { ConsentParts } from './consent-parts.ts';
import { consentsOf } from './consent-records.ts';
import { glassGrantsAmong, grantsAs } from './grant-rows.ts';
import type { Restrictions } from './restrictions.ts';

export interface PossibleReader {
  /** Chain id, hexadecimal. */
  readonly clinic: string;
  /** Staff id in hexadecimal; undefined for people of other clinics, whom this one knows by role and number only. */
  readonly person: string | undefined;
  readonly role: string;
  readonly count: number;
  readonly openings: readonly Opening[];
}

/** @throws {Failure} `consent.not-the-custodian`, `patients.unknown`. */
export async function possibleReaders(
  parts: ConsentParts,
  restrictions: Restrictions,
  patient: PatientEntry,
): Promise<PossibleReader[]> {
  const { gateway, chain } = parts.context;
  const own = toHex(chain);
  if (patient.custodian !== own)
    throw new Failure('consent.not-the-custodian', 'Another clinic keeps these records: it alone knows who could open them.');
  const policies = await policiesOf(parts, restrictions, patient);
  const people = peopleIn(await gateway.stateList(STAFF));
  const kept = await parts.context.hooks.keptCategories(patient);
  const handles = Object.fromEntries(Object.entries(patient.handles).filter(([category]) => !kept.has(category)));
  const open = whoCouldOpen(people, { keeper: own, handles }, policies, await gateway.time());
  const readers = new Map<string, PossibleReader>();
  for (const [{ clinic, person, role }, openings] of open) {
    const key = clinic === own ? person : `${clinic} ${role}`;
    const before = readers.get(key)?.count ?? 0;
    readers.set(key, { clinic, person: clinic === own ? person : undefined, role, count: before + 1, openings });
  }
  return [...readers.values()];
}

async function policiesOf(parts: ConsentParts, restrictions: Restrictions, patient: PatientEntry): Promise<Policies> {
  const handles = new Set(Object.values(patient.handles));
  const all = await grantsAs(parts.context.gateway, 'custodian', parts.context.chain);
  const grants = new Map([...all].filter(([, { handle }]) => handles.has(toHex(handle))));
  const consents = (await consentsOf(parts, patient)).map(({ record }) => record);
  const exceptions = new Map(
    consents.flatMap(({ choices, grants: parted }) =>
      parted.map(({ grant }) => [grant, choices.exceptions.map(exceptionRule)] as const),
    ),
  );
  const emergencyGrants = await glassGrantsAmong(parts.context.gateway, [...grants.keys()]);
  // As who asks may know them: whom a restriction names is not told of it here either.
  const known = new Set((await restrictions.list(patient.id)).map(({ document }) => document));
  const inForce = (await restrictions.inForce(patient)).filter(({ id }) => known.has(id));
  return { grants, exceptions, restrictions: inForce, emergencyGrants };
}
