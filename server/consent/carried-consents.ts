/**
 * Where the records are kept: what patients shared elsewhere with their card. A consent that arrives is kept like every other, so that it
 * is shown, ended and renewed as they are; a grant on the ledger that is not its patient's ends here.
 */
import { cardKey, cardRow } from '../../shared/care-card/card-rules.ts';
import { CARRIED_ROWS, carriedKey, carriedRow } from '../../shared/consent/card-visit-rules.ts';
import { CARRIED_CONTEXT, CARRIED_MESSAGE, CARRIED_SUITE, carriedConsent } from '../../shared/consent/carried-message.ts';
import { consentWithdrawnBody, type GrantRow } from '../../shared/consent/consent-rules.ts';
import { type ConsentRecord, readFhirConsent } from '../../shared/consent/fhir-consent.ts';
import type { HeldGrant } from '../../shared/consent/grant-message.ts';
import { equalBytes, fromHex, fromUtf8, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { type IncomingMessage, waitingMessages } from '../sync/clinic.store.ts';
import { compartmentsOf } from '../sync/vault-context/patient-compartments.ts';
import { personalAct } from '../sync/vault-context/personal-act.ts';
import type { PatientEntry } from '../sync/vault-context/vault-context.ts';
import { clinicEncryptionKeys } from '../vault/clinic-keys.ts';
import { openMessageFrom } from '../vault/messages.ts';
import { sha256 } from '../vault/primitives.ts';
import type { ConsentParts } from './consent-parts.ts';
import { consentDraft, consentPointer, isRecorded } from './consent-records.ts';
import { epochKeys, keepGrants } from './grant-keys.ts';
import { grantsById, senderKeysOf } from './grant-rows.ts';

/** Keeps the consents that have arrived. One whose grants are not on the ledger yet waits. */
export async function takeCarried(parts: ConsentParts): Promise<void> {
  const messages = (await waitingMessages(parts.context.reader)).filter(({ kind }) => kind === CARRIED_MESSAGE);
  for (const message of messages) {
    const taken = await take(parts, message).catch((error: unknown) => {
      // What is wrong with a message is its sender's fault and does not get better.
      if (error instanceof Failure && SENDERS_FAULT.has(error.code)) return 'dropped' as const;
      throw error;
    });
    if (taken === 'dropped') await parts.context.gateway.commit({ handledMessages: [message.sequence] });
  }
}

const SENDERS_FAULT: ReadonlySet<string> = new Set([
  'encoding.malformed',
  'vault.unknown-suite',
  'vault.message-refused',
  'consent.resource-unreadable',
]);

async function take(parts: ConsentParts, message: IncomingMessage): Promise<'taken' | 'waiting' | 'dropped'> {
  const { context, directory, records } = parts;
  const senderKeys = await senderKeysOf(parts, toHex(message.senderChain));
  if (senderKeys.length === 0) return 'waiting';
  const { senderChain } = message;
  const parties = { kind: CARRIED_MESSAGE, senderChain, recipientChain: context.chain, context: CARRIED_CONTEXT };
  const ownKeys = await clinicEncryptionKeys(context.keyStore);
  const inside = decode(carriedConsent, openMessageFrom(message.body, parties, senderKeys, ownKeys));
  const ids = inside.parts.map(({ grant }) => toHex(grant));
  const grants = await grantsById(context.gateway, ids);
  if (grants.size < ids.length) return 'waiting';
  const patient = directory.get(toHex(inside.patient));
  const record = recordIn(inside.resource);
  if (inside.suite !== CARRIED_SUITE || !patient || !isBorneOut(context.chain, senderChain, patient, record, grants))
    return 'dropped';
  if (await isRecorded(parts, record.id)) return 'dropped';
  const held = new Map<string, HeldGrant>();
  for (const { grant, grantKey, epochs } of inside.parts) {
    const part = record.grants.find((each) => each.grant === toHex(grant));
    if (!part) return 'dropped';
    const handle = fromHex(part.handle);
    const keys = (await epochKeys(context.keyStore, handle)).filter(({ epoch }) => epochs.includes(epoch));
    const named = { consent: fromHex(record.id), handle, category: part.category, patient: inside.patient };
    held.set(part.grant, { ...named, other: senderChain, grantKey, keys, resource: new Uint8Array(0) });
  }
  await keepGrants(context.keyStore, held);
  await records.put(consentDraft(record), { rows: [consentPointer(parts, record)], handledMessages: [message.sequence] });
  context.notify({ patients: [patient.id], topics: ['consents'] });
  return 'taken';
}

/** @throws {Failure} `consent.resource-unreadable`. */
function recordIn(resource: Uint8Array): ConsentRecord {
  try {
    return readFhirConsent(JSON.parse(fromUtf8(resource)));
  } catch (cause) {
    throw new Failure('consent.resource-unreadable', 'A consent that another clinic sent does not read as one.', { cause });
  }
}

/** Whether the ledger says what the message says: this text, this clinic, and compartments of this patient of ours. */
function isBorneOut(
  chain: Uint8Array,
  sender: Uint8Array,
  patient: PatientEntry,
  { text, choices, grants: named }: ConsentRecord,
  grants: ReadonlyMap<string, GrantRow>,
): boolean {
  const agreement = sha256(utf8(text));
  const stands = [...grants].every(([grant, row]) => {
    const part = named.find((each) => each.grant === grant);
    return (
      part !== undefined &&
      equalBytes(row.custodian, chain) &&
      equalBytes(row.recipient, sender) &&
      equalBytes(row.agreement, agreement) &&
      toHex(row.handle) === part.handle &&
      compartmentsOf(patient, part.category).includes(part.handle)
    );
  });
  return stands && named.length === grants.size && patient.custodian === toHex(chain) && choices.patient === patient.id;
}

/** Ends grants that a patient's card gave over compartments of somebody else: only this clinic knows whose they are. */
export async function endForeignGrants(parts: ConsentParts): Promise<void> {
  const { context, directory } = parts;
  const ids = (await context.gateway.stateList(CARRIED_ROWS)).map(({ key }) => key.slice(CARRIED_ROWS.length));
  const ours = [...(await grantsById(context.gateway, ids))].filter(
    ([, { custodian, withdrawn }]) => !withdrawn && equalBytes(custodian, context.chain),
  );
  for (const [id, { handle }] of ours) {
    const [given] = await context.gateway.state([carriedKey(id)]);
    const [card] = given ? await context.gateway.state([cardKey(toHex(decode(carriedRow, given).card))]) : [];
    const [owner] = directory.holding(new Set([toHex(handle)]));
    if (owner && card && owner.handles.identity === toHex(decode(cardRow, card).handle)) continue;
    const event = personalAct(context, {
      type: 'consent.withdrawn',
      handle,
      codec: consentWithdrawnBody,
      body: { grant: fromHex(id) },
    });
    await context.gateway.commit({ events: [event] });
  }
}
