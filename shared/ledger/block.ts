/** Blocks: a device's next batch of events, hash-linked to the one before, signed by the device. */
import { concat, viewOf } from '../encoding/bytes.ts';
import { type Decoded, encode, fixed, list, Reader, readAs, struct, u8, u64 } from '../encoding/codec.ts';
import { counted } from '../outcome/counted.ts';
import { Failure } from '../outcome/failure.ts';
import { SUITE, signedEventCodec } from './event.ts';
import type { Hash } from './merkle.ts';
import { TAG } from './tags.ts';

export const MAX_BLOCK_EVENTS = 1000;
export const MAX_BLOCK_BYTES = 262_144;
const SIGNATURE_BYTES = 64;
/** `previous` of a device's very first block. */
export const NO_BLOCK = new Uint8Array(32);

const EVENTS = list(signedEventCodec, MAX_BLOCK_EVENTS);

const blockFields = struct({
  suite: u8,
  chain: fixed(32),
  device: fixed(32),
  epoch: fixed(8),
  height: u64,
  previous: fixed(32),
  time: u64,
  events: EVENTS,
});

export const blockCodec = readAs(blockFields, (input) => ({
  suite: input.uint(1),
  chain: input.raw(32),
  device: input.raw(32),
  epoch: input.raw(8),
  height: input.uint64(),
  previous: input.raw(32),
  time: input.uint64(),
  events: EVENTS.read(input),
}));

/**
 * `device` is its Ed25519 key; `epoch` 64 random bits drawn when the device cannot prove continuity; `height` counts from
 * 0 in each epoch; `previous` is the hash of the block before, at height 0 of a later epoch the last block it knows.
 */
export type Block = Decoded<typeof blockFields>;

export interface OpenBlock {
  readonly block: Block;
  /** The block's own bytes, without its signature. */
  readonly content: Uint8Array;
  readonly signature: Uint8Array;
}

/** The bytes to sign and, with 64 bytes of signature behind them, to store and send. */
export function encodeBlock(block: Omit<Block, 'suite'>): Uint8Array {
  if (block.events.length === 0) throw new Failure('ledger.block-empty', 'A block needs at least one event.');
  const content = encode(blockCodec, { suite: SUITE, ...block });
  if (content.length + SIGNATURE_BYTES > MAX_BLOCK_BYTES)
    throw new Failure(
      'ledger.block-too-large',
      `A block of ${counted(content.length + SIGNATURE_BYTES, 'byte')} is over the limit of ${MAX_BLOCK_BYTES}.`,
    );
  return content;
}

/** What a device signs. The chain id is inside the bytes. */
export function blockMessage(content: Uint8Array): Uint8Array {
  return concat(TAG.block, content);
}

/** SHA-256(tag ‖ block ‖ signature): the name of a block and, under the leaf prefix, its leaf. */
export function blockHash(hash: Hash, sealed: Uint8Array): Uint8Array {
  return hash(TAG.blockHash, sealed);
}

/**
 * Takes a sealed block apart. The caller has checked its signature, or holds it under a checked hash.
 * @throws {Failure} `encoding.malformed`, `ledger.block-too-large`, `ledger.suite-unknown`.
 */
export function openBlock(sealed: Uint8Array): OpenBlock {
  if (sealed.length > MAX_BLOCK_BYTES)
    throw new Failure(
      'ledger.block-too-large',
      `A block of ${counted(sealed.length, 'byte')} is over the limit of ${MAX_BLOCK_BYTES}.`,
    );
  if (sealed[0] !== SUITE)
    throw new Failure(
      'ledger.suite-unknown',
      `A block names suite ${sealed[0] ?? 'none (it is empty)'}, which this program does not know. Update Careledger.`,
    );
  const reader = new Reader(sealed);
  const block = blockCodec.read(reader);
  if (reader.left !== SIGNATURE_BYTES)
    throw new Failure('encoding.malformed', 'A block does not end with one signature of 64 bytes.');
  if (block.events.length === 0) throw new Failure('encoding.malformed', 'A block has no events.');
  const end = reader.position;
  return { block, content: viewOf(sealed, 0, end), signature: viewOf(sealed, end, sealed.length) };
}
