/** "Who could open this today, and why?" for the patient: the one decision, asked over the ledger of this kiosk and what the clinic filed. */
import { exceptionRule } from '../../../shared/consent/consent-choices.ts';
import { GRANTS, type GrantRow, grantRow } from '../../../shared/consent/consent-rules.ts';
import type { Policies } from '../../../shared/consent/decision.ts';
import { glassGrantKey } from '../../../shared/consent/glass-rules.ts';
import { type Opening, type Person, peopleIn, STAFF, whoCouldOpen } from '../../../shared/consent/who-could-open.ts';
import { equalBytes, toHex } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import type { FiledReach, PatientFile } from '../../../shared/kiosk/patient-file.ts';
import { chainRow, erasedKey } from '../../../shared/ledger/rows.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import type { ReadConnection } from '../../storage/database.ts';
import { listOverlaid, loadOverlaid } from '../../sync/own-acts/pending.ts';

/** People of one clinic and role who could open the same by the same right. */
export interface OwnPossibleReaders {
  readonly clinic: string;
  /** It keeps the records. */
  readonly isHome: boolean;
  readonly role: string;
  /** Of the home clinic; of others the region knows role and number only. */
  readonly names: readonly string[];
  readonly count: number;
  readonly openings: ReadonlyArray<Opening & { readonly given: readonly number[] }>;
}

/**
 * @param keeper chain of the home clinic
 * @param time milliseconds, by which it is judged what holds
 * @throws {Failure} `patient.no-file` where the clinic's file is of a program that filed nothing of this yet
 */
export async function possibleReadersOf(
  { reader, keeper }: { readonly reader: ReadConnection; readonly keeper: Uint8Array },
  { consents, reach }: Pick<PatientFile, 'consents' | 'reach'>,
  time: number,
): Promise<OwnPossibleReaders[]> {
  if (!reach)
    throw new Failure('patient.no-file', 'Your clinic has not put this in order for your card yet. Ask at the desk.', {
      retry: true,
    });
  const home = toHex(keeper);
  const exceptions = new Map(
    consents.flatMap(({ grants, exceptions: left = [] }) => grants.map(({ grant }) => [grant, left.map(exceptionRule)] as const)),
  );
  const grants = await grantsOver(reader, keeper, new Set(Object.values(reach.handles).filter((handle) => handle !== undefined)));
  const policies: Policies = {
    grants,
    exceptions,
    restrictions: reach.restrictions,
    emergencyGrants: await answersToGlass(reader, [...grants.keys()]),
  };
  const people = peopleIn(await listOverlaid(reader, STAFF));
  const open = whoCouldOpen(people, { keeper: home, handles: reach.handles }, policies, time);
  const given = new Map(consents.flatMap((each) => each.grants.map(({ grant }) => [grant, each.recordedAt] as const)));
  const clinics = await clinicNamesOf(reader, [...open.keys()]);
  return [...Map.groupBy(open, ([{ clinic, role }, openings]) => JSON.stringify([clinic, role, openings])).values()]
    .map((alike) => groupOf(alike, { home, clinics, given, reach }))
    .sort((one, other) => Number(other.isHome) - Number(one.isHome) || one.clinic.localeCompare(other.clinic));
}

interface Known {
  readonly home: string;
  readonly clinics: ReadonlyMap<string, string>;
  readonly given: ReadonlyMap<string, number>;
  readonly reach: FiledReach;
}

/** @param alike not empty */
function groupOf(alike: ReadonlyArray<[Person, Opening[]]>, { home, clinics, given, reach }: Known): OwnPossibleReaders {
  const [[{ clinic, role }, openings]] = alike as [[Person, Opening[]]];
  const isHome = clinic === home;
  return {
    clinic: clinics.get(clinic) ?? clinic.slice(0, 12),
    isHome,
    role,
    names: isHome ? alike.map(([{ person }]) => reach.names[person] ?? person.slice(0, 8)).sort() : [],
    count: alike.length,
    openings: openings.map((each) => ({
      ...each,
      given: [...new Set(each.grants.flatMap((grant) => given.get(grant) ?? []))].sort((a, b) => a - b),
    })),
  };
}

/** Grants of the home clinic over these compartments, by id; one whose compartment is erased has ended with it. */
async function grantsOver(
  reader: ReadConnection,
  keeper: Uint8Array,
  handles: ReadonlySet<string>,
): Promise<Map<string, GrantRow>> {
  const erased = await loadOverlaid(reader, [...handles].map(erasedKey));
  const grants = new Map<string, GrantRow>();
  for (const { key, value } of await listOverlaid(reader, GRANTS)) {
    const row = decode(grantRow, value);
    const handle = toHex(row.handle);
    if (!handles.has(handle) || !equalBytes(row.custodian, keeper)) continue;
    const isErased = erased.get(erasedKey(handle)) !== undefined;
    grants.set(key.slice(GRANTS.length), isErased ? { ...row, withdrawn: true } : row);
  }
  return grants;
}

async function answersToGlass(reader: ReadConnection, ids: readonly string[]): Promise<Set<string>> {
  const rows = await loadOverlaid(reader, ids.map(glassGrantKey));
  return new Set(ids.filter((id) => rows.get(glassGrantKey(id)) !== undefined));
}

async function clinicNamesOf(reader: ReadConnection, people: readonly Person[]): Promise<Map<string, string>> {
  const keys = [...new Set(people.map(({ clinic }) => `chain/${clinic}`))];
  const rows = await loadOverlaid(reader, keys);
  return new Map(
    keys.flatMap((key) => {
      const row = rows.get(key);
      return row ? [[key.slice('chain/'.length), decode(chainRow, row).name] as const] : [];
    }),
  );
}
