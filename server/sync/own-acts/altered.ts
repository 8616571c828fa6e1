/**
 * An act that waits here for the hub, and was altered on the disk, can never enter the ledger as it lies. What its name or its signature
 * still tells is put right. What neither tells stays aside: the desk opens without its effects, asks the ledger whether the hub has it
 * whole, and if not keeps it as evidence and signs everything else that waits anew, in order, in a new epoch.
 */
import { equalBytes, toHex } from '../../../shared/encoding/bytes.ts';
import { blockHash, blockMessage, type OpenBlock, openBlock } from '../../../shared/ledger/block.ts';
import { decodeEvent } from '../../../shared/ledger/event.ts';
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

/** Up to this length each bit, and each byte, is tried: some tenths of a second for one act. */
const TRIED_BITS_OF = 8192;
const TRIED_BYTES_OF = 1024;
const BITS = Array.from({ length: 8 }, (_, at) => 1 << at);
const BYTES = Array.from({ length: 255 }, (_, at) => at + 1);

/** Its name is the hash of the act: when one bit or one byte was turned, the name says which. */
function byItsName(hash: Hash, { hash: name, bytes }: WaitingBlock): Pick<WaitingBlock, 'hash' | 'bytes'> | undefined {
  const changes = bytes.length <= TRIED_BYTES_OF ? [BITS, BYTES] : bytes.length <= TRIED_BITS_OF ? [BITS] : [];
  for (const masks of changes) {
    const right = turnedBack(hash, name, bytes, masks);
    if (right) return { hash: name, bytes: right };
  }
  return undefined;
}

function turnedBack(hash: Hash, name: Uint8Array, bytes: Uint8Array, masks: readonly number[]): Buffer | undefined {
  const tried = Buffer.from(bytes);
  for (let at = 0; at < tried.length; at += 1) {
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

function opened(bytes: Uint8Array): OpenBlock | undefined {
  try {
    const open = openBlock(bytes);
    for (const { event } of open.block.events) decodeEvent(event);
    // What was altered may name any time.
    return Number.isNaN(new Date(open.block.time).getTime()) ? undefined : open;
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}
