/** Messages between clinics and devices: HPKE in Auth mode, so that what opens can only be from the sender it names. */
import { equalBytes } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { SUITE } from '../../shared/vault/document.ts';
import { decodeMessage, encodeMessage, messageInfo } from '../../shared/vault/message.ts';
import { hpkeOpen, hpkeSeal } from './hpke.ts';
import type { AgreementKey } from './primitives.ts';

interface MessageParties {
  readonly kind: string;
  readonly senderChain: Uint8Array;
  readonly recipientChain: Uint8Array;
  /** What else both sides must agree on: handle, category, epoch, grant. Not sent. */
  readonly context: Uint8Array;
}

/** `recipientKey` comes from an enrolment that holds, never from the message's own surroundings. */
export function sealMessage(
  parties: MessageParties,
  senderKey: AgreementKey,
  recipientKey: Uint8Array,
  plaintext: Uint8Array,
): Uint8Array {
  const { kind, senderChain, recipientChain, context } = parties;
  const info = messageInfo(kind, senderChain, recipientChain);
  const { encapsulated, ciphertext } = hpkeSeal({ recipient: recipientKey, info, sender: senderKey }, context, plaintext);
  return encodeMessage({ suite: SUITE, kind, senderChain, recipientChain, recipientKey, encapsulated, ciphertext });
}

/**
 * As `openMessage`, by whichever of the sender's keys it was sealed: they change, and what was sealed before is still on its way.
 * @param senderKeys as the ledger has enrolled them, newest first
 */
export function openMessageFrom(
  bytes: Uint8Array,
  parties: MessageParties,
  senderKeys: readonly Uint8Array[],
  ownKey: (publicKey: Uint8Array) => AgreementKey | undefined,
): Uint8Array {
  const [newest, ...earlier] = senderKeys;
  try {
    return openMessage(bytes, parties, newest ?? new Uint8Array(32), ownKey);
  } catch (error) {
    if (earlier.length === 0 || !(error instanceof Failure) || error.code !== 'vault.message-refused') throw error;
    return openMessageFrom(bytes, parties, earlier, ownKey);
  }
}

/**
 * @param ownKey the key pair of one of our public keys, if we still have it
 * @throws {Failure} `vault.message-refused` when it is not of this kind, between these two, in this context, or by `senderKey`;
 * `vault.key-missing` when it was sealed to a key that we no longer have; `vault.unknown-suite`; `encoding.malformed`.
 */
export function openMessage(
  bytes: Uint8Array,
  parties: MessageParties,
  senderKey: Uint8Array,
  ownKey: (publicKey: Uint8Array) => AgreementKey | undefined,
): Uint8Array {
  const message = decodeMessage(bytes);
  const expected =
    message.kind === parties.kind &&
    equalBytes(message.senderChain, parties.senderChain) &&
    equalBytes(message.recipientChain, parties.recipientChain);
  if (!expected)
    throw new Failure('vault.message-refused', 'This message is not the one that was expected here. It was not opened.');
  const recipient = ownKey(message.recipientKey);
  if (recipient === undefined) {
    throw new Failure(
      'vault.key-missing',
      'This message was sealed to a key that this clinic no longer has. Ask the sender to send it again.',
    );
  }
  const info = messageInfo(parties.kind, parties.senderChain, parties.recipientChain);
  return hpkeOpen({ recipient, info, sender: senderKey }, message.encapsulated, parties.context, message.ciphertext);
}
