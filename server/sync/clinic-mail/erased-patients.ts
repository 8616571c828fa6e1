/**
 * Patients of this clinic who were erased: what a late message of another desk still says about them is not taken in. All that is
 * kept of them is their id, which nothing leads to any more.
 */
import { fromHex, toHex } from '../../../shared/encoding/bytes.ts';
import { openBlock } from '../../../shared/ledger/block.ts';
import { decodeEvent } from '../../../shared/ledger/event.ts';
import { erasedKey } from '../../../shared/ledger/rows.ts';
import { blocksWith, hasErased } from '../erased.store.ts';
import type { DeviceGateway, VaultRow } from '../gateway.ts';
import { everyCompartment, withoutCompartments } from '../vault-context/patient-compartments.ts';
import { NO_TAG } from '../vault-context/sealed-rows.ts';
import { NOBODY, type PatientEntry, type VaultContext } from '../vault-context/vault-context.ts';
import { everyRow } from '../vault-context/vault-rows.store.ts';

const KIND = 'erased-patient';

/** The row that remembers a patient's id (hexadecimal); the clinic's other desks get it as well. */
export function erasedPatientRow({ rows }: VaultContext, patient: string): VaultRow {
  const id = fromHex(patient);
  return rows.sealExact(KIND, rows.name(KIND, id), NO_TAG, id);
}

export async function erasedPatients({ reader, rows }: VaultContext): Promise<Set<string>> {
  const patients = new Set<string>();
  for await (const page of everyRow(reader, KIND)) for (const row of page) patients.add(toHex(rows.openExact(KIND, row)));
  return patients;
}

/** Those of these handles (hexadecimal) that the ledger, with what is pending here, says are erased. */
export async function erasedAmong(gateway: DeviceGateway, handles: readonly string[]): Promise<Set<string>> {
  if (handles.length === 0) return new Set();
  const rows = await gateway.state(handles.map(erasedKey));
  return new Set(handles.filter((_, at) => rows[at] !== undefined));
}

/**
 * Whether a document belongs to an erased compartment, as the event says that names it: then it never comes. The search goes
 * through every block, so it is asked of documents that are missed, where something was erased.
 */
export async function isErasedDocument({ reader, gateway }: VaultContext, name: Uint8Array): Promise<boolean> {
  if (!(await hasErased(reader))) return false;
  for (const { bytes } of await blocksWith(reader, name)) {
    const events = openBlock(bytes).block.events.filter(({ event }) => Buffer.from(event).includes(Buffer.from(name)));
    const handles = events.map(({ event }) => toHex(decodeEvent(event).handle)).filter((handle) => handle !== '');
    if ((await erasedAmong(gateway, handles)).size > 0) return true;
  }
  return false;
}

/**
 * What is left of a directory entry; undefined when nothing is. Where the identity went, what another desk has written meanwhile
 * stays as a nameless rest, so that somebody who may can erase it too.
 */
export function withoutErased(entry: PatientEntry, erased: ReadonlySet<string>): PatientEntry | undefined {
  const known = everyCompartment(entry);
  const kept = known.filter(([, handle]) => !erased.has(handle));
  if (kept.length === known.length) return entry;
  if (kept.length === 0) return undefined;
  const left = { ...entry, ...withoutCompartments(entry, erased) };
  if (left.handles.identity !== undefined) return left;
  return { ...left, record: '', terms: '', summary: { ...NOBODY, fullName: entry.id.slice(0, 8) } };
}
