/** Letters between two clinics: sealed from the one's encryption key to the other's, both as the ledger has them. */
import { fromHex, toHex } from '../../../shared/encoding/bytes.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { decodeMessage } from '../../../shared/vault/message.ts';
import { clinicEncryptionKeys } from '../../vault/clinic-keys.ts';
import { openMessageFrom, sealMessage } from '../../vault/messages.ts';
import type { IncomingMessage } from '../clinic.store.ts';
import type { OutgoingMessage } from '../gateway.ts';
import type { VaultContext } from '../vault-context/vault-context.ts';
import { type ClinicEncryptionKeys, encryptionKeysOf, isStillComing, ownSealingPair } from './clinic-key-book.ts';

const EACH_DEVICE = new Uint8Array(0);

/** @param to chain of the other clinic, hexadecimal. @throws {Failure} `records.clinic-unknown`, `vault.clinic-key-missing`. */
export async function sealLetter(
  context: VaultContext,
  kind: string,
  to: string,
  associated: Uint8Array,
  plaintext: Uint8Array,
): Promise<OutgoingMessage> {
  const [{ chain: recipientChain, keys }, own] = await Promise.all([knownClinic(context, to), ownSealingPair(context)]);
  const parties = { kind, senderChain: context.chain, recipientChain, context: associated };
  const body = sealMessage(parties, own, keys.inForce, plaintext);
  return { recipientChain, recipientDevice: EACH_DEVICE, kind, body };
}

/** Another clinic, as the ledger here has it. @param id its chain, hexadecimal. @throws {Failure} `records.clinic-unknown`. */
export async function knownClinic(
  { reader }: Pick<VaultContext, 'reader'>,
  id: string,
): Promise<{ readonly chain: Uint8Array; readonly keys: ClinicEncryptionKeys }> {
  const keys = await encryptionKeysOf(reader, id);
  if (keys) return { chain: fromHex(id), keys };
  throw new Failure('records.clinic-unknown', 'The ledger here does not know that clinic yet. Sync, and try again.', {
    retry: true,
  });
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

/** What is wrong with a letter is its sender's fault and does not get better; a fault of this machine is not swallowed. */
const REFUSALS: ReadonlySet<string> = new Set([
  'encoding.malformed',
  'vault.unknown-suite',
  'vault.message-refused',
  'vault.key-missing',
]);

/** What becomes of a letter that did not open: it waits while its key may still come here. @throws what is no fault of the letter. */
export async function unopened(
  context: VaultContext,
  { body }: Pick<IncomingMessage, 'body'>,
  error: unknown,
): Promise<'waiting' | 'dropped'> {
  if (!(error instanceof Failure && (REFUSALS.has(error.code) || error.code.startsWith('fhir.')))) throw error;
  if (error.code !== 'vault.key-missing') return 'dropped';
  return (await isStillComing(context, decodeMessage(body).recipientKey)) ? 'waiting' : 'dropped';
}
