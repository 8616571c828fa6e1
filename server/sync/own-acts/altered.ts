/**
 * An act that waits here for the hub, and was altered on the disk, can never enter the ledger as it lies. What its name or its signature
 * still tells is put right. What neither tells stays aside: the desk opens without its effects, asks the ledger whether the hub has it
 * whole, and if not keeps it as evidence and signs everything else that waits anew, in order, in a new epoch.
 */
import { equalBytes, toHex } from '../../../shared/encoding/bytes.ts';
import { blockHash, blockMessage, type OpenBlock, openBlock } from '../../../shared/ledger/block.ts';
import { decodeEvent, eventMessage, type SignedEvent } from '../../../shared/ledger/event.ts';
import type { Hash } from '../../../shared/ledger/merkle.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import type { WriteTransaction } from '../../storage/database.ts';
import { verifySignature } from '../../vault/primitives.ts';
import { resolveByItself, writeEvidenceRow } from '../evidence/evidence.store.ts';
import { forgetHealed, noteAltered, putBlockRight, takeOutAltered, unsuspectedBlocks } from './altered.store.ts';
import type { WaitingBlock } from './continuity.store.ts';
import { isWhole } from './pending.ts';

/** What a person is told: an act is not as it was written; one was put right. */
const ALTERED = 'storage.act-altered';
const MENDED = 'storage.act-mended';

interface Ground {
  readonly hash: Hash;
  readonly device: Uint8Array;
  readonly now: number;
}

/** Looks at each act that waits, puts right what can be and notes the rest, for a person too. Gives how many were not as they were written. */
export async function findAltered(transaction: WriteTransaction, { hash, device, now }: Ground): Promise<number> {
  const found = (await unsuspectedBlocks(transaction)).filter((block) => !isWhole(hash, block));
  for (const block of found) {
    const right = byItsSignature(hash, device, block) ?? byItsName(hash, block);
    if (right) await putBlockRight(transaction, block.sequence, right);
    else await noteAltered(transaction, block.sequence, now);
    await writeEvidenceRow(transaction, {
      code: right ? MENDED : ALTERED,
      about: aboutOf(right?.hash ?? block.hash),
      message: sentenceOf(right?.bytes ?? block.bytes, right !== undefined),
      since: now,
      stops: false,
      file: undefined,
    });
  }
  return found.length;
}

/**
 * After a download: altered acts that the ledger has are healed by it, those that it does not have leave the queue. Gives how many left:
 * then what stands behind them cannot be sent as it was signed.
 */
export async function leaveAltered(transaction: WriteTransaction, now: number): Promise<number> {
  for (const hash of await forgetHealed(transaction)) await resolveByItself(transaction, ALTERED, aboutOf(hash), now);
  return takeOutAltered(transaction);
}

const aboutOf = (hash: Uint8Array): string => `act ${toHex(hash).slice(0, 16)}`;

/** Bytes that this device has signed are the act; it was the name beside them that was altered. */
function byItsSignature(
  hash: Hash,
  device: Uint8Array,
  { bytes }: WaitingBlock,
): Pick<WaitingBlock, 'hash' | 'bytes'> | undefined {
  const open = opened(bytes);
  if (!open || !equalBytes(open.block.device, device)) return undefined;
  if (!verifySignature(device, blockMessage(open.content), open.signature)) return undefined;
  return { hash: Buffer.from(blockHash(hash, bytes)), bytes };
}

/** So many bytes are hashed for one block, at most: each bit of 8 KiB is tried, each byte of 1.4 KiB; a second or two. */
const MOST_HASHED = 8 * 8192 * 8192;
const BITS = Array.from({ length: 8 }, (_, at) => 1 << at);
const BYTES = Array.from({ length: 255 }, (_, at) => at + 1);

/** Its name is the hash of the block: when one bit or one byte was turned, the name says which. */
function byItsName(hash: Hash, { hash: name, bytes }: WaitingBlock): Pick<WaitingBlock, 'hash' | 'bytes'> | undefined {
  const places = placesOfChange(bytes);
  for (const masks of [BITS, BYTES]) {
    if (places.length * masks.length * bytes.length > MOST_HASHED) return undefined;
    const right = turnedBack(hash, name, bytes, { places, masks });
    if (right) return { hash: name, bytes: right };
  }
  return undefined;
}

/** Where it may have been turned: in a block of many acts, those whose author's signature holds no more beside others whose does; else anywhere. */
function placesOfChange(bytes: Buffer): readonly number[] {
  const { chain, events } = openedForm(bytes)?.block ?? { chain: bytes, events: [] };
  const signed = events.filter(({ signature }) => signature.length > 0);
  const broken = signed.filter((act) => !holds(chain, act));
  const isNarrow = broken.length > 0 && broken.length < signed.length;
  const parts = isNarrow ? broken.flatMap(({ event, signature }) => [event, signature]) : [bytes];
  return parts.flatMap((part) => {
    const from = bytes.indexOf(part);
    return Array.from(part, (_, at) => from + at);
  });
}

function holds(chain: Uint8Array, { event, signature }: SignedEvent): boolean {
  try {
    return verifySignature(decodeEvent(event).author, eventMessage(chain, event), signature);
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}

interface Tried {
  readonly places: readonly number[];
  readonly masks: readonly number[];
}

function turnedBack(hash: Hash, name: Uint8Array, bytes: Uint8Array, { places, masks }: Tried): Buffer | undefined {
  const tried = Buffer.from(bytes);
  for (const at of places) {
    const as = tried[at] as number;
    for (const mask of masks) {
      tried[at] = as ^ mask;
      if (equalBytes(blockHash(hash, tried), name)) return tried;
    }
    tried[at] = as;
  }
  return undefined;
}

/** When it was written and what it was, as far as that can still be read. */
function sentenceOf(bytes: Uint8Array, isRight: boolean): string {
  const open = opened(bytes);
  const what = open
    ? `What was written here at ${new Date(open.block.time).toISOString()} (${typesOf(open)})`
    : 'An act of this computer';
  return isRight
    ? `${what} was altered on the disk while it waited to be sent, and was put right. Nothing was lost.`
    : `${what} was altered on the disk while it waited to be sent, and cannot be put right.`;
}

const typesOf = ({ block }: OpenBlock): string =>
  [...new Set(block.events.map(({ event }) => decodeEvent(event).type))].sort().join(', ');

function openedForm(bytes: Uint8Array): OpenBlock | undefined {
  try {
    return openBlock(bytes);
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

function opened(bytes: Uint8Array): OpenBlock | undefined {
  const open = openedForm(bytes);
  if (!open) return undefined;
  try {
    for (const { event } of open.block.events) decodeEvent(event);
    // What was altered may name any time.
    return Number.isNaN(new Date(open.block.time).getTime()) ? undefined : open;
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}
