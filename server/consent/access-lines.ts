/** Who opened a shared patient's records is told to the custodian: each access line goes along, sealed, with its own commit. */

import { PURPOSES, type Purpose } from '../../shared/consent/purpose.ts';
import { fromHex, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { choice, decode, encode, fixed, struct, text, u64 } from '../../shared/encoding/codec.ts';
import { deviceRow, ROLES, type Role } from '../../shared/ledger/rows.ts';
import { deviceKey } from '../../shared/ledger/rules.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { IncomingMessage } from '../sync/clinic.store.ts';
import { encryptionKeysOf, ownSealingPair } from '../sync/clinic-key-book.ts';
import type { OutgoingMessage } from '../sync/gateway.ts';
import type { AccessLine, PatientEntry } from '../sync/vault-context.ts';
import { clinicEncryptionKeys } from '../vault/clinic-keys.ts';
import { openMessageFrom, sealMessage } from '../vault/messages.ts';
import type { ConsentParts } from './consent-parts.ts';
import { grantsAs, senderKeysOf } from './grant-rows.ts';
import type { Reception } from './receive-grants.ts';

export const ACCESS_LINE_MESSAGE = 'access-line';
const CONTEXT = utf8('careledger/v1/access-line\n');

/** What the custodian is told; the clinic is the message's sender. */
const accessLineMessage = struct({
  patient: fixed(16),
  staff: fixed(32),
  who: text(200),
  role: choice(...ROLES),
  purpose: choice(...PURPOSES),
  action: text(40),
  at: u64,
  device: fixed(32),
  sequence: u64,
});

/** The message for a line about another clinic's patient. @throws {Failure} `consent.custodian-unknown`. */
export async function accessLineMessages(
  { context }: ConsentParts,
  line: AccessLine,
  patient: PatientEntry,
): Promise<readonly OutgoingMessage[]> {
  const [custodianKeys, key] = await Promise.all([encryptionKeysOf(context.reader, patient.custodian), ownSealingPair(context)]);
  if (!custodianKeys)
    throw new Failure('consent.custodian-unknown', 'The clinic that shared these records cannot be told of this access.');
  const recipientChain = fromHex(patient.custodian);
  const plaintext = encode(accessLineMessage, {
    patient: fromHex(line.patient),
    staff: fromHex(line.staff),
    who: line.who,
    role: line.role as Role,
    purpose: line.purpose as Purpose,
    action: line.action,
    at: line.at,
    device: fromHex(line.device),
    sequence: line.sequence,
  });
  const parties = { kind: ACCESS_LINE_MESSAGE, senderChain: context.chain, recipientChain, context: CONTEXT };
  const body = sealMessage(parties, key, custodianKeys.inForce, plaintext);
  return [{ recipientChain, recipientDevice: new Uint8Array(0), kind: ACCESS_LINE_MESSAGE, body }];
}

/** Keeps a line that another clinic wrote about one of our patients. */
export async function receiveAccessLine(parts: ConsentParts, message: IncomingMessage): Promise<Reception> {
  const { context, directory, accessLog } = parts;
  const senderKeys = await senderKeysOf(parts, toHex(message.senderChain));
  if (senderKeys.length === 0) return 'waiting';
  const parties = {
    kind: ACCESS_LINE_MESSAGE,
    senderChain: message.senderChain,
    recipientChain: context.chain,
    context: CONTEXT,
  };
  const ownKeys = await clinicEncryptionKeys(context.keyStore);
  const told = decode(accessLineMessage, openMessageFrom(message.body, parties, senderKeys, ownKeys));
  const patient = directory.get(toHex(told.patient));
  const [device] = await context.gateway.state([deviceKey(toHex(told.device))]);
  const theirs = device !== undefined && toHex(decode(deviceRow, device).chain) === toHex(message.senderChain);
  const granted = [...(await grantsAs(context.gateway, 'custodian', context.chain)).values()].some(
    (grant) =>
      toHex(grant.recipient) === toHex(message.senderChain) &&
      Object.values(patient?.handles ?? {}).includes(toHex(grant.handle)),
  );
  // A clinic speaks of its own devices only, and of patients that were shared with it.
  if (!patient || patient.custodian !== toHex(context.chain) || !theirs || !granted) return 'dropped';
  const line: AccessLine = {
    ...told,
    patient: patient.id,
    staff: toHex(told.staff),
    chain: toHex(message.senderChain),
    device: toHex(told.device),
  };
  await context.gateway.commit({ handledMessages: [message.sequence], rows: [accessLog.receivedRow(line)] });
  context.notify({ patients: [patient.id], topics: ['access'] });
  return 'taken';
}
