/** Grants to this clinic that are over: keys destroyed, documents forgotten, charts and directory emptied of them. */

import type { GrantRow } from '../../shared/consent/consent-rules.ts';
import type { HeldGrant } from '../../shared/consent/grant-message.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import type { RecordCategory } from '../../shared/fhir/patient-compartment.ts';
import type { VaultRow } from '../sync/gateway.ts';
import type { ConsentParts } from './consent-parts.ts';
import { dropGrants, heldGrants } from './grant-keys.ts';
import { grantsAs } from './grant-rows.ts';
import { openCompartment } from './receive-grants.ts';

/** Whether a grant is over for good; one that has not begun is not. */
const isOver = (row: GrantRow, time: number): boolean => row.withdrawn || (row.ends !== 0 && time >= row.ends);

/** Gives the ids of the grants that were purged, in hexadecimal. May be cut off anywhere and done again. */
export async function purgeEnded(parts: ConsentParts): Promise<string[]> {
  const { context } = parts;
  const rows = await grantsAs(context.gateway, 'recipient', context.chain);
  // Keys are destroyed by a time that the quorum vouches for: a wrong clock here must not destroy what holds.
  const time = await context.gateway.witnessedTime();
  const held = await heldGrants(context.keyStore, rows.keys());
  const ended = [...held].filter(([id]) => isOver(rows.get(id) as GrantRow, time));
  const byPatient = Map.groupBy(ended, ([, { patient }]) => toHex(patient));
  for (const [patient, grants] of byPatient) {
    const over = new Set(grants.map(([id]) => id));
    const going = [...held].filter(([id, { patient: other }]) => !over.has(id) && toHex(other) === patient);
    await context.inTurn(() => purge(parts, patient, new Map(grants), new Map(going)));
  }
  return ended.map(([id]) => id);
}

async function purge(
  parts: ConsentParts,
  patient: string,
  over: ReadonlyMap<string, HeldGrant>,
  going: ReadonlyMap<string, HeldGrant>,
): Promise<void> {
  const { context, directory, records } = parts;
  const stillOpen = new Set([...going.values()].map(({ handle }) => toHex(handle)));
  const closed = [...over.values()].filter(({ handle }) => !stillOpen.has(toHex(handle)));
  const handles = [...over.values()].map(({ handle }) => handle);
  await context.keyStore.destroyCompartmentKeys(handles);
  // Another grant may open the same compartment: it keeps the keys that it was given, and no others.
  for (const grant of going.values())
    if (handles.some((handle) => toHex(handle) === toHex(grant.handle))) await openCompartment(parts, grant.handle, grant.keys);
  const entry = directory.get(patient);
  const rows: VaultRow[] = [];
  if (entry) {
    const categories = new Set<RecordCategory>(closed.map(({ category }) => category));
    const kept = Object.entries(entry.handles).filter(([category]) => !categories.has(category as RecordCategory));
    const left = { ...entry, handles: Object.fromEntries(kept), shared: entry.shared.filter((id) => !over.has(id)) };
    rows.push(...(await records.disown(entry, categories)), going.size === 0 ? directory.removal(patient) : directory.row(left));
    await context.gateway.commit({ rows, forgetHandles: closed.map(({ handle }) => handle) });
    records.forget(patient);
    if (going.size === 0) await directory.forgotten([patient]);
    else await directory.applied([left]);
  } else {
    await context.gateway.commit({ forgetHandles: closed.map(({ handle }) => handle) });
  }
  // Last: as long as the grant is held here, a purge that was cut off is done again.
  await dropGrants(context.keyStore, [...over.keys()]);
  context.notify({ patients: [patient], topics: ['patients', 'consents'] });
}
