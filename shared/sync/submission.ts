/**
 * Blocks on their way to the hub, and its word on them. Blocks of one device and epoch form a hash chain, and none enters a ledger but behind the one that
 * it names; so one receipt for the newest of them holds for all of them.
 */
import { concat, equalBytes, toHex } from '../encoding/bytes.ts';
import { type Decoded, decode, encode, fixed, opaque, struct, u8, u64 } from '../encoding/codec.ts';
import type { Block } from '../ledger/block.ts';
import type { Verify } from '../ledger/founding.ts';
import { TAG } from '../ledger/tags.ts';
import { Failure } from '../outcome/failure.ts';
import { toldElsewhere } from './hub-store.ts';
import { WIRE_VERSION } from './wire.ts';

const receiptCodec = struct({
  version: u8,
  region: fixed(32),
  device: fixed(32),
  epoch: fixed(8),
  height: u64,
  /** Hash of the device's block at this height. */
  block: fixed(32),
  /** Where it stands in the ledger. */
  index: u64,
  /** When the hub took it. */
  time: u64,
});
/**
 * The block stands at `index`, every block of the epoch below it stands before it, and all of them are durable with every document
 * that their events name.
 */
export type SubmissionReceipt = Decoded<typeof receiptCodec>;
const signedReceiptCodec = struct({ receipt: opaque(200), signature: fixed(64) });

/** The same receipt has the same bytes each time: Ed25519 signatures have no randomness. */
export function signReceipt(receipt: Omit<SubmissionReceipt, 'version'>, sign: (message: Uint8Array) => Uint8Array): Uint8Array {
  const bytes = encode(receiptCodec, { version: WIRE_VERSION, ...receipt });
  return encode(signedReceiptCodec, { receipt: bytes, signature: sign(concat(TAG.receipt, bytes)) });
}

/** @throws {Failure} `sync.receipt-forged`, `sync.version-unknown`, `encoding.malformed`. */
export function openReceipt(verify: Verify, hubKey: Uint8Array, bytes: Uint8Array): SubmissionReceipt {
  const outer = decode(signedReceiptCodec, bytes);
  if (!verify(hubKey, concat(TAG.receipt, outer.receipt), outer.signature))
    throw new Failure('sync.receipt-forged', "A receipt is not signed by the region's hub.");
  const receipt = decode(receiptCodec, outer.receipt);
  if (receipt.version !== WIRE_VERSION)
    throw new Failure(
      'sync.version-unknown',
      `A receipt is of wire version ${receipt.version}, which this program does not know.`,
    );
  return receipt;
}

/** What a hub answers to a submission; each of its blocks is in a run that a receipt holds for, or refused. */
export interface SubmissionAnswer {
  /** Base64. */
  readonly receipts: readonly string[];
  readonly refusals: readonly Refusal[];
}

export interface Refusal {
  /** Which block of the submission, from zero. */
  readonly at: number;
  readonly code: string;
  readonly message: string;
  readonly retry: boolean;
}

export function refusalOf(at: number, failure: Failure): Refusal {
  const { code, message, retry } = toldElsewhere(failure);
  return { at, code, message, retry };
}

/** A block of a submission. */
export interface SubmittedBlock {
  readonly hash: Uint8Array;
  readonly block: Pick<Block, 'device' | 'epoch' | 'height' | 'previous'>;
}

/** Whether admission lets `next` in only behind `before`. At height 0 an epoch begins, which stands on nothing. */
const standsOn = ({ block: next }: SubmittedBlock, before: SubmittedBlock): boolean =>
  next.height === before.block.height + 1 &&
  equalBytes(next.previous, before.hash) &&
  equalBytes(next.epoch, before.block.epoch) &&
  equalBytes(next.device, before.block.device);

/** The last block of each run, among blocks that the ledger has: receipts for these hold for all. */
export function endsOfRuns<T extends SubmittedBlock>(blocks: readonly T[]): T[] {
  const ends = new Map<string, T>();
  for (const each of blocks) {
    const name = toHex(each.block.previous);
    const before = ends.get(name);
    if (before && standsOn(each, before)) ends.delete(name);
    ends.set(toHex(each.hash), each);
  }
  return [...ends.values()];
}

/**
 * Which blocks of a submission, from zero, a receipt holds for: the one that it names and, link by link, those that this one stands on.
 * @throws {Failure} `sync.receipt-foreign` when it names no block of the submission or says another place of its chain.
 */
export function heldBy(receipt: SubmissionReceipt, region: Uint8Array, submission: readonly SubmittedBlock[]): number[] {
  const places = new Map(submission.map(({ hash }, at) => [toHex(hash), at]));
  const place = places.get(toHex(receipt.block));
  let last = place === undefined ? undefined : submission[place];
  if (place === undefined || !last || !equalBytes(receipt.region, region) || !isPlaceOf(receipt, last))
    throw new Failure('sync.receipt-foreign', 'The hub answered with a receipt for another block.');
  const held = [place];
  for (;;) {
    const at = places.get(toHex(last.block.previous));
    const before: SubmittedBlock | undefined = at === undefined ? undefined : submission[at];
    if (at === undefined || !before || !standsOn(last, before)) return held;
    held.push(at);
    last = before;
  }
}

const isPlaceOf = ({ device, epoch, height }: SubmissionReceipt, { block }: SubmittedBlock): boolean =>
  height === block.height && equalBytes(epoch, block.epoch) && equalBytes(device, block.device);
