/**
 * A message from one clinic or device to another, sealed by HPKE in Auth mode:
 *
 *     suite u8 ‖ kind<1..40> ‖ sender chain[32] ‖ recipient chain[32] ‖ recipient key[32] ‖ encapsulated key[32] ‖ ciphertext<0..2^24>
 *
 * `info` = tag 'message/<kind>' ‖ sender chain ‖ recipient chain; the associated data is the caller's: handle, epoch, grant …
 */
import { concat } from '../encoding/bytes.ts';
import { type Decoded, decode, encode, fixed, opaque, struct, text, u8 } from '../encoding/codec.ts';
import { checkSuite } from './document.ts';
import { messageTag } from './vault-tags.ts';

const message = struct({
  suite: u8,
  kind: text(40),
  senderChain: fixed(32),
  recipientChain: fixed(32),
  /** Which of the recipient's X25519 keys it was sealed to: they roll weekly. */
  recipientKey: fixed(32),
  encapsulated: fixed(32),
  ciphertext: opaque(2 ** 24),
});
type Message = Decoded<typeof message>;

export function encodeMessage(value: Message): Uint8Array {
  return encode(message, value);
}

/** @throws {Failure} `vault.unknown-suite`, `encoding.malformed`. */
export function decodeMessage(bytes: Uint8Array): Message {
  checkSuite(bytes[0] ?? 0);
  return decode(message, bytes);
}

export function messageInfo(kind: string, senderChain: Uint8Array, recipientChain: Uint8Array): Uint8Array {
  return concat(messageTag(kind), senderChain, recipientChain);
}
