/** Events: typed, signed acts without personal data. Their bytes are made once and travel as they are. */
import { concat } from '../encoding/bytes.ts';
import {
  type Decoded,
  decode,
  encode,
  fixed,
  type HandRead,
  opaque,
  readAs,
  struct,
  text,
  u8,
  u16,
  u64,
} from '../encoding/codec.ts';
import { Failure } from '../outcome/failure.ts';
import { typeText } from './known-ids.ts';
import type { Hash } from './merkle.ts';
import { TAG } from './tags.ts';

/** Ed25519, SHA-256, AES-256-GCM: the only suite of wire version 1. */
export const SUITE = 1;
export const RULES_VERSION = 1;
const MAX_EVENT_BYTES = 9000;

const TYPE_BYTES = 40;

const eventFields = struct({
  suite: u8,
  rules: u16,
  type: text(TYPE_BYTES),
  handle: opaque(16),
  body: opaque(8192),
  author: fixed(32),
  time: u64,
  commitment: opaque(32),
});

export const eventCodec = readAs(eventFields, (input) => ({
  suite: input.uint(1),
  rules: input.uint(2),
  type: typeText(input.opaque(1, TYPE_BYTES)),
  handle: input.opaque(1, 16),
  body: input.opaque(2, 8192),
  author: input.raw(32),
  time: input.uint64(),
  commitment: input.opaque(1, 32),
}));

/**
 * `handle` is empty or 16 bytes; `author` is the Ed25519 key of the staff member, or of the device when no person acts;
 * `commitment` is empty or 32 bytes and hides the plaintext of the document that the event is about.
 */
export type LedgerEvent = Decoded<typeof eventFields>;

/** An event's exact bytes with its author's signature, empty when the act needs none. */
export interface SignedEvent {
  readonly event: Uint8Array;
  readonly signature: Uint8Array;
}

export const signedEventCodec: HandRead<SignedEvent> = readAs(
  struct({ event: opaque(MAX_EVENT_BYTES), signature: opaque(64) }),
  (input) => ({ event: input.opaque(2, MAX_EVENT_BYTES), signature: input.opaque(1, 64) }),
);

/** `rules` is the version under which it is written: the active one. */
export function encodeEvent(event: Omit<LedgerEvent, 'suite' | 'rules'> & { readonly rules?: number }): Uint8Array {
  return encode(eventCodec, { suite: SUITE, rules: RULES_VERSION, ...event });
}

/** @throws {Failure} `encoding.malformed`, or `ledger.suite-unknown` by its number. */
export function decodeEvent(bytes: Uint8Array): LedgerEvent {
  if (bytes[0] !== SUITE)
    throw new Failure(
      'ledger.suite-unknown',
      `An event names suite ${bytes[0]}, which this program does not know. Update Careledger.`,
    );
  const event = decode(eventCodec, bytes);
  if (event.handle.length !== 0 && event.handle.length !== 16)
    throw new Failure('encoding.malformed', 'A handle has neither 0 nor 16 bytes.');
  if (event.commitment.length !== 0 && event.commitment.length !== 32)
    throw new Failure('encoding.malformed', 'A commitment has neither 0 nor 32 bytes.');
  return event;
}

/** What a person signs: tag, chain id, the event's exact bytes. */
export function eventMessage(chain: Uint8Array, event: Uint8Array): Uint8Array {
  return concat(TAG.event, chain, event);
}

/** SHA-256(tag ‖ salt ‖ SHA-256(content)): says nothing about the content to who does not hold the 32-byte salt. */
export function commitmentOf(hash: Hash, salt: Uint8Array, contentHash: Uint8Array): Uint8Array {
  return hash(TAG.commitment, salt, contentHash);
}
