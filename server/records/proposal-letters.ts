/** Letters between two clinics about a record: sealed from the one's encryption key to the other's, both as the ledger has them. */
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { IncomingMessage } from '../sync/clinic.store.ts';
import { encryptionKeysOf, ownSealingPair } from '../sync/clinic-key-book.ts';
import type { OutgoingMessage } from '../sync/gateway.ts';
import type { VaultContext } from '../sync/vault-context.ts';
import { clinicEncryptionKeys } from '../vault/clinic-keys.ts';
import { openMessageFrom, sealMessage } from '../vault/messages.ts';

const EACH_DEVICE = new Uint8Array(0);

/** @param to chain of the other clinic, hexadecimal. @throws {Failure} `records.clinic-unknown`, `vault.clinic-key-missing`. */
export async function sealLetter(
  context: VaultContext,
  kind: string,
  to: string,
  associated: Uint8Array,
  plaintext: Uint8Array,
): Promise<OutgoingMessage> {
  const [keys, own] = await Promise.all([encryptionKeysOf(context.reader, to), ownSealingPair(context)]);
  if (!keys)
    throw new Failure('records.clinic-unknown', 'The ledger here does not know that clinic yet. Sync, and try again.', {
      retry: true,
    });
  const recipientChain = fromHex(to);
  const parties = { kind, senderChain: context.chain, recipientChain, context: associated };
  const body = sealMessage(parties, own, keys.inForce, plaintext);
  return { recipientChain, recipientDevice: EACH_DEVICE, kind, body };
}

/** What a letter says. @throws {Failure} `vault.message-refused`, `vault.key-missing`, `encoding.malformed`. */
export async function openLetter(
  context: VaultContext,
  { kind, senderChain, body }: IncomingMessage,
  associated: Uint8Array,
): Promise<Uint8Array> {
  const { keyStore, chain, reader } = context;
  const keys = await encryptionKeysOf(reader, toHex(senderChain));
  if (!keys) throw new Failure('vault.message-refused', 'This message is of a clinic that the ledger does not know.');
  const parties = { kind, senderChain, recipientChain: chain, context: associated };
  return openMessageFrom(body, parties, keys.all, await clinicEncryptionKeys(keyStore));
}
