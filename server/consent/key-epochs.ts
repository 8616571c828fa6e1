/**
 * Epochs of a compartment's key at its custodian: ending a grant begins a new one, and the grants that go on get its key. Each
 * step may be cut off and done again: `settleEpochs` at the next unlock brings everything to where it should be.
 */
import type { GrantRow } from '../../shared/consent/consent-rules.ts';
import { mayReleaseKey } from '../../shared/consent/decision.ts';
import { GRANT_KEYS_MESSAGE, GRANT_SUITE, grantKeysMessage, type HeldGrant } from '../../shared/consent/grant-message.ts';
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { encode } from '../../shared/encoding/codec.ts';
import type { LocalWrite, OutgoingMessage, VaultRow } from '../sync/gateway.ts';
import { beginKeyEpochs } from '../sync/vault-context/compartment-epochs.ts';
import { rowsOfTag } from '../sync/vault-context/vault-rows.store.ts';
import { sha256 } from '../vault/primitives.ts';
import type { ConsentParts } from './consent-parts.ts';
import { dropGrants, type EpochKey, epochKeys, heldGrants, keepGrants, sealEpochKeys } from './grant-keys.ts';
import { grantsAs } from './grant-rows.ts';

/** Ids of the messages that carried keys of a grant, so that the hub can be told to destroy them. */
const SENT = 'grant-message';

interface KeyRenewal {
  /** To commit: messages with keys that recipients lack, and the rows that remember them. */
  readonly write: Pick<LocalWrite, 'messages' | 'rows'>;
  /** What the key store then remembers as sent. */
  readonly held: ReadonlyMap<string, HeldGrant>;
}

/** Grants (hexadecimal) that have been sent every key there was, with how many that were: they are not opened again until there are more. */
export type SentWhole = Map<string, number>;

/**
 * The keys that grants in force have not been sent yet. `ending`: grants that are over with the write under way.
 * @param whole is added to @param given the ledger's grants of this clinic, where they were listed already
 */
export async function renewKeys(
  parts: ConsentParts,
  ending: ReadonlySet<string> = new Set(),
  whole: SentWhole = new Map(),
  given?: ReadonlyMap<string, GrantRow>,
): Promise<KeyRenewal> {
  const { context } = parts;
  const rows = given ?? (await grantsAs(context.gateway, 'custodian', context.chain));
  const time = await context.gateway.time();
  const live = [...rows].filter(([id, row]) => !ending.has(id) && releases(row, time));
  const epochs = await context.keyStore.epochsOf(
    'compartment',
    live.map(([, { handle }]) => handle),
  );
  const due = live.filter(([id, { handle }]) => epochs.get(toHex(handle))?.length !== whole.get(id));
  const messages: OutgoingMessage[] = [];
  const remembered: VaultRow[] = [];
  const held = new Map<string, HeldGrant>();
  for (const [id, grant] of await heldGrants(
    context.keyStore,
    due.map(([id]) => id),
  )) {
    const sent = new Set(grant.keys.map(({ epoch }) => epoch));
    const there = epochs.get(toHex(grant.handle)) ?? [];
    if (there.every((epoch) => sent.has(epoch))) {
      whole.set(id, there.length);
      continue;
    }
    const missing = (await epochKeys(context.keyStore, grant.handle)).filter(({ epoch }) => !sent.has(epoch));
    const message = keysMessage(id, grant, missing);
    messages.push(message);
    remembered.push(sentRow(parts, id, message.body));
    held.set(id, { ...grant, keys: [...grant.keys, ...missing] });
  }
  return { write: { messages, rows: remembered }, held };
}

function keysMessage(id: string, grant: HeldGrant, keys: readonly EpochKey[]): OutgoingMessage {
  const named = fromHex(id);
  const body = encode(grantKeysMessage, {
    suite: GRANT_SUITE,
    grant: named,
    handle: grant.handle,
    keys: sealEpochKeys(named, grant, keys),
  });
  return { recipientChain: grant.other, recipientDevice: new Uint8Array(0), kind: GRANT_KEYS_MESSAGE, body };
}

function releases(row: GrantRow, time: number): boolean {
  return mayReleaseKey(row, { chain: toHex(row.recipient), handle: toHex(row.handle) }, toHex(row.custodian), time);
}

/** Remembers a message that carried keys of the grant `id` (hexadecimal). */
export function sentRow({ context }: ConsentParts, id: string, body: Uint8Array): VaultRow {
  const name = sha256(body);
  return context.rows.seal(SENT, context.rows.name(SENT, name), context.rows.name('grant', fromHex(id)), name);
}

/** Ids of the messages that carried keys of the grants, and the rows that then forget them. */
export async function sentMessages(
  { context }: ConsentParts,
  grants: Iterable<string>,
): Promise<{ ids: Uint8Array[]; rows: VaultRow[] }> {
  const ids: Uint8Array[] = [];
  const rows: VaultRow[] = [];
  for (const grant of grants) {
    for (const row of await rowsOfTag(context.reader, SENT, context.rows.name('grant', fromHex(grant)))) {
      ids.push(context.rows.open(SENT, row));
      rows.push({ kind: SENT, key: row.key, tag: row.tag, sealed: null });
    }
  }
  return { ids, rows };
}

/**
 * Ends what is over: grants that expired, or whose withdrawal was cut off half-way, get their epoch, and grants in force the
 * keys they lack. At unlock and when the replica moved. Gives how many grants ended.
 * @param rows the ledger's grants of this clinic
 */
export async function settleEpochs(parts: ConsentParts, rows: ReadonlyMap<string, GrantRow>, whole: SentWhole): Promise<number> {
  const { context } = parts;
  const time = await context.gateway.time();
  const over = [...rows].filter(([, row]) => !releases(row, time)).map(([id]) => id);
  const ended = await heldGrants(context.keyStore, over);
  const handles = new Map([...ended.values()].map(({ handle }) => [toHex(handle), handle]));
  if (handles.size > 0) await beginKeyEpochs(parts.context, [...handles.values()]);
  const renewal = await renewKeys(parts, new Set(), whole, rows);
  const sent = await sentMessages(parts, ended.keys());
  if (ended.size > 0 || renewal.held.size > 0) {
    await context.gateway.commit({
      messages: renewal.write.messages ?? [],
      rows: [...(renewal.write.rows ?? []), ...sent.rows],
      withdrawMessages: sent.ids,
    });
    await keepGrants(context.keyStore, renewal.held);
    await dropGrants(context.keyStore, [...ended.keys()]);
  }
  return ended.size;
}
