/** Grants to this clinic that are over: keys destroyed, documents forgotten, charts and directory emptied of them. */

import { type GrantRow, grantIsOver, grantKey, grantRow } from '../../shared/consent/consent-rules.ts';
import type { HeldGrant } from '../../shared/consent/grant-message.ts';
import { ACCESS_PURGED, accessPurgedBody, accessPurgedKey, accessPurgedRow } from '../../shared/consent/purge-rules.ts';
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { decode, encode, fixed, struct, u32 } from '../../shared/encoding/codec.ts';
import { documentCount } from '../sync/erased.store.ts';
import type { VaultRow } from '../sync/gateway.ts';
import { deviceEvent } from '../sync/vault-context/device-event.ts';
import { everyCompartment, withoutCompartments } from '../sync/vault-context/patient-compartments.ts';
import { NO_TAG } from '../sync/vault-context/sealed-rows.ts';
import type { CompartmentName } from '../sync/vault-context/vault-context.ts';
import { everyRow } from '../sync/vault-context/vault-rows.store.ts';
import { forgettingCards } from './card-news.ts';
import type { ConsentParts } from './consent-parts.ts';
import { dropGrants, heldGrants } from './grant-keys.ts';
import { grantsAs } from './grant-rows.ts';
import { openCompartment } from './receive-grants.ts';

/** A purge on this desk that the ledger is still to be told of. */
const DUE = 'purge-due';
const dueCodec = struct({ grant: fixed(16), handle: fixed(16), count: u32 });

/** Whether the ledger that is here says of each of these grants (hexadecimal ids) that it is over. One that it does not name yet is not. */
export async function areOver({ context }: Pick<ConsentParts, 'context'>, grants: readonly string[]): Promise<boolean> {
  const rows = await context.gateway.state(grants.map(grantKey));
  const time = await context.gateway.witnessedTime();
  return rows.every((row) => row !== undefined && grantIsOver(decode(grantRow, row), time));
}

/** May be cut off anywhere and done again. Gives whether anything was purged. */
export async function purgeEnded(parts: ConsentParts): Promise<boolean> {
  const { gateway, chain, keyStore } = parts.context;
  const rows = await grantsAs(gateway, 'recipient', chain);
  const time = await gateway.witnessedTime();
  // What goes on is opened only where something has ended.
  const over = [...rows].flatMap(([id, row]) => (grantIsOver(row, time) ? [id] : []));
  const held = await heldGrants(keyStore, over);
  const patients = new Set([...held.values()].map(({ patient }) => toHex(patient)));
  for (const patient of patients) await parts.context.inTurn(() => purge(parts, patient));
  return patients.size > 0;
}

interface HeldNow {
  /** Held here and over. */
  readonly over: ReadonlyMap<string, HeldGrant>;
  /** Held here and not over. */
  readonly going: ReadonlyMap<string, HeldGrant>;
  /** Everything given to this clinic that is not over, held here or not. */
  readonly given: ReadonlyMap<string, GrantRow>;
}

async function heldNow({ context }: ConsentParts): Promise<HeldNow> {
  const rows = await grantsAs(context.gateway, 'recipient', context.chain);
  // Keys are destroyed by a time that the quorum vouches for: a wrong clock here must not destroy what holds.
  const time = await context.gateway.witnessedTime();
  const held = await heldGrants(context.keyStore, rows.keys());
  const isPast = (id: string): boolean => grantIsOver(rows.get(id) as GrantRow, time);
  return {
    over: new Map([...held].filter(([id]) => isPast(id))),
    going: new Map([...held].filter(([id]) => !isPast(id))),
    given: new Map([...rows].filter(([, row]) => !grantIsOver(row, time))),
  };
}

/** Tells the ledger what was purged here. Older copies of the key file die first, so that what is told is true of them too. */
export async function sayPurged({ context }: ConsentParts): Promise<void> {
  const due: VaultRow[] = [];
  for await (const page of everyRow(context.reader, DUE)) for (const row of page) due.push({ kind: DUE, ...row });
  if (due.length === 0) return;
  await context.hooks.keysDestroyed();
  const purged = due.map((row) => decode(dueCodec, context.rows.openExact(DUE, row)));
  const keys = purged.map(({ grant }) => accessPurgedKey(toHex(grant), toHex(context.device)));
  const told = await context.gateway.state(keys);
  const events = purged
    .filter((_, at) => told[at] === undefined)
    .map(({ grant, handle, count }) =>
      deviceEvent(context, { type: 'access.purged', handle, codec: accessPurgedBody, body: { grant, count } }),
    );
  await context.gateway.commit({ events, rows: due.map((row) => ({ ...row, key: row.key.slice(), sealed: null })) });
  context.notify({ topics: ['consents'] });
}

/** What one device of a grant's recipient said. */
export interface Purged {
  /** Hexadecimal. */
  readonly device: string;
  readonly count: number;
  /** Milliseconds: the device's own clock. */
  readonly at: number;
}

/** @param grants ids in hexadecimal; what a device said of several is taken together. */
export async function purgesOf({ context }: ConsentParts, grants: readonly string[]): Promise<Purged[]> {
  const byDevice = new Map<string, Purged>();
  for (const grant of grants) {
    const prefix = `${ACCESS_PURGED}${grant}/`;
    for (const { key, value } of await context.gateway.stateList(prefix)) {
      const device = key.slice(prefix.length);
      const { count, time } = decode(accessPurgedRow, value);
      const before = byDevice.get(device);
      byDevice.set(device, { device, count: count + (before?.count ?? 0), at: Math.max(time, before?.at ?? 0) });
    }
  }
  return [...byDevice.values()].sort((one, other) => one.at - other.at);
}

/** What is held is asked in the turn itself: a grant that came a moment ago keeps its patient. */
async function purge(parts: ConsentParts, patient: string): Promise<void> {
  const { context, directory, records } = parts;
  const entry = directory.get(patient);
  const now = await heldNow(parts);
  const ofPatient = (grants: ReadonlyMap<string, HeldGrant>) =>
    new Map([...grants].filter(([, grant]) => toHex(grant.patient) === patient));
  const [over, going] = [ofPatient(now.over), ofPatient(now.going)];
  // Another desk of the clinic may have been given more, of which the row is here and the keys are still on their way.
  const coming = (entry?.shared ?? []).flatMap((id) => now.given.get(id) ?? []);
  const stillOpen = new Set([...going.values(), ...coming].map(({ handle }) => toHex(handle)));
  const closed = [...over.values()].filter(({ handle }) => !stillOpen.has(toHex(handle)));
  const handles = [...over.values()].map(({ handle }) => handle);
  const due = await Promise.all([...over].map(([id, { handle }]) => dueRow(parts, id, handle)));
  await context.keyStore.destroyCompartmentKeys(handles);
  // Another grant may open the same compartment: it keeps the keys that it was given, and no others.
  for (const grant of going.values())
    if (handles.some((handle) => toHex(handle) === toHex(grant.handle))) await openCompartment(parts, grant.handle, grant.keys);
  const isKept = stillOpen.size > 0;
  const rows: VaultRow[] = due;
  if (entry) {
    const categories = new Set<CompartmentName>(closed.map(({ category }) => category));
    const gone = everyCompartment(entry).flatMap(([category, handle]) =>
      categories.has(category) && !stillOpen.has(handle) ? [handle] : [],
    );
    const left = {
      ...entry,
      ...withoutCompartments(entry, new Set(gone)),
      shared: entry.shared.filter((id) => !over.has(id)),
    };
    rows.push(
      // Of a category with another compartment that stays open, what lies there is taken in anew.
      ...(await records.disown(entry, categories)),
      ...(isKept ? [directory.row(left)] : [directory.removal(patient), ...(await forgettingCards(context, patient))]),
    );
    await context.gateway.commit({ rows, forgetHandles: closed.map(({ handle }) => handle) });
    records.forget(patient);
    if (isKept) await directory.applied([left]);
    else await directory.forgotten([patient]);
  } else {
    await context.gateway.commit({ rows, forgetHandles: closed.map(({ handle }) => handle) });
  }
  // Last: as long as the grant is held here, a purge that was cut off is done again.
  await dropGrants(context.keyStore, [...over.keys()]);
  context.notify({ patients: [patient], topics: ['patients', 'consents'] });
}

async function dueRow({ context }: ConsentParts, id: string, handle: Uint8Array): Promise<VaultRow> {
  const grant = fromHex(id);
  const count = await documentCount(context.reader, handle);
  return context.rows.sealExact(DUE, context.rows.name(DUE, grant), NO_TAG, encode(dueCodec, { grant, handle, count }));
}
