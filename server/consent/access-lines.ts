/** Who opened a shared patient's records is told to the custodian: each access line goes along, sealed, with its own commit. */

import { PURPOSES } from '../../shared/consent/purpose.ts';
import { fromHex, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { deviceRow } from '../../shared/ledger/rows.ts';
import { deviceKey } from '../../shared/ledger/rules.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { type AccessLine, decodeSaltedLine, encodeSaltedLine } from '../../shared/sync/access-line.ts';
import type { IncomingMessage } from '../sync/clinic.store.ts';
import { encryptionKeysOf, ownSealingPair } from '../sync/clinic-mail/clinic-key-book.ts';
import type { OutgoingMessage } from '../sync/gateway.ts';
import { handlesIn } from '../sync/vault-context/patient-compartments.ts';
import type { PatientEntry } from '../sync/vault-context/vault-context.ts';
import { clinicEncryptionKeys } from '../vault/clinic-keys.ts';
import { openMessageFrom, sealMessage } from '../vault/messages.ts';
import type { ConsentParts } from './consent-parts.ts';
import { grantsAs, senderKeysOf } from './grant-rows.ts';
import type { Reception } from './receive-grants.ts';

/** Salt and line; the clinic is the message's sender. */
export const ACCESS_ENTRY_MESSAGE = 'access-entry';
const CONTEXT = utf8('careledger/v1/access-entry\n');

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
  const parties = { kind: ACCESS_ENTRY_MESSAGE, senderChain: context.chain, recipientChain, context: CONTEXT };
  const body = sealMessage(parties, key, custodianKeys.inForce, encodeSaltedLine(line));
  return [{ recipientChain, recipientDevice: new Uint8Array(0), kind: ACCESS_ENTRY_MESSAGE, body }];
}

/** Keeps a line that another clinic wrote about one of our patients. */
export async function receiveAccessLine(parts: ConsentParts, message: IncomingMessage): Promise<Reception> {
  const { context, directory, accessLog } = parts;
  const senderKeys = await senderKeysOf(parts, toHex(message.senderChain));
  if (senderKeys.length === 0) return 'waiting';
  const parties = {
    kind: ACCESS_ENTRY_MESSAGE,
    senderChain: message.senderChain,
    recipientChain: context.chain,
    context: CONTEXT,
  };
  const ownKeys = await clinicEncryptionKeys(context.keyStore);
  const line = decodeSaltedLine(openMessageFrom(message.body, parties, senderKeys, ownKeys));
  const patient = directory.get(line.patient);
  const [device] = await context.gateway.state([deviceKey(line.device)]);
  const sender = toHex(message.senderChain);
  const theirs = line.chain === sender && device !== undefined && toHex(decode(deviceRow, device).chain) === sender;
  const ours = new Set(patient ? handlesIn(patient) : []);
  const granted = [...(await grantsAs(context.gateway, 'custodian', context.chain)).values()].some(
    (grant) => toHex(grant.recipient) === sender && ours.has(toHex(grant.handle)),
  );
  // A clinic speaks of its own devices only, and of patients that were shared with it.
  const known = (PURPOSES as readonly string[]).includes(line.purpose);
  if (!patient || patient.custodian !== toHex(context.chain) || !theirs || !granted || !known) return 'dropped';
  await context.gateway.commit({ handledMessages: [message.sequence], rows: [accessLog.receivedRow(line)] });
  context.notify({ patients: [patient.id], topics: ['access'] });
  return 'taken';
}
