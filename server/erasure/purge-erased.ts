/**
 * What each desk of the custodian does about a tombstone, its own or another's: rows, keys, older copies of the key file, and
 * then its word on the ledger. The ledger is the journal: what this device has not confirmed there is done (again).
 */

import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { ERASED, erasedRow } from '../../shared/ledger/rows.ts';
import { compartmentPurgedBody, purgedKey } from '../../shared/records/erasure-rules.ts';
import { erasedPatientRow, withoutErased } from '../sync/clinic-mail/erased-patients.ts';
import { documentCount } from '../sync/erased.store.ts';
import type { VaultRow } from '../sync/gateway.ts';
import { staffOf } from '../sync/vault-context/clinic-people.ts';
import { deviceEvent } from '../sync/vault-context/device-event.ts';
import { everyCompartment } from '../sync/vault-context/patient-compartments.ts';
import type { PatientEntry } from '../sync/vault-context/vault-context.ts';
import { alsoErased, type ErasureParts } from './erasure-parts.ts';
import { erasureRecords } from './erasure-records.ts';

/**
 * May be cut off anywhere and done again.
 * @param settled handles of which this session knows that there is nothing left to do, unless somebody expects a word; added to
 */
export async function purgeErased(parts: ErasureParts, settled: Set<string>): Promise<void> {
  const { context, consents } = parts;
  const expected = await expectedHere(parts);
  const open = await unconfirmed(parts, settled, expected);
  if (open.size === 0) return;
  await context.inTurn(() => purgeRows(parts, open));
  const handles = [...open].map(fromHex);
  const ended = await consents.endingOn(open);
  const keys = await context.keyStore.getKeys('compartment', handles);
  const held = new Set(keys.map(({ id }) => toHex(id)));
  if (held.size > 0) await context.keyStore.destroyCompartmentKeys(handles);
  await ended.forget();
  await confirm(parts, open, held, expected);
  for (const handle of open) settled.add(handle);
}

/** Handles whose erasure this desk is expected to confirm, as far as it has heard: the record may come after the tombstone. */
async function expectedHere({ context }: ErasureParts): Promise<Set<string>> {
  const device = toHex(context.device);
  const awaited = (await erasureRecords(context)).filter(
    ({ desks, retained }) => retained.length === 0 && desks.includes(device),
  );
  return new Set(awaited.flatMap(({ compartments }) => compartments.map(({ handle }) => handle)));
}

async function unconfirmed(
  { context }: ErasureParts,
  settled: ReadonlySet<string>,
  expected: ReadonlySet<string>,
): Promise<Set<string>> {
  const { gateway, chain, device } = context;
  const tombstones = (await gateway.stateList(ERASED)).filter(
    ({ value }) => toHex(decode(erasedRow, value).custodian) === toHex(chain),
  );
  const handles = tombstones
    .map(({ key }) => key.slice(ERASED.length))
    .filter((handle) => !settled.has(handle) || expected.has(handle));
  const confirmed = await gateway.state(handles.map((handle) => purgedKey(handle, toHex(device))));
  return new Set(handles.filter((_, at) => confirmed[at] === undefined));
}

/** Patients whom this desk still knows by one of the handles: another desk erased them. */
async function purgeRows(parts: ErasureParts, handles: ReadonlySet<string>): Promise<void> {
  const { context, patients } = parts;
  for (const patient of patients.holding(handles)) {
    const left = withoutErased(patient, handles);
    const rows = await rowsOf(parts, patient, left, handles);
    await context.gateway.commit({ rows, forgetHandles: [...handles].map(fromHex) });
    parts.records.forget(patient.id);
    parts.charts.close(patient.id);
    if (left) await patients.applied([left]);
    else await patients.forgotten([patient.id]);
    context.notify({ patients: [patient.id], topics: ['patients', 'consents', 'erasures'] });
  }
}

async function rowsOf(
  { context, patients, records, consents }: ErasureParts,
  patient: PatientEntry,
  left: PatientEntry | undefined,
  handles: ReadonlySet<string>,
): Promise<VaultRow[]> {
  const gone = everyCompartment(patient).filter(([, handle]) => handles.has(handle));
  const categories = left ? new Set(gone.map(([category]) => category)) : 'all';
  const staff = await staffOf(context.gateway, toHex(context.chain));
  const identityGone = gone.some(([category]) => category === 'identity');
  return [
    ...(await records.erased(patient, categories, staff)),
    ...(identityGone ? [...(await consents.pointersOf(patient)), erasedPatientRow(context, patient.id)] : []),
    ...(left ? [patients.row(left)] : [...(await alsoErased(context, patient.id)), patients.removal(patient.id)]),
  ];
}

/** Says it of what this desk held, and of what a desk that erased expects it to say. Older copies of the key file die before. */
async function confirm(
  { context }: ErasureParts,
  open: ReadonlySet<string>,
  held: ReadonlySet<string>,
  expected: ReadonlySet<string>,
): Promise<void> {
  const counted = await Promise.all(
    [...open].map(async (handle) => ({ handle, count: await documentCount(context.reader, fromHex(handle)) })),
  );
  const said = counted.filter(({ handle, count }) => count > 0 || held.has(handle) || expected.has(handle));
  if (said.length === 0) return;
  await context.hooks.keysDestroyed();
  await context.gateway.commit({
    events: said.map(({ handle, count }) =>
      deviceEvent(context, {
        type: 'compartment.purged',
        handle: fromHex(handle),
        codec: compartmentPurgedBody,
        body: { count },
      }),
    ),
  });
  context.notify({ topics: ['erasures'] });
}
