/**
 * What a hub decides of consents. It knows neither persons nor purposes nor what a document is: it asks the one decision
 * (shared/consent/decision.ts) for the part that the ledger tells it, who keeps a compartment and whose grants are in force.
 */
import { grantKey, grantRow } from '../../../shared/consent/consent-rules.ts';
import { mayReleaseKey, standingOf } from '../../../shared/consent/decision.ts';
import { GRANT_MESSAGE } from '../../../shared/consent/grant-message.ts';
import { equalBytes, fromHex, toHex } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import { compartmentKey, compartmentRow } from '../../../shared/ledger/rows.ts';
import { loadState } from '../../ledger/state-rows.store.ts';
import type { Queryable } from '../../storage/database.ts';
import { grantsByWrap, grantsTo, type MessageRow, ownersOfHandles } from './relay.store.ts';

/** For each handle the chain that alone writes there: its custodian in the ledger, before that who first put a document. */
export async function keepersOf(connection: Queryable, handles: readonly string[]): Promise<(Uint8Array | undefined)[]> {
  const [rows, owners] = await Promise.all([
    loadState(connection, handles.map(compartmentKey)),
    ownersOfHandles(connection, handles.map(fromHex)),
  ]);
  return handles.map((handle, at) => {
    const row = rows.get(compartmentKey(handle));
    return row ? decode(compartmentRow, row).custodian : owners[at];
  });
}

/**
 * Whether a clinic gets the sealed documents of a compartment at `time` (milliseconds). The same is read whatever comes out, so that
 * the time of an answer says nothing either.
 */
export async function isServed(connection: Queryable, handle: string, chain: string, time: number): Promise<boolean> {
  const [[keeper], ids] = await Promise.all([
    keepersOf(connection, [handle]),
    grantsTo(connection, fromHex(handle), fromHex(chain)),
  ]);
  const names = ids.map(toHex);
  const rows = await loadState(connection, [compartmentKey(handle), ...names.map(grantKey)]);
  const grants = names.flatMap((name) => {
    const row = rows.get(grantKey(name));
    return row ? [[name, decode(grantRow, row)] as const] : [];
  });
  const place = { clinic: chain, keeper: keeper ? toHex(keeper) : '', handle, time };
  const { isKeeper, inForce } = standingOf(place, new Map(grants));
  return isKeeper || inForce.length > 0;
}

/** The messages without those that carry the key of a grant that is over: who was away while it held does not get it afterwards. */
export async function releasedMail(
  connection: Queryable,
  messages: readonly MessageRow[],
  chain: string,
  time: number,
): Promise<MessageRow[]> {
  const wraps = messages.flatMap(({ id, kind }) => (kind === GRANT_MESSAGE ? [id] : []));
  if (wraps.length === 0) return [...messages];
  const named = await grantsByWrap(connection, wraps);
  const handles = [...new Set(named.map(({ handle }) => toHex(handle)))];
  const [rows, keepers] = await Promise.all([
    loadState(
      connection,
      named.map(({ id }) => grantKey(toHex(id))),
    ),
    keepersOf(connection, handles),
  ]);
  const isReleased = ({ id, handle }: (typeof named)[number]): boolean => {
    const row = rows.get(grantKey(toHex(id)));
    const keeper = keepers[handles.indexOf(toHex(handle))];
    const to = { chain, handle: toHex(handle) };
    return mayReleaseKey(row && decode(grantRow, row), to, keeper ? toHex(keeper) : '', time);
  };
  const released = named.filter(isReleased);
  const isIn = (grants: typeof named, { id }: MessageRow): boolean => grants.some(({ wrap }) => equalBytes(wrap, id));
  // One that no grant of the ledger names yet goes: its recipient opens nothing before the ledger has it.
  return messages.filter((message) => isIn(released, message) || !isIn(named, message));
}
