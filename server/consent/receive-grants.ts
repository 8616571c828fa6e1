/**
 * The recipient's side: a message opens only when the ledger names it. The grant must stand, be for this clinic and hold now,
 * its `wrap` must be the message's hash, and the sender's key is the one that the ledger enrolled (threat K10).
 */
import { type GrantRow, grantHolds, grantIsOver } from '../../shared/consent/consent-rules.ts';
import { GLASS_MESSAGE } from '../../shared/consent/glass-details.ts';
import {
  GRANT_KEYS_MESSAGE,
  GRANT_MESSAGE,
  GRANT_SUITE,
  grantContext,
  grantKeysMessage,
  grantMessage,
  type HeldGrant,
} from '../../shared/consent/grant-message.ts';
import { equalBytes, fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { decode, encode } from '../../shared/encoding/codec.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { decodeMessage } from '../../shared/vault/message.ts';
import { type IncomingMessage, waitingMessages } from '../sync/clinic.store.ts';
import { isStillComing } from '../sync/clinic-mail/clinic-key-book.ts';
import { joinedCompartments } from '../sync/vault-context/patient-compartments.ts';
import { NOBODY, type PatientEntry } from '../sync/vault-context/vault-context.ts';
import { clinicEncryptionKeys } from '../vault/clinic-keys.ts';
import { openMessageFrom } from '../vault/messages.ts';
import { sha256Hex } from '../vault/primitives.ts';
import { ACCESS_ENTRY_MESSAGE, receiveAccessLine } from './access-lines.ts';
import { receiveGlass } from './answer-glass.ts';
import type { ConsentParts } from './consent-parts.ts';
import { type EpochKey, heldGrants, keepGrants, openEpochKeys } from './grant-keys.ts';
import { admittedClinic, grantsAs, senderKeysOf } from './grant-rows.ts';

/** What became of a message: `waiting` for its block or its beginning, `dropped` for good, or `taken`. */
export type Reception = 'waiting' | 'dropped' | 'taken';

/** Opens what arrived, each message at most once. Gives what became of each, by the message's sequence. */
export async function receiveMessages(parts: ConsentParts): Promise<Map<number, Reception>> {
  const { context } = parts;
  const outcome = new Map<number, Reception>();
  for (const message of await waitingMessages(context.reader)) {
    const receive = RECEIVERS[message.kind];
    if (!receive) continue;
    const reception = await context.inTurn(() =>
      receive(parts, message).catch((error: unknown) => refusal(parts, message, error)),
    );
    if (reception === 'dropped') await context.gateway.commit({ handledMessages: [message.sequence] });
    outcome.set(message.sequence, reception);
  }
  return outcome;
}

/** What is wrong with a message is its sender's fault and does not get better; a fault of this machine is not swallowed. */
async function refusal({ context }: ConsentParts, { body }: IncomingMessage, error: unknown): Promise<Reception> {
  if (!(error instanceof Failure && REFUSALS.has(error.code))) throw error;
  if (error.code !== 'vault.key-missing') return 'dropped';
  return (await isStillComing(context, decodeMessage(body).recipientKey)) ? 'waiting' : 'dropped';
}

const REFUSALS: ReadonlySet<string> = new Set([
  'encoding.malformed',
  'vault.unknown-suite',
  'vault.message-refused',
  'vault.key-missing',
  'consent.key-refused',
  'consent.message-refused',
]);

type Receiver = (parts: ConsentParts, message: IncomingMessage) => Promise<Reception>;

const RECEIVERS: Readonly<Record<string, Receiver>> = {
  [GRANT_MESSAGE]: receiveGrant,
  [GRANT_KEYS_MESSAGE]: receiveKeys,
  [ACCESS_ENTRY_MESSAGE]: receiveAccessLine,
  [GLASS_MESSAGE]: receiveGlass,
};

async function receiveGrant(parts: ConsentParts, message: IncomingMessage): Promise<Reception> {
  const { context } = parts;
  const grants = await grantsAs(context.gateway, 'recipient', context.chain);
  const wrap = sha256Hex(message.body);
  const named = [...grants].find(([, row]) => toHex(row.wrap) === wrap);
  // Messages travel beside the ledger, so this one may simply be early.
  if (!named) return 'waiting';
  const [id, row] = named;
  if (!grantHolds(row, await context.gateway.time())) return early(parts, row);
  const held = await openGrant(parts, id, row, message.body);
  const entry = entryWith(parts.directory.get(toHex(held.patient)), id, held, await custodianName(parts, row));
  await takeKeys(parts, id, held);
  await context.gateway.commit({
    handledMessages: [message.sequence],
    followHandles: [held.handle],
    rows: [parts.directory.row(entry)],
  });
  await parts.directory.applied([entry]);
  context.notify({ patients: [entry.id], topics: ['patients', 'consents'] });
  return 'taken';
}

/** Dropped by a time that the witnesses vouch for: what a clock that is ahead says has ended may still hold once the clock is right. */
async function early({ context }: ConsentParts, row: GrantRow): Promise<Reception> {
  return grantIsOver(row, await context.gateway.witnessedTime()) ? 'dropped' : 'waiting';
}

async function openGrant({ context }: ConsentParts, id: string, row: GrantRow, body: Uint8Array): Promise<HeldGrant> {
  const senderKeys = await senderKeysOf({ context }, toHex(row.custodian));
  if (senderKeys.length === 0) throw refused();
  const grant = fromHex(id);
  const { handle, purpose, starts, ends, agreement } = row;
  const parties = {
    kind: GRANT_MESSAGE,
    senderChain: row.custodian,
    recipientChain: context.chain,
    context: encode(grantContext, { grant, handle, purpose, starts, ends, agreement }),
  };
  const ownKeys = await clinicEncryptionKeys(context.keyStore);
  const inside = decode(grantMessage, openMessageFrom(body, parties, senderKeys, ownKeys));
  const { suite, consent, category, patient, grantKey } = inside;
  if (suite !== GRANT_SUITE || !equalBytes(inside.grant, grant) || !equalBytes(inside.handle, handle)) throw refused();
  const keys = openEpochKeys(grant, { handle, grantKey }, inside.keys);
  return { consent, handle, category, patient, other: row.custodian, grantKey, keys, resource: inside.resource };
}

/**
 * The directory's entry with this grant in it; nameless until the identity record has arrived.
 * @param before the entry as it is @param name of the patient's clinic @throws {Failure} `consent.message-refused`.
 */
export function entryWith(before: PatientEntry | undefined, id: string, held: HeldGrant, name: string): PatientEntry {
  const patient = toHex(held.patient);
  const custodian = toHex(held.other);
  // Nobody but its custodian can add to a patient: not to ours, and not to one that another clinic shared.
  if (before && before.custodian !== custodian) throw refused();
  const summary = { ...NOBODY, fullName: `${name} · ${patient.slice(0, 8)}` };
  return {
    ...(before ?? { id: patient, custodian, record: '', summary, terms: '' }),
    ...joinedCompartments(before ?? { handles: {} }, { handles: { [held.category]: toHex(held.handle) } }),
    shared: [...new Set([...(before?.shared ?? []), id])],
  };
}

export async function custodianName({ context }: ConsentParts, row: GrantRow): Promise<string> {
  return (await admittedClinic(context.gateway, toHex(row.custodian)))?.name ?? '';
}

async function receiveKeys(parts: ConsentParts, message: IncomingMessage): Promise<Reception> {
  const { context } = parts;
  const { suite, grant, handle, keys } = decode(grantKeysMessage, message.body);
  const id = toHex(grant);
  const row = (await grantsAs(context.gateway, 'recipient', context.chain)).get(id);
  // Keys may overtake their grant on the way; once it is over they are of no use.
  if (!row) return 'waiting';
  if (row.withdrawn) return 'dropped';
  const held = (await heldGrants(context.keyStore, [id])).get(id);
  if (!held) return early(parts, row);
  if (suite !== GRANT_SUITE || !equalBytes(handle, held.handle) || !equalBytes(message.senderChain, held.other)) throw refused();
  const known = new Set(held.keys.map(({ epoch }) => epoch));
  // An epoch that is here stays as it is: a key is never replaced by a message.
  const fresh = openEpochKeys(grant, held, keys).filter(({ epoch }) => !known.has(epoch));
  await takeKeys(parts, id, { ...held, keys: [...held.keys, ...fresh] });
  await context.gateway.commit({ handledMessages: [message.sequence] });
  context.notify({ patients: [toHex(held.patient)] });
  return 'taken';
}

async function takeKeys({ context }: ConsentParts, id: string, held: HeldGrant): Promise<void> {
  await keepGrants(context.keyStore, new Map([[id, held]]));
  await openCompartment({ context }, held.handle, held.keys);
}

/** Brings keys that grants gave into the compartment's place in the key store, from where documents are opened. */
export async function openCompartment(
  { context }: Pick<ConsentParts, 'context'>,
  handle: Uint8Array,
  keys: readonly EpochKey[],
): Promise<void> {
  await context.keyStore.loadCompartmentKeys([handle]);
  await context.keyStore.putCompartmentKeys(
    keys.map(({ epoch, key }) => ({ handle, epoch, key })),
    'arrived',
  );
}

function refused(): Failure {
  return new Failure('consent.message-refused', 'A message about a grant does not fit what the ledger says, and was dropped.');
}
