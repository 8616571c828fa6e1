/** Writing a bundle out of a replica, and taking one in: the ledger's range as if its file were the hub, then what it carries for the hub. */
import { equalBytes, toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { blockHash, openBlock } from '../../shared/ledger/block.ts';
import { claimedHead } from '../../shared/ledger/checkpoint.ts';
import type { Region } from '../../shared/ledger/founding.ts';
import { consistencyProof, type Hash, leafHash, type NodeSource, nodeHash } from '../../shared/ledger/merkle.ts';
import { deviceRow } from '../../shared/ledger/rows.ts';
import { deviceKey } from '../../shared/ledger/rules.ts';
import { counted } from '../../shared/outcome/counted.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import {
  type BundleContent,
  decodeContent,
  encodeContent,
  encodeHeader,
  MAX_BUNDLE_BYTES,
  openBundle,
  signBundle,
} from '../../shared/sync/bundle.ts';
import type { SubmissionAnswer } from '../../shared/sync/submission.ts';
import { LIMITS } from '../../shared/sync/wire.ts';
import { readBlocks } from '../ledger/blocks.store.ts';
import { readHead } from '../ledger/ledger.store.ts';
import { listState, loadState } from '../ledger/state-rows.store.ts';
import { nodeSource } from '../ledger/tree-nodes.store.ts';
import type { Queryable } from '../storage/database.ts';
import { openMessage, sealMessage } from '../vault/messages.ts';
import {
  type AgreementKey,
  aesGcmOpen,
  aesGcmSeal,
  randomBytes,
  type SigningKey,
  sealingKey,
  sha256,
  sign,
  verifySignature,
} from '../vault/primitives.ts';
import type { HubClient } from './hub-client.ts';
import { documentsToSend, pendingBlocks } from './transfer.store.ts';

const KIND = 'bundle-key';
const PAGE = 2_000;
/** Blocks and documents that wait are few; what is left goes with the next bundle. */
const CARRIED_BYTES = MAX_BUNDLE_BYTES / 4;

/** This device, as it signs and is sealed to. */
export interface BundleDevice {
  readonly chain: Uint8Array;
  readonly signing: SigningKey;
  readonly agreement: AgreementKey;
}

interface BundleOrder {
  /** The clinic that is to open it. */
  readonly recipient: Uint8Array;
  /** Blocks that the recipient has already. */
  readonly after: number;
  /** The newest checkpoint, a signed note, and its size. */
  readonly checkpoint: { readonly note: string; readonly size: number };
  readonly time: number;
}

export interface WrittenBundle {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly size: number;
  readonly pending: number;
  readonly documents: number;
}

/** @throws {Failure} `bundle.recipient-unknown`, `bundle.too-large`, `bundle.nothing-after`. */
export async function writeBundle(
  connection: Queryable,
  region: Region,
  device: BundleDevice,
  order: BundleOrder,
): Promise<WrittenBundle> {
  const { recipient, after, checkpoint, time } = order;
  const devices = await devicesOf(connection, recipient);
  if (devices.length === 0)
    throw new Failure(
      'bundle.recipient-unknown',
      'The ledger here knows no device of that clinic, so nobody could open the file. Sync first, or choose another clinic.',
    );
  if (after > checkpoint.size)
    throw new Failure(
      'bundle.nothing-after',
      `This computer has ${counted(checkpoint.size, 'block')}, and the other one ${after}: export there instead.`,
    );
  const blocks = await blocksFrom(connection, after, checkpoint.size);
  const isOwn = equalBytes(recipient, device.chain);
  const pending = isOwn ? await pendingBlocks(connection, 10_000, CARRIED_BYTES) : [];
  const documents = isOwn ? await documentsToSend(connection, 10_000, CARRIED_BYTES) : [];
  const content: BundleContent = {
    checkpoint: checkpoint.note,
    from: after,
    blocks,
    pending: pending.map(({ bytes }) => bytes),
    documents: documents.map(({ handle, sealed, wrap }) => ({ handle, sealed, wrap })),
  };
  const nonce = randomBytes(12);
  const encodedHeader = encodeHeader({
    region: region.id,
    senderChain: device.chain,
    senderDevice: device.signing.publicKey,
    recipientChain: recipient,
    time,
    nonce,
  });
  const key = randomBytes(32);
  const parties = { kind: KIND, senderChain: device.chain, recipientChain: recipient, context: encodedHeader };
  const keys = devices.map(({ id, encryptionKey }) => ({
    device: id,
    message: sealMessage(parties, device.agreement, encryptionKey, key),
  }));
  const sealed = aesGcmSeal(sealingKey(key), nonce, encodedHeader, encodeContent(content));
  const bytes = signBundle(sha256, { encodedHeader, keys, ...sealed }, (message) => sign(device.signing, message));
  return { bytes, from: after, size: checkpoint.size, pending: pending.length, documents: documents.length };
}

/** What a bundle holds for this device. @throws {Failure} `bundle.*`, by name what is wrong; nothing of it was used. */
export async function readBundle(
  connection: Queryable,
  region: Region,
  device: BundleDevice,
  bytes: Uint8Array,
): Promise<{ content: BundleContent; sender: string; isOwnClinic: boolean }> {
  const bundle = openBundle(sha256, verifySignature, bytes);
  if (!equalBytes(bundle.region, region.id))
    throw new Failure(
      'bundle.other-region',
      `This bundle is of region ${toHex(bundle.region).slice(0, 16)}, not of this one. Nothing of it was used; take the file that was written in this region.`,
    );
  if (!equalBytes(bundle.recipientChain, device.chain))
    throw new Failure(
      'bundle.other-clinic',
      `This bundle is for clinic ${toHex(bundle.recipientChain).slice(0, 16)}. Nothing of it was used; have one written for this clinic.`,
    );
  const sender = toHex(bundle.senderDevice);
  const stored = (await loadState(connection, [deviceKey(sender)])).get(deviceKey(sender));
  const row = stored && decode(deviceRow, stored);
  if (!row || row.revoked || !equalBytes(row.chain, bundle.senderChain))
    throw new Failure(
      'bundle.sender-unknown',
      'This bundle was written by a device that the ledger here does not know, or that was revoked. Nothing of it was used; sync here first, or have another computer write it.',
    );
  const own = bundle.keys.find((each) => equalBytes(each.device, device.signing.publicKey));
  if (!own)
    throw new Failure(
      'bundle.not-for-this-device',
      'This bundle was written before this device was enrolled. Ask for a new one.',
    );
  const parties = { kind: KIND, senderChain: bundle.senderChain, recipientChain: device.chain, context: bundle.encodedHeader };
  const key = openMessage(own.message, parties, row.encryptionKey, (wanted) =>
    equalBytes(wanted, device.agreement.publicKey) ? device.agreement : undefined,
  );
  const opened = aesGcmOpen(sealingKey(key), bundle.nonce, bundle.encodedHeader, bundle.ciphertext, bundle.tag);
  if (!opened)
    throw new Failure(
      'bundle.altered',
      'What this bundle holds does not open: it was altered or cut short. Nothing of it was used; copy the file again, or have it written anew.',
    );
  const content = decodeContent(opened);
  if (claimedHead(content.checkpoint).size !== content.from + content.blocks.length)
    throw new Failure(
      'bundle.altered',
      'This bundle does not hold the blocks that it says. Nothing of it was used; have it written anew, by another computer if this comes again.',
    );
  return { content, sender, isOwnClinic: equalBytes(bundle.senderChain, device.chain) };
}

/**
 * A bundle's range of the ledger, answering as the hub would: the replica believes it no more than a hub.
 * @throws {Failure} `bundle.gap` when blocks are missing between what is here and what it holds.
 */
export async function bundleAsHub(connection: Queryable, hash: Hash, content: BundleContent): Promise<HubClient> {
  const { checkpoint, from, blocks } = content;
  const size = from + blocks.length;
  const here = (await readHead(connection, hash))?.size ?? 0;
  if (from > here)
    throw new Failure(
      'bundle.gap',
      `This bundle begins after ${counted(from, 'block')} and this computer has ${here}. Import the one between first, or export again from ${here}.`,
      { details: { here, from } },
    );
  const names = blocks.map((block) => blockHash(hash, block));
  const before = nodeSource(connection, hash);
  const node: NodeSource = async (level, place) => {
    const width = 2 ** level;
    if ((place + 1) * width <= here) return before(level, place);
    if (level === 0) return leafHash(hash, names[place - from] as Uint8Array);
    return nodeHash(hash, await node(level - 1, 2 * place), await node(level - 1, 2 * place + 1));
  };
  const answers: Readonly<Record<string, (variables: { from: number; limit: number; size: number }) => unknown>> = {
    Checkpoint: () => ({ checkpoint }),
    Blocks: ({ from: first, limit }) => ({ blocks: { blocks: blocks.slice(first - from, first - from + limit).map(base64) } }),
    ConsistencyProof: async (asked) => ({
      consistencyProof: (await consistencyProof(hash, asked.from, Math.min(asked.size, size), node)).map(base64),
    }),
    PolicyActs: () => ({ policyActs: [] }),
    Snapshot: () => ({ snapshot: null }),
  };
  const ask = async (name: string, variables: { from: number; limit: number; size: number }): Promise<unknown> => {
    const answer = answers[name];
    if (!answer) throw new Failure('bundle.not-a-hub', `A bundle does not answer "${name}".`);
    return answer(variables);
  };
  return { ask, place: undefined } as unknown as HubClient;
}

/** Hands to the hub what another device of this clinic could not. Again is harmless. Gives how many blocks the hub has now. */
export async function carry(hub: HubClient, { pending, documents }: BundleContent): Promise<number> {
  for (const part of portions(documents, LIMITS.documentsPerCall, ({ sealed }) => sealed.length))
    await hub.ask('PutDocuments', {
      documents: part.map(({ handle, sealed, wrap }) => ({ handle: toHex(handle), sealed: base64(sealed), wrap: base64(wrap) })),
    });
  let accepted = 0;
  for (const part of byEpoch(pending).flatMap((run) => [...portions(run, LIMITS.blocksPerSubmission, (block) => block.length)])) {
    const { submit } = await hub.ask<{ submit: SubmissionAnswer }>('Submit', { blocks: part.map(base64) });
    const [refusal] = submit.refusals;
    if (refusal) throw new Failure(refusal.code, refusal.message, { retry: true });
    if (submit.receipts.length === 0) throw new Failure('sync.hub-answer', 'The hub gave no receipt.', { retry: true });
    accepted += part.length;
  }
  return accepted;
}

/** Blocks of one device, a run for each epoch: nothing of a later one is handed over before the hub has taken what it may stand on. */
function byEpoch(blocks: readonly Uint8Array[]): Uint8Array[][] {
  const runs: Array<{ readonly epoch: Uint8Array; readonly blocks: Uint8Array[] }> = [];
  for (const sealed of blocks) {
    const { epoch } = openBlock(sealed).block;
    const run = runs.at(-1);
    if (run && equalBytes(run.epoch, epoch)) run.blocks.push(sealed);
    else runs.push({ epoch, blocks: [sealed] });
  }
  return runs.map((run) => run.blocks);
}

async function blocksFrom(connection: Queryable, from: number, size: number): Promise<Uint8Array[]> {
  const blocks: Uint8Array[] = [];
  let bytes = 0;
  while (from + blocks.length < size) {
    const first = from + blocks.length;
    const stored = await readBlocks(connection, first, Math.min(PAGE, size - first));
    if (stored[0]?.position !== first)
      throw new Failure(
        'bundle.before-history',
        `The blocks from ${first} on are not on this computer, which began with a snapshot. Export on another one.`,
      );
    for (const block of stored) {
      bytes += block.bytes.length;
      blocks.push(block.bytes);
    }
    if (bytes > MAX_BUNDLE_BYTES / 2)
      throw new Failure(
        'bundle.too-large',
        `More than ${counted(blocks.length, 'block')} do not fit one bundle. Say with --after how many the other computer has.`,
      );
  }
  return blocks;
}

/** Devices of a clinic that are enrolled and not revoked. */
async function devicesOf(
  connection: Queryable,
  chain: Uint8Array,
): Promise<Array<{ id: Uint8Array; encryptionKey: Uint8Array }>> {
  const rows = await listState(connection, 'device/');
  return rows.flatMap(({ key, value }) => {
    const row = decode(deviceRow, value);
    if (row.revoked || !equalBytes(row.chain, chain)) return [];
    return [{ id: Buffer.from(key.slice('device/'.length), 'hex'), encryptionKey: row.encryptionKey }];
  });
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');

/** Parts of at most `count` items and about half of what one call may hold. */
function* portions<T>(items: readonly T[], count: number, length: (item: T) => number): Generator<T[]> {
  let part: T[] = [];
  let bytes = 0;
  for (const item of items) {
    if (part.length === count || (part.length > 0 && bytes + length(item) > LIMITS.bodyBytes / 2)) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(item);
    bytes += length(item);
  }
  if (part.length > 0) yield part;
}
