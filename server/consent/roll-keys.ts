/**
 * A device of this clinic was revoked: it still holds the compartments' keys of that day. Each compartment begins a new epoch, whose
 * keys go to the desks that are left and to the grants in force, so that what is written from now on opens nothing there.
 */
import type { GrantRow } from '../../shared/consent/consent-rules.ts';
import { fromHex, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { decode, encode, fixed, list } from '../../shared/encoding/codec.ts';
import { compartmentKey, compartmentRow, deviceRow } from '../../shared/ledger/rows.ts';
import { beginKeyEpochs } from '../sync/vault-context/compartment-epochs.ts';
import { NO_TAG } from '../sync/vault-context/sealed-rows.ts';
import { rowsOfKeys } from '../sync/vault-context/vault-rows.store.ts';
import type { ConsentParts } from './consent-parts.ts';
import { dropGrants, heldGrants } from './grant-keys.ts';
import { sentMessages } from './key-epochs.ts';

const KIND = 'keys-rolled';
const DEVICE = 'device/';
const doneCodec = list(fixed(32), 10_000);

/** Once for each revoked device. Cut off, it is done again: an epoch more does no harm. */
export function rollForRevoked(parts: ConsentParts): Promise<void> {
  return onceForRevoked(parts, KIND, async () => {
    await beginKeyEpochs(parts.context, await ownCompartments(parts));
    return true;
  });
}

/**
 * Runs `act` until it has been done for each device of this clinic that was revoked. All desks of the clinic know of it then.
 * @param kind of the row that remembers for which it was done @param act gives whether it was done, for devices (hexadecimal)
 */
export async function onceForRevoked(
  { context: { gateway, chain, reader, rows } }: ConsentParts,
  kind: string,
  act: (devices: readonly string[]) => Promise<boolean>,
): Promise<void> {
  const revoked = (await gateway.stateList(DEVICE)).flatMap(({ key, value }) => {
    const row = decode(deviceRow, value);
    return row.revoked && toHex(row.chain) === toHex(chain) ? [key.slice(DEVICE.length)] : [];
  });
  if (revoked.length === 0) return;
  const name = rows.name(kind, utf8(kind));
  const [stored] = await rowsOfKeys(reader, kind, [name]);
  const done = new Set((stored ? decode(doneCodec, rows.open(kind, stored)) : []).map(toHex));
  const due = revoked.filter((device) => !done.has(device));
  if (due.length === 0 || !(await act(due))) return;
  await gateway.commit({ rows: [rows.seal(kind, name, NO_TAG, encode(doneCodec, revoked.map(fromHex)))] });
}

/**
 * A patient ends a consent at a kiosk without any desk: what a desk owes to that is done here. Compartments whose grants are over begin a new
 * epoch, and the messages with keys are taken back. Cut off, it is done again, since the held grant goes last.
 * @param rows the ledger's grants of this clinic
 */
export async function settleEndings(parts: ConsentParts, rows: ReadonlyMap<string, GrantRow>): Promise<void> {
  const { context } = parts;
  const over = [...rows].filter(([, row]) => row.withdrawn).map(([id]) => id);
  const held = await heldGrants(context.keyStore, over);
  if (held.size === 0) return;
  const ended = [...held.keys()];
  await beginKeyEpochs(
    context,
    [...held.values()].map(({ handle }) => handle),
  );
  const sent = await sentMessages(parts, ended);
  await context.gateway.commit({ rows: sent.rows, withdrawMessages: sent.ids });
  await dropGrants(context.keyStore, ended);
}

/** Those whose keys are here and that no other clinic keeps. */
async function ownCompartments({ context }: ConsentParts): Promise<Uint8Array[]> {
  const own = new Map<string, Uint8Array>();
  for await (const page of context.keyStore.everyKey()) {
    const keys = page.filter(({ kind }) => kind === 'compartment');
    const custodians = await context.gateway.state(keys.map(({ id }) => compartmentKey(toHex(id))));
    keys.forEach(({ id }, at) => {
      const row = custodians[at];
      if (!row || toHex(decode(compartmentRow, row).custodian) === toHex(context.chain)) own.set(toHex(id), id);
    });
  }
  return [...own.values()];
}
