/**
 * A device of this clinic was revoked: it still holds the compartments' keys of that day. Each compartment begins a new epoch, whose
 * keys go to the desks that are left and to the grants in force, so that what is written from now on opens nothing there.
 */
import { fromHex, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { decode, encode, fixed, list } from '../../shared/encoding/codec.ts';
import { compartmentKey, compartmentRow, deviceRow } from '../../shared/ledger/rows.ts';
import { beginKeyEpochs } from '../sync/compartment-epochs.ts';
import { NO_TAG } from '../sync/sealed-rows.ts';
import { rowsOfKeys } from '../sync/vault-rows.store.ts';
import type { ConsentParts } from './consent-parts.ts';
import { dropGrants, heldGrants } from './grant-keys.ts';
import { grantsAs } from './grant-rows.ts';
import { sentMessages } from './key-epochs.ts';

const KIND = 'keys-rolled';
const DEVICE = 'device/';
const rolledCodec = list(fixed(32), 10_000);

/** Once for each revoked device. Cut off, it is done again: an epoch more does no harm. */
export async function rollForRevoked(parts: ConsentParts): Promise<void> {
  const { gateway, chain, reader, rows } = parts.context;
  const revoked = (await gateway.stateList(DEVICE)).flatMap(({ key, value }) => {
    const row = decode(deviceRow, value);
    return row.revoked && toHex(row.chain) === toHex(chain) ? [key.slice(DEVICE.length)] : [];
  });
  if (revoked.length === 0) return;
  const name = rows.name(KIND, utf8(KIND));
  const [stored] = await rowsOfKeys(reader, KIND, [name]);
  const done = new Set((stored ? decode(rolledCodec, rows.open(KIND, stored)) : []).map(toHex));
  if (revoked.every((device) => done.has(device))) return;
  await beginKeyEpochs(parts.context, await ownCompartments(parts));
  await gateway.commit({ rows: [rows.seal(KIND, name, NO_TAG, encode(rolledCodec, revoked.map(fromHex)))] });
}

/**
 * A patient ends a consent at a kiosk without any desk: what a desk owes to that is done here. Compartments whose grants are over begin a new
 * epoch, and the messages with keys are taken back. Cut off, it is done again, since the held grant goes last.
 */
export async function settleEndings(parts: ConsentParts): Promise<void> {
  const { context } = parts;
  const rows = await grantsAs(context.gateway, 'custodian', context.chain);
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
